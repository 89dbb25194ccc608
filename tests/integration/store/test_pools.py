"""Goods of one supplier that several shops sell are counted once, and sold once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from market import NOON, SHOP, Buying, Market
from sqlalchemy import func, select

from flows.happenings import StockLow
from flows.ports.orders import Order
from flows.ports.refusals import OnlyLeft, SoldOut
from store.models import HoldRow, RestockRow, ShopRow, StockMovementRow, StockRow
from store.shopfile import ShopFileError, load, read_text
from store.transaction import Sessions, run
from store.wishes import CustomerWishes

SUPPLIER = '\n[[suppliers]]\nkey = "{key}"\nname = "Kilimo"\nphone = "+256700000900"\n'
POOLED = (
    '\n[[products]]\nsku = "{sku}"\nname = "Maize flour"\nprice = 5000\nbase_price = 4000\n'
    'supplier = "{key}"\n{more}\npool = "{key}:maize"\n'
)


def njeri(more: str = "stock = 3") -> str:
    return (
        SHOP + SUPPLIER.format(key="kilimo") + POOLED.format(sku="maize", key="kilimo", more=more)
    )


def okello(more: str = "") -> str:
    """Another shop with the same supplier, under names of its own."""
    text = SHOP.replace('"njeri"', '"okello"').replace('"NJERI"', '"OKELLO"')
    return text + SUPPLIER.format(key="kl") + POOLED.format(sku="unga", key="kl", more=more)


def two(sessions: Sessions) -> tuple[Market, Market]:
    first = Market(sessions).open(njeri())
    run(sessions, lambda s: load(s, [read_text(okello(), "okello.toml")], NOON))
    return first, replace(first, slug="okello", told=[])


@pytest.fixture
def shops(sessions: Sessions) -> tuple[Market, Market]:
    """On SQLite and on PostgreSQL, in turn. Three bags, which two shops sell."""
    return two(sessions)


def counts(market: Market) -> dict[str, tuple[int, int]]:
    """Every row of this, by shop: on hand and held."""

    def work(scope) -> dict[str, tuple[int, int]]:  # type: ignore[no-untyped-def]
        rows = scope.session.execute(
            select(ShopRow.slug, StockRow.on_hand, StockRow.held)
            .join(ShopRow, ShopRow.id == StockRow.shop_id)
            .where(StockRow.sku.in_(("maize", "unga")))
        )
        return {slug: (on_hand, held) for slug, on_hand, held in rows}

    return market.do(work)


def free(market: Market, sku: str) -> int | None:
    return market.ask(lambda buyer: buyer.catalogue.free([sku])[sku])


def test_both_see_what_one_of_them_counts(shops: tuple[Market, Market]) -> None:
    first, second = shops
    assert (free(first, "maize"), free(second, "unga")) == (3, 3)
    assert counts(first) == {"njeri": (3, 0)}


def test_what_one_holds_the_other_cannot_sell(shops: tuple[Market, Market]) -> None:
    first, second = shops
    second.buy(("unga", 2))
    assert counts(first) == {"njeri": (3, 2)}
    assert isinstance(first.ask(lambda b: b.cart.add("maize", 2)), OnlyLeft)
    first.buy(("maize", 1))
    assert isinstance(second.ask(lambda b: b.cart.add("unga", 1)), SoldOut)


def test_a_sale_and_its_return_are_written_in_the_books_that_count(
    shops: tuple[Market, Market],
) -> None:
    first, second = shops
    order = second.buy(("unga", 2))
    second.sell(lambda trade: trade.accept(order.number))
    assert counts(first) == {"njeri": (1, 0)}
    second.sell(lambda trade: trade.refuse(order.number, "no"))
    assert counts(first) == {"njeri": (3, 0)}

    def moves(scope) -> list[tuple[str, int, str | None]]:  # type: ignore[no-untyped-def]
        found = scope.session.execute(
            select(StockMovementRow.kind, StockMovementRow.quantity, StockMovementRow.reference)
            .where(StockMovementRow.shop_id == scope.shop.id, StockMovementRow.sku == "maize")
            .order_by(StockMovementRow.id)
        )
        return [tuple(row) for row in found]

    assert first.do(moves) == [
        ("in", 3, "njeri.toml"),
        ("out", -2, "okello/1001"),
        ("in", 2, "okello/1001"),
    ]


def test_stock_of_either_sets_the_one_row(shops: tuple[Market, Market]) -> None:
    first, second = shops
    second.sell(lambda trade: trade.set_stock("unga", 40))
    assert counts(first) == {"njeri": (40, 0)}
    first.sell(lambda trade: trade.add_stock("maize", -5))
    assert free(second, "unga") == 35


def test_who_sells_it_low_hears_of_it(shops: tuple[Market, Market]) -> None:
    first, second = shops
    second.sell(lambda trade: trade.set_stock("unga", 11))
    order = second.buy(("unga", 2))
    second.sell(lambda trade: trade.accept(order.number))
    [told] = second.heard(StockLow)
    assert (told.name, told.left) == ("Maize flour", 9)
    assert first.heard(StockLow) == []


def test_customers_of_every_shop_that_sells_it_hear_that_it_is_back(
    shops: tuple[Market, Market],
) -> None:
    first, second = shops
    first.sell(lambda trade: trade.set_stock("maize", 0))
    for market, sku in ((first, "maize"), (second, "unga")):

        def wish(buyer: Buying, sku: str = sku) -> None:
            CustomerWishes(buyer.scope, buyer.person.id).keep(sku)

        market.ask(wish)
    second.sell(lambda trade: trade.set_stock("unga", 5))
    back = first.do(lambda s: set(s.session.scalars(select(RestockRow.sku))))
    assert back == {"maize", "unga"}


def test_loading_again_changes_nothing(shops: tuple[Market, Market]) -> None:
    first, second = shops
    second.buy(("unga", 2))
    for text, name in ((njeri(), "njeri.toml"), (okello("stock = 99"), "okello.toml")):
        run(first.sessions, lambda s, t=text, n=name: load(s, [read_text(t, n)], NOON))
    assert counts(first) == {"njeri": (3, 2)}


def test_what_is_held_stays_where_it_is_counted(shops: tuple[Market, Market]) -> None:
    _, second = shops
    alone = okello("stock = 4").replace('pool = "kl:maize"\n', "")
    second.buy(("unga", 2))
    with pytest.raises(ShopFileError, match="held for open orders"):
        run(second.sessions, lambda s: load(s, [read_text(alone, "okello.toml")], NOON))
    second.sell(lambda trade: trade.refuse(1001, "no"))
    run(second.sessions, lambda s: load(s, [read_text(alone, "okello.toml")], NOON))
    assert counts(second) == {"njeri": (3, 0), "okello": (4, 0)}
    assert free(second, "unga") == 4


def test_whose_row_others_count_on_stays(shops: tuple[Market, Market]) -> None:
    first, _ = shops
    alone = njeri().replace('pool = "kilimo:maize"\n', "")
    with pytest.raises(ShopFileError, match="other shops"):
        run(first.sessions, lambda s: load(s, [read_text(alone, "njeri.toml")], NOON))


def test_another_supplier_s_goods_of_the_same_name_are_others(sessions: Sessions) -> None:
    first = Market(sessions).open(njeri())
    other = okello("stock = 8").replace("+256700000900", "+256700000901")
    run(sessions, lambda s: load(s, [read_text(other, "okello.toml")], NOON))
    assert counts(first) == {"njeri": (3, 0), "okello": (8, 0)}


def test_a_pool_of_no_known_supplier_is_a_mistake() -> None:
    with pytest.raises(ShopFileError, match="not among the suppliers"):
        read_text(njeri().replace('pool = "kilimo:', 'pool = "kilima:'), "njeri.toml")


@pytest.mark.postgres
def test_the_last_bag_of_two_shops_is_sold_once(postgres: Sessions) -> None:
    first, second = two(postgres)
    first.sell(lambda trade: trade.set_stock("maize", 1))
    buyers = [
        (market, sku, f"+25677201{place:04d}")
        for place in range(12)
        for market, sku in ((first, "maize"), (second, "unga"))
    ]
    for market, sku, phone in buyers:
        market.ask(lambda b, s=sku: b.cart.add(s, 1), phone=phone)
    with ThreadPoolExecutor(len(buyers)) as pool:
        done = list(pool.map(lambda each: each[0].try_to_buy(phone=each[2]), buyers))
    assert sum(isinstance(each, Order) for each in done) == 1
    assert counts(first) == {"njeri": (1, 1)}
    held = first.do(lambda s: s.session.scalar(select(func.sum(HoldRow.quantity))))
    assert held == 1


@pytest.mark.postgres
def test_baskets_of_two_shops_do_not_lock_each_other_up(postgres: Sessions) -> None:
    first, second = two(postgres)
    first.sell(lambda trade: trade.set_stock("maize", 40))
    buyers = []
    for place in range(8):
        for market, sku in ((first, "maize"), (second, "unga")):
            phone = f"+25677202{place:04d}"
            for each in ("oil", sku, "rice-5kg") if place % 2 else ("rice-5kg", sku, "oil"):
                market.ask(lambda b, s=each: b.cart.add(s, 1), phone=phone)
            buyers.append((market, phone))
    with ThreadPoolExecutor(len(buyers)) as pool:
        done = list(pool.map(lambda each: each[0].try_to_buy(phone=each[1]), buyers))
    assert all(isinstance(each, Order) for each in done)
    assert counts(first) == {"njeri": (40, 16)}
