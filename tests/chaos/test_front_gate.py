"""What the web process itself makes of requests that no provider sends: before any code of ours."""

import socket

from sqlalchemy import select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from store.models import InboxRow
from tests.chaos.conftest import Build
from tests.chaos.installation import SID, TOKEN, Installation
from tests.e2e.house import SECRET

FORM = {
    "AccountSid": SID,
    "MessageSid": "SM" + "e" * 32,
    "From": "+256772300061",
    "To": "+256312000002",
    "Body": "hi",
}
BODY = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in FORM.items())


def ask(city: Installation, head: str, body: str = "", **headers: str) -> int:
    """The status of one request as it is written here; 0 when it is hung up on."""
    lines = [head, "Host: sokoni.example", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append("Content-Type: application/x-www-form-urlencoded")
    if body and "Transfer-Encoding" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection(("127.0.0.1", city.port), timeout=10) as road:
        road.sendall(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n" + body).encode())
        answer = road.makefile("rb").readline().split()
    return int(answer[1]) if len(answer) > 1 else 0


def signed(city: Installation, path: str) -> str:
    return RequestValidator(TOKEN).compute_signature(city.url + path, MultiDict(FORM))


def test_the_gate_serves_the_path_that_was_asked_for_and_signed(install: Build) -> None:
    city = install().open("web")
    path = "/webhooks/twilio/messages"
    here = {"X-Twilio-Signature": signed(city, path)}
    elsewhere = {"X-Twilio-Signature": signed(city, "/elsewhere")}
    # A proxy on the same machine is believed by gunicorn, and hands on what strangers wrote.
    for name in ("PATH_INFO", "Path-Info", "SCRIPT_NAME", "Script-Name"):
        dressed = {**elsewhere, name: path}
        assert ask(city, "POST /elsewhere HTTP/1.1", BODY, **dressed) in (400, 403, 404), name
    for target in (f"http://evil.example{path}", f"https://evil.example{path}?x", f"/x/..{path}"):
        assert ask(city, f"POST {target} HTTP/1.1", BODY, **elsewhere) in (400, 403, 404), target
    assert city.get("/healthz").status_code == 200
    assert city.in_books(lambda s: s.scalars(select(InboxRow.text)).all()) == []
    assert ask(city, f"POST {path} HTTP/1.1", BODY, **here) == 200


def test_the_gate_refuses_what_two_readers_would_read_differently(install: Build) -> None:
    city = install().open("web")
    path = f"/webhooks/africastalking/{SECRET}/sms"
    chunk = "5\r\nto=22\r\n0\r\n\r\n"
    both = {"Transfer-Encoding": "chunked", "Content-Length": "3"}
    assert ask(city, f"POST {path} HTTP/1.1", chunk, **both) == 400
    for coding in ("xchunked", "chunked, identity", "gzip, chunked"):
        refused = ask(city, f"POST {path} HTTP/1.1", chunk, **{"Transfer-Encoding": coding})
        assert refused in (400, 501), coding
    for length in ("-1", "+3", "3, 4", "0x3", "9" * 30):
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {length}"
        assert ask(city, head) in (400, 413), length
    many = {f"X-{n}": "x" for n in range(200)}
    assert ask(city, f"POST {path} HTTP/1.1", "a=b", **many) in (400, 431)
    assert ask(city, f"POST {path} HTTP/1.1", "a=b", **{"X-Long": "x" * 20_000}) in (400, 431)
    assert ask(city, f"GET /{'x' * 20_000} HTTP/1.1") in (400, 414)
    assert ask(city, "GET /healthz HTTP/1.1") == 200
    assert SECRET not in city.processes.said("web")
