"""Carts, stock, promotions, coupons, points and returns in any order and any currency: nothing is sold twice,
nothing is cheaper than it should be, and every sum is the sum of its parts.

TRADING_WALKS says how many walks are taken in each currency; one by default.
"""

import itertools
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import bazaar_laws
import pytest
from bazaar import COUPONS, CURRENCIES, PEOPLE, PRICES, PROMOTIONS, Bazaar
from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from flows.ports.delivery import Fulfilment
from flows.ports.lacking import Lack
from flows.ports.returns import Reason
from flows.ports.trade import Loss
from intents.coupon_making import Making, Worth

WHO = st.sampled_from(PEOPLE)
SKUS = st.sampled_from(tuple(PRICES))
PLACES = st.integers(0, 9)
UNDER_WAY = ("confirmed", "processing", "shipped")
WAYS = st.sampled_from((Fulfilment.PICKUP, Fulfilment.STANDARD))
RAILS = st.sampled_from(("cash", "mtn-momo", "mtn-momo"))


class Trading(RuleBasedStateMachine):
    """Four customers, one of whom buys at wholesale prices for a while, and a seller."""

    make: ClassVar[Callable[[], Bazaar]]

    def __init__(self) -> None:
        super().__init__()
        self.here = type(self).make()
        self.market = self.here.market

    def teardown(self) -> None:
        self.here.close()

    # Customers.

    @initialize(
        starts=st.lists(st.tuples(WHO, SKUS, RAILS, st.booleans()), min_size=2, max_size=4),
        hours=st.integers(0, 30),
    )
    def begin(self, starts: list[tuple[str, str, str, bool]], hours: int) -> None:
        """Some have bought before, and have points."""
        # The first walk of all is always the dullest one, and takes as long as any.
        assume(hours)
        self.here.wait(hours)
        for who, sku, rail, all_the_way in starts:
            self.market.ask(lambda b, s=sku: b.cart.add(s, 2), who)
            placed = self.here.order(who, rail, Fulfilment.STANDARD)
            number = getattr(placed, "number", None)
            if number is not None and all_the_way:
                self.here.pay(number)
                self.here.bring(number)

    @rule(
        who=WHO,
        sku=SKUS,
        quantity=st.integers(1, 5),
        act=st.sampled_from(("add", "add", "set", "take")),
    )
    def change_cart(self, who: str, sku: str, quantity: int, act: str) -> None:
        self.market.ask(lambda b: getattr(b.cart, act)(sku, quantity), who)

    @rule(who=WHO, code=st.sampled_from((*COUPONS, *COUPONS, "MADE", "NONE")))
    def put_coupon(self, who: str, code: str) -> None:
        self.market.ask(lambda b: b.coupons.put(code), who)

    @rule(who=WHO)
    def drop_coupon(self, who: str) -> None:
        self.market.ask(lambda b: b.coupons.drop(), who)

    @rule(who=WHO, points=st.none() | st.integers(1, 3_000))
    def use_points(self, who: str, points: int | None) -> None:
        self.market.ask(lambda b: b.points.use(points), who)

    @rule(who=WHO)
    def empty(self, who: str) -> None:
        self.market.ask(lambda b: (b.points.keep(), b.cart.clear()), who)

    @rule(who=WHO, rail=RAILS, way=WAYS)
    def order(self, who: str, rail: str, way: Fulfilment) -> None:
        self.here.order(who, rail, way)

    @rule(
        who=WHO,
        wanted=st.lists(st.tuples(SKUS, st.integers(1, 4)), min_size=1, max_size=3),
        code=st.sampled_from((None, *COUPONS)),
        points=st.booleans(),
        rail=RAILS,
        end=st.sampled_from(("open", "paid", "brought", "brought")),
    )
    def buy(
        self,
        who: str,
        wanted: list[tuple[str, int]],
        code: str | None,
        points: bool,
        rail: str,
        end: str,
    ) -> None:
        """The whole way at once."""
        for sku, quantity in wanted:
            self.change_cart(who, sku, quantity, "add")
        if code is not None:
            self.put_coupon(who, code)
        if points:
            self.use_points(who, None)
        number = getattr(self.here.order(who, rail, Fulfilment.STANDARD), "number", None)
        if number is None or end == "open":
            return
        if rail != "cash":
            self.here.pay(number)
        if end == "brought":
            self.here.bring(number)

    @rule(place=PLACES)
    def pay(self, place: int) -> None:
        self._to_order(place, self.here.pay, "pending", "cancelled")

    @rule(place=PLACES)
    def choose_cash(self, place: int) -> None:
        def choose(number: int) -> None:
            self.market.ask(lambda b: b.orders.choose_cash(number), self._who(number))

        self._to_order(place, choose, "pending")

    @rule(place=PLACES)
    def cancel(self, place: int) -> None:
        def end(number: int) -> None:
            self.market.ask(lambda b: b.orders.cancel(number, "no"), self._who(number))

        self._to_order(place, end, "pending", "confirmed")

    @rule(
        place=PLACES,
        goods=st.dictionaries(st.integers(1, 3), st.integers(1, 3), min_size=1, max_size=3),
        why=st.sampled_from(list(Reason)),
        answer=st.sampled_from(("back", "back", "damaged", "repair", "no", "later")),
    )
    def bring_back(self, place: int, goods: dict[int, int], why: Reason, answer: str) -> None:
        self._to_order(
            place, lambda n: self.here.ask_back(n, self._who(n), goods, why), "delivered"
        )
        if answer != "later":
            self.answer(place, answer)

    @rule(place=PLACES, answer=st.sampled_from(("back", "damaged", "repair", "no", "yes")))
    def answer(self, place: int, answer: str) -> None:
        words = {
            "back": lambda d, n: d.booked(n, damaged=False),
            "damaged": lambda d, n: d.booked(n, damaged=True),
            "repair": lambda d, n: d.repair(n),
            "no": lambda d, n: d.refuse(n, "opened"),
            "yes": lambda d, n: d.accept(n),
        }
        self._to_order(place, lambda n: self.here.desk(lambda d: words[answer](d, n)), "delivered")

    # The seller.

    @rule(place=PLACES, word=st.sampled_from(("accept", "ready", "picked", "as_pickup", "back")))
    def sell(self, place: int, word: str) -> None:
        self._to_order(place, lambda n: self.market.sell(lambda t: getattr(t, word)(n)))

    @rule(place=PLACES, word=st.sampled_from(("refuse", "failed")))
    def give_up(self, place: int, word: str) -> None:
        self._to_order(
            place,
            lambda n: self.market.sell(lambda t: getattr(t, word)(n, "no")),
            "confirmed",
            "shipped",
        )

    @rule(place=PLACES, line=PLACES, quantity=st.none() | st.integers(1, 3))
    def without(self, place: int, line: int, quantity: int | None) -> None:
        """What is looked at first comes true."""

        def take_out(number: int) -> None:
            lines = self.market.order(number).lines
            sku = lines[line % len(lines)].sku
            seen = self.here.lacking(lambda d: d.without(number, sku, quantity))
            if isinstance(seen, Lack):
                args = (number, sku, seen.quantity, seen.step)
                done = self.here.lacking(lambda d: d.take_out(*args))
                assert (done.less, done.refund) == (seen.less, seen.refund)
                assert done.order.total == seen.total

        self._to_order(place, take_out, "pending", "confirmed", "processing")

    @rule(place=PLACES)
    def bring(self, place: int) -> None:
        self._to_order(place, self.here.bring, *UNDER_WAY)

    @rule(sku=SKUS, percent=st.integers(60, 160))
    def change_price(self, sku: str, percent: int) -> None:
        price = self.here.money(PRICES[sku] * percent // 100 or 1)
        self.market.sell(lambda t: t.set_price(sku, price))

    @rule(sku=SKUS, percent=st.sampled_from((None, 7, 33)), days=st.sampled_from((None, 1)))
    def put_on_sale(self, sku: str, percent: int | None, days: int | None) -> None:
        if percent is None:
            self.here.deal(lambda d: d.end_sale(sku))
        else:
            self.here.deal(lambda d: d.take_off(sku, Decimal(percent), days))

    @rule(name=st.sampled_from(tuple(PROMOTIONS)), paused=st.booleans())
    def pause(self, name: str, paused: bool) -> None:
        self.here.deal(lambda d: d.pause(name, paused=paused))

    @rule(worth=st.sampled_from(list(Worth)))
    def make_coupon(self, worth: Worth) -> None:
        if worth is Worth.OFF:
            self.here.coupon("MADE")
        else:
            figure = {Worth.PERCENT: Decimal(20), Worth.AMOUNT: self.here.money(1_501)}
            self.here.coupon(Making("MADE", worth, figure.get(worth, Decimal(0)), 2))

    @rule(
        sku=SKUS,
        number=st.integers(0, 8),
        act=st.sampled_from(("set", "more", "fewer", "damaged", "expired")),
    )
    def take_stock(self, sku: str, number: int, act: str) -> None:
        if act == "set":
            self.market.sell(lambda t: t.set_stock(sku, number))
        elif act in ("more", "fewer"):
            self.market.sell(lambda t: t.add_stock(sku, number if act == "more" else -number))
        else:
            self.market.sell(lambda t: t.lose_stock(sku, number, Loss(act)))

    @rule(granted=st.booleans())
    def wholesale(self, granted: bool) -> None:
        self.here.apply(PEOPLE[3])
        self.here.approvals(lambda a: a.approve(1) if granted else a.decline(1, "no"))

    # What happens by itself.

    @rule(hours=st.sampled_from((1, 1, 3, 7, 25, 80, 250)))
    def wait(self, hours: int) -> None:
        self.here.wait(hours)

    @rule()
    def refunds_arrive(self) -> None:
        self.here.refunds_arrive()

    @invariant()
    def it_all_holds(self) -> None:
        bazaar_laws.hold(self.here)

    def _to_order(self, place: int, deed: Callable[[int], object], *status: str) -> None:
        """To one of them, the newest first; one of this status as long as there is any."""
        numbers = self.here.numbers(status) or self.here.numbers()
        if numbers:
            deed(numbers[place % len(numbers)])

    def _who(self, number: int) -> str:
        return self.market.order(number).customer_phone or ""


@pytest.mark.parametrize("currency", CURRENCIES)
def test_whatever_is_done_prices_stock_and_points_add_up(
    sqlite_template: Path, tmp_path: Path, currency: str
) -> None:
    names = (tmp_path / f"{number}.db" for number in itertools.count())

    @seed(CURRENCIES.index(currency))
    class Here(Trading):
        make = staticmethod(lambda: Bazaar(sqlite_template, next(names), currency))

    walks = settings(
        phases=(Phase.explicit, Phase.generate),
        max_examples=int(os.environ.get("TRADING_WALKS", "1")),
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=walks)
