"""Whose link brought whom, and what it counts for."""

from market import AMINA, SHOP, Buying, Market

from flows.ports.refusals import UnknownProduct
from flows.ports.sharing import Brought, Shared
from flows.ways import By
from store.sharing import ShopSharing, opened

SHARER, OTHER, FRIEND = "+256772000081", "+256772000082", "+256772000083"
BASE = "https://sokoni.example"


def sharing(scope, phone: str, staff: bool = False) -> ShopSharing:
    return ShopSharing(scope, Buying(scope, phone).person.id, staff=staff, base=BASE)


def token_of(market: Market, phone: str, sku: str | None = None) -> str:
    shared = market.do(lambda scope: sharing(scope, phone).link(sku))
    assert isinstance(shared, Shared)
    return shared.link.rpartition("/")[2]


def arrive(market: Market, phone: str, token: str, staff: bool = False) -> str | None:
    return market.do(lambda scope: sharing(scope, phone, staff).arrived(token))


def brought(market: Market, phone: str) -> Brought:
    return market.do(lambda scope: sharing(scope, phone).brought())


def test_a_link_says_shop_product_and_token_and_stays_the_same(market: Market) -> None:
    shared = market.do(lambda scope: sharing(scope, SHARER).link("oil"))
    assert isinstance(shared, Shared)
    assert shared.link.startswith(f"{BASE}/s/njeri/{shared.code}/")
    assert [way.by for way in shared.ways] == [By.SMS]
    assert shared.link == market.do(lambda scope: sharing(scope, SHARER).link("oil")).link
    assert token_of(market, SHARER) != token_of(market, OTHER)
    kind = market.do(lambda scope: sharing(scope, SHARER).link("rice-5kg"))
    assert kind.name == "Rice"
    assert market.do(lambda scope: sharing(scope, SHARER).link("bricks")) == UnknownProduct(
        "bricks"
    )


def test_visits_carts_and_orders_count_for_the_first_who_shared(market: Market) -> None:
    first, second = token_of(market, SHARER, "oil"), token_of(market, OTHER)
    for token in (first, second, first):
        arrive(market, AMINA, token)
    assert (brought(market, SHARER).people, brought(market, OTHER).people) == (1, 0)
    market.ask(lambda buyer: buyer.cart.add("oil", 1))
    assert brought(market, SHARER).carts == 1
    assert brought(market, SHARER).orders == 0
    order = market.buy(("salt", 2))
    counted = brought(market, SHARER)
    assert (counted.carts, counted.orders, counted.worth) == (1, 1, order.total)
    arrive(market, FRIEND, first)
    assert brought(market, SHARER).people == 2
    assert brought(market, SHARER).orders == 1


def test_an_order_that_is_cancelled_was_none(market: Market) -> None:
    arrive(market, AMINA, token_of(market, SHARER))
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.refuse(order.number, "sold out"))
    assert brought(market, SHARER).orders == 0


def test_after_thirty_days_somebody_else_may_bring_them(market: Market) -> None:
    first, second = token_of(market, SHARER), token_of(market, OTHER)
    arrive(market, AMINA, first)
    market.wait(days=30, seconds=-1)
    arrive(market, AMINA, second)
    assert brought(market, OTHER).people == 0
    market.buy(("oil", 1))
    market.wait(seconds=1)
    market.buy(("oil", 1))
    arrive(market, AMINA, second)
    market.buy(("oil", 1))
    assert (brought(market, SHARER).people, brought(market, OTHER).people) == (1, 1)
    assert (brought(market, SHARER).orders, brought(market, OTHER).orders) == (1, 2)


def test_nobody_brings_themselves_nor_those_who_sell(market: Market) -> None:
    token = token_of(market, SHARER)
    arrive(market, SHARER, token)
    arrive(market, OTHER, token, staff=True)
    assert arrive(market, FRIEND, "zzzzzz") is None
    assert brought(market, SHARER).people == 0


def test_a_link_of_another_shop_is_nobodys_here(market: Market) -> None:
    token = token_of(market, SHARER)
    elsewhere = Market(market.sessions, slug="other").open(
        SHOP.replace('slug = "njeri"', 'slug = "other"').replace("NJERI", "OTHER")
    )
    assert arrive(elsewhere, AMINA, token) is None
    assert brought(market, SHARER).people == 0


def test_pages_that_are_opened_are_counted_and_staff_see_who_brings_most(market: Market) -> None:
    token, other = token_of(market, SHARER), token_of(market, OTHER)
    for _ in range(3):
        market.do(lambda scope: opened(scope.session, scope.shop.id, token))
    assert brought(market, SHARER).opened == 3
    arrive(market, AMINA, other)
    arrive(market, FRIEND, token)
    market.buy(("oil", 1))

    def named(scope) -> None:
        Buying(scope, OTHER).customer.name = "Zawadi"

    market.do(named)
    told = market.do(lambda scope: sharing(scope, SHARER, staff=True).sharers(5))
    assert [(one.name, one.people, one.orders) for one in told] == [("Zawadi", 1, 1), (None, 1, 0)]
    assert market.do(lambda scope: sharing(scope, SHARER).sharers(5)) == ()
