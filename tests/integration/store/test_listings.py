"""Resellers list a supplier's goods: by reference, at their own price, from one shelf."""

from decimal import Decimal
from uuid import uuid4

import pytest
from market import Market
from network import SUPPLIER, at, buy, clock, open_wax, reseller
from sqlalchemy import select

from flows.ports.listings import Listed
from flows.ports.refusals import (
    BelowBase,
    OnlyLeft,
    Refusal,
    SoldOut,
    SuppliersPicture,
    UnknownProduct,
)
from store.due import DUTIES
from store.listings.desk import ShopListings
from store.models import OrderLineRow, StaffRow
from store.shopfile import ShopFileError, load, read_text
from store.stall import ShopStall
from store.transaction import run


@pytest.fixture
def wax(sessions) -> Market:
    return open_wax(sessions)


def price(market: Market, slug: str, sku: str) -> int | None:
    product = at(market, slug).ask(lambda buyer: buyer.catalogue.product(sku))
    return product.price.minor if product is not None else None


ROWS = [
    ("ada", "ankara", 1_200_000),
    ("ada", "lace-white", 3_600_000),
    ("bisi", "ankara", 1_500_000),
    ("bisi", "lace", None),
    ("wax", "ankara", 1_200_000),
]


@pytest.mark.parametrize(("slug", "sku", "minor"), ROWS, ids=[f"{r[0]} {r[1]}" for r in ROWS])
def test_each_reseller_sells_at_their_own_price(
    wax: Market, slug: str, sku: str, minor: int | None
) -> None:
    assert price(wax, slug, sku) == minor


def test_kinds_keep_their_distance_and_every_line_says_whose_it_is(wax: Market) -> None:
    lace = at(wax, "ada").ask(lambda buyer: buyer.catalogue.product("lace"))
    assert [(kind.label, kind.price.minor, kind.free) for kind in lace.variants] == [
        ("white", 3_600_000, 5),
        ("gold", 4_320_000, 2),
    ]
    buy(wax, "ada", "lace-gold", 1)
    [line] = run(wax.sessions, lambda s: s.scalars(select(OrderLineRow)).all())
    assert (line.supplier, line.base, line.unit_price) == ("balogun", 3_600_000, 4_320_000)


def test_the_last_one_is_sold_once_by_two_resellers(wax: Market) -> None:
    assert not isinstance(buy(wax, "ada", "ankara", 2), Refusal)
    assert not isinstance(buy(wax, "bisi", "ankara", 1), Refusal)
    left = at(wax, "wax").ask(lambda buyer: buyer.catalogue.product("ankara")).free
    assert left == 0
    for slug in ("ada", "bisi", "wax"):
        refused = at(wax, slug).ask(lambda buyer: buyer.cart.add("ankara", 1))
        assert isinstance(refused, SoldOut | OnlyLeft)


def test_what_the_supplier_changes_reaches_the_resellers(wax: Market) -> None:
    wax.sell(lambda trade: trade.set_price("lace-white", Decimal(40000)))
    assert price(wax, "ada", "lace-white") == 3_600_000
    clock(wax)
    white = at(wax, "ada").ask(lambda buyer: buyer.catalogue.product("lace")).variant("lace-white")
    assert white.price.minor == 4_800_000
    found = next(duty for duty in DUTIES if duty.name == "outdated_listings")
    assert run(wax.sessions, lambda s: found.find(s, wax.rules, wax.now, 50)) == []


def test_what_the_supplier_no_longer_sells_is_gone_everywhere(wax: Market) -> None:
    without = SUPPLIER.replace('sku = "ankara"', 'sku = "adire"')
    run(wax.sessions, lambda s: load(s, [read_text(without, "wax.toml")], wax.now))
    clock(wax)
    assert price(wax, "ada", "ankara") is None
    assert price(wax, "bisi", "ankara") is None
    run(wax.sessions, lambda s: load(s, [read_text(SUPPLIER, "wax.toml")], wax.now))
    clock(wax)
    assert price(wax, "bisi", "ankara") == 1_500_000


def test_a_base_price_above_the_resellers_price_lifts_it(wax: Market) -> None:
    dearer = SUPPLIER.replace("wholesale_price = 10000", "wholesale_price = 16000").replace(
        "price = 12000", "price = 18000"
    )
    run(wax.sessions, lambda s: load(s, [read_text(dearer, "wax.toml")], wax.now))
    clock(wax)
    assert price(wax, "bisi", "ankara") == 1_600_000
    assert price(wax, "ada", "ankara") == 1_920_000


def test_loading_the_same_files_again_changes_nothing(wax: Market) -> None:
    for text in (SUPPLIER, reseller("ada", 1)):
        [loaded] = run(
            wax.sessions, lambda s, text=text: load(s, [read_text(text, "a.toml")], wax.now)
        )
        assert not loaded.changed
    buy(wax, "ada", "ankara", 1)
    [loaded] = run(
        wax.sessions, lambda s: load(s, [read_text(reseller("ada", 1), "a.toml")], wax.now)
    )
    assert not loaded.changed


def put(market: Market, slug: str, sku: str, amount: int):
    return at(market, slug).do(lambda scope: ShopListings(scope).put(sku, Decimal(amount)))


def test_a_reseller_lists_and_ends_by_phone(wax: Market) -> None:
    assert put(wax, "bisi", "LACE", 29000) == BelowBase(
        at(wax, "wax").ask(lambda buyer: buyer.catalogue.product("lace")).price
    )
    assert isinstance(put(wax, "bisi", "LACE", 35000), Listed)
    assert price(wax, "bisi", "lace-white") == 3_500_000
    assert put(wax, "bisi", "bricks", 35000) == UnknownProduct("bricks")
    file = read_text(reseller("bisi", 2, 'skus = ["ankara"]\nprice = 15000'), "b.toml")
    run(wax.sessions, lambda s: load(s, [file], wax.now))
    assert price(wax, "bisi", "lace-white") == 3_500_000
    offered = at(wax, "bisi").do(lambda scope: ShopListings(scope).offered("balogun", 9))
    assert {(each.sku, each.listed) for each in offered} == {("ankara", True), ("lace", True)}
    assert at(wax, "bisi").do(lambda scope: ShopListings(scope).take_off("lace")) == "Swiss lace"
    assert price(wax, "bisi", "lace-white") is None
    clock(wax)
    assert price(wax, "bisi", "lace-white") is None


def test_a_price_that_the_reseller_names_stays(wax: Market) -> None:
    at(wax, "ada").sell(lambda trade: trade.set_price("ankara", Decimal(14000)))
    clock(wax)
    assert price(wax, "ada", "ankara") == 1_400_000
    refused = at(wax, "ada").sell(lambda trade: trade.set_price("ankara", Decimal(9999)))
    assert isinstance(refused, BelowBase)


MISTAKES = [
    ('skus = ["bricks"]', 'sells no "bricks"'),
    ('categories = ["Shoes"]', 'has no category "Shoes"'),
    ("markup = 10", "is missing"),
    ('skus = ["ankara", "lace"]\nprice = 20000', "is of one sku"),
    ('skus = ["ankara"]\nmarkup = 2000', "from 0 to 1000"),
]


@pytest.mark.parametrize(("listing", "reason"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_named_and_loads_nothing(wax: Market, listing: str, reason: str) -> None:
    with pytest.raises(ShopFileError, match=reason):
        run(
            wax.sessions,
            lambda s: load(s, [read_text(reseller("cici", 3, listing), "c.toml")], wax.now),
        )


def test_the_picture_of_what_is_listed_is_the_suppliers(wax: Market) -> None:
    def picture(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return ShopStall(scope, staff.one()).picture("ankara", f"{uuid4()} 4471")

    assert at(wax, "bisi").do(picture) == SuppliersPicture("Ankara 6 yards")
