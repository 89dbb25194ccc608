"""MTN knocks: about a charge, a refund or a payout, by the address alone."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bot.hub import mtn_momo
from bot.hub.money import UNKNOWN_REFERENCE
from flows.money import Money
from payments.sending.refunds import submit_refund
from store.models import FactRow
from store.orders.refunds import owe_refund
from store.transaction import open_engine, open_sessions
from tests.fakes.paying import Market, Mtn


@pytest.fixture
def door(market: Market) -> Iterator[FlaskClient]:
    app = Flask("server")
    app.register_blueprint(mtn_momo.blueprint(market.world))
    with app.test_client() as client:
        yield client


def under_way(market: Market, mtn: Mtn) -> UUID:
    """A refund that MTN has taken and of which nothing is due."""
    number = market.order()
    charge = market.prompted(number)
    mtn.wallets.approve(str(charge))
    market.after(seconds=10)
    order_id = market.order_row(number).id
    owed = market.at_shop(
        lambda scope: owe_refund(scope, order_id, Money(48_000, "UGX"), "cancelled")
    )
    assert owed is not None
    mtn.wallets.faults.slow_sending = True
    submit_refund(market.world, owed.id)
    return owed.id


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_refund_is_due_when_mtn_calls(
    market: Market, mtn: Mtn, door: FlaskClient, method: str
) -> None:
    refund = under_way(market, mtn)
    answer = door.open(f"/webhooks/mtn-momo/refunds/{refund}", method=method, json={})
    assert answer.status_code == 200
    assert [row.next_poll_at for row in market.refunds()] == [market.clock.now()]


def test_a_prompt_is_asked_about_when_mtn_calls(market: Market, door: FlaskClient) -> None:
    charge = market.prompted(market.order())
    market.woken.clear()
    assert door.put(f"/webhooks/mtn-momo/{charge}", data=b"\xff{").status_code == 200
    assert [woken.asked for woken in market.woken] == [{charge}]


@pytest.mark.parametrize("path", ["", "refunds/", "payouts/"])
def test_a_reference_of_nobodys_wakes_nobody_and_is_counted(
    market: Market, door: FlaskClient, path: str
) -> None:
    assert door.put(f"/webhooks/mtn-momo/{path}{uuid4()}", json={}).status_code == 200
    assert market.woken == []
    assert len(strange(market)) == 1


@pytest.mark.parametrize("path", ["nonsense", "refunds/nonsense", "others/{id}", "refunds/"])
def test_an_address_that_is_none_of_ours_is_not_found(door: FlaskClient, path: str) -> None:
    assert door.put(f"/webhooks/mtn-momo/{path.format(id=uuid4())}").status_code == 404


def test_with_the_database_away_the_call_is_let_go(market: Market) -> None:
    away = open_engine("postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=1", pool=1)
    app = Flask("server")
    world = replace(market.world, sessions=open_sessions(away))
    app.register_blueprint(mtn_momo.blueprint(world))
    assert app.test_client().put(f"/webhooks/mtn-momo/{uuid4()}").status_code == 200


def strange(market: Market) -> list[object]:
    wanted = select(FactRow.id).where(FactRow.name == UNKNOWN_REFERENCE)
    return market.world.read(lambda session: list(session.scalars(wanted)))
