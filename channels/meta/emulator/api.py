"""The Messages API and the Media API over HTTP.

Source: Meta, WhatsApp Business Platform, "Messages API", "Media", "Error codes".
"""

import hashlib
import re

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from channels.emulated import Kind, Mishap, Parcel, break_connection
from channels.interactive import LONGEST_BODY, Payload, Template
from channels.meta.codes import ERRORS
from channels.meta.emulator import rules
from channels.meta.emulator.rules import RefusedError
from channels.meta.emulator.state import NAME, Accepted, MetaEmulator
from channels.meta.fields import Fields

# What goes with a status when a fault is asked for without naming its code.
CODES = {401: 190, 429: 130429, 500: 131000, 503: 131016}
LONGEST_TRACKER = 512
_PLACEHOLDER = re.compile(r"\{\{(\d+)\}\}")

blueprint = Blueprint("messages", __name__)


def create_emulator(emulator: MetaEmulator) -> Flask:
    """Meta's API over `emulator`'s state."""
    app = Flask(NAME)
    app.extensions[NAME] = emulator
    app.register_blueprint(blueprint)
    return app


@blueprint.post("/<version>/<sender>/messages")
def create_message(version: str, sender: str) -> Response:
    """Takes a message, or refuses it with the code that Meta would give."""
    emulator: MetaEmulator = current_app.extensions[NAME]
    body = request.get_json(silent=True)
    asked = Fields(body if isinstance(body, dict) else {})
    mishap = emulator.mishaps.take(_parcel(asked))
    if not _authorised(emulator):
        return _error(401, 190)
    if mishap.status:
        return _mishap(mishap)
    try:
        message = _message(emulator, sender, asked)
    except RefusedError as error:
        return _error(400, error.code)
    emulator.accept(message, templated=isinstance(message.payload, Template))
    if mishap.drop:
        return break_connection()
    return _taken(message)


@blueprint.get("/<version>/<media>")
def find_media(version: str, media: str) -> Response:
    """Where a picture is, for whoever has the token."""
    emulator: MetaEmulator = current_app.extensions[NAME]
    kept = emulator.media.kept.get(media)
    if not _authorised(emulator):
        return _error(401, 190)
    mishap = emulator.media.mishap(media)
    if mishap.status:
        return _mishap(mishap)
    if kept is None:
        return _error(400, rules.PARAMETER)
    return jsonify(
        messaging_product="whatsapp",
        url=f"{request.url_root}whatsapp_business/attachments/?mid={media}",
        mime_type=kept.kind,
        sha256=hashlib.sha256(kept.content).hexdigest(),
        file_size=len(kept.content),
        id=media,
    )


@blueprint.get("/whatsapp_business/attachments/")
def give_media() -> Response:
    """The picture itself, for whoever has the token."""
    emulator: MetaEmulator = current_app.extensions[NAME]
    if not _authorised(emulator):
        return _error(401, 190)
    return emulator.media.bytes_of(request.args.get("mid", ""))


def _authorised(emulator: MetaEmulator) -> bool:
    return request.headers.get("Authorization") == f"Bearer {emulator.options.access_token}"


def _parcel(asked: Fields) -> Parcel:
    words = asked.under("text").text("body") or asked.under("interactive").under("body").text(
        "text"
    )
    to = asked.text("to")
    who = f"+{to.removeprefix('+')}" if to else asked.text("recipient")
    return Parcel(Kind.SENT, who, words or asked.text("type"))


def _message(emulator: MetaEmulator, sender: str, asked: Fields) -> Accepted:
    if asked.text("messaging_product") != "whatsapp":
        raise RefusedError(rules.PARAMETER)
    to = rules.recipient(asked)
    tracker = asked.text("biz_opaque_callback_data")
    if len(tracker) > LONGEST_TRACKER:
        raise RefusedError(rules.WRONG)
    text, payload, media = _content(emulator, asked)
    return Accepted(
        id=emulator.new_id(),
        sender=sender,
        to=to,
        text=text,
        payload=payload,
        media_url=media,
        reference=tracker or None,
        at=emulator.options.now(),
    )


def _content(emulator: MetaEmulator, asked: Fields) -> tuple[str, Payload | None, str | None]:
    kind = asked.text("type")
    if kind == "text":
        return rules.text(asked), None, None
    if kind == "interactive":
        return rules.interactive(asked.under("interactive"))
    if kind == "image":
        image = asked.under("image")
        caption = rules.words(image.text("caption"), LONGEST_BODY, fewest=0)
        return caption, None, rules.link(image)
    if kind == "template":
        template = rules.template(asked.under("template"))
        return _filled(emulator, template), template, None
    raise RefusedError(rules.UNKNOWN_KIND)


def _filled(emulator: MetaEmulator, template: Template) -> str:
    """What the reader of a template sees."""
    text = emulator.templates.get((template.name, template.language))
    if text is None:
        if not emulator.options.any_template:
            raise RefusedError(132001)
        return " - ".join((f"[{template.name}]", *template.values))
    if len(set(_PLACEHOLDER.findall(text))) != len(template.values):
        raise RefusedError(132000)
    return _PLACEHOLDER.sub(lambda found: template.values[int(found[1]) - 1], text)


def _taken(message: Accepted) -> Response:
    known = message.to.removeprefix("+")
    contact = {"wa_id": known} if message.to.startswith("+") else {"user_id": known}
    return jsonify(
        messaging_product="whatsapp",
        contacts=[{"input": known, **contact}],
        messages=[{"id": message.id}],
    )


def _mishap(mishap: Mishap) -> Response:
    code = mishap.code if mishap.code is not None else CODES.get(mishap.status, 1)
    answer = _error(mishap.status, code)
    if mishap.retry_after is not None:
        answer.headers["Retry-After"] = str(mishap.retry_after)
    return answer


def _error(status: int, code: int) -> Response:
    row = ERRORS.get(code)
    meaning = row.meaning if row else "refused"
    answer = jsonify(
        error={
            "message": f"(#{code}) {meaning}",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": meaning},
            "fbtrace_id": "emulated",
        }
    )
    answer.status_code = status
    return answer
