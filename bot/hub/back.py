"""Where a provider's pay page lets people go: one line, and a hint that there is something to ask."""

from uuid import UUID

import structlog
from flask import Response, request
from markupsafe import escape

from channels.channel import Medium
from channels.render import Reader, Words
from channels.render.words import FALLBACK
from flows.message import Message
from payments.charge import Callback
from payments.taking import polling
from payments.world import World
from store.transaction import AWAY

log = structlog.get_logger(__name__)

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAGE = """<!doctype html>
<html lang="{locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sokoni</title>
<style>body {{ font: 1.2rem sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem }}</style>
<p>{text}</p>
</html>
"""


def page(money: World, words: Words, attempt: UUID) -> Response:
    """Says nothing of the payment, since whoever knows the address may see it; nothing that comes with
    the request is believed. In the browser's language where there are texts in it."""
    try:
        polling.callback(money, Callback(charges=(attempt,)))
    except AWAY as error:
        log.warning("a payer's return is left to the polls", error=type(error).__name__)
    locale = request.accept_languages.best_match(words.locales, FALLBACK) or FALLBACK
    text = words.text(Message("pay-page-done"), Reader(locale, "UTC", "customer"), Medium.WHATSAPP)
    html = PAGE.format(locale=locale, text=escape(text))
    return Response(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})
