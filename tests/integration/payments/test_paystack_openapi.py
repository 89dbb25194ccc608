"""What the client asks and what the emulator answers, against Paystack's own published description.

OPENAPI_PAYSTACK names the file (paystack.yaml of PaystackOSS/openapi); it is no part of this project.
The answer to a charge that waits for its holder is left out: the description knows only that of a card
which has paid.
"""

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from requests import PreparedRequest, Request, Response, Session

from payments.charge import PayoutRequest, RefundRequest
from payments.errors import PaymentError
from payments.paystack import Paystack, PaystackSettings
from tests.fakes.paystacking import GHANAIAN, PAYERS, Emulated, asked

SPEC = Path(
    os.environ.get("OPENAPI_PAYSTACK", Path(__file__).parents[4] / "shared/specs/paystack.yaml")
)
PATHS = (
    "/transaction/initialize",
    "/transaction/verify/{reference}",
    "/charge",
    "/charge/submit_otp",
    "/refund",
    "/refund/{id}",
    "/transferrecipient",
    "/transfer",
    "/transfer/verify/{reference}",
)
DESCRIBED = (200, 201, 401, 404)
Exchange = tuple[PreparedRequest, Response]

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="OPENAPI_PAYSTACK does not name Paystack's OpenAPI description"
)


@pytest.fixture(scope="module")
def description() -> dict[str, object]:
    """Only the paths that we use, since reading all of it takes long."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    spec = yaml.load(SPEC.read_text(), Loader=loader)
    return {**spec, "paths": {path: spec["paths"][path] for path in PATHS}}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, paystack: Emulated) -> list[Exchange]:
    exchanges: list[Exchange] = []
    send = Session.send

    def watched(self: Session, request: PreparedRequest, **kwargs: object) -> Response:
        response = send(self, request, **kwargs)
        if str(request.url).startswith(paystack.url):
            exchanges.append((request, response))
        return response

    monkeypatch.setattr(Session, "send", watched)
    return exchanges


def said(paystack: Emulated) -> None:
    """Everything that the client can say, once."""
    link, wallet = asked("NG"), asked("GH", "+233551234987")
    paystack.at("NG").request(link)
    paystack.at("GH").request(wallet)
    paystack.at("NG").status(link.reference)
    paystack.at("GH").status(wallet.reference)
    paystack.rail.status(uuid4())
    coded = asked("CI", "+2250700000000")
    paystack.at("CI").request(coded)
    paystack.at("CI").submit_code(coded, "1234")
    known = paystack.only_paid(wallet).extra["id"]
    back = RefundRequest(
        uuid4(), wallet.reference, wallet.amount, 1001, "Mama #1001", charge_id=known
    )
    paystack.rail.refund_status(back)
    answer = paystack.rail.refund(back)
    paystack.rail.refund_status(replace(back, provider_id=answer.provider_id))
    out = PayoutRequest(uuid4(), PAYERS["GH"][1], GHANAIAN, "Sales", "Efua Mfano")
    paystack.at("GH").payout(out)
    paystack.at("GH").payout_status(out)
    other = Paystack(PaystackSettings(paystack.url, "sk_test_other"), public_url="https://a.b")
    with pytest.raises(PaymentError):
        other.status(uuid4())


def test_both_speak_as_paystack_describes(
    paystack: Emulated, seen: list[Exchange], description: dict[str, object]
) -> None:
    said(paystack)
    api = OpenAPI.from_dict({**description, "servers": [{"url": paystack.url}]})
    faults: list[object] = []
    for request, response in seen:
        whole = Request(request.method, request.url, dict(request.headers), data=request.body)
        checked = RequestsOpenAPIRequest(whole)
        where = f"{request.method} {request.path_url} {response.status_code}"
        try:
            api.validate_request(checked)
            if response.status_code in DESCRIBED and _ended(response):
                api.validate_response(checked, RequestsOpenAPIResponse(response))
        except OpenAPIError as fault:
            faults.append((where, getattr(fault.__cause__, "schema_errors", fault)))
    assert faults == []
    asked_of = {urlsplit(request.url or "").path.split("/")[1] for request, _ in seen}
    assert asked_of == {"charge", "refund", "transaction", "transfer", "transferrecipient"}


def _ended(response: Response) -> bool:
    data = response.json().get("data", {})
    return not isinstance(data, dict) or "display_text" not in data
