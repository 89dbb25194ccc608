"""`/webhooks/twilio`: messages and status callbacks.

Both are answered 200 with an empty document: replies leave only through the API. Twilio tries again
on its own only where the webhook's URL asks for it (#rc=3&rp=all).
"""

from uuid import UUID

from flask import Blueprint, Response, abort, request

from bot.hub.receive import Hub
from bot.hub.request import web_request
from bot.hub.signer import signer
from bot.world import World

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def blueprint(world: World) -> Blueprint:
    routes = Blueprint("twilio", __name__, url_prefix="/webhooks/twilio")
    hub = Hub(world)
    channel = world.channels.get("twilio")

    @routes.post("/messages")
    @routes.post("/status")
    def receive() -> Response:
        if channel is None:
            abort(404)
        asked = web_request(request, world.settings.public_url)
        claim = channel.account_of(asked)
        if claim is None:
            abort(400)
        account = signer(channel, asked, world.accounts.claimed(world.sessions, "twilio", claim))
        hub.receive(account, channel.read(asked, account), _reference())
        return Response(EMPTY, mimetype="text/xml")

    return routes


def _reference() -> UUID | None:
    try:
        return UUID(request.args.get("ref", ""))
    except ValueError:
        return None
