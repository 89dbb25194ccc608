"""The emulated providers' calls back: whole, repeated, overtaken, and to nobody else."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, request

from channels.emulated import serving
from payments.emulated import Asked, Call, Callbacks, Faults, Hit, Move, Trouble

ABOUT = Asked(Move.CHARGE, "r1", "+256772123456", "48000", "UGX")


@dataclass
class Merchant:
    """Answers with `answers` in turn, then with 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[str | None] = field(default_factory=list)


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    known = Merchant()
    app = Flask("merchant")

    def listen() -> Response:
        known.bodies.append(request.get_data())
        known.headers.append(request.headers.get("X-Signature"))
        return Response(status=known.answers.pop(0) if known.answers else 200)

    app.add_url_rule("/hook", view_func=listen, methods=["POST", "PUT"])
    with serving(app) as url:
        known.url = f"{url}/hook"
        yield known


def send(callbacks: Callbacks, merchant: Merchant, body: bytes = b"{}") -> None:
    callbacks.send(lambda lie: Call(merchant.url, b"lie" if lie else body), ABOUT)


def test_a_signed_body_leaves_byte_for_byte(merchant: Merchant) -> None:
    body = b'{"amount" :48000.0,\t"name":"\xc3\x89lo\xc3\xafse" }\n'
    callbacks = Callbacks(Faults())
    callbacks.send(lambda _: Call(merchant.url, body, {"X-Signature": "s"}, "PUT"), ABOUT)
    callbacks.wait()
    assert (merchant.bodies, merchant.headers) == ([body], ["s"])


@pytest.mark.parametrize(("again", "calls"), [((), 1), ((0.0,), 2), ((0.0, 0.0, 0.0), 3)])
def test_what_was_refused_is_called_again_as_often_as_the_provider_does(
    merchant: Merchant, again: tuple[float, ...], calls: int
) -> None:
    merchant.answers = [503, 503]
    callbacks = Callbacks(Faults(), again=again)
    send(callbacks, merchant)
    callbacks.wait()
    assert len(merchant.bodies) == calls
    assert callbacks.statuses == [503, 503, 200][:calls]


@pytest.mark.parametrize(
    ("trouble", "bodies"),
    [
        (Trouble.LOST, [b"{}"]),
        (Trouble.GONE, []),
        (Trouble.TWICE, [b"{}", b"{}"]),
        (Trouble.LATE, [b"{}"]),
        (Trouble.LYING, [b"lie"]),
    ],
)
def test_trouble_strikes_one_call(
    merchant: Merchant, trouble: Trouble, bodies: list[bytes]
) -> None:
    faults = Faults(at_callback=lambda _: Hit(trouble, 0.1))
    callbacks = Callbacks(faults, again=(0.0,))
    send(callbacks, merchant)
    callbacks.wait()
    assert merchant.bodies == bodies


def test_a_call_is_overtaken_by_the_next(merchant: Merchant) -> None:
    hits = [Hit(Trouble.OVERTAKEN, 30.0)]
    callbacks = Callbacks(Faults(at_callback=lambda _: hits.pop() if hits else None))
    send(callbacks, merchant, b"first")
    send(callbacks, merchant, b"second")
    until = time.monotonic() + 5
    while len(merchant.bodies) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert sorted(merchant.bodies) == [b"first", b"second"]
    assert merchant.bodies[0] == b"second"


def test_a_call_that_nothing_overtakes_leaves_in_the_end(merchant: Merchant) -> None:
    callbacks = Callbacks(Faults(at_callback=lambda _: Hit(Trouble.OVERTAKEN, 0.1)))
    send(callbacks, merchant)
    callbacks.wait()
    assert merchant.bodies == [b"{}"]
