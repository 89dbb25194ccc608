"""Money under chance: people, providers, clocks and crashes in any order, and after every step the books are
right, nobody has paid twice, and what has ended stays so.

MONEY_WALKS says how many walks are taken; a few by default.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from money_world import PHONES, MoneyWorld, on_sqlite

from flows.ports.delivery import Fulfilment
from payments.emulated import Answer, Status
from store.ledger import Account, Kind
from store.models import AttemptRow, OrderRow, PayoutRow, RefundRow, ReviewRow

PLACES = st.integers(0, 7)
FAULTS = ("dropped", "fell", "errors", "busy", "conflicts", "unreadable", "refused_tokens")
SPANS = (5, 15, 70, 400, 2_400, 4_000)
# What a table says when something is over, and what may still follow.
ENDS = {
    OrderRow: {"cancelled": set(), "returned": set(), "delivered": {"returned"}},
    AttemptRow: {"succeeded": set(), "failed": {"review", "succeeded"}},
    RefundRow: {"succeeded": set()},
    PayoutRow: {"paid": set(), "failed": set(), "dropped": set()},
}


class Money(RuleBasedStateMachine):
    template: ClassVar[Path]
    folder: ClassVar[Path]
    numbers: ClassVar[Iterator[int]] = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        number = next(self.numbers)
        self.here: MoneyWorld = on_sqlite(self.template, self.folder, f"money-{number}")
        self.keys = itertools.count()
        self.ended: dict[object, str] = {}

    def teardown(self) -> None:
        try:
            self.calm_down()
        finally:
            self.here.close()
            self.here.sessions.kw["bind"].dispose()

    # Customers.

    @initialize()
    def open_with_orders(self) -> None:
        for phone, way in zip(PHONES, (Fulfilment.STANDARD, Fulfilment.PICKUP), strict=True):
            self.here.buy(phone, "oil", 2, "mtn-momo", way)

    @rule(
        phone=st.sampled_from(PHONES),
        sku=st.sampled_from(("oil", "salt", "rice-5kg", "matooke")),
        rail=st.sampled_from(("mtn-momo", "mtn-momo", "cash")),
        way=st.sampled_from((Fulfilment.PICKUP, Fulfilment.STANDARD)),
        quantity=st.integers(1, 3),
    )
    def place(self, phone: str, sku: str, rail: str, way: Fulfilment, quantity: int) -> None:
        self.here.work(lambda: self.here.buy(phone, sku, quantity, rail, way))

    @rule(place=PLACES)
    def try_to_pay(self, place: int) -> None:
        self._to_order(place, self.here.try_to_pay)

    @rule(place=PLACES, seconds=st.sampled_from(SPANS))
    def pay(self, place: int, seconds: int) -> None:
        """The whole way, as far as nothing goes wrong on it."""
        self.try_to_pay(place)
        self.wake()
        for prompt in self.here.wallets.prompts():
            self.here.wallets.approve(prompt.reference)
        self.tick(seconds)

    @rule(place=PLACES, by_rider=st.booleans())
    def bring(self, place: int, by_rider: bool) -> None:
        for word in ("accept", "picked") if by_rider else ("accept", "ready", "picked"):
            (self.ride if by_rider else self.sell)(place, word)
        (self.rider_delivers if by_rider else self.seller_delivers)(place)

    @rule(place=PLACES)
    def choose_cash(self, place: int) -> None:
        self._to_order(place, self.here.choose_cash)

    @rule(place=PLACES)
    def cancel(self, place: int) -> None:
        self._to_order(place, self.here.cancel)

    @rule(phone=st.sampled_from(PHONES), minor=st.sampled_from((500, 20_000, 70_000)))
    def top_up(self, phone: str, minor: int) -> None:
        self.here.work(lambda: self.here.top_up(phone, minor))

    @rule(place=PLACES)
    def pay_from_wallet(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.pay_from_wallet(order.id))

    @rule(phone=st.sampled_from(PHONES), minor=st.sampled_from((500, 19_000)))
    def withdraw(self, phone: str, minor: int) -> None:
        account = self.here.wallet(phone)
        self.here.work(lambda: self.here.withdraw(account, phone, minor))

    # The seller and the rider.

    @rule(
        place=PLACES,
        word=st.sampled_from(
            ("accept", "ready", "picked", "as_pickup", "own_rider", "offer_again")
        ),
    )
    def sell(self, place: int, word: str) -> None:
        self._to_order(place, lambda order: self.here.sell(order.number, word))

    @rule(place=PLACES)
    def seller_refuses(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.sell(order.number, "refuse", "none left"))

    @rule(place=PLACES)
    def seller_delivers(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.sell(order.number, "delivered", order.code))

    @rule(place=PLACES, word=st.sampled_from(("accept", "picked", "decline")))
    def ride(self, place: int, word: str) -> None:
        self._to_order(place, lambda order: self.here.ride(order.number, word))

    @rule(place=PLACES)
    def rider_delivers(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.ride(order.number, "delivered", order.code))

    @rule(place=PLACES)
    def rider_fails(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.ride(order.number, "failed", "no answer"))

    @rule(minor=st.sampled_from((1_000, 12_000, 21_000)))
    def hand_over(self, minor: int) -> None:
        key = f"hand-over:{next(self.keys)}"
        self.here.work(lambda: self.here.hand_over(minor, key))

    @rule(minor=st.sampled_from((1_000, 9_000)))
    def pay_out(self, minor: int) -> None:
        account = Account(Kind.SELLER_AVAILABLE)
        self.here.work(lambda: self.here.withdraw(account, "+256700000101", minor))

    @rule(taken=st.booleans())
    def decide(self, taken: bool) -> None:
        reviews = self.here.rows(ReviewRow, ReviewRow.closed_at.is_(None))
        if reviews:
            self.here.work(lambda: self.here.decide(reviews[0], taken))

    # The provider, and the phones.

    @rule(place=PLACES, answer=st.sampled_from(list(Answer)))
    def answer(self, place: int, answer: Answer) -> None:
        waiting = self.here.wallets.prompts()
        if waiting:
            self.here.wallets.answer(waiting[place % len(waiting)].reference, answer)

    @rule(fault=st.sampled_from(FAULTS))
    def something_goes_wrong(self, fault: str) -> None:
        setattr(self.here.wallets.faults, fault, 1)

    @rule(amount=st.sampled_from(("100", "90000")))
    def take_other_money(self, amount: str) -> None:
        self.here.wallets.faults.other_amount = amount

    @rule(slow=st.booleans())
    def sending_takes_its_time(self, slow: bool) -> None:
        self.here.wallets.faults.slow_sending = slow

    @rule(place=PLACES)
    def what_was_sent_arrives(self, place: int) -> None:
        sent = [*self.here.wallets.refunds(), *self.here.wallets.payouts()]
        if sent:
            self.here.wallets.settle(sent[place % len(sent)].reference)

    @rule(reason=st.sampled_from((None, "PAYEE_NOT_FOUND")))
    def sending_is_refused(self, reason: str | None) -> None:
        self.here.wallets.faults.payout_reason = reason

    @rule(place=PLACES, times=st.integers(1, 2))
    def call_back(self, place: int, times: int) -> None:
        attempts = self.here.ids(AttemptRow)
        if attempts:
            for _ in range(times):
                self.here.call_back(attempts[place % len(attempts)])

    # What happens by itself.

    @rule()
    def wake(self) -> None:
        self.here.work(self.here.wake)

    @rule()
    def lose_wake_ups(self) -> None:
        self.here.woken.clear()

    @rule(seconds=st.sampled_from(SPANS))
    def tick(self, seconds: int) -> None:
        self.here.pass_by(seconds=seconds)
        self.here.work(self.here.tick)

    @rule()
    def reconcile(self) -> None:
        self.here.work(self.here.reconcile)

    @rule(left=st.integers(1, 4), after=st.booleans())
    def die_soon(self, left: int, after: bool) -> None:
        """In the middle of what comes next."""
        self.here.mortality.left, self.here.mortality.after = left, after

    # What always holds.

    @invariant()
    def the_books_are_right(self) -> None:
        finding = self.here.finding()
        assert finding is None, finding
        self._nothing_comes_back()

    def _nothing_comes_back(self) -> None:
        for table, ends in ENDS.items():
            for row in self.here.rows(table):
                before = self.ended.get(row.id)
                if before is not None and row.status != before:
                    assert row.status in ends[before], (
                        f"{table.__name__}: {before} became {row.status}"
                    )
                if row.status in ends:
                    self.ended[row.id] = row.status

    def calm_down(self) -> None:
        """In the end everything is known: what the provider holds is what our books say."""
        here = self.here
        here.mortality.left = None
        here.wallets.faults = type(here.wallets.faults)(drop_callbacks=True)
        for seconds in (1, 60, 400, 1_900, 2_400, 2_400, 2_400):
            here.pass_by(seconds=seconds)
            for prompt in here.wallets.payouts() + here.wallets.refunds():
                here.wallets.settle(prompt.reference)
            here.tick()
            here.reconcile()
            here.tick()
        self.the_books_are_right()
        assert here.in_the_books() == here.at_the_rail()
        for prompt in here.wallets.all():
            attempt = next(a for a in here.rows(AttemptRow) if str(a.id) == prompt.reference)
            if prompt.status is Status.TAKEN:
                assert attempt.status in ("succeeded", "review", "failed"), attempt.status

    def _to_order(self, place: int, deed) -> None:  # type: ignore[no-untyped-def]
        orders = self.here.rows(OrderRow)
        if orders:
            order = orders[-1 - place % len(orders)]
            self.here.work(lambda: deed(order))


WALKS = settings(
    phases=(Phase.explicit, Phase.generate),
    max_examples=int(os.environ.get("MONEY_WALKS", "6")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_money_is_never_lost_doubled_or_guessed(sqlite_template: Path, tmp_path: Path) -> None:
    Money.template, Money.folder = sqlite_template, tmp_path
    run_state_machine_as_test(Money, settings=WALKS)
