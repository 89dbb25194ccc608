"""Nobody whom we write to sends us elsewhere: tokens, numbers and words would go along."""

from collections.abc import Callable, Iterator

import pytest
import requests
from flask import Flask, redirect, request
from werkzeug import Response

from channels import transport as channels
from channels.channel import ChannelError
from channels.emulated import serve
from payments import transport as payments
from payments.errors import PaymentError


@pytest.fixture
def hosts() -> Iterator[tuple[str, list[str]]]:
    """A provider that sends everybody on, and what arrived where it sends them."""
    arrived: list[str] = []
    elsewhere, provider = Flask("elsewhere"), Flask("provider")

    @elsewhere.route("/", methods=["GET", "POST"])
    def take() -> str:
        arrived.append(request.method)
        return "{}"

    inside = serve(elsewhere)

    @provider.route("/<int:status>", methods=["GET", "POST"])
    def send_on(status: int) -> Response:
        return redirect(f"{inside.url}/", status)

    outside = serve(provider)
    yield outside.url, arrived
    outside.stop()
    inside.stop()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("transport", "fault"), [(channels, ChannelError), (payments, PaymentError)]
)
def test_a_provider_that_redirects_is_not_followed(
    hosts: tuple[str, list[str]], transport, fault: type[Exception], status: int
) -> None:
    url, arrived = hosts
    session: requests.Session = transport.pooled_session(url)
    asks: tuple[Callable[[], requests.Response], ...] = (
        lambda: session.post(f"{url}/{status}", json={"to": "+256772000001"}, timeout=5),
        lambda: session.get(f"{url}/{status}", timeout=5),
    )
    for ask in asks:
        with pytest.raises(fault):
            transport.carry(ask)
    assert arrived == []
