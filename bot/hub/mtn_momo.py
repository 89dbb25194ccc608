"""`/webhooks/mtn-momo/<attempt id>`: MTN says, once and unsigned, that something happened."""

from uuid import UUID

import structlog
from flask import Blueprint, Response, request

from bot.hub.request import body_of
from payments import polling
from payments.charge import Callback
from payments.world import World
from store.transaction import AWAY

log = structlog.get_logger(__name__)


def blueprint(money: World) -> Blueprint:
    routes = Blueprint("mtn_momo", __name__, url_prefix="/webhooks/mtn-momo")

    @routes.route("/<uuid:attempt>", methods=["POST", "PUT"])
    def callback(attempt: UUID) -> Response:
        """A hint: nothing in the body is believed, the status is read from the API. With the database
        away it is let go: MTN calls once, and the next poll on the schedule finds what it meant."""
        body_of(request)
        try:
            polling.callback(money, Callback(charges=(attempt,)))
        except AWAY as error:
            log.warning("a callback is left to the polls", error=type(error).__name__)
        return Response("", mimetype="text/plain")

    return routes
