"""Carts, orders and stock-takes in any order: never less than nothing, never sold twice, and all adds up."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from market import SHOP, Market
from sqlalchemy import func, select

from flows.ports.orders import Order
from flows.ports.trade import Loss
from store.models import CartLineRow, CartRow, HoldRow, StockMovementRow, StockRow
from store.orders.cancelling import expire
from store.orders.settlement import receive_payment
from store.transaction import Sessions

PEOPLE = tuple(f"+25677203000{n}" for n in range(3))
SKUS = ("oil", "matooke", "rice-5kg")


class Trading(RuleBasedStateMachine):
    """Three customers and a seller at one shop."""

    market: Market

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[Order] = []
        self.market.open(SHOP)

    @rule(
        who=st.sampled_from(PEOPLE),
        sku=st.sampled_from(SKUS),
        quantity=st.integers(1, 6),
        act=st.sampled_from(("add", "set", "take")),
    )
    def change_cart(self, who: str, sku: str, quantity: int, act: str) -> None:
        self.market.ask(lambda buyer: getattr(buyer.cart, act)(sku, quantity), who)

    @rule(who=st.sampled_from(PEOPLE))
    def look(self, who: str) -> None:
        cart = self.market.ask(lambda buyer: buyer.cart.read(refresh=True), who)
        free = self.market.ask(lambda buyer: buyer.catalogue.free(SKUS))
        assert all(line.quantity <= (free[line.sku] or 0) for line in cart.lines)

    @rule(who=st.sampled_from(PEOPLE), rail=st.sampled_from(("cash", "mtn-momo")))
    def order(self, who: str, rail: str) -> None:
        placed = self.market.try_to_buy(phone=who, rail=rail)
        if isinstance(placed, Order):
            self.orders.append(placed)

    @rule(place=st.integers(0, 20), end=st.sampled_from(("accept", "refuse", "pay", "lapse")))
    def go_on(self, place: int, end: str) -> None:
        if not self.orders:
            return
        order = self.orders[place % len(self.orders)]
        if end == "accept":
            self.market.sell(lambda trade: trade.accept(order.number))
        elif end == "refuse":
            self.market.sell(lambda trade: trade.refuse(order.number, "no"))
        elif end == "pay" and order.rail != "cash":
            attempt = self.market.pay(order)
            self.market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
        elif end == "lapse":
            self.market.wait(minutes=20)
            self.market.do(lambda scope: expire(scope, UUID(order.id)))

    @rule(
        sku=st.sampled_from(SKUS),
        number=st.integers(0, 8),
        act=st.sampled_from(("set", "more", "fewer", "damaged", "expired")),
    )
    def take_stock(self, sku: str, number: int, act: str) -> None:
        if act == "set":
            self.market.sell(lambda trade: trade.set_stock(sku, number))
        elif act in ("more", "fewer"):
            change = number if act == "more" else -number
            self.market.sell(lambda trade: trade.add_stock(sku, change))
        else:
            self.market.sell(lambda trade: trade.lose_stock(sku, number, Loss(act)))

    @invariant()
    def it_adds_up(self) -> None:
        for sku in SKUS:
            on_hand, held, promised, moved = self._sum(sku)
            assert 0 <= held <= on_hand
            assert held == promised
            assert moved == on_hand

    @invariant()
    def a_cart_has_no_empty_lines(self) -> None:
        least = self.market.do(
            lambda s: s.session.scalar(
                select(func.min(CartLineRow.quantity))
                .join(CartRow, CartRow.id == CartLineRow.cart_id)
                .where(CartRow.status == "open")
            )
        )
        assert least is None or least > 0

    def _sum(self, sku: str) -> tuple[int, int, int, int]:
        def work(scope) -> tuple[int, int, int, int]:  # type: ignore[no-untyped-def]
            here = scope.shop.id
            row = scope.session.get(StockRow, (here, sku))
            promised = select(func.coalesce(func.sum(HoldRow.quantity), 0)).where(
                HoldRow.shop_id == here, HoldRow.sku == sku, HoldRow.state == "open"
            )
            moved = select(func.coalesce(func.sum(StockMovementRow.quantity), 0)).where(
                StockMovementRow.shop_id == here, StockMovementRow.sku == sku
            )
            session = scope.session
            return row.on_hand, row.held, session.scalar(promised), session.scalar(moved)

        return self.market.do(work)


@pytest.fixture
def trading(sessions: Sessions) -> type[Trading]:
    """On SQLite and on PostgreSQL, in turn."""
    return type("TradingHere", (Trading,), {"market": Market(sessions)})


def test_whatever_is_done_the_shelf_adds_up(trading: type[Trading]) -> None:
    run_state_machine_as_test(
        trading,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
