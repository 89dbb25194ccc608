"""What returns, stars and windows of time ask the database: at the sides of the road, not on it."""

import pytest
from market import Market
from sqlalchemy import select
from test_returns import ask, delivered, desk
from test_slots import with_slots
from test_statements import counted, statements

from flows.ports.returns import Reason
from store.models import StaffRow
from store.ratings import ShopRatings
from store.returns import ReturnsDesk, ShopReturns
from store.slots import ShopSlots


def cost(market: Market, work) -> int:
    """Of a seller's word about order 1001."""

    def measured(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        works = ReturnsDesk(scope, staff.first())
        with counted(scope) as seen:
            work(works)
        return len(seen)

    return market.do(measured)


@pytest.mark.parametrize(
    ("what", "most", "work"),
    [
        ("what may come back", 4, lambda b: ShopReturns(b.scope, b.person).returnable(1001)),
        (
            "asking for it",
            6,
            lambda b: ShopReturns(b.scope, b.person).ask(1001, {1: 1}, Reason.BROKEN, ""),
        ),
        ("stars of which one was asked", 1, lambda b: ShopRatings(b.scope, b.person).asked()),
        ("giving stars", 9, lambda b: ShopRatings(b.scope, b.person).rate(1001, 5, "good")),
        ("what others wrote", 1, lambda b: ShopRatings(b.scope, b.person).latest()),
        ("windows where there are none", 0, lambda b: ShopSlots(b.scope).offered()),
    ],
)
def test_the_customer_s_side(market: Market, what: str, most: int, work):
    delivered(market, ("oil", 2))
    assert len(statements(market, work)) <= most, what


def test_windows_are_one_statement(market: Market):
    with_slots(market, "true")
    assert len(statements(market, lambda b: ShopSlots(b.scope).offered())) == 1


def test_the_seller_s_side(market: Market):
    delivered(market, ("oil", 2))
    ask(market, 1001, {1: 1})
    assert cost(market, lambda d: d.accept(1001)) <= 5
    booked = cost(market, lambda d: d.booked(1001, damaged=False))
    assert booked <= 26
    assert desk(market, lambda d: d.waiting()) == []
