"""A rail that the project does not know, as a contributor would write it: enough to see that a class and a
row are enough. Its provider is a market's own office, reached over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from flask import Flask, Response, jsonify, request

from flows.ports.payments import AttemptStatus, Fit, NextStep, Way
from payments.amounts import amount_of, json_object
from payments.charge import Callback, Charge, Limits, RailStatus, Reason, Submission
from payments.transport import TIMEOUT, carry, pooled_session
from payments.unable import Unable

NAME = "kikapu-pay"
REASONS: Mapping[str, Reason] = {"E-01": Reason(AttemptStatus.FAILED, NextStep.TOP_UP)}


class KikapuPay(Unable):
    name = NAME
    way = Way.PROMPT
    reasons = REASONS
    window = timedelta(minutes=4)

    def __init__(self, api_url: str) -> None:
        self._url = api_url
        self._session = pooled_session(api_url)

    def serves(self, country: str, currency: str) -> bool:
        return (country, currency) == ("UG", "UGX")

    def fit(self, phone: str) -> Fit:
        return Fit.OWN if phone.startswith("+25677") else Fit.NO

    def limits(self, currency: str) -> Limits:
        return Limits(least=500)

    def request(self, charge: Charge) -> Submission:
        body = {"amount": str(charge.amount.major), "phone": charge.payer}
        url = f"{self._url}/baskets/{charge.reference}"
        carry(lambda: self._session.put(url, json=body, timeout=TIMEOUT))
        return Submission(AttemptStatus.PENDING)

    def status(self, reference: UUID) -> RailStatus:
        url = f"{self._url}/baskets/{reference}"
        answer = carry(lambda: self._session.get(url, timeout=TIMEOUT))
        if answer.status_code == 404:
            return RailStatus(None)
        body = json_object(answer.content)
        if body.get("paid"):
            amount = amount_of(body.get("amount"), "UGX")
            return RailStatus(AttemptStatus.SUCCEEDED, amount=amount, provider_id="K-1")
        if body.get("why"):
            return RailStatus(AttemptStatus.FAILED, str(body["why"]))
        return RailStatus(AttemptStatus.PENDING)

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        try:
            return Callback(charges=(UUID(path),))
        except ValueError:
            return Callback()

    def next_step(self, code: str | None) -> NextStep:
        known = REASONS.get(code or "")
        return known.next if known else NextStep.ASK_SHOP


@dataclass
class Office:
    """The provider. `baskets` are by reference; `puts` counts the requests."""

    baskets: dict[str, dict[str, object]] = field(default_factory=dict)
    puts: int = 0

    def app(self) -> Flask:
        app = Flask(NAME)
        app.add_url_rule("/baskets/<reference>", "put", self._put, methods=["PUT"])
        app.add_url_rule("/baskets/<reference>", "get", self._get, methods=["GET"])
        return app

    def _put(self, reference: str) -> Response:
        self.puts += 1
        self.baskets.setdefault(reference, dict(request.get_json()))
        return Response(status=202)

    def _get(self, reference: str) -> Response:
        found = self.baskets.get(reference)
        return jsonify(found) if found else Response(status=404)
