"""Paystack's webhooks at our door: signed by the right key or refused, and even so only a hint."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from bot.app import BACKGROUND, create_app
from bot.hub import anyrail
from bot.settings import Settings
from channels.emulated import serving
from channels.render import Words
from flows.money import Money
from payments.emulated import Asked, Hit, Trouble
from payments.paystack import Paystack, PaystackSettings
from payments.paystack.emulator import Account, Wallets, create_emulator
from payments.paystack.webhooks import sign
from payments.rail import Rails
from payments.sending.refunds import submit_refund
from store.models import FactRow
from store.orders.refunds import owe_refund
from store.transaction import Sessions
from tests.fakes.paying import Clock, Market, make_market
from tests.fakes.paystacking import SECRET, Emulated, begin, move_to, place

WORDS = Words(Path(__file__).parents[3] / "locales")
OTHER = "sk_live_of_a_shop"


@pytest.fixture
def door(ghana: Market) -> Iterator[str]:
    app = Flask("door")
    app.register_blueprint(anyrail.blueprint(ghana.world, WORDS, "paystack"))
    with serving(app) as url:
        yield f"{url}/webhooks/paystack"


@pytest.fixture
def prompted(ghana: Market, paystack: Emulated) -> UUID:
    """An attempt that was paid, of which nobody has told us yet."""
    attempt = begin(ghana, place(ghana))
    paystack.wallets.faults.drop_callbacks = True
    paystack.wallets.approve(str(attempt))
    ghana.woken.clear()
    return attempt


def told(reference: object, event: str = "charge.success", **more: object) -> bytes:
    return json.dumps({"event": event, "data": {"reference": str(reference), **more}}).encode()


def post(door: str, body: bytes, key: str = SECRET) -> int:
    headers = {"x-paystack-signature": sign(key, body), "Content-Type": "application/json"}
    return requests.post(door, body, headers=headers, timeout=5).status_code


def asked(market: Market, attempt: UUID) -> bool:
    """Whether the webhook has woken somebody to ask."""
    woken = any(attempt in woken.asked for woken in market.woken)
    return woken and market.attempt(attempt).next_poll_at == market.clock.at


def test_a_webhook_is_a_hint_to_ask(ghana: Market, door: str, prompted: UUID) -> None:
    ghana.clock.pass_by(seconds=1)
    assert post(door, told(prompted)) == 200
    assert asked(ghana, prompted)
    assert ghana.attempt(prompted).status == "pending"
    ghana.after(seconds=0)
    assert ghana.attempt(prompted).status == "succeeded"


def test_again_and_again_changes_nothing_more(ghana: Market, door: str, prompted: UUID) -> None:
    for _ in range(3):
        assert post(door, told(prompted)) == 200
        ghana.after(seconds=1)
    assert ghana.attempt(prompted).status == "succeeded"
    assert ghana.attempt(prompted).polls == 1


def test_a_webhook_that_lies_pays_nothing(ghana: Market, paystack: Emulated, door: str) -> None:
    attempt = begin(ghana, place(ghana))
    assert post(door, told(attempt, amount=48_000, currency="GHS", status="success")) == 200
    ghana.after(seconds=0)
    assert ghana.attempt(attempt).status == "pending"
    assert paystack.only.taken is None


@pytest.mark.parametrize("key", [OTHER, "", "sk_test_0123456780"])
def test_a_forged_one_is_refused(ghana: Market, door: str, prompted: UUID, key: str) -> None:
    assert post(door, told(prompted), key) == 403
    assert requests.post(door, told(prompted), timeout=5).status_code == 403
    assert not asked(ghana, prompted)


def test_one_of_money_that_is_none_of_ours_is_counted(ghana: Market, door: str) -> None:
    stranger = uuid4()
    assert post(door, told(stranger)) == 200
    assert post(door, told("T685312322670591")) == 200
    facts = ghana.world.read(
        lambda session: session.scalars(
            select(FactRow.values).where(FactRow.name == "unknown-payment-reference")
        ).all()
    )
    assert facts == [{"rail": "paystack", "reference": str(stranger)}]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff" * 50, b"[" * 100_000])
def test_rubbish_is_answered_and_does_nothing(ghana: Market, door: str, body: bytes) -> None:
    assert post(door, body) in (200, 400)
    assert ghana.woken == []


def test_paystack_calls_until_it_is_heard(ghana: Market, door: str, clock: Clock) -> None:
    account = Account(SECRET, door)
    wallets = Wallets(account, clock.now, again=(0.01, 0.01))
    once = iter([Hit(Trouble.LOST)])

    def lost(_: Asked) -> Hit | None:
        return next(once, None)

    wallets.faults.at_callback = lost
    with serving(create_emulator(account, wallets, clock.now)) as url:
        rail = Paystack(PaystackSettings(url, SECRET), public_url="https://sokoni.example")
        ghana.world.rails._platform["paystack"] = rail
        attempt = begin(ghana, place(ghana))
        wallets.approve(str(attempt))
        wallets.callbacks.wait()
    assert wallets.callbacks.statuses == [200]
    assert asked(ghana, attempt)


@pytest.fixture
def own(postgres: Sessions, clock: Clock) -> Iterator[tuple[Market, str]]:
    """A shop with an account of its own at Paystack, beside the platform's; and the door."""
    account = Account(OTHER)
    wallets = Wallets(account, clock.now)
    with serving(create_emulator(account, wallets, clock.now)) as url:

        def made(given: Mapping[str, str]) -> Paystack | None:
            settings = PaystackSettings(url, "").with_own(given)
            return Paystack(settings, public_url="https://sokoni.example") if settings else None

        platform = Paystack(PaystackSettings(url, SECRET), public_url="https://sokoni.example")
        market = make_market(postgres, clock, Rails({"paystack": platform}, {"paystack": made}))
        move_to(market, credentials={"paystack_secret_key": OTHER})
        app = Flask("door")
        app.register_blueprint(anyrail.blueprint(market.world, WORDS, "paystack"))
        with serving(app) as door:
            yield market, f"{door}/webhooks/paystack"


def test_a_shops_own_account_speaks_of_its_own_money(own: tuple[Market, str]) -> None:
    market, door = own
    attempt = begin(market, place(market))
    market.clock.pass_by(seconds=1)
    assert post(door, told(attempt)) == 200
    assert not asked(market, attempt), "the platform's account knows nothing of it"
    assert post(door, told(attempt), OTHER) == 200
    assert asked(market, attempt)


def test_an_event_of_a_refund_asks_about_it(
    ghana: Market, paystack: Emulated, door: str, prompted: UUID
) -> None:
    ghana.after(seconds=10)
    order = ghana.order_row(1001).id
    owed = ghana.at_shop(lambda scope: owe_refund(scope, order, Money(20_000, "GHS"), "cancelled"))
    assert owed is not None
    paystack.wallets.faults.slow_sending = True
    submit_refund(ghana.world, owed.id)
    (sent,) = paystack.wallets.refunds()
    paystack.wallets.settle(sent.reference)
    ghana.clock.pass_by(seconds=1)
    body = told(None, "refund.processed", transaction_reference=str(prompted))
    assert post(door, body) == 200
    ghana.after(seconds=0)
    (refund,) = ghana.refunds()
    assert refund.status == "succeeded"


@pytest.mark.parametrize(
    ("language", "word"),
    [("fr-CI,fr;q=0.9", "Merci"), ("sw", "Asante"), ("de", "Thank you"), ("", "Thank you")],
)
def test_the_payer_comes_back_to_one_line_in_their_language(
    ghana: Market, door: str, prompted: UUID, language: str, word: str
) -> None:
    where = f"{door}/back/{prompted}?trxref={prompted}&reference=<script>"
    page = requests.get(where, headers={"Accept-Language": language}, timeout=5)
    assert page.status_code == 200
    assert word in page.text
    assert "script" not in page.text
    assert asked(ghana, prompted)


def test_whoever_comes_back_from_nowhere_sees_the_same(ghana: Market, door: str) -> None:
    assert requests.get(f"{door}/back/{uuid4()}", timeout=5).status_code == 200
    assert requests.get(f"{door}/back/nonsense", timeout=5).status_code in (404, 405)
    assert ghana.woken == []


def test_with_the_database_away_paystack_is_told_to_call_again(tmp_path: Path) -> None:
    """By the real server, whose database is nowhere; the payer who comes back sees their line still."""
    settings = Settings(
        _env_file=None,
        sokoni_data=tmp_path,
        database_url="postgresql://postgres@127.0.0.1:1/nobody",
        paystack_secret_key=SECRET,
        log_level="ERROR",
    )
    app = create_app(settings)
    # Nothing works in the background while there are no books.
    app.before_request_funcs[None].remove(app.extensions[BACKGROUND].start)
    client, body = app.test_client(), told(uuid4())
    headers = {"x-paystack-signature": sign(SECRET, body)}
    assert client.post("/webhooks/paystack", data=body, headers=headers).status_code == 503
    assert client.get(f"/webhooks/paystack/back/{uuid4()}").status_code == 200
