"""A supplier answers for what resellers have sold; what they cannot give is the reseller's to settle."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from market import Market
from network import SUPPLIER, at, buy, clock, open_wax, reseller
from racing import together
from sqlalchemy import Engine, select

from flows.happenings import (
    OrderReady,
    StockLow,
    SupplierNotWanted,
    SupplierWanted,
    SupplyAnswered,
    SupplyAsked,
    SupplyOff,
    SupplyUnanswered,
)
from flows.ports.cart import Gone
from flows.ports.orders import Order, OrderStatus
from flows.ports.refusals import CountedBySupplier, SupplyOver, UnknownProduct, UnknownSupply
from flows.ports.returns import Reason
from flows.ports.supply import Supplied, Supply, SupplyStatus
from flows.ports.trade import Loss
from store.discipline import acting
from store.listings.desk import ShopListings
from store.models import ShopRow, StaffRow
from store.orders.views import find
from store.proof import prove
from store.returns import ReturnsDesk, ShopReturns
from store.scope import Scope
from store.shopfile import load, read_text
from store.stall.changing import hide, show
from store.standing import pause
from store.supply.answering import ShopSupply
from store.supply.views import to_fetch
from store.transaction import Sessions, run

ASK, REPORT = "supply_asked", "supply_answered"
ANKARA = ((1, "Ankara 6 yards"),)


@pytest.fixture
def wax(sessions: Sessions) -> Market:
    return open_wax(sessions)


def sold(wax: Market, slug: str, sku: str = "ankara", quantity: int = 1) -> int:
    """An order that stands, and of which its supplier has heard."""
    order = buy(wax, slug, sku, quantity)
    assert isinstance(order, Order)
    at(wax, slug).sell(lambda trade: trade.accept(order.number))
    clock(wax, ASK)
    return order.number


def say(market: Market, word: Callable[[ShopSupply], object]) -> object:
    return market.do(lambda scope: word(ShopSupply(scope)))


def news(wax: Market, slug: str) -> list[SupplyAnswered]:
    shops = clock(wax, REPORT)
    return shops[slug].heard(SupplyAnswered) if slug in shops else []


def test_the_supplier_hears_on_their_own_line_and_by_a_number_of_their_own(wax: Market) -> None:
    orders = [buy(wax, slug, "ankara", 1) for slug in ("ada", "bisi")]
    for slug, order in zip(("ada", "bisi"), orders, strict=True):
        seller = at(wax, slug)
        seller.sell(lambda trade, n=order.number: trade.accept(n))
        assert not seller.heard(SupplierWanted)
    told = clock(wax, ASK)["wax"].heard(SupplyAsked)
    asked = {(each.supply.number, each.supply.goods, each.supply.status) for each in told}
    assert asked == {(1, ANKARA, SupplyStatus.ASKED), (2, ANKARA, SupplyStatus.ASKED)}
    assert {each.supply.shop for each in told} == {"ada", "bisi"}
    assert not clock(wax, ASK)


def test_ok_and_ready_are_told_to_the_reseller_and_move_nothing_of_the_order(wax: Market) -> None:
    number = sold(wax, "ada")
    packing = say(wax, lambda supply: supply.accept(1))
    assert packing == Supply(1, "ada", ANKARA, SupplyStatus.PACKING)
    [told] = news(wax, "ada")
    assert (told.order.number, told.supplier) == (number, "Balogun Wax")
    assert told.status is SupplyStatus.PACKING
    say(wax, lambda supply: supply.accept(1))
    assert not news(wax, "ada")
    say(wax, lambda supply: supply.ready(1))
    [told] = news(wax, "ada")
    assert told.status is SupplyStatus.READY
    ada = at(wax, "ada")
    seen = ada.do(lambda scope: ShopSupply(scope).of_order(number))
    assert seen == [Supplied("Balogun Wax", SupplyStatus.READY)]
    assert ada.order(number).status is OrderStatus.CONFIRMED
    assert not ada.heard(OrderReady)


def test_a_no_brings_the_order_back_to_its_own_seller(wax: Market) -> None:
    number = sold(wax, "ada")
    say(wax, lambda supply: supply.refuse(1, "the lorry  is late"))
    [told] = news(wax, "ada")
    assert (told.status, told.reason) == (SupplyStatus.REFUSED, "the lorry is late")
    assert say(wax, lambda supply: supply.accept(1)) == SupplyOver(1, refused=True)
    ada = at(wax, "ada")
    assert ada.order(number).status is OrderStatus.CONFIRMED
    ada.sell(lambda trade: trade.refuse(number, "sold out"))
    assert "wax" not in clock(wax, ASK)
    assert wax.ask(lambda buyer: buyer.catalogue.product("ankara")).free == 3


def test_who_does_not_answer_is_reminded_and_then_the_reseller_hears(wax: Market) -> None:
    sold(wax, "ada")
    reminders = []
    for minutes in (10, 20):
        wax.wait(minutes=minutes)
        [told] = clock(wax, ASK)["wax"].heard(SupplyUnanswered)
        reminders.append(told.reminder)
    assert reminders == [1, 2]
    assert not news(wax, "ada")
    wax.wait(minutes=30)
    clock(wax, ASK)
    [told] = news(wax, "ada")
    assert (told.status, told.phone) == (SupplyStatus.ASKED, "+2348030000001")
    assert isinstance(say(wax, lambda supply: supply.accept(1)), Supply)


def test_a_cancelled_order_is_called_off_where_it_was_heard_of(wax: Market) -> None:
    number = sold(wax, "ada")
    unheard = buy(wax, "bisi", "ankara", 1)
    bisi = at(wax, "bisi")
    bisi.sell(lambda trade: trade.accept(unheard.number))
    bisi.sell(lambda trade: trade.refuse(unheard.number, "no"))
    ada = at(wax, "ada")
    ada.sell(lambda trade: trade.refuse(number, "no"))
    told = clock(wax, ASK)["wax"].told
    assert [type(each) for each in told] == [SupplyOff]
    assert say(wax, lambda supply: supply.ready(1)) == SupplyOver(1, refused=False)
    assert say(wax, lambda supply: supply.waiting()) == []
    assert not ada.heard(SupplierNotWanted)


def test_nobody_answers_for_another_shop(wax: Market) -> None:
    """A reseller's staff, or anybody's of a third shop, know the number and are told that there is none."""
    number = sold(wax, "ada")
    for slug in ("ada", "bisi"):
        other = at(wax, slug)
        for word in (
            lambda supply: supply.accept(1),
            lambda supply: supply.ready(1),
            lambda supply: supply.refuse(1, "no"),
        ):
            assert say(other, word) == UnknownSupply(1)
        assert say(other, lambda supply: supply.find(1)) is None
        assert say(other, lambda supply: supply.waiting()) == []
    assert say(at(wax, "bisi"), lambda supply: supply.of_order(number)) == []
    assert not news(wax, "ada")


def test_the_rider_is_told_where_it_is_fetched_once_it_is_packed(wax: Market) -> None:
    number = sold(wax, "ada")

    def locate(scope: Scope) -> None:
        scope.shop.location = "Gate 4, Balogun Market"

    wax.do(locate)
    ada = at(wax, "ada")
    assert ada.do(lambda scope: to_fetch(scope, find(scope, number))) == ()
    say(wax, lambda supply: supply.ready(1))
    places = ada.do(lambda scope: to_fetch(scope, find(scope, number)))
    assert places == ("Balogun Wax, Gate 4, Balogun Market",)


@pytest.mark.postgres
def test_of_an_ok_and_a_no_at_once_the_no_stands_and_is_told_once(postgres: Sessions) -> None:
    wax = open_wax(postgres)
    sold(wax, "ada")
    works = [lambda: say(wax, lambda supply: supply.accept(1)) for _ in range(6)]
    works += [lambda: say(wax, lambda supply: supply.refuse(1, "sold")) for _ in range(6)]
    results = together(works)
    assert SupplyOver(1, refused=True) in results
    assert sum(isinstance(r, Supply) and r.status is SupplyStatus.REFUSED for r in results) == 1
    assert wax.do(lambda scope: ShopSupply(scope).find(1)).status is SupplyStatus.REFUSED
    assert [told.status for told in news(wax, "ada")] == [SupplyStatus.REFUSED]


@pytest.mark.postgres
def test_two_clocks_give_each_request_one_number_and_tell_it_once(postgres: Sessions) -> None:
    wax = open_wax(postgres)
    for slug in ("ada", "bisi", "ada"):
        order = buy(wax, slug, "ankara", 1)
        at(wax, slug).sell(lambda trade, n=order.number: trade.accept(n))
    shops = together([lambda: clock(wax, ASK) for _ in range(4)])
    told = [each for by_shop in shops for shop in by_shop.values() for each in shop.told]
    assert sorted(each.supply.number for each in told) == [1, 2, 3]


STOPS: list[tuple[str, Callable[[Scope], object], Callable[[Scope], object]]] = [
    (
        "suspended",
        lambda scope: acting.suspend(scope, None, "stones for yams", "root", None),
        lambda scope: acting.end(scope, None, "root"),
    ),
    (
        "paused",
        lambda scope: pause(scope.shop, None),
        lambda scope: setattr(scope.shop, "status", "live"),
    ),
    ("hidden", lambda scope: hide(scope, "ankara"), lambda scope: show(scope, "ankara")),
]


def shown(wax: Market, slug: str) -> bool:
    return at(wax, slug).ask(lambda buyer: buyer.catalogue.product("ankara")) is not None


@pytest.mark.parametrize(("_", "stop", "go_on"), STOPS, ids=[row[0] for row in STOPS])
def test_a_supplier_who_stops_is_gone_at_resellers_until_they_go_on(
    wax: Market, _: str, stop: Callable[[Scope], object], go_on: Callable[[Scope], object]
) -> None:
    at(wax, "ada").do(lambda scope: hide(scope, "ankara"))
    at(wax, "bisi").do(lambda scope: ShopListings(scope).put("lace", Decimal(40000)))
    at(wax, "bisi").do(lambda scope: ShopListings(scope).take_off("lace"))
    wax.do(stop)
    clock(wax)
    assert not shown(wax, "bisi")
    wax.do(go_on)
    clock(wax)
    assert shown(wax, "bisi")
    assert not shown(wax, "ada"), "the reseller has hidden it"
    assert at(wax, "bisi").ask(lambda buyer: buyer.catalogue.product("lace")) is None
    assert not clock(wax)


def test_a_pause_that_ends_by_itself_brings_the_goods_back(wax: Market) -> None:
    ends = wax.now.replace(hour=20)
    wax.do(lambda scope: pause(scope.shop, ends))
    clock(wax)
    assert not shown(wax, "ada")
    wax.now = ends
    clock(wax)
    assert shown(wax, "ada")


def test_a_suspended_suppliers_goods_leave_the_carts_before_the_clock_ticks(wax: Market) -> None:
    ada = at(wax, "ada")
    ada.ask(lambda buyer: buyer.cart.add("ankara", 1))
    wax.do(lambda scope: acting.suspend(scope, None, "stones for yams", "root", None))
    read = ada.ask(lambda buyer: buyer.cart.read(refresh=True))
    assert read.changes == (Gone("Ankara 6 yards", "ankara", 1),)
    listed = ada.do(lambda scope: ShopListings(scope).put("ankara", Decimal(15000)))
    assert listed == UnknownProduct("ankara")


@pytest.mark.parametrize(
    "count",
    [
        lambda trade: trade.set_stock("ankara", 50),
        lambda trade: trade.add_stock("ankara", 5),
        lambda trade: trade.add_stock("ankara", -1),
        lambda trade: trade.lose_stock("ankara", 1, Loss.DAMAGED),
        lambda trade: trade.lose_stock("ankara", 1, Loss.EXPIRED),
    ],
)
def test_a_reseller_counts_no_shelf_but_their_own(wax: Market, count) -> None:
    refused = at(wax, "ada").sell(count)
    assert refused == CountedBySupplier("Ankara 6 yards", "Balogun Wax")
    assert at(wax, "ada").sell(lambda t: t.set_stock("lace", 9)) == CountedBySupplier(
        "Swiss lace", "Balogun Wax"
    )
    assert wax.ask(lambda buyer: buyer.catalogue.product("ankara")).free == 3
    wax.sell(lambda trade: trade.set_stock("ankara", 8))
    assert at(wax, "ada").ask(lambda buyer: buyer.catalogue.product("ankara")).free == 8


def test_that_it_runs_low_hears_who_counts_it(wax: Market) -> None:
    wax.sell(lambda trade: trade.set_stock("ankara", 11))
    order = buy(wax, "ada", "ankara", 2)
    ada = at(wax, "ada")
    ada.sell(lambda trade: trade.accept(order.number))
    assert not ada.heard(StockLow)
    [told] = clock(wax, ASK)["wax"].heard(StockLow)
    assert (told.sku, told.left, told.critical) == ("ankara", 9, False)
    sold(wax, "bisi")
    assert not clock(wax, ASK)


def test_each_of_two_suppliers_answers_for_their_own(wax: Market) -> None:
    thread = SUPPLIER.replace('slug = "wax"', 'slug = "thread"').replace(
        'name = "Balogun Wax"', 'name = "Thread House"'
    )
    for old, new in (("ankara", "yarn"), ("lace", "cord"), ("Fabrics", "Threads")):
        thread = thread.replace(old, new)
    both = reseller("ada", 1).replace(
        "[delivery]",
        """[[suppliers]]
key = "thread"
name = "Thread House"
phone = "+2348030000009"
shop = "thread"

[[listings]]
from = "thread"
categories = ["Threads"]
markup = 10

[delivery]""",
    )
    files = [read_text(text, f"{place}.toml") for place, text in enumerate((thread, both))]
    run(wax.sessions, lambda s: load(s, files, wax.now))
    ada, house = at(wax, "ada"), at(wax, "thread")
    ada.ask(lambda buyer: buyer.cart.add("ankara", 1))
    order = buy(wax, "ada", "yarn", 2)
    ada.sell(lambda trade: trade.accept(order.number))
    clock(wax, ASK)
    assert isinstance(say(wax, lambda supply: supply.accept(1)), Supply)
    assert isinstance(say(house, lambda supply: supply.refuse(1, "")), Supply)
    told = {each.supplier: (each.goods, each.status) for each in news(wax, "ada")}
    assert told == {
        "Balogun Wax": (ANKARA, SupplyStatus.PACKING),
        "Thread House": (((2, "Ankara 6 yards"),), SupplyStatus.REFUSED),
    }


def bring(shop: Market, number: int) -> Order:
    """Handed over at the counter, for the customer's code."""
    shop.sell(lambda trade: trade.ready(number))
    code = shop.order(number).code
    shop.sell(lambda trade: trade.delivered(number, code))
    return shop.order(number)


def test_what_is_brought_is_no_longer_asked_for_and_what_replaces_it_is(
    wax: Market, engine: Engine
) -> None:
    number, ada = sold(wax, "ada"), at(wax, "ada")
    assert bring(ada, number).status is OrderStatus.DELIVERED
    wax.wait(minutes=10)
    assert not clock(wax, ASK)["wax"].told
    assert say(wax, lambda supply: supply.waiting()) == []
    ada.ask(lambda b: ShopReturns(b.scope, b.person).ask(number, {1: 1}, Reason.BROKEN, ""))
    staff = select(StaffRow).join(ShopRow, ShopRow.id == StaffRow.shop_id)
    again = ada.do(
        lambda scope: ReturnsDesk(
            scope, scope.session.scalars(staff.where(ShopRow.slug == "ada")).one()
        ).repair(number)
    )
    assert isinstance(again, Order)
    [told] = clock(wax, ASK)["wax"].heard(SupplyAsked)
    assert (told.supply.number, told.supply.goods) == (2, ANKARA)
    bring(ada, again.number)
    assert prove(engine).finding is None
