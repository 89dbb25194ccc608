"""An Airtel that answers what a test tells it to, word for word."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, Response, request

from channels.emulated import serving
from payments.airtel import Airtel, AirtelSettings
from tests.fakes.paying import Clock


@dataclass
class Scripted:
    """`heard` is what was asked of it, tokens apart; `market` the country and the currency that it was
    last asked for."""

    rail: Airtel
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    market: tuple[str, str] = ("", "")
    heard: list[str] = field(default_factory=list)
    token: bytes = b'{"access_token": "t", "expires_in": "180", "token_type": "bearer"}'

    def says(self, http: int, body: object, *to: str) -> None:
        """`to` names the methods that are answered so; none: all."""
        self.writes(http, json.dumps(body).encode(), *to)

    def writes(self, http: int, body: bytes, *to: str) -> None:
        for method in to or ("GET", "POST"):
            self.answers[method] = (http, body)


@contextmanager
def scripted_airtel(clock: Clock) -> Iterator[Scripted]:
    app = Flask("scripted-airtel")

    def speak(path: str) -> Response:
        if path == "auth/oauth2/token":
            return Response(scripted.token, mimetype="application/json")
        scripted.heard.append(f"{request.method} /{path}")
        scripted.market = (request.headers["X-Country"], request.headers["X-Currency"])
        http, body = scripted.answers[request.method]
        return Response(body, http, mimetype="application/json")

    app.add_url_rule("/<path:path>", view_func=speak, methods=["GET", "POST"])
    with serving(app) as url:
        rail = Airtel(AirtelSettings(url, "client", "secret"), clock=clock.seconds)
        scripted = Scripted(rail)
        scripted.says(200, {})
        yield scripted
