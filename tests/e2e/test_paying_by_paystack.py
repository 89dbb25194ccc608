"""Bought by SMS and paid by Paystack: on its pay page, and from a wallet whose network sends a code."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import requests

from bot.cli.books import load_shops
from channels.emulated import serving
from payments.emulated import Callbacks, Status
from payments.paystack.emulator import Account, Wallets, create_emulator
from tests.e2e.house import SHOPS, House, Phone, eventually
from tests.fakes.paystacking import SECRET

NIGERIAN, GHANAIAN = "+2348031234567", "+233201234567"


@pytest.fixture
def wallets() -> Wallets:
    account = Account(SECRET, "https://sokoni.example/webhooks/paystack")
    return Wallets(account, lambda: datetime.now(UTC))


@pytest.fixture
def shops(wallets: Wallets, build_house: Callable[..., House]) -> Iterator[House]:
    """The house, with a shop in Nigeria and one in Ghana that Paystack pays."""
    account = Account(SECRET, "https://sokoni.example/webhooks/paystack")
    with serving(create_emulator(account, wallets, lambda: datetime.now(UTC))) as url:
        house = build_house(paystack_api_url=url, paystack_secret_key=SECRET)
        load_shops(house.world, [SHOPS / "bisi.toml", SHOPS / "efua.toml"])
        wallets.callbacks = Callbacks(wallets.faults, target=house.url)
        yield house
        wallets.callbacks.wait()


def test_a_link_is_sent_and_paid(shops: House, wallets: Wallets) -> None:
    customer = shops.sms(NIGERIAN, "+2342012345678")
    said = customer.follow(customer.say("one soap please", "480"), "check ?out", "paystack")
    customer.choose("confirm|place", said)
    link = re.search(r"http\S+/pay/\w+", customer.read("/pay/"))
    assert link is not None
    assert "NGN 480.00" in requests.get(link[0], timeout=5).text
    requests.post(link[0], {"answer": "approve"}, timeout=5, allow_redirects=False)
    customer.read("we got your")
    order = shops.until(1001, "bisi", payment_status="paid")
    assert (order["currency"], order["total"]) == ("NGN", "480.00")
    assert [prompt.requests for prompt in wallets.all()] == [1]


def test_a_session_ends_before_its_link_comes_by_sms(shops: House, wallets: Wallets) -> None:
    texts = shops.sms(NIGERIAN, "+2342012345678")
    handset = shops.handset(NIGERIAN, "*347*77#")
    handset.follow("shop", "soap", "add 1", "check ?out", "paystack", "confirm|place")
    assert not handset.open
    assert "link by SMS" in handset.screen
    assert re.search(r"http\S+/pay/\w+", texts.read("/pay/"))
    again = texts.say("pay with paystack", "already|/pay/")
    assert "/pay/" in again
    assert [prompt.requests for prompt in wallets.all()] == [1]


def test_a_code_is_asked_for_and_handed_on(shops: House, wallets: Wallets) -> None:
    customer = shops.sms(GHANAIAN, "+233302000002")
    said = customer.follow(customer.say("one soap please", "480"), "check ?out", "paystack")
    said = _own_number(customer, said)
    customer.choose("confirm|place", said)
    customer.read("code")
    (prompt,) = eventually(lambda: wallets.prompts(GHANAIAN), "a prompt")
    assert prompt.code is not None
    customer.send(prompt.code)
    customer.read("we got your")
    shops.until(1001, "efua", payment_status="paid")
    assert wallets.all()[0].status is Status.TAKEN


def _own_number(customer: Phone, said: str) -> str:
    """Where it is asked from which number they pay, their own."""
    return customer.choose("233", said) if re.search(r"^\d[.)]? .*233", said, re.M) else said


def test_on_a_feature_phone_the_link_follows_by_sms(shops: House, wallets: Wallets) -> None:
    sms = shops.sms(NIGERIAN, "+2342012345678")
    handset = shops.handset(NIGERIAN, "*347*77#")
    handset.follow("shop", "soap", "add 1", "check ?out", "paystack", "confirm")
    assert not handset.open
    assert "1001" in handset.screen
    link = re.search(r"http\S+/pay/\w+", sms.read("/pay/"))
    assert link is not None
    requests.post(link[0], {"answer": "short"}, timeout=5)
    assert wallets.all()[0].status is Status.FAILED
    assert shops.order(1001, "bisi")["payment_status"] == "pending"
