"""`/webhooks/<rail>`: the door of a rail that needs none of its own."""

from uuid import UUID

from flask import Blueprint, Response

from bot.hub.back import page
from bot.hub.money import answer
from channels.render import Words
from payments.world import World


def blueprint(money: World, words: Words, name: str) -> Blueprint:
    """Of the rail `name`: its provider's calls, with whatever path behind them, and where its payment page
    lets people go."""
    routes = Blueprint(name, __name__, url_prefix=f"/webhooks/{name}")

    @routes.route("", defaults={"path": ""}, methods=["POST", "PUT"])
    @routes.route("/<path:path>", methods=["POST", "PUT"])
    def callback(path: str) -> Response:
        """With the database away the provider is told to call again; if it never does, the schedule
        asks."""
        return answer(money, name, path, calls_again=True)

    @routes.get("/back/<uuid:attempt>")
    def back(attempt: UUID) -> Response:
        """The payer's browser, after paying or giving up."""
        return page(money, words, attempt)

    return routes
