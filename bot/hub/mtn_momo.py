"""`/webhooks/mtn-momo/<attempt id>`: MTN says, once and unsigned, that something happened."""

from uuid import UUID

from flask import Blueprint, Response, request

from bot.hub.request import body_of
from payments import polling
from payments.world import World


def blueprint(money: World) -> Blueprint:
    routes = Blueprint("mtn_momo", __name__, url_prefix="/webhooks/mtn-momo")

    @routes.route("/<uuid:attempt>", methods=["POST", "PUT"])
    def callback(attempt: UUID) -> Response:
        """A hint: nothing in the body is believed, the status is read from the API."""
        body_of(request)
        polling.callback(money, attempt)
        return Response("", mimetype="text/plain")

    return routes
