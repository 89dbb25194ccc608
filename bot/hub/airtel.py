"""`/webhooks/airtel`: Airtel says, signed where its portal was told to, that a transaction has ended."""

from flask import Blueprint, Response

from bot.hub.money import answer
from payments.world import World


def blueprint(money: World) -> Blueprint:
    routes = Blueprint("airtel", __name__, url_prefix="/webhooks/airtel")

    @routes.post("")
    def callback() -> Response:
        """Whether Airtel calls again is not documented: it is told the truth, and the polls find what it
        meant in any case."""
        return answer(money, "airtel", calls_again=True)

    return routes
