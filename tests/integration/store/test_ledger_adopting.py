"""Orders that are older than the ledger."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from ledger_books import brought, engine_of, oil, postings, sent, standing
from market import Market, ugx
from sqlalchemy import select
from test_lacking import take_out

from store.actor import SYSTEM
from store.ledger import (
    Account,
    Kind,
)
from store.models import (
    OrderRow,
)
from store.orders.confirming import confirm
from store.orders.views import locked
from store.postings import (
    adopt,
)
from store.proof import prove
from store.scope import Scope

WALLET, RAIL = Account(Kind.WALLET, "amina"), Account(Kind.RAIL, "mtn-momo")
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)


@pytest.fixture(autouse=True)
def proven(market: Market) -> Iterator[None]:
    """After every test the books are right."""
    yield
    assert prove(engine_of(market)).finding is None


def test_orders_older_than_the_ledger_are_adopted(market: Market):
    """As an earlier version left them: paid, delivered, refunded, and nothing posted."""
    order, kept, gone = oil(market), oil(market), oil(market)
    for each in (order, kept, gone):
        attempt = market.pay(each)
        market.do(lambda s, e=each, a=attempt: _paid_before(s, UUID(e.id), a))
    market.ask(lambda b: b.orders.cancel(gone.number, "no"))
    assert standing(market) == {"rail:mtn-momo": 21_000, "refunds": 21_000}
    sent(market)
    assert standing(market) == {}
    brought(market, order.number)
    assert standing(market)["seller-available"] == 16_200

    def all_of_them(scope: Scope) -> int:
        orders = scope.session.scalars(select(OrderRow)).all()
        return sum(adopt(scope, row) for row in orders)

    assert market.do(all_of_them) == 1
    assert market.do(all_of_them) == 0
    assert standing(market)["seller-pending"] == 16_200


def test_what_is_not_there_of_an_order_of_old_is_owed_once(market: Market):
    order = oil(market)
    attempt = market.pay(order)
    market.do(lambda s: _paid_before(s, UUID(order.id), attempt))
    assert take_out(market, order.number, "oil", 1).refund == ugx(9000)
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "refunds": 9_000,
        "seller-pending": 8_100,
        "commission-pending": 900,
        "delivery-pending": 3_000,
    }
    sent(market)
    assert standing(market)["rail:mtn-momo"] == 12_000


def _paid_before(scope: Scope, order_id: UUID, attempt: UUID) -> None:
    order = locked(scope, order_id=order_id)
    assert order is not None
    order.paid_by, order.payment_status, order.held_until = attempt, "paid", None
    scope.session.flush()
    assert confirm(scope, order, SYSTEM) is None


def test_a_cash_order_of_old_is_adopted(market: Market):
    order = oil(market, rail="cash")

    def end(scope: Scope) -> int:
        row = locked(scope, order_id=UUID(order.id))
        assert row is not None
        row.status, row.payment_status = "delivered", "paid"
        return adopt(scope, row)

    assert market.do(end) == 1
    assert postings(market) == ["cash"]
