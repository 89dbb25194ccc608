"""`/webhooks/flutterwave`: Flutterwave says that money moved, with a secret that proves nothing of what it
says; and where its payment page lets people go."""

from uuid import UUID

from flask import Blueprint, Response

from bot.hub.back import page
from bot.hub.money import answer
from channels.render import Words
from payments.world import World


def blueprint(money: World, words: Words) -> Blueprint:
    routes = Blueprint("flutterwave", __name__, url_prefix="/webhooks/flutterwave")

    @routes.post("", defaults={"path": ""})
    @routes.post("/<path:path>")
    def callback(path: str) -> Response:
        """A refund's call comes to the path that the refund was asked for with. Flutterwave calls again
        where it is not answered 200 and the account has that switched on, so with the database away it
        is told so."""
        return answer(money, "flutterwave", path, calls_again=True)

    @routes.get("/back/<uuid:attempt>")
    def back(attempt: UUID) -> Response:
        """The payer's browser, after paying or giving up."""
        return page(money, words, attempt)

    return routes
