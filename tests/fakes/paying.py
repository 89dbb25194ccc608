"""An emulated MTN, and a small shop whose orders are paid through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from flows.happenings import Happening
from flows.money import Money
from flows.ports.payments import Attempt
from payments.charge import Charge
from payments.due import poll_due, refunds_due
from payments.emulated import Prompt
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.mtn_momo.emulator import Wallets
from payments.rail import Rails
from payments.schedule import Schedule
from payments.taking.attempts import OrderPayments
from payments.taking.submitting import submit
from payments.taking.topups import TopUps
from payments.world import World
from store.ids import new_id
from store.ledger import Account, Kind, balance
from store.models import (
    AttemptRow,
    EntryRow,
    HoldRow,
    OrderLineRow,
    OrderRow,
    PersonRow,
    RefundRow,
    ReviewRow,
    ShopRow,
    StockRow,
)
from store.rules import Rules
from store.scope import Scope, Woken
from store.transaction import Sessions, run

T = TypeVar("T")

USER = "00000000-0000-4000-8000-000000000001"
PAYER = "+256772123456"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PLATFORM = Rules()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Mtn:
    """The emulated MTN and the rail that speaks to it."""

    url: str
    wallets: Wallets
    rail: MtnMomo
    settings: MtnSettings

    @property
    def only(self) -> Prompt:
        (prompt,) = self.wallets.all()
        return prompt


def charge(minor: int = 48_000, currency: str = "UGX", payer: str = PAYER) -> Charge:
    return Charge(uuid4(), Money(minor, currency), payer, 1001, "Mama Njeri's Foods #1001")


@dataclass
class Market:
    """One shop, one customer, and the world that payments live in."""

    sessions: Sessions
    world: World
    clock: Clock
    shop_id: UUID
    person_id: UUID
    told: list[Happening] = field(default_factory=list)
    woken: list[Woken] = field(default_factory=list)
    orders: int = 1000

    def heard(self, kind: type) -> list[Happening]:
        return [happening for happening in self.told if type(happening) is kind]

    def at_shop(self, work: Callable[[Scope], T]) -> T:
        return self.world.at_shop(self.shop_id, work)

    def order(self, total: int = 48_000, *, stock: int = 10, **values: object) -> int:
        """A pending order for one bag of rice, its stock held for 15 minutes."""
        self.orders += 1
        number = self.orders

        def write(scope: Scope) -> None:
            scope.session.add(_order(scope, number, total, self.person_id, values))
            scope.session.flush()
            scope.session.add(
                StockRow(shop_id=scope.shop.id, sku=f"rice-{number}", on_hand=stock, held=1)
            )
            order = self._row(scope.session, number)
            scope.session.add(
                HoldRow(
                    shop_id=scope.shop.id,
                    order_id=order.id,
                    sku=f"rice-{number}",
                    quantity=1,
                    expires_at=scope.now + timedelta(minutes=15),
                )
            )

        self.at_shop(write)
        return number

    def port(self, scope: Scope, medium: str = "whatsapp") -> OrderPayments:
        person = scope.session.get(PersonRow, self.person_id)
        assert person is not None
        return OrderPayments(scope, person, medium, self.world.rails, self.world.schedule)

    def open(self, number: int, payer: str = PAYER, medium: str = "whatsapp") -> object:
        return self.at_shop(lambda scope: self.port(scope, medium).open(number, "mtn-momo", payer))

    def top_ups(self, scope: Scope, medium: str = "whatsapp") -> TopUps:
        person = scope.session.get(PersonRow, self.person_id)
        assert person is not None
        return TopUps(scope, person, medium, self.world.rails, self.world.schedule)

    def top_up(self, minor: int = 20_000, payer: str = PAYER) -> object:
        amount = Money(minor, "UGX")
        return self.at_shop(lambda scope: self.top_ups(scope).open(amount, "mtn-momo", payer))

    def wallet(self, currency: str = "UGX") -> int:
        account = Account(Kind.WALLET, str(self.person_id))
        return self.at_shop(lambda scope: balance(scope, account, currency).minor)

    def account(self, name: str, currency: str = "UGX") -> int:
        """What the entries of one account come to; debits are positive."""
        return self.world.read(
            lambda session: int(
                session.scalar(
                    select(func.coalesce(func.sum(EntryRow.amount), 0)).where(
                        EntryRow.shop_id == self.shop_id,
                        EntryRow.account == name,
                        EntryRow.currency == currency,
                    )
                )
                or 0
            )
        )

    def reviews(self) -> list[ReviewRow]:
        return self.world.read(
            lambda session: list(session.scalars(select(ReviewRow).order_by(ReviewRow.opened_at)))
        )

    def opened(self, number: int, payer: str = PAYER, medium: str = "whatsapp") -> UUID:
        attempt = self.open(number, payer, medium)
        assert isinstance(attempt, Attempt), attempt
        return UUID(attempt.id)

    def prompted(self, number: int, payer: str = PAYER) -> UUID:
        """An attempt whose prompt has left."""
        attempt_id = self.opened(number, payer)
        assert submit(self.world, attempt_id) is None
        return attempt_id

    def after(self, **span: float) -> None:
        """Let time pass, then let the clock ask what is due."""
        self.clock.pass_by(**span)
        poll_due(self.world)
        refunds_due(self.world)

    def attempt(self, attempt_id: UUID) -> AttemptRow:
        return self.world.read(lambda session: session.get_one(AttemptRow, attempt_id))

    def order_row(self, number: int) -> OrderRow:
        return self.world.read(lambda session: self._row(session, number))

    def refunds(self) -> list[RefundRow]:
        return self.world.read(lambda session: list(session.scalars(select(RefundRow))))

    def change_order(self, number: int, **values: object) -> None:
        def write(scope: Scope) -> None:
            row = self._row(scope.session, number)
            for name, value in values.items():
                setattr(row, name, value)

        self.at_shop(write)

    def _row(self, session: Session, number: int) -> OrderRow:
        return session.scalars(
            select(OrderRow).where(OrderRow.shop_id == self.shop_id, OrderRow.number == number)
        ).one()


def _order(
    scope: Scope, number: int, total: int, person_id: UUID, values: dict[str, object]
) -> OrderRow:
    row = OrderRow(
        id=new_id(),
        shop_id=scope.shop.id,
        person_id=person_id,
        number=number,
        currency="UGX",
        subtotal=total,
        delivery_fee=0,
        total=total,
        fulfilment="pickup",
        rail="mtn-momo",
        payer=PAYER,
        channel="whatsapp",
        phone=PAYER,
        name="Amina",
        code="4711",
        created_at=scope.now,
        updated_at=scope.now,
    )
    row.lines = [
        OrderLineRow(
            position=0,
            sku=f"rice-{number}",
            name="Rice 5kg",
            quantity=1,
            unit_price=total,
            total=total,
        )
    ]
    for name, value in values.items():
        setattr(row, name, value)
    return row


def make_market(
    sessions: Sessions,
    clock: Clock,
    rails: Rails,
    *,
    takes: Sequence[str] = ("mtn-momo", "cash"),
    country: str = "UG",
    currency: str = "UGX",
    rules: Rules = PLATFORM,
) -> Market:
    """A market in `sessions` whose shop and customer are new."""
    shop_id, person_id = new_id(), new_id()
    told: list[Happening] = []
    woken: list[Woken] = []

    def write(session: Session) -> None:
        session.add(
            ShopRow(
                id=shop_id,
                slug=f"mama-{shop_id.hex}",
                name="Mama Njeri's Foods",
                model="marketplace",
                country=country,
                currency=currency,
                locales=["en"],
                timezone="Africa/Kampala",
                settings={"payments": {"rails": [*takes], "credentials": {}}},
                next_order_number=5001,
                created_at=START,
            )
        )
        session.add(
            PersonRow(id=person_id, phone=f"+2567{shop_id.int % 10**8:08d}", created_at=START)
        )

    run(sessions, write)

    def scope(session: Session, at: UUID) -> Scope:
        shop = session.get_one(ShopRow, at)
        return Scope(session, shop, clock.now(), told.append, rules, Random(1))

    world = World(sessions, rails, Schedule(), clock.now, scope, woken.append)
    return Market(sessions, world, clock, shop_id, person_id, told, woken)
