"""`/webhooks/mtn-momo/<attempt id>`, `/refunds/<id>` and `/payouts/<id>` below it: MTN says, once and
unsigned, that something happened."""

from uuid import UUID

from flask import Blueprint, Response

from bot.hub import money as door
from payments.world import World


def blueprint(money: World) -> Blueprint:
    routes = Blueprint("mtn_momo", __name__, url_prefix="/webhooks/mtn-momo")

    @routes.route("/<uuid:reference>", methods=["POST", "PUT"])
    @routes.route("/<any(refunds,payouts):kind>/<uuid:reference>", methods=["POST", "PUT"])
    def callback(reference: UUID, kind: str = "") -> Response:
        """A hint: nothing in the body is believed, the status is read from the API. MTN calls once."""
        path = f"{kind}/{reference}" if kind else str(reference)
        return door.answer(money, "mtn-momo", path, calls_again=False)

    return routes
