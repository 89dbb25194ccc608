"""Money under chance: people, providers, clocks and crashes in any order, and after every step the books are
right, nobody has paid twice, and what has ended stays so.

MONEY_WALKS says how many walks are taken; a few by default.
"""

import itertools
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from market import KAMWOKYA
from money_world import FAR, PHONES, MoneyWorld, on_postgres, on_sqlite
from sqlalchemy import Engine

from flows.ports.delivery import Area, Fulfilment
from payments.emulated import Answer, Status
from store.ledger import Account, Kind
from store.models import AttemptRow, OrderRow, PayoutRow, RefundRow, ReviewRow

PLACES = st.integers(0, 7)
# More often than the others, since they need something else to happen as well.
RARE = ("other-amount", "other-amount", "refused", "refused", "slow", "well", "no-wake-up")
FAULTS = ("dropped", "fell", "errors", "busy", "conflicts", "unreadable", "refused_tokens")
SPANS = (5, 15, 15, 15, 70, 400, 4_000)
LONG = 1_800
UNPAID = ("pending", "failed")
STARTS = (
    "new",
    "asked",
    "paid",
    "paid",
    "paid-ready",
    "paid-farther",
    "paid-farther",
    "paid-picked",
    "paid-delivered",
    "from-wallet",
    "cash",
    "cash-delivered",
)
DECISIONS = ("as_pickup", "own_rider", "offer_again")
# What a table says when something is over, and what may still follow.
ENDS = {
    OrderRow: {"cancelled": set(), "returned": set(), "delivered": {"returned"}},
    AttemptRow: {"succeeded": set(), "failed": {"review"}},
    RefundRow: {"succeeded": set()},
    PayoutRow: {"paid": set(), "failed": set(), "dropped": set()},
}


class Money(RuleBasedStateMachine):
    make: ClassVar[Callable[[], MoneyWorld]]

    def __init__(self) -> None:
        super().__init__()
        self.here = type(self).make()
        self.keys = itertools.count()
        self.ended: dict[object, str] = {}

    def teardown(self) -> None:
        try:
            self.calm_down()
        finally:
            self.here.close()

    # Customers.

    @initialize(starts=st.lists(st.sampled_from(STARTS), min_size=2, max_size=5))
    def begin(self, starts: list[str]) -> None:
        """Orders that have come some way already, so that the walk begins where things happen."""
        here = self.here
        here.top_up(PHONES[0], 70_000)
        self._approve()
        for number, start in enumerate(starts, 1001):
            here.pass_by(minutes=2)
            rail = "cash" if start.startswith("cash") else "mtn-momo"
            way = Fulfilment.PICKUP if number % 2 else Fulfilment.STANDARD
            here.buy(PHONES[number % 2], "oil", 2, rail, way)
            self._lead(here.rows(OrderRow)[-1], start)

    def _lead(self, order: OrderRow, start: str) -> None:
        here = self.here
        if start == "from-wallet":
            here.pay_from_wallet(order.id)
        elif start != "new" and order.rail != "cash":
            here.try_to_pay(order)
            if start == "asked":
                here.wake()
            else:
                self._approve()
        if start == "cash-delivered" or start.startswith("paid-"):
            here.sell(order.number, "accept")
            if start == "paid-farther":
                here.send_elsewhere(order, FAR)
                return
            for word in ("ready",) if start == "paid-ready" else ("ready", "picked"):
                here.sell(order.number, word)
        if start.endswith("delivered"):
            here.sell(order.number, "delivered", order.code)

    def _approve(self) -> None:
        self.here.wake()
        for prompt in self.here.wallets.prompts():
            self.here.wallets.approve(prompt.reference)
        self.here.pass_by(seconds=15)
        self.here.tick()

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
        self._to_order(place, self.here.try_to_pay, UNPAID)

    @rule(place=PLACES, seconds=st.sampled_from(SPANS))
    def pay(self, place: int, seconds: int) -> None:
        """The whole way, as far as nothing goes wrong on it."""
        self.try_to_pay(place)
        self.wake()
        for prompt in self.here.wallets.prompts():
            self.here.wallets.approve(prompt.reference)
        self.tick(seconds)

    @rule(place=PLACES)
    def pay_from_wallet(self, place: int) -> None:
        self._to_order(place, lambda order: self.here.pay_from_wallet(order.id), UNPAID)

    @rule(place=PLACES)
    def choose_cash(self, place: int) -> None:
        self._to_order(place, self.here.choose_cash, UNPAID)

    @rule(place=PLACES, by_seller=st.booleans())
    def cancel(self, place: int, by_seller: bool) -> None:
        if by_seller:
            self._to_order(place, lambda order: self.here.sell(order.number, "refuse", "none left"))
        else:
            self._to_order(place, self.here.cancel)

    @rule(
        what=st.sampled_from(("top-up", "withdrawal", "takings", "earnings")),
        phone=st.sampled_from(PHONES),
        minor=st.sampled_from((1_000, 2_900, 19_000)),
    )
    def move_own_money(self, what: str, phone: str, minor: int) -> None:
        here = self.here
        if what == "top-up":
            here.work(lambda: here.top_up(phone, minor))
            return
        account = {
            "withdrawal": here.wallet(phone),
            "takings": Account(Kind.SELLER_AVAILABLE),
            "earnings": Account(Kind.RIDER_EARNINGS, str(here.rider_id())),
        }[what]
        here.work(lambda: here.withdraw(account, phone, minor))

    @rule(place=PLACES, area=st.sampled_from((FAR, FAR, KAMWOKYA)))
    def send_elsewhere(self, place: int, area: Area) -> None:
        self._to_order(place, lambda order: self.here.send_elsewhere(order, area))

    # The seller and the rider.

    @rule(place=PLACES, word=st.sampled_from(("accept", "ready", "picked", *DECISIONS)))
    def sell(self, place: int, word: str) -> None:
        self._to_order(place, lambda order: self.here.sell(order.number, word))

    @rule(place=PLACES, word=st.sampled_from(("accept", "picked", "decline", "failed")))
    def ride(self, place: int, word: str) -> None:
        more = ("no answer",) if word == "failed" else ()
        self._to_order(place, lambda order: self.here.ride(order.number, word, *more))

    @rule(place=PLACES, by_rider=st.booleans())
    def bring(self, place: int, by_rider: bool) -> None:
        self.sell(place, "accept")
        for word in ("accept", "picked") if by_rider else ("ready", "picked"):
            (self.ride if by_rider else self.sell)(place, word)
        carry = self.here.ride if by_rider else self.here.sell
        self._to_order(place, lambda order: carry(order.number, "delivered", order.code))

    @rule(minor=st.sampled_from((1_000, 12_000, 21_000)))
    def hand_over(self, minor: int) -> None:
        key = f"hand-over:{next(self.keys)}"
        self.here.work(lambda: self.here.hand_over(minor, key))

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

    @rule(fault=st.sampled_from((*FAULTS, *RARE)))
    def mishap(self, fault: str) -> None:
        faults = self.here.wallets.faults
        if fault in FAULTS:
            setattr(faults, fault, 1)
        elif fault == "other-amount":
            faults.other_amount = ("100", "90000")[next(self.keys) % 2]
        elif fault == "no-wake-up":
            self.here.woken.clear()
        else:
            faults.slow_sending = fault == "slow"
            faults.payout_reason = "PAYEE_NOT_FOUND" if fault == "refused" else None

    @rule(place=PLACES)
    def what_was_sent_arrives(self, place: int) -> None:
        sent = [*self.here.wallets.refunds(), *self.here.wallets.payouts()]
        if sent:
            self.here.wallets.settle(sent[place % len(sent)].reference)

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

    @rule(seconds=st.sampled_from(SPANS))
    def tick(self, seconds: int) -> None:
        self.here.pass_by(seconds=seconds)
        self.here.work(self.here.tick)
        if seconds > LONG:
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

    def _to_order(
        self, place: int, deed: Callable[[OrderRow], object], paid: Collection[str] = ()
    ) -> None:
        """To one that is open, the newest first, where there is one; `paid` says how far it is paid."""
        orders = self.here.rows(OrderRow)[::-1]
        open_ = [o for o in orders if o.status not in ENDS[OrderRow]]
        if paid:
            open_ = [o for o in open_ if o.payment_status in paid]
        found = open_ or orders
        order = found[place % len(found)]
        self.here.work(lambda: deed(order))


def walks(most: int) -> settings:
    return settings(
        phases=(Phase.explicit, Phase.generate),
        max_examples=int(os.environ.get("MONEY_WALKS", most)),
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_money_is_never_lost_doubled_or_guessed(sqlite_template: Path, tmp_path: Path) -> None:
    names = (tmp_path / f"{number}.db" for number in itertools.count())

    class OnSqlite(Money):
        make = staticmethod(lambda: on_sqlite(sqlite_template, next(names)))

    run_state_machine_as_test(OnSqlite, settings=walks(5))


@pytest.mark.postgres
def test_nor_where_many_servers_share_it(postgres_engine: Engine) -> None:
    class OnPostgres(Money):
        make = staticmethod(lambda: on_postgres(postgres_engine))

    run_state_machine_as_test(OnPostgres, settings=walks(2))
