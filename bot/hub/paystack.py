"""`/webhooks/paystack`: Paystack says, signed, that money moved; and where its pay page lets people go."""

from uuid import UUID

from flask import Blueprint, Response

from bot.hub.back import page
from bot.hub.money import answer
from channels.render import Words
from payments.world import World


def blueprint(money: World, words: Words) -> Blueprint:
    routes = Blueprint("paystack", __name__, url_prefix="/webhooks/paystack")

    @routes.post("")
    def callback() -> Response:
        """Paystack calls again for three days where it is not answered 200, so with the database away it
        is told so."""
        return answer(money, "paystack", calls_again=True)

    @routes.get("/back/<uuid:attempt>")
    def back(attempt: UUID) -> Response:
        """The payer's browser, after paying or giving up."""
        return page(money, words, attempt)

    return routes
