"""Whatever happens in whatever order, the shelf adds up."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from market import AMINA, SHOP, Market, ugx
from sqlalchemy import func, select

from flows.happenings import SellerAnswered, SellerWrote, StockLow
from flows.ports.orders import Order
from flows.ports.refusals import (
    BadAmount,
    NeedsVariant,
    NotAllowed,
    NotCounted,
    OnlyLeft,
    UnknownOrder,
    UnknownProduct,
)
from flows.ports.trade import Level, LevelsSet, Loss, PriceSet, StockSet
from store.models import ConversationRow, HoldRow, StockMovementRow, StockRow
from store.orders.cancelling import expire
from store.orders.settlement import receive_payment
from store.shopfile.mistakes import ShopFileError
from store.transaction import open_engine, open_sessions


def sums(market: Market, sku: str) -> tuple[int, int, int, int]:
    """On hand, held, what the holds add up to, what the movements add up to."""

    def work(scope):
        row = scope.session.get(StockRow, (scope.shop.id, sku))
        holds = select(func.coalesce(func.sum(HoldRow.quantity), 0)).where(
            HoldRow.sku == sku, HoldRow.state == "open", HoldRow.shop_id == scope.shop.id
        )
        moves = select(func.coalesce(func.sum(StockMovementRow.quantity), 0)).where(
            StockMovementRow.sku == sku, StockMovementRow.shop_id == scope.shop.id
        )
        return row.on_hand, row.held, scope.session.scalar(holds), scope.session.scalar(moves)

    return market.do(work)


STEPS = st.one_of(
    st.tuples(st.just("buy"), st.integers(1, 6), st.sampled_from(["cash", "mtn-momo"])),
    st.tuples(st.sampled_from(["accept", "refuse", "pay", "expire"]), st.integers(0, 9)),
    st.tuples(st.sampled_from(["count", "add"]), st.integers(-4, 12)),
)


@pytest.fixture(scope="module")
def one_market(sqlite_template, tmp_path_factory) -> Market:
    """One SQLite shop for all examples: what holds must go on holding."""
    path = tmp_path_factory.mktemp("shelf") / "shelf.db"
    path.write_bytes(sqlite_template.read_bytes())
    return Market(open_sessions(open_engine(f"sqlite:///{path}"))).open()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=3, max_size=12))
def test_whatever_happens_the_shelf_adds_up(one_market: Market, steps):
    market = one_market
    placed: list[Order] = []
    for what, *rest in steps:
        if what == "buy":
            market.ask(lambda b: b.cart.clear())
            order = market.try_to_buy(("oil", rest[0]), rail=rest[1])
            placed += [order] if isinstance(order, Order) else []
        elif what in ("count", "add"):
            word = "set_stock" if what == "count" else "add_stock"
            market.sell(lambda t, w=word, n=rest[0]: getattr(t, w)("oil", n))
        elif placed:
            order = placed[rest[0] % len(placed)]
            take_step(market, what, order)
        on_hand, held, holds, moves = sums(market, "oil")
        assert on_hand >= held >= 0
        assert held == holds
        assert on_hand == moves


def take_step(market: Market, what: str, order: Order) -> None:
    if what == "accept":
        market.sell(lambda t: t.accept(order.number))
    elif what == "refuse":
        market.sell(lambda t: t.refuse(order.number, "no"))
    elif what == "pay":
        attempt = market.pay(order)
        market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    else:
        market.wait(minutes=16)
        market.do(lambda s: expire(s, UUID(order.id)))


def test_a_stock_take_below_what_is_held_keeps_the_held_and_says_so(market: Market):
    market.buy(("oil", 5))
    found = market.sell(lambda t: t.set_stock("OIL", 3))
    assert found == StockSet("Cooking oil", on_hand=5, held=5, kept=True)
    assert market.sell(lambda t: t.set_stock("oil", 30)) == StockSet("Cooking oil", 30, 5)


def test_counting_begins_where_it_had_not(market: Market):
    assert market.sell(lambda t: t.add_stock("salt", 4)) == StockSet("Salt", 4, 0)
    assert market.ask(lambda b: b.catalogue.product("salt").free) == 4


@pytest.mark.parametrize(
    ("sku", "count", "refusal"),
    [
        ("unicorn", 3, UnknownProduct("unicorn")),
        ("rice", 3, NeedsVariant("rice", "Rice")),
        ("oil", -1, BadAmount("-1")),
        ("oil", 10**9, BadAmount("1000000000")),
    ],
)
def test_a_count_that_cannot_be_is_refused(market: Market, sku, count, refusal):
    assert market.sell(lambda t: t.set_stock(sku, count)) == refusal


def test_a_price_is_set_for_a_product_and_for_a_variant(market: Market):
    oil = market.sell(lambda t: t.set_price("oil", 9500))
    assert oil == PriceSet("Cooking oil", ugx(9000), ugx(9500))
    rice = market.sell(lambda t: t.set_price("rice-5kg", 25000))
    assert rice == PriceSet("Rice 5kg", ugx(24000), ugx(25000))
    assert market.ask(lambda b: b.catalogue.product("rice").price) == ugx(25000)


@pytest.mark.parametrize(
    ("sku", "price", "refusal"),
    [
        ("unicorn", "5000", UnknownProduct),
        ("rice", "5000", NeedsVariant),
        ("oil", "0", BadAmount),
        ("oil", "-9000", BadAmount),
        ("oil", "9000.5", BadAmount),
        ("oil", "1e15", BadAmount),
        ("oil", "4499", NotAllowed),
    ],
)
def test_a_price_that_cannot_be_is_refused(market: Market, sku, price, refusal):
    assert isinstance(market.sell(lambda t: t.set_price(sku, Decimal(price))), refusal)


def test_half_the_price_may_be_cut_by_phone(market: Market):
    assert isinstance(market.sell(lambda t: t.set_price("oil", 4500)), PriceSet)


def test_many_small_cuts_of_a_day_make_no_great_one(market: Market):
    market.sell(lambda t: t.set_price("oil", 6000))
    market.wait(hours=1)
    assert isinstance(market.sell(lambda t: t.set_price("oil", 3000)), NotAllowed)
    market.wait(hours=24)
    assert isinstance(market.sell(lambda t: t.set_price("oil", 3000)), PriceSet)


def test_a_slip_of_the_finger_can_be_taken_back(market: Market):
    market.sell(lambda t: t.set_price("oil", 95000))
    assert market.sell(lambda t: t.set_price("oil", 9500)) == PriceSet(
        "Cooking oil", ugx(95000), ugx(9500)
    )


def talk(market: Market, phone: str, minutes: int) -> str:
    def work(b):
        now = market.now
        b.scope.session.add(
            ConversationRow(
                shop_id=b.scope.shop.id,
                person_id=b.person.id,
                held_by="human",
                last_inbound_at=now.replace(minute=minutes),
                updated_at=now,
            )
        )
        return str(b.person.id)

    return market.ask(work, phone=phone)


def test_who_waits_longest_stands_first(market: Market):
    other = "+256772000002"
    late, early = talk(market, AMINA, 30), talk(market, other, 10)
    order = market.buy(("oil", 1))
    talks = market.sell(lambda t: t.talks())
    assert [(each.person, each.order_number) for each in talks] == [
        (early, None),
        (late, order.number),
    ]
    market.sell(lambda t: t.give_back_person(early))
    market.sell(lambda t: t.give_back(order.number))
    assert market.sell(lambda t: t.talks()) == []


def test_an_answer_takes_the_talk_from_the_bot(market: Market):
    person = talk(market, AMINA, 0)
    market.sell(lambda t: t.give_back_person(person))
    order = market.buy(("oil", 1))
    market.sell(lambda t: t.answer(order.number, "we are coming"))
    assert [each.person for each in market.sell(lambda t: t.talks())] == [person]
    assert [told.words for told in market.heard(SellerAnswered)] == ["we are coming"]
    market.sell(lambda t: t.answer_person(person, "soon"))
    assert market.heard(SellerWrote) == [SellerWrote(person, "soon")]
    assert market.sell(lambda t: t.answer(1999, "hello")) == UnknownOrder(1999)
    assert market.sell(lambda t: t.give_back(1999)) == UnknownOrder(1999)


@pytest.mark.parametrize(
    ("act", "kind", "quantity"),
    [
        (lambda trade: trade.set_stock("oil", 25), "adjustment", 5),
        (lambda trade: trade.set_stock("oil", 5), "adjustment", -15),
        (lambda trade: trade.add_stock("oil", 5), "in", 5),
        (lambda trade: trade.add_stock("oil", -5), "adjustment", -5),
        (lambda trade: trade.lose_stock("oil", 2, Loss.DAMAGED), "damaged", -2),
        (lambda trade: trade.lose_stock("oil", 3, Loss.EXPIRED), "expired", -3),
    ],
    ids=("counted more", "counted fewer", "came in", "taken away", "damaged", "expired"),
)
def test_every_change_is_a_movement_of_its_kind(market: Market, act, kind: str, quantity: int):
    market.sell(act)

    def newest(scope):
        return scope.session.scalars(
            select(StockMovementRow).order_by(StockMovementRow.id.desc()).limit(1)
        ).one()

    row = market.do(newest)
    assert (row.kind, row.quantity, row.before, row.after) == (kind, quantity, 20, 20 + quantity)
    assert row.by.startswith("seller:")


def test_what_is_held_cannot_be_lost(market: Market):
    market.buy(("oil", 18))
    lost = market.sell(lambda trade: trade.lose_stock("oil", 5, Loss.DAMAGED))
    assert lost == StockSet("Cooking oil", 18, 18, kept=True)
    assert isinstance(
        market.sell(lambda trade: trade.lose_stock("oil", 0, Loss.DAMAGED)), BadAmount
    )


@pytest.mark.parametrize(
    ("there", "bought", "told"),
    [
        (12, 1, []),
        (11, 1, [(10, False)]),
        (12, 3, [(9, False)]),
        (10, 1, []),
        (6, 1, [(5, True)]),
        (12, 8, [(4, True)]),
        (5, 1, []),
        (1, 1, []),
    ],
    ids=str,
)
def test_a_sale_that_crosses_a_line_is_told_once(
    market: Market, there: int, bought: int, told: list[tuple[int, bool]]
):
    market.sell(lambda trade: trade.set_stock("oil", there))
    order = market.buy(("oil", bought))
    assert market.heard(StockLow) == []  # Only held: it may come back.
    market.sell(lambda trade: trade.accept(order.number))
    market.sell(lambda trade: trade.accept(order.number))
    assert [(low.left, low.critical) for low in market.heard(StockLow)] == told


def test_a_count_that_crosses_the_line_is_no_news_to_who_counted(market: Market):
    market.sell(lambda trade: trade.set_stock("oil", 3))
    market.sell(lambda trade: trade.lose_stock("oil", 1, Loss.DAMAGED))
    assert market.heard(StockLow) == []


OWN_LINES = SHOP + "\n[stock]\nlow = 15\ncritical = 2\n"


@pytest.mark.parametrize(
    ("there", "bought", "told"),
    [(16, 1, [(15, False)]), (11, 2, []), (3, 1, [(2, True)]), (20, 19, [(1, True)])],
    ids=str,
)
def test_a_shop_says_itself_what_is_low(
    market: Market, there: int, bought: int, told: list[tuple[int, bool]]
):
    market.open(OWN_LINES)
    market.sell(lambda trade: trade.set_stock("oil", there))
    order = market.buy(("oil", bought))
    market.sell(lambda trade: trade.accept(order.number))
    assert [(low.left, low.critical) for low in market.heard(StockLow)] == told


def sold_down(market: Market, sku: str, *quantities: int) -> list[tuple[int, bool]]:
    """What the seller hears while so many are sold, one order after the other."""
    market.told.clear()
    for quantity in quantities:
        number = market.buy((sku, quantity)).number
        market.sell(lambda trade, n=number: trade.accept(n))
    return [(low.left, low.critical) for low in market.heard(StockLow)]


def test_a_product_has_numbers_of_its_own_by_phone(market: Market):
    market.sell(lambda trade: trade.set_stock("oil", 20))
    told = market.sell(lambda trade: trade.set_level("oil", Level.LOW, 18))
    assert told == LevelsSet("Cooking oil", 18, 5)
    assert market.sell(lambda trade: trade.set_level("oil", Level.CRITICAL, 16)).critical == 16
    assert sold_down(market, "oil", 1, 1, 1, 2, 2) == [(18, False), (15, True)]
    assert market.sell(lambda trade: trade.set_level("oil", Level.LOW, 12)).critical == 12
    assert market.sell(lambda trade: trade.set_level("oil", Level.CRITICAL, None)).critical == 5
    assert market.sell(lambda trade: trade.set_level("oil", Level.LOW, None)).low == 10
    assert sold_down(market, "oil", 2, 2) == [(9, False)]


def test_a_number_is_said_of_every_kind_and_of_nothing_that_is_not_counted(market: Market):
    market.sell(lambda trade: trade.set_stock("rice-5kg", 20))
    assert market.sell(lambda trade: trade.set_level("rice", Level.LOW, 19)).low == 19
    assert sold_down(market, "rice-5kg", 2) == [(18, False)]
    never = market.sell(lambda trade: trade.set_level("salt", Level.LOW, 5))
    assert isinstance(never, NotCounted)
    wrong = market.sell(lambda trade: trade.set_level("oil", Level.LOW, -1))
    assert isinstance(wrong, BadAmount)
    missing = market.sell(lambda trade: trade.set_level("nothing", Level.LOW, 5))
    assert isinstance(missing, UnknownProduct)


def test_the_files_number_of_a_product_counts_until_the_seller_says_another(market: Market):
    file = SHOP.replace('sku = "oil"\n', 'sku = "oil"\nlow = 18\ncritical = 17\n')
    market.open(file)
    market.sell(lambda trade: trade.set_stock("oil", 20))
    assert sold_down(market, "oil", 2, 1) == [(18, False), (17, True)]
    market.sell(lambda trade: trade.set_level("oil", Level.LOW, 16))
    market.open(file)
    assert sold_down(market, "oil", 1) == [(16, True)]
    with pytest.raises(ShopFileError, match="above the low number"):
        market.open(file.replace("critical = 17", "critical = 19"))


def test_nothing_is_ordered_that_is_not_there_unless_the_product_allows_it(market: Market):
    allowed = SHOP.replace('sku = "matooke"\n', 'sku = "matooke"\nbackorder = true\n')
    assert isinstance(market.ask(lambda buyer: buyer.cart.add("matooke", 3)), OnlyLeft)
    market.open(allowed)
    order = market.buy(("matooke", 3))
    assert sums(market, "matooke")[:3] == (1, 1, 1)
    later = market.buy(("matooke", 2))
    for number in (order.number, later.number):
        market.sell(lambda trade, n=number: trade.accept(n))
    assert sums(market, "matooke")[:3] == (0, 0, 0)
    market.sell(lambda trade: trade.refuse(order.number, "late"))
    assert sums(market, "matooke") == (1, 0, 0, 1)


def test_more_taken_away_than_is_there_leaves_nothing_and_blames_no_order(market: Market):
    """There are fewer than the seller says to have lost; nothing is held."""
    market.sell(lambda t: t.set_stock("oil", 2))
    assert market.sell(lambda t: t.add_stock("oil", -5)) == StockSet(
        "Cooking oil", 0, 0, kept=False
    )
