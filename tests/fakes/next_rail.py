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
        """The office gives every basket a number of its own, and knows none of ours."""
        body = {"amount": str(charge.amount.major), "phone": charge.payer}
        url = f"{self._url}/baskets"
        answer = carry(lambda: self._session.post(url, json=body, timeout=TIMEOUT))
        basket = json_object(answer.content).get("basket")
        return Submission(AttemptStatus.PENDING, provider_id=str(basket))

    def status_of(self, reference: UUID, provider_id: str | None) -> RailStatus:
        """Without the number nobody can say, so that nothing is ever sent twice."""
        if provider_id is None:
            return RailStatus(AttemptStatus.UNKNOWN)
        url = f"{self._url}/baskets/{provider_id}"
        body = json_object(carry(lambda: self._session.get(url, timeout=TIMEOUT)).content)
        if body.get("paid"):
            amount = amount_of(body.get("amount"), "UGX")
            return RailStatus(AttemptStatus.SUCCEEDED, amount=amount)
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
    """The provider. `baskets` are by the numbers that it gave them."""

    baskets: dict[str, dict[str, object]] = field(default_factory=dict)

    def app(self) -> Flask:
        app = Flask(NAME)
        app.add_url_rule("/baskets", "take", self._take, methods=["POST"])
        app.add_url_rule("/baskets/<number>", "show", self._show, methods=["GET"])
        return app

    def _take(self) -> Response:
        number = f"K-{len(self.baskets) + 1}"
        self.baskets[number] = dict(request.get_json())
        return jsonify(basket=number)

    def _show(self, number: str) -> Response:
        return jsonify(self.baskets[number])
