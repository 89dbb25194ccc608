"""`/webhooks/africastalking/<secret>/...`: SMS, delivery reports, USSD, its end notices, opt-outs."""

from flask import Blueprint, Response, request

from bot.hub.receive import Hub
from bot.hub.request import web_request
from bot.hub.spoken import Spoken
from bot.hub.ussd import Dialogue
from bot.world import World
from channels.channel import Account, Inbound, Incoming, UnknownSecretError


def blueprint(world: World) -> Blueprint:
    routes = Blueprint("africastalking", __name__, url_prefix="/webhooks/africastalking/<secret>")
    hub = Hub(world)
    spoken = Spoken(world.words)
    channel = world.channels.get("africastalking")

    def read() -> tuple[Account, list[Incoming]]:
        if channel is None:
            raise UnknownSecretError("Africa's Talking is not set up")
        asked = web_request(request, world.settings.public_url)
        claim = channel.account_of(asked) or ""
        known = world.accounts.claimed(world.sessions, "africastalking", claim)
        account = next(iter(known), None)
        if account is None:
            raise UnknownSecretError("no such account")
        channel.verify(asked, account)
        return account, list(channel.read(asked, account))

    @routes.post("/sms", endpoint="sms")
    @routes.post("/sms/status", endpoint="status")
    @routes.post("/ussd/events", endpoint="events")
    @routes.post("/optout", endpoint="optout")
    def receive(secret: str) -> Response:
        account, items = read()
        hub.receive(account, items)
        return Response("", mimetype="text/plain")

    @routes.post("/ussd")
    def ussd(secret: str) -> Response:
        account, items = read()
        hop = next((item for item in items if isinstance(item, Inbound)), None)
        dialogue = Dialogue(world, hub.intake, spoken)
        response = Response(dialogue.page(account, hop), mimetype="text/plain")
        # What a hop set going leaves only once its page was answered: the wallet's prompt would
        # push the session off the screen.
        response.call_on_close(dialogue.wake)
        return response

    return routes
