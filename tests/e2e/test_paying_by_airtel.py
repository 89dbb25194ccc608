"""An order paid by Airtel Money: signed callbacks, forged ones, and the money's way back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from bot.cli.books import load_shops
from bot.hub.money import UNKNOWN_REFERENCE
from channels.emulated import serve
from payments.airtel.emulator import Account, Wallets, create_emulator
from payments.airtel.emulator.words import signed
from payments.emulated import Hit, Prompt, Trouble
from tests.e2e.house import SHOPS, House, Phone, eventually
from tests.fakes.quiet_ports import quiet_port

pytestmark = pytest.mark.databases("postgres")

CUSTOMER, SELLER = "+256752300031", "+256752100031"
WHATSAPP, SMS = "+256312000031", "+256312000032"
KEY = "airtel-callback-key"


@dataclass
class Trade:
    """The house, and the emulated Airtel beside it."""

    house: House
    wallets: Wallets
    customer: Phone
    seller: Phone

    def ordered(self) -> Prompt:
        """A pickup order by WhatsApp, and the prompt that it led to."""
        basket = self.customer.say("one hoe", "cart|added")
        said = self.customer.follow(basket, "check ?out", "airtel", "256752300031")
        self.customer.choose("confirm|place", said, "PIN")
        return eventually(lambda: self.wallets.prompts(CUSTOMER), "a prompt")[0]

    def call(self, body: bytes) -> int:
        url = f"{self.house.url}/webhooks/airtel"
        return requests.post(url, data=body, timeout=10).status_code

    def paid(self) -> dict[str, object]:
        return dict(self.house.until(1001, "akiki", payment_status="paid", status="confirmed"))


@pytest.fixture
def trade(build_house: Callable[..., House]) -> Iterator[Trade]:
    port = quiet_port()
    house = build_house(
        airtel_api_url=f"http://127.0.0.1:{port}",
        airtel_client_id="client",
        airtel_client_secret="secret",
        airtel_webhook_secret=KEY,
        payment_poll_seconds="60,120",
    )
    account = Account("client", "secret", f"{house.url}/webhooks/airtel", KEY)
    wallets = Wallets(lambda: datetime.now(UTC), account)
    served = serve(create_emulator(account, wallets, lambda: datetime.now(UTC)), port)
    load_shops(house.world, [SHOPS / "akiki.toml"])
    yield Trade(house, wallets, house.whatsapp(CUSTOMER, WHATSAPP), house.sms(SELLER, SMS))
    wallets.callbacks.wait()
    served.stop()


def test_a_callback_that_airtel_signed_has_the_order_paid_at_once(trade: Trade) -> None:
    prompt = trade.ordered()
    assert (prompt.amount, prompt.currency) == ("18000", "UGX")
    trade.wallets.approve(prompt.reference)
    trade.customer.read("we got your UGX 18,000")
    trade.paid()
    assert trade.wallets.callbacks.statuses == [200]
    assert "PAID" in trade.seller.read("1001")


def test_a_refusal_by_callback_says_what_to_do(trade: Trade) -> None:
    prompt = trade.ordered()
    trade.wallets.fail(prompt.reference)
    assert "money" in trade.customer.read("did not work")
    trade.house.until(1001, "akiki", payment_status="failed")


def test_forged_malformed_and_foreign_calls_pay_nothing(trade: Trade) -> None:
    prompt = trade.ordered()
    told = {"id": prompt.extra["id"], "status_code": "TS", "airtel_money_id": "1"}
    assert trade.call(signed(told, "guessed")) == 403
    assert trade.call(signed(told, None)) == 403
    assert trade.call(b"{") == 403
    assert trade.call(signed({**told, "id": uuid4().hex}, KEY)) == 200
    assert trade.call(signed({**told, "id": "BBZMiscxy"}, KEY)) == 200
    assert requests.get(f"{trade.house.url}/webhooks/airtel", timeout=10).status_code == 405
    # True to the letter, but the money has not moved.
    assert trade.call(signed(told, KEY)) == 200
    trade.customer.say("I have paid", "checking|asking")
    trade.customer.read("do not see the money")
    assert trade.house.order(1001, "akiki")["payment_status"] == "pending"
    assert len(trade.house.facts(UNKNOWN_REFERENCE)) == 1


@pytest.mark.parametrize(("deed", "status"), [("refuse", "failed"), ("approve", "paid")])
def test_a_call_that_says_the_opposite_changes_nothing(
    trade: Trade, deed: str, status: str
) -> None:
    trade.wallets.faults.at_callback = lambda _: Hit(Trouble.LYING)
    getattr(trade.wallets, deed)(trade.ordered().reference)
    trade.customer.read("did not work" if status == "failed" else "we got your")
    trade.house.until(1001, "akiki", payment_status=status)


def test_twenty_calls_at_once_pay_once(trade: Trade) -> None:
    trade.wallets.faults.drop_callbacks = True
    prompt = trade.ordered()
    trade.wallets.approve(prompt.reference)
    body = signed({"id": prompt.extra["id"], "status_code": "TS"}, KEY)
    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(trade.call, [body] * 20)) == {200}
    trade.customer.read("we got your")
    trade.paid()
    thanked = [text for text in trade.customer.inbox() if "got your" in text]
    assert len(thanked) == 1


def test_the_sellers_no_reverses_the_payment(trade: Trade) -> None:
    trade.wallets.approve(trade.ordered().reference)
    trade.customer.read("we got your")
    trade.seller.read("1001")
    trade.seller.say("NO 1001 no hoes left", "1001")
    trade.customer.read("sent back|refund|back to")
    (back,) = eventually(trade.wallets.refunds, "a reversal")
    assert (back.amount, back.status) == ("18000", "taken")


@pytest.mark.parametrize("said", ["mtn", "airtel"])
def test_somebody_who_writes_from_another_network_pays_by_it(
    trade: Trade, tmp_path: Path, said: str
) -> None:
    """Two networks in one pocket: MTN talks, Airtel pays. The other network is not in the list."""
    both = (SHOPS / "akiki.toml").read_text().replace('["airtel",', '["mtn-momo", "airtel",')
    (tmp_path / "akiki.toml").write_text(both)
    load_shops(trade.house.world, [tmp_path / "akiki.toml"])
    customer = trade.house.whatsapp("+256772300031", WHATSAPP)
    step = customer.follow(customer.say("one hoe", "cart|added"), "check ?out")
    assert "Airtel" not in step
    step = customer.say(said, "number")
    step = customer.say("0752300031", r"\+256752300031")
    customer.choose("confirm|place", step, "PIN")
    (prompt,) = eventually(lambda: trade.wallets.prompts(CUSTOMER), "a prompt")
    trade.wallets.refuse(prompt.reference)
    again = customer.read("not go through|refused|declined|did not")
    customer.choose("pay again", again, "on its way")
    eventually(lambda: trade.wallets.prompts(CUSTOMER), "another prompt")
