"""A whole small market for the property test: customers, a seller, a rider, a clock that is moved by hand, a
worker and the clock's duties, an emulated MTN, and a process that may die at any commit."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from market import KAMWOKYA, SHOP, Buying, Market
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from channels.emulated import serving
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import Checkout, PaymentStatus
from flows.ports.refusals import AddressCosts, DoorCosts
from payments.cash import Cash
from payments.charge import Callback
from payments.checking.deciding import Decision, DecisionError, accept, give_back
from payments.checking.reconciliation import reconcile, sweep
from payments.due import submit_due
from payments.emulated import Status
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.mtn_momo.emulator import Account as MtnAccount
from payments.mtn_momo.emulator import Wallets, create_emulator
from payments.rail import Rails
from payments.schedule import Schedule
from payments.sending.payouts import poll_payout, submit_payout
from payments.sending.refunds import poll_refund, submit_refund
from payments.taking.attempts import OrderPayments
from payments.taking.polling import callback, poll
from payments.taking.submitting import submit
from payments.taking.topups import TopUps
from payments.world import World
from store.due import DUTIES
from store.ledger import Account, Kind, OverdrawnError
from store.models import (
    AttemptRow,
    Base,
    EntryRow,
    OrderRow,
    PayoutRow,
    PersonRow,
    RefundRow,
    ReviewRow,
    RiderRow,
    ShopRow,
)
from store.orders.settlement import receive_from_wallet
from store.orders.views import locked
from store.payouts import begin
from store.people import upsert_person
from store.postings import handed_over
from store.proof import Finding, prove
from store.rules import Rules
from store.scope import Scope, Woken
from store.transaction import Sessions, open_engine, open_sessions, run
from tests.fakes.paying import USER, Clock

T = TypeVar("T")

PHONES = ("+256772000001", "+256772000002")
SUPPLIED = (
    SHOP.replace('rails = ["mtn-momo", "cash"]', 'rails = ["mtn-momo", "cash", "wallet"]')
    .replace("price = 9000", 'price = 9000\nbase_price = 8000\nsupplier = "refinery"', 1)
    .replace("wholesale_price = 8000\n", "")
    .replace(
        "[[riders]]",
        '[[suppliers]]\nkey = "refinery"\nname = "Refinery"\nphone = "0700000131"\n\n[[riders]]',
        1,
    )
)


FAR = Area("Ntinda", "Far")


class DiedError(Exception):
    """The process ended here."""


@dataclass
class Mortality:
    """After `left` more commits of what is being done the process dies: before the commit, or `after`
    it."""

    left: int | None = None
    after: bool = False
    busy: bool = False

    def watch(self, sessions: Sessions) -> None:
        event.listen(sessions, "before_commit", lambda _: self._strike(after=False))
        event.listen(sessions, "after_commit", lambda _: self._strike(after=True))

    def _strike(self, *, after: bool) -> None:
        if not self.busy or self.left is None or after != self.after:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            raise DiedError


@dataclass
class MoneyWorld:
    """`do` and what is built on it may raise DiedError; `work` swallows it, as a restart does."""

    sessions: Sessions
    clock: Clock = field(default_factory=Clock)
    woken: list[Woken] = field(default_factory=list)
    mortality: Mortality = field(default_factory=Mortality)

    def __post_init__(self) -> None:
        self.market = Market(self.sessions, now=self.clock.at).open(SUPPLIED)
        self.wallets = Wallets(self.clock.now)
        self.wallets.faults.drop_callbacks = True
        emulator = create_emulator(
            MtnAccount(USER, "secret", "collection", "disbursement"), self.wallets, self.clock.now
        )
        self._serving = serving(emulator)
        url = self._serving.__enter__()
        settings = MtnSettings(url, "mtnuganda", "collection", USER, "secret", "disbursement")
        rail = MtnMomo(settings, public_url="http://127.0.0.1:9", clock=self.clock.seconds)
        self.rails = Rails({"mtn-momo": rail, "cash": Cash()})
        self.schedule = Schedule()
        self.world = World(
            self.sessions,
            self.rails,
            self.schedule,
            self.clock.now,
            self._scope,
            self.woken.append,
        )
        self.shop_id = self.read(lambda s: s.scalars(select(ShopRow.id)).one())
        self.mortality.watch(self.sessions)

    def close(self) -> None:
        self._serving.__exit__(None, None, None)
        self.sessions.kw["bind"].dispose()

    def _scope(self, session: Session, shop_id: UUID) -> Scope:
        shop = session.get_one(ShopRow, shop_id)
        return Scope(
            session, shop, self.clock.now(), self.market.told.append, Rules(), self.market.chance
        )

    def do(self, work: Callable[[Scope], T]) -> T:
        return self.world.at_shop(self.shop_id, work)

    def read(self, work: Callable[[Session], T]) -> T:
        return run(self.sessions, work)

    def work(self, deed: Callable[[], object]) -> object:
        """Do it; a process that dies in it leaves what it had committed."""
        self.mortality.busy = True
        try:
            return deed()
        except DiedError:
            return None
        finally:
            self.mortality.busy, self.mortality.left = False, None

    # What customers do.

    def buy(self, phone: str, sku: str, quantity: int, rail: str, fulfilment: Fulfilment) -> object:
        area = KAMWOKYA if fulfilment is not Fulfilment.PICKUP else None

        def order(scope: Scope) -> object:
            buyer = Buying(scope, phone)
            buyer.cart.clear()
            buyer.cart.add(sku, quantity)
            fee = buyer.delivery.fee(fulfilment, area)
            checkout = Checkout(fulfilment, rail, area, "near the mosque", phone)
            return buyer.orders.place(checkout, expected=buyer.cart.read().subtotal + fee)

        return self.do(order)

    def person(self, scope: Scope, phone: str) -> PersonRow:
        return upsert_person(scope.session, phone, None, scope.now)

    def try_to_pay(self, order: OrderRow) -> object:
        def ask(scope: Scope) -> object:
            person = scope.session.get_one(PersonRow, order.person_id)
            port = OrderPayments(scope, person, "whatsapp", self.rails, self.schedule)
            return port.open(order.number, "mtn-momo", person.phone or "")

        return self.do(ask)

    def choose_cash(self, order: OrderRow) -> object:
        return self.do(lambda s: self._buying(s, order).orders.choose_cash(order.number))

    def cancel(self, order: OrderRow) -> object:
        return self.do(lambda s: self._buying(s, order).orders.cancel(order.number, "no"))

    def send_elsewhere(self, order: OrderRow, area: Area) -> object:
        """With a yes to whatever that costs, at the door where it is paid."""

        def send(scope: Scope) -> object:
            orders = self._buying(scope, order).orders
            said = orders.change_address(order.number, area, "gate")
            if not isinstance(said, AddressCosts | DoorCosts):
                return said
            at_door = isinstance(said, DoorCosts)
            return orders.change_address(order.number, area, "gate", said.more, at_door=at_door)

        return self.do(send)

    def _buying(self, scope: Scope, order: OrderRow) -> Buying:
        return Buying(scope, order.phone or "")

    def top_up(self, phone: str, minor: int) -> object:
        def ask(scope: Scope) -> object:
            person = self.person(scope, phone)
            port = TopUps(scope, person, "whatsapp", self.rails, self.schedule)
            return port.open(Money(minor, "UGX"), "mtn-momo", phone)

        return self.do(ask)

    def pay_from_wallet(self, order_id: UUID) -> object:
        """What follows the code that came back; as the wallet does, not while a prompt is open."""

        def pay(scope: Scope) -> bool:
            order = locked(scope, order_id=order_id)
            assert order is not None
            unpaid = order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
            taken_up = scope.session.scalar(
                select(func.count())
                .select_from(AttemptRow)
                .where(
                    AttemptRow.order_id == order_id,
                    AttemptRow.status.in_(("created", "submitted", "pending", "unknown", "review")),
                )
            )
            if not unpaid or taken_up or order.status in ("cancelled", "returned", "delivered"):
                return False
            try:
                receive_from_wallet(scope, order, order.person_id)
            except OverdrawnError:
                return False
            return True

        return self.do(pay)

    def withdraw(self, account: Account, phone: str, minor: int) -> object:
        def out(scope: Scope) -> object:
            return begin(
                scope,
                account,
                self.person(scope, phone),
                rail="mtn-momo",
                amount=Money(minor, "UGX"),
                fee=Money(minor // 50, "UGX"),
                expected=None,
            )

        return self.do(out)

    def wallet(self, phone: str) -> Account:
        person = self.read(
            lambda s: s.scalars(select(PersonRow.id).where(PersonRow.phone == phone)).first()
        )
        return Account(Kind.WALLET, str(person))

    # What the seller and the rider do.

    def sell(self, number: int, word: str, *more: object) -> object:
        return self.do(lambda s: getattr(self.market.trade(s), word)(number, *more))

    def ride(self, number: int, word: str, *more: object) -> object:
        return self.do(lambda s: getattr(self.market.rides(s, "Okello"), word)(number, *more))

    def hand_over(self, minor: int, key: str) -> object:
        def over(scope: Scope) -> bool:
            rider = scope.session.scalars(
                select(RiderRow.id).where(RiderRow.name == "Okello")
            ).one()
            try:
                return handed_over(scope, rider, Money(minor, "UGX"), key)
            except OverdrawnError:
                return False

        return self.do(over)

    def rider_id(self) -> UUID:
        query = select(RiderRow.id).where(RiderRow.name == "Okello")
        return self.read(lambda s: s.scalars(query).one())

    def decide(self, review: ReviewRow, taken: bool) -> object:
        deed = accept if taken else give_back

        def decided(scope: Scope) -> object:
            try:
                return deed(scope, review.id, self.rails, Decision("staff", short=True))
            except DecisionError:
                scope.session.rollback()
                return None

        return self.do(decided)

    # What happens by itself.

    def wake(self) -> None:
        """A worker does what it was woken for."""
        woken = list(self.woken)
        self.woken.clear()
        for each in woken:
            for attempt in sorted(each.attempts):
                submit(self.world, attempt)
            for attempt in sorted(each.asked):
                poll(self.world, attempt)
            for refund in sorted(each.refunds):
                submit_refund(self.world, refund)
            for payout in sorted(each.payouts):
                submit_payout(self.world, payout)

    def tick(self) -> None:
        """The clock does what is due, one after another."""
        now = self.clock.now()
        submit_due(self.world)
        for attempt in self.ids(AttemptRow, AttemptRow.next_poll_at <= now):
            poll(self.world, attempt)
        for refund in self.ids(RefundRow, RefundRow.next_poll_at <= now):
            submit_refund(self.world, refund)
            poll_refund(self.world, refund)
        for payout in self.ids(PayoutRow, PayoutRow.next_poll_at <= now):
            submit_payout(self.world, payout)
            poll_payout(self.world, payout)
        for duty in DUTIES[:3]:
            for _, subject in self.read(lambda s, d=duty: d.find(s, Rules(), now, 50)):
                self.do(lambda scope, d=duty, i=subject: d.act(scope, i))

    def pass_by(self, **span: float) -> None:
        self.clock.pass_by(**span)
        self.market.now = self.clock.at

    def reconcile(self) -> None:
        sweep(self.world)
        reconcile(self.world)

    def call_back(self, attempt: UUID) -> bool:
        return callback(self.world, Callback(charges=(attempt,)))

    # What is there.

    def ids(self, table: type, *where: object) -> list[UUID]:
        query = select(table.id).where(*where).order_by(table.created_at, table.id)
        return self.read(lambda s: list(s.scalars(query)))

    def rows(self, table: type[T], *where: object) -> list[T]:
        query = select(table).where(*where)
        order = (
            "number" if table is OrderRow else "opened_at" if table is ReviewRow else "created_at"
        )
        return self.read(lambda s: list(s.scalars(query.order_by(getattr(table, order)))))

    def finding(self) -> Finding | None:
        return prove(self.sessions.kw["bind"]).finding

    def at_the_rail(self) -> int:
        """What our account at MTN holds by MTN's own books."""
        took = [p for p in self.wallets.all() if p.status is Status.TAKEN]
        gave = [*self.wallets.refunds(), *self.wallets.payouts()]
        sent = [s for s in gave if s.status is Status.TAKEN]
        return sum(int(p.moved[0]) for p in took) - sum(int(s.amount) for s in sent)

    def in_the_books(self) -> int:
        """The same by ours."""
        query = select(func.coalesce(func.sum(EntryRow.amount), 0))
        mine = query.where(EntryRow.account == "rail:mtn-momo")
        return int(self.read(lambda s: s.scalar(mine)) or 0)


def on_sqlite(template: Path, path: Path) -> MoneyWorld:
    """In a new file, copied from one with empty tables."""
    shutil.copy(template, path)
    return MoneyWorld(open_sessions(open_engine(f"sqlite:///{path}")))


def on_postgres(engine: Engine) -> MoneyWorld:
    """In one database that is emptied before."""
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        # What guards the ledger would not have it emptied.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(";".join(f'DELETE FROM "{table.name}"' for table in tables))
    return MoneyWorld(open_sessions(engine))
