"""A link in the chat, a page in the browser, a webhook at the door: an order paid by Flutterwave."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.e2e.house import SHOPS, House
from tests.fakes.flutterwave import SECRET_HASH, FlutterwaveHouse, flutterwave_house
from tests.fakes.paying import Clock
from tests.fakes.quiet_ports import quiet_port

CUSTOMER = "+256772300001"


@pytest.fixture
def port() -> int:
    return quiet_port()


@pytest.fixture
def provider(port: int) -> Iterator[FlutterwaveHouse]:
    with flutterwave_house(Clock(), f"http://127.0.0.1:{port}") as made:
        yield made


@pytest.fixture
def house(provider: FlutterwaveHouse, port: int, tmp_path: Path) -> Iterator[House]:
    mama = (SHOPS / "mama.toml").read_text(encoding="utf-8")
    (tmp_path / "mama.toml").write_text(
        mama.replace('rails = ["mtn-momo", "cash"]', 'rails = ["flutterwave", "cash"]'),
        encoding="utf-8",
    )
    built = House(
        tmp_path,
        f"sqlite:///{tmp_path}/sokoni.db",
        [str(tmp_path / "mama")],
        port=port,
        flutterwave_api_url=provider.url,
        flutterwave_secret_key=provider.settings.secret_key,
        flutterwave_webhook_hash=SECRET_HASH,
        # Only the webhook can be so quick.
        payment_poll_seconds="600",
    )
    yield built
    built.stop()


def test_the_webhook_pays_the_order(house: House, provider: FlutterwaveHouse) -> None:
    customer = house.whatsapp(CUSTOMER)
    added = customer.say("2 rice 5kg and one soap please", "soap")
    step = customer.choose("check out", added)
    step = customer.choose("pick it up", step)
    step = customer.choose("flutterwave", step)
    customer.choose("confirm|place|yes", step)
    told = customer.read(re.escape(provider.url))
    (link,) = re.findall(rf"{re.escape(provider.url)}\S+", told)
    page = requests.post(link.rstrip("."), data={"answer": "pay"}, timeout=5)
    assert page.status_code == 200
    assert "webhooks/flutterwave/back/" in page.url
    customer.read("we got your")
    assert house.until(1001, payment_status="paid")["total"] == "44500"


def test_a_forged_webhook_is_refused_at_the_door(house: House) -> None:
    body = {"event": "charge.completed", "data": {"tx_ref": "x", "status": "successful"}}
    url = f"{house.url}/webhooks/flutterwave"
    for headers in ({}, {"verif-hash": "guessed"}, {"verif-hash": SECRET_HASH + " "}):
        assert requests.post(url, json=body, headers=headers, timeout=5).status_code == 403
    assert requests.get(url, timeout=5).status_code == 405
