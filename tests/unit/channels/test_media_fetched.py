"""Pictures are had from the provider alone, and only what is one and small enough."""

import pytest
import responses

from channels import media as fetching
from channels.africastalking import AfricasTalkingChannel
from channels.channel import Account, ChannelError
from channels.media import MOST_BYTES, of_provider
from channels.meta import MetaChannel
from channels.twilio import TwilioChannel

API, META = "https://api.twilio.com", "https://graph.facebook.com/v26.0"
SID = "AC" + "1" * 32
URL = f"{API}/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"
KEPT = "https://mms.twiliocdn.com/AC1/ME1?Signature=x"
TWILIO = Account("twilio", SID, "twilio-token", API)
OURS = Account("meta", "app", "meta-token", META)
HOSTS = ("twilio.com", "twiliocdn.com")


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        (URL, True),
        ("https://api.dublin.ie1.twilio.com/2010-04-01/x", True),
        (KEPT, True),
        ("http://api.twilio.com/x", False),
        ("https://api.twilio.com:8443/x", False),
        ("https://twilio.com.evil.example/x", False),
        ("https://eviltwilio.com/x", False),
        ("https://api.twilio.com@evil.example/x", False),
        ("https://me@api.twilio.com/x", False),
        ("https://evil.example\\.twilio.com/x", False),
        ("https://evil.example#.twilio.com/x", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1:5432/", False),
        ("https://[::1/x", False),
        ("https://api.twilio.com:x/", False),
        ("file:///etc/passwd", False),
        ("//api.twilio.com/x", False),
        ("", False),
    ],
)
def test_only_the_providers_own_hosts_are_asked(url: str, trusted: bool) -> None:
    assert of_provider(url, API, HOSTS) is trusted


def test_an_emulated_provider_has_no_hosts_but_its_own() -> None:
    emulated = "http://127.0.0.1:8000/emulators/twilio"
    assert of_provider("http://127.0.0.1:8000/emulators/twilio/kept/1", emulated, HOSTS)
    assert not of_provider(URL, emulated, HOSTS)
    assert not of_provider("http://127.0.0.1:8001/kept/1", emulated, HOSTS)


@responses.activate
def test_twilio_leads_on_to_the_bytes_and_only_its_api_is_told_who_asks() -> None:
    api = responses.get(URL, status=307, headers={"Location": KEPT})
    kept = responses.get(KEPT, body=b"bytes", content_type="image/jpeg")
    assert TwilioChannel().fetch(URL, TWILIO) == b"bytes"
    assert api.calls[0].request.headers["Authorization"].startswith("Basic ")
    assert "Authorization" not in kept.calls[0].request.headers


@responses.activate
def test_nobody_is_followed_to_where_the_provider_is_not() -> None:
    responses.get(URL, status=307, headers={"Location": "http://169.254.169.254/latest"})
    with pytest.raises(ChannelError) as caught:
        TwilioChannel().fetch(URL, TWILIO)
    assert caught.value.permanent
    assert len(responses.calls) == 1


@responses.activate
def test_whoever_leads_on_for_ever_is_left() -> None:
    responses.get(URL, status=302, headers={"Location": URL})
    with pytest.raises(ChannelError):
        TwilioChannel().fetch(URL, TWILIO)
    assert len(responses.calls) == fetching.MOST_HOPS


@responses.activate
@pytest.mark.parametrize("where", ["https://evil.example/x.jpg", "http://127.0.0.1/x.jpg"])
def test_what_a_message_names_elsewhere_is_not_asked_for(where: str) -> None:
    with pytest.raises(ChannelError) as caught:
        TwilioChannel().fetch(where, TWILIO)
    assert caught.value.permanent
    assert len(responses.calls) == 0


def told(**more: object) -> dict[str, object]:
    url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"
    return {"url": url, "mime_type": "image/jpeg", "file_size": 5, "id": "4471", **more}


@responses.activate
def test_meta_is_asked_where_it_is_and_then_for_it() -> None:
    responses.get(f"{META}/4471", json=told())
    responses.get(str(told()["url"]), body=b"bytes", content_type="image/jpeg")
    assert MetaChannel().fetch("4471", OURS) == b"bytes"
    tokens = [call.request.headers["Authorization"] for call in responses.calls]
    assert tokens == ["Bearer meta-token"] * 2


@responses.activate
@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://evil.example/x.jpg"},
        {"mime_type": "text/html"},
        {"mime_type": "image/svg+xml"},
        {"file_size": MOST_BYTES + 1},
    ],
)
def test_what_meta_names_wrongly_is_not_fetched(wrong: dict[str, object]) -> None:
    responses.get(f"{META}/4471", json=told(**wrong))
    with pytest.raises(ChannelError) as caught:
        MetaChannel().fetch("4471", OURS)
    assert caught.value.permanent
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ({"status": 404}, False),
        ({"status": 500}, False),
        ({"body": b"<html>", "content_type": "text/html"}, True),
        ({"body": b"0" * (MOST_BYTES + 1), "content_type": "image/jpeg"}, True),
        (
            {
                "body": b"1f8b",
                "content_type": "image/jpeg",
                "headers": {"Content-Encoding": "gzip"},
            },
            True,
        ),
    ],
)
def test_of_what_is_no_picture_nothing_is_taken(answer: dict[str, object], permanent: bool) -> None:
    responses.get(URL, **answer)
    with pytest.raises(ChannelError) as caught:
        TwilioChannel().fetch(URL, TWILIO)
    assert caught.value.permanent is permanent


@responses.activate
def test_a_server_that_takes_its_time_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", -1.0)
    responses.get(URL, body=b"bytes", content_type="image/jpeg")
    with pytest.raises(ChannelError, match="slow") as caught:
        TwilioChannel().fetch(URL, TWILIO)
    assert not caught.value.permanent


def test_where_there_are_no_pictures_none_is_fetched() -> None:
    account = Account("africastalking", "sandbox", "at-key")
    with pytest.raises(ChannelError):
        AfricasTalkingChannel().fetch("4471", account)
