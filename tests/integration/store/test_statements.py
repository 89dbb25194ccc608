"""How often the books ask the database: each statement is a round trip that every customer waits for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from market import KAMWOKYA, SHOP, Buying, Market
from sqlalchemy import event

from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout
from store.orders.settlement import receive_payment
from store.scope import Scope


@contextmanager
def counted(scope: Scope) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, many):
        seen.append(statement)

    connection = scope.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield seen
    scope.session.flush()
    event.remove(connection, "before_cursor_execute", note)


def statements(market: Market, work: Callable[[Buying], object]) -> list[str]:
    """What `work` and writing its changes cost, once the person and the catalogue are known."""

    def measured(scope: Scope) -> list[str]:
        buyer = Buying(scope, "+256772000001")
        assert buyer.catalogue.snapshot is not None
        with counted(scope) as seen:
            work(buyer)
        return seen

    return market.do(measured)


def checkout(buyer: Buying) -> object:
    expected = buyer.cart.read().subtotal + buyer.delivery.fee(Fulfilment.STANDARD, KAMWOKYA)
    terms = Checkout(Fulfilment.STANDARD, "mtn-momo", KAMWOKYA, None, "+256772000001")
    return buyer.orders.place(terms, expected=expected)


@pytest.mark.parametrize(
    ("what", "most", "work"),
    [
        ("categories", 0, lambda b: b.catalogue.categories()),
        ("a category", 1, lambda b: b.catalogue.in_category("Kitchen")),
        ("a product, again and again", 1, lambda b: [b.catalogue.product("oil") for _ in range(5)]),
        ("the names", 0, lambda b: b.catalogue.names.entries),
        ("the first thing in a cart", 4, lambda b: b.cart.add("oil", 1)),
        ("the ways to deliver", 0, lambda b: (b.delivery.options(), b.delivery.find("kamwoya"))),
        ("one's orders", 1, lambda b: b.orders.mine()),
    ],
)
def test_a_step_costs_few_statements(market: Market, what: str, most: int, work):
    assert len(statements(market, work)) <= most, what


def test_the_second_thing_in_a_cart(market: Market):
    market.ask(lambda b: b.cart.add("salt", 1))
    assert len(statements(market, lambda b: b.cart.add("oil", 1))) <= 3


def test_placing_an_order(market: Market):
    market.ask(lambda b: b.cart.add("oil", 1))
    market.ask(lambda b: b.cart.add("rice-5kg", 1))
    assert len(statements(market, checkout)) <= 12


def test_settling_a_payment_and_offering_the_delivery(market: Market):
    order = market.buy(("oil", 1), ("rice-5kg", 1), rail="mtn-momo")
    attempt = market.pay(order)

    def measured(scope: Scope) -> list[str]:
        with counted(scope) as seen:
            receive_payment(scope, UUID(order.id), attempt)
        return seen

    assert len(market.do(measured)) <= 15


def with_savings(market: Market, work: Callable[[Buying], object]) -> int:
    """What `work` costs a cart with a coupon and points in it."""
    terms = (
        '[points]\nper = 100\nworth = 10\n[[coupons]]\ncode = "FRIDAY"\npercent = 10\nlimit = 9\n'
    )
    market.open(SHOP + terms)
    market.ask(lambda b: b.cart.add("rice-5kg", 1))
    order = market.buy(fulfilment=Fulfilment.PICKUP, area=None)
    for word in ("accept", "ready"):
        market.sell(lambda t, w=word, n=order.number: getattr(t, w)(n))
    market.sell(lambda t: t.delivered(order.number, order.code))
    market.ask(lambda b: b.cart.add("oil", 1))
    market.ask(lambda b: b.coupons.put("FRIDAY"))
    market.ask(lambda b: b.points.use(None))

    def read_before(buyer: Buying) -> object:
        return buyer.cart.read(refresh=True)

    before = len(statements(market, read_before))
    return len(statements(market, lambda b: (read_before(b), work(b)))) - before


def test_a_coupon_and_points_cost_one_statement_each_at_every_look(market: Market):
    assert with_savings(market, lambda b: b.orders.quote()) == 2


def test_without_them_a_look_costs_none(market: Market):
    market.ask(lambda b: b.cart.add("oil", 1))
    read = len(statements(market, lambda b: b.cart.read(refresh=True)))
    both = len(statements(market, lambda b: (b.cart.read(refresh=True), b.orders.quote())))
    assert both == read
