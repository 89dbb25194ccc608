"""The laws of coupons and points: they hold over a busy shop, and each is broken once, by hand."""

from collections.abc import Callable

import pytest
from ledger_books import engine_of
from market import SHOP, Market
from sqlalchemy import insert, select, update

from flows.ports.delivery import Fulfilment
from store.models import CouponRow, CouponUseRow, PointsEntryRow, PointsLotRow, PointsRow
from store.proof import prove
from store.proof.loyalty_laws import LOYALTY_LAWS
from store.scope import Scope
from store.transaction import Sessions

TERMS = """
[points]
per = 10
worth = 1

[[coupons]]
code = "FRIDAY"
percent = 10
"""


def finding(market: Market):
    return prove(engine_of(market)).finding


@pytest.fixture
def busy(sessions: Sessions) -> Market:
    """Points earned, spent and given back; a coupon used, and one use given back."""
    market = Market(sessions).open(SHOP + TERMS)
    for cancelled in (False, True, False):
        market.ask(lambda b: b.cart.add("oil", 1))
        market.ask(lambda b: b.coupons.put("FRIDAY"))
        market.ask(lambda b: b.points.use(None))
        order = market.buy(fulfilment=Fulfilment.PICKUP, area=None)
        if cancelled:
            market.ask(lambda b, n=order.number: b.orders.cancel(n, ""))
            continue
        for word in ("accept", "ready"):
            market.sell(lambda t, w=word, n=order.number: getattr(t, w)(n))
        market.sell(lambda t, o=order: t.delivered(o.number, o.code))
    assert finding(market) is None
    return market


def counted_wrong(scope: Scope) -> None:
    scope.session.execute(update(CouponRow).values(used=CouponRow.used + 1))


def not_given_back(scope: Scope) -> None:
    counted_wrong(scope)
    scope.session.execute(update(CouponUseRow).values(given_back_at=None))


def balance_wrong(scope: Scope) -> None:
    scope.session.execute(update(PointsRow).values(balance=PointsRow.balance + 1))


def lots_wrong(scope: Scope) -> None:
    newest = select(PointsLotRow.id).order_by(PointsLotRow.id.desc()).limit(1)
    scope.session.execute(
        update(PointsLotRow)
        .where(PointsLotRow.id == newest.scalar_subquery())
        .values(left=PointsLotRow.left - 1)
    )


def chain_broken(scope: Scope) -> None:
    """Two entries that add up to nothing, and begin nowhere."""
    person = scope.session.scalars(select(PointsRow.person_id)).one()
    for points, before in ((1, 77), (-1, 78)):
        row = {"shop_id": scope.shop.id, "person_id": person, "kind": "earn", "lots": []}
        row |= {"points": points, "before": before, "after": before + points}
        scope.session.execute(
            insert(PointsEntryRow).values(**row, key=f"earn:{before}", at=scope.now)
        )


BROKEN: list[tuple[Callable[[Scope], None], str, str]] = [
    (counted_wrong, "a coupon's count is its uses", "coupons"),
    (not_given_back, "an order that ended early uses no coupon", "coupon_uses"),
    (balance_wrong, "points are the sum of their entries", "points"),
    (lots_wrong, "points are what their lots have left", "points"),
    (chain_broken, "an entry of points begins where the last one ended", "points_entries"),
]


@pytest.mark.parametrize(
    ("tamper", "law", "table"), BROKEN, ids=[row[0].__name__ for row in BROKEN]
)
def test_what_does_not_fit_is_named(busy: Market, tamper, law: str, table: str):
    busy.do(tamper)
    found = finding(busy)
    assert found is not None
    assert (found.law, found.table) == (law, table)
    assert found.key
    assert found.expected != found.found


def test_every_law_was_broken():
    assert {law.name for law in LOYALTY_LAWS} == {law for _, law, _ in BROKEN}
