"""The last use of a promotion, when many want it at once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from market import SHOP, Market
from sqlalchemy import func, select

from flows.ports.orders import Order
from flows.ports.refusals import CartChanged, UsedUp
from store.models import OrderRow, PromotionRow, PromotionUseRow
from store.promotions import uses
from store.transaction import Sessions, attempted

BUYERS = [f"+25677200{number:04d}" for number in range(10)]
PROMOTION = """
[[promotions]]
name = "FEW"
percent = 10
limit = {limit}
"""


@pytest.mark.postgres
@pytest.mark.parametrize("limit", [1, 3])
def test_of_ten_who_order_at_once_so_many_get_it_as_there_are_uses(postgres: Sessions, limit: int):
    market = Market(postgres).open(SHOP + PROMOTION.format(limit=limit))
    for phone in BUYERS:
        market.ask(lambda b: b.cart.add("salt", 2), phone=phone)
    stalls = [Market(postgres) for _ in BUYERS]

    def order(place: int):
        return stalls[place].try_to_buy(phone=BUYERS[place])

    with ThreadPoolExecutor(len(BUYERS)) as pool:
        results = list(pool.map(order, range(len(BUYERS))))
    placed = [result for result in results if isinstance(result, Order)]
    assert sum(bool(each.savings) for each in placed) == limit
    assert all(isinstance(each, Order | UsedUp | CartChanged) for each in results)

    def counted(scope):
        used = scope.session.scalar(select(PromotionRow.used))
        return used, scope.session.scalar(select(func.count()).select_from(PromotionUseRow))

    assert market.do(counted) == (limit, limit)
    # Who came too late orders without it.
    for place, result in enumerate(results):
        if not isinstance(result, Order):
            assert not stalls[place].buy(phone=BUYERS[place]).savings


@pytest.mark.postgres
def test_one_person_gets_once_what_each_may_have_once(postgres: Sessions):
    """Turns of one person follow each other; should they ever not, the promotion's row does it."""
    market = Market(postgres).open()
    orders = [market.buy(("salt", 1)) for _ in range(4)]
    market.open(SHOP + PROMOTION.format(limit=50) + "limit_each = 1\n")
    stalls = [Market(postgres) for _ in orders]

    def use(place: int) -> bool:
        def work(scope):
            order = scope.session.get_one(OrderRow, UUID(orders[place].id))
            with attempted(scope.session) as attempt:
                promotion = scope.session.scalars(select(PromotionRow.id)).one()
                found = uses.use(scope, order, promotion, 1)
                if not found:
                    attempt.rollback()
            return found

        return stalls[place].do(work)

    with ThreadPoolExecutor(len(orders)) as pool:
        results = list(pool.map(use, range(len(orders))))
    assert sum(results) == 1
    assert market.do(lambda scope: scope.session.scalar(select(PromotionRow.used))) == 1
