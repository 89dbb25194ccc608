"""`/webhooks/meta`: messages and statuses of WhatsApp numbers, in batches, and the question whether this
address is ours."""

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, Response, abort, request

from bot import credentials
from bot.hub.receive import Hub
from bot.hub.request import web_request
from bot.hub.signer import signer
from bot.world import World
from channels.channel import Account, WebRequest
from channels.meta.signature import answer_challenge
from channels.meta.webhook import numbers_in
from store.transaction import run


def blueprint(world: World) -> Blueprint:
    routes = Blueprint("meta", __name__, url_prefix="/webhooks/meta")
    hub = Hub(world)
    channel = world.channels.get("meta")

    @routes.get("")
    def confirm() -> Response:
        """Asked once, when the address is entered at Meta."""
        answer = answer_challenge(request.args, _tokens(world))
        return Response(answer, mimetype="text/plain")

    @routes.post("")
    def receive() -> Response:
        if channel is None:
            abort(404)
        asked = web_request(request, world.settings.public_url)
        account = signer(channel, asked, _candidates(world, asked))
        hub.receive(account, channel.read(asked, account))
        return Response("", mimetype="text/plain")

    return routes


def _candidates(world: World, asked: WebRequest) -> Iterator[Account]:
    """Whose app may have signed: the platform's, which needs no database, or one of a line that the
    body names."""
    platform = world.accounts.platform.get("meta")
    if platform is not None:
        yield platform
    numbers = numbers_in(asked.body)
    if numbers:
        yield from run(
            world.sessions, partial(world.accounts.at, provider="meta", addresses=numbers)
        )


def _tokens(world: World) -> Iterator[str]:
    """The platform's verify token, and the one of a line's own app."""
    own = credentials.credentials(world.settings, "meta").get("meta_verify_token")
    if own:
        yield own
    asked = request.args.get("hub.verify_token", "")
    line = run(world.sessions, partial(world.accounts.own_token, token=asked))
    if line:
        yield line
