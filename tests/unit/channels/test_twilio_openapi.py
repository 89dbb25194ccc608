"""The client's request and the emulator's answer against Twilio's own published description."""

from pathlib import Path

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from requests import PreparedRequest, Request, Response, Session

from channels.channel import Account, Medium, Outbound
from channels.emulated import serving
from channels.twilio import TwilioChannel
from channels.twilio.emulator import Options, TwilioEmulator, create_emulator

SPEC = Path(__file__).parents[4] / "shared/specs/twilio_api_v2010.yaml"
PATH = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
SID = "AC" + "0" * 32


@pytest.mark.skipif(not SPEC.exists(), reason="Twilio's OpenAPI description is not on this machine")
def test_sending_speaks_as_twilio_describes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[PreparedRequest, Response]] = []
    send = Session.send

    def watched(self: Session, request: PreparedRequest, **kwargs: object) -> Response:
        response = send(self, request, **kwargs)
        seen.append((request, response))
        return response

    monkeypatch.setattr(Session, "send", watched)
    emulator = TwilioEmulator(Options(SID, "token", "https://shop.example", "http://127.0.0.1:1"))
    with serving(create_emulator(emulator)) as url:
        TwilioChannel().send(
            Outbound(Medium.WHATSAPP, "+256200000001", "+256772000001", "Hi", "r", f"{url}/status"),
            Account("twilio", SID, "token", url),
        )
        api = OpenAPI.from_dict(_description(url))
        ((request, response),) = seen
        whole = Request("POST", request.url, dict(request.headers), data=request.body)
        api.validate_request(RequestsOpenAPIRequest(whole))
        api.validate_response(RequestsOpenAPIRequest(whole), RequestsOpenAPIResponse(response))
    emulator.close()


def _description(url: str) -> dict[str, object]:
    """Only the one path, since reading all of it takes long, and on this machine."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    spec = yaml.load(SPEC.read_text(), Loader=loader)
    path = spec["paths"][PATH]
    path["servers"] = [{"url": url}]
    return {**spec, "servers": [{"url": url}], "paths": {PATH: path}}
