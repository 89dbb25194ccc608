"""A worker is killed after the provider took the request and before we wrote down that it did: whoever comes
after asks about the same reference, and nobody is charged twice."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.emulated import serving
from payments.airtel import emulator as airtel
from payments.emulated import Hit, Status, Trouble
from payments.emulated.faults import calm
from payments.emulated.wallets import Wallets
from payments.flutterwave import emulator as flutterwave
from payments.paystack import emulator as paystack
from store.ids import new_id
from store.models import AttemptHistoryRow, AttemptRow, OrderLineRow, OrderRow, PersonRow, ShopRow
from tests.chaos.conftest import Build
from tests.chaos.installation import Installation
from tests.e2e.house import SHOPS, eventually

NOWHERE = "http://127.0.0.1:9/"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Provider:
    """`emulated` is None for MTN, which every installation has."""

    shop: str
    payer: str
    settings: Mapping[str, str]
    emulated: Callable[[], tuple[Flask, Wallets]] | None = None


def _airtel() -> tuple[Flask, Wallets]:
    account = airtel.Account("client", "secret", f"{NOWHERE}webhooks/airtel", "key")
    wallets = airtel.Wallets(now, account)
    return airtel.create_emulator(account, wallets, now), wallets


def _paystack() -> tuple[Flask, Wallets]:
    account = paystack.Account("sk_test", f"{NOWHERE}webhooks/paystack")
    wallets = paystack.Wallets(account, now)
    return paystack.create_emulator(account, wallets, now), wallets


def _flutterwave() -> tuple[Flask, Wallets]:
    account = flutterwave.Account("FLWSECK_TEST", "hash", f"{NOWHERE}webhooks/flutterwave")
    wallets = flutterwave.Wallets(now, account)
    return flutterwave.create_emulator(account, wallets, now), wallets


def _shop(name: str, was: str = "", is_: str = "") -> str:
    return (SHOPS / f"{name}.toml").read_text().replace(was or "\0", is_)


PROVIDERS: Mapping[str, Provider] = {
    "mtn-momo": Provider(_shop("mama"), "+256772300001", {}),
    "airtel": Provider(
        _shop("akiki"),
        "+256701300001",
        {
            "airtel_api_url": "",
            "AIRTEL_CLIENT_ID": "client",
            "AIRTEL_CLIENT_SECRET": "secret",
            "AIRTEL_WEBHOOK_SECRET": "key",
        },
        _airtel,
    ),
    "paystack": Provider(
        _shop("efua"),
        "+233241234567",
        {"paystack_api_url": "", "PAYSTACK_SECRET_KEY": "sk_test"},
        _paystack,
    ),
    "flutterwave": Provider(
        _shop("bisi", '"paystack"', '"flutterwave"'),
        "",
        {
            "flutterwave_api_url": "",
            "FLUTTERWAVE_SECRET_KEY": "FLWSECK_TEST",
            "FLUTTERWAVE_WEBHOOK_HASH": "hash",
        },
        _flutterwave,
    ),
}


@pytest.mark.parametrize("rail", PROVIDERS)
def test_a_worker_killed_after_the_request_charges_nobody_twice(install: Build, rail: str) -> None:
    provider = PROVIDERS[rail]
    with ExitStack() as stack:
        settings = {name: value for name, value in provider.settings.items() if value}
        wallets = None
        if provider.emulated is not None:
            app, wallets = provider.emulated()
            url = next(name for name, value in provider.settings.items() if not value)
            settings[url.upper()] = stack.enter_context(serving(app))
        settings["PAYMENT_POLL_SECONDS"] = ",".join(str(second) for second in range(1, 180, 2))
        city: Installation = install(shop=provider.shop, **settings).open()
        wallets = wallets or city.wallets
        wallets.faults.drop_callbacks = True
        wallets.faults.at_request = lambda asked: Hit(Trouble.STALLED, 8.0)
        reference = city.in_books(lambda session: _attempt(session, rail, provider.payer))
        city.processes.start("worker", "clock")
        eventually(lambda: wallets.find(str(reference)), "the request", 60)
        city.processes.kill_family("worker")
        wallets.faults.at_request = calm
        assert city.in_books(lambda session: _status(session, reference)) == "submitted"
        city.processes.start("worker")
        eventually(
            lambda: city.in_books(lambda session: _status(session, reference)) == "pending",
            "an answer about the same reference",
            60,
        )
        # Of a link that was lost with the worker nobody has heard; only the second one is told.
        links = rail == "flutterwave"
        assert len(wallets.all()) == 1 + links
        wallets.approve(wallets.all()[-1].reference)
        eventually(lambda: city.order_status()[1] == "paid", "a paid order", 60)
        assert [prompt.status for prompt in wallets.all()].count(Status.TAKEN) == 1
        assert all(prompt.reference.startswith(str(reference)) for prompt in wallets.all())
        assert city.in_books(lambda session: _times(session, "succeeded")) == 1


def _attempt(session: Session, rail: str, payer: str) -> UUID:
    """An order and its attempt, committed, of which no worker has heard yet."""
    shop = session.scalars(select(ShopRow)).one()
    person = PersonRow(id=new_id(), phone=payer or "+2348031234567", created_at=now())
    order = OrderRow(
        id=new_id(), shop_id=shop.id, person_id=person.id, number=1001, currency=shop.currency,
        subtotal=48_000, delivery_fee=0, total=48_000, fulfilment="pickup", rail=rail,
        payer=payer, channel="sms", phone=person.phone, name="Amina", code="4711",
        created_at=now(), updated_at=now(),
    )  # fmt: skip
    order.lines = [
        OrderLineRow(
            position=0, sku="soap", name="Soap", quantity=1, unit_price=48_000, total=48_000
        )
    ]
    attempt = AttemptRow(
        shop_id=shop.id, order_id=order.id, person_id=person.id, rail=rail, payer=payer,
        amount=48_000, currency=shop.currency, medium="sms", submit_after=now(), created_at=now(),
    )  # fmt: skip
    for row in (person, order, attempt):
        session.add(row)
        session.flush()
    return attempt.id


def _status(session: Session, reference: UUID) -> str:
    return session.scalars(select(AttemptRow.status).filter_by(id=reference)).one()


def _times(session: Session, after: str) -> int:
    return session.scalar(select(func.count()).where(AttemptHistoryRow.after == after)) or 0
