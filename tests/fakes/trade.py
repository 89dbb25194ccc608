"""A shop's staff side in memory: orders, shelf, talks and rides, as sellers and riders meet them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from flows.money import Money
from flows.ports import Ports
from flows.ports.delivery import Fulfilment
from flows.ports.orders import (
    DeliveryStatus,
    Order,
    OrderLine,
    OrderStatus,
    PaymentStatus,
    RiderRef,
)
from flows.ports.refusals import (
    CodeLocked,
    FloorOutside,
    NearAlias,
    NoOffer,
    NotAllowed,
    NothingToUndo,
    Refusal,
    RiderSuspended,
    UnknownOrder,
    WrongCode,
    WrongStep,
)
from flows.ports.shop import ShopInfo
from flows.ports.trade import (
    AliasSet,
    Carrier,
    FloorSet,
    Job,
    Level,
    LevelsSet,
    Loss,
    Missed,
    Offered,
    PriceSet,
    RiderDay,
    SalesToday,
    StockSet,
    Talk,
)
from intents.understanding import Entry
from tests.fakes.lacking import FakeLacking
from tests.fakes.listings import FakeListings
from tests.fakes.loyalty import FakeCouponDesk
from tests.fakes.opening import FakeOpening
from tests.fakes.payout_number import FakePayoutNumber
from tests.fakes.places import FakePlaces
from tests.fakes.returns import FakeReturnsDesk
from tests.fakes.scores import FakeScores
from tests.fakes.sharing import FakeSharing
from tests.fakes.stall import FakeStall
from tests.fakes.supply import FakeSupply
from tests.fakes.team import FakeTeam
from tests.fakes.till import FakePurse, FakeTill
from tests.fakes.wholesale import FakeWholesale

NOW = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
SHOP = ShopInfo(
    slug="mama-njeri",
    name="Mama Njeri Foods",
    country="UG",
    currency="UGX",
    locales=("en",),
    timezone="Africa/Kampala",
    location="Nakasero Market, stall 14",
)
BODA = RiderRef("rider-1", "Okello", "+256700000077")


def ugx(amount: int) -> Money:
    return Money(amount, "UGX")


def an_order(number: int = 1001, **changes: Any) -> Order:
    """A cash order of two sacks of rice to Kamwokya, as just placed."""
    rice = OrderLine("rice-5kg", "Rice 5kg", 2, ugx(24000), ugx(48000))
    order = Order(
        id=f"order-{number}",
        number=number,
        status=OrderStatus.PENDING,
        payment_status=PaymentStatus.PENDING,
        lines=(rice,),
        subtotal=ugx(48000),
        delivery_fee=ugx(5000),
        discount=ugx(0),
        total=ugx(53000),
        fulfilment=Fulfilment.STANDARD,
        rail="cash",
        channel="sms",
        person="person-1",
        customer_phone="+256772123456",
        customer_name="Amina",
        created_at=NOW,
        code="4321",
        area="Kamwokya",
        landmark="behind Shell",
    )
    return replace(order, **changes)


PAID = {"payment_status": PaymentStatus.PAID, "rail": "mtn-momo"}


@dataclass(frozen=True)
class FakeNames:
    entries: Sequence[Entry]
    key: str = "names"


GOODS = FakeNames(
    (
        Entry("rice", "Rice", aliases=("mchele",)),
        Entry("rice-5kg", "Rice 5kg", parent="rice", words=("5kg",)),
        Entry("rice-25kg", "Rice, 25kg", parent="rice", words=("25kg",)),
        Entry("beans-yellow", "Yellow beans", aliases=("nambale",)),
        Entry("beans-red", "Red beans"),
        Entry("sugar", "Kakira sugar"),
    )
)


@dataclass
class FakeTrade:
    """Moves orders like the books do, without their finer rules. `done` tells what was asked for."""

    orders: dict[int, Order] = field(default_factory=dict)
    waiting_talks: list[Talk] = field(default_factory=list)
    done: list[tuple[object, ...]] = field(default_factory=list)
    today: SalesToday = field(default_factory=lambda: SalesToday(0, ugx(0), ugx(0), 0))
    held: int = 0
    prices: dict[str, int] = field(default_factory=lambda: {"rice-5kg": 24000})
    asked_in_vain: list[Missed] = field(default_factory=list)
    near_aliases: dict[str, str] = field(default_factory=dict)
    ridden_by: list[Carrier] = field(default_factory=list)

    def find(self, number: int) -> Order | None:
        return self.orders.get(number)

    def waiting(self) -> Sequence[Order]:
        return [order for order in self.orders.values() if not order.closed]

    def _move(
        self, number: int, to: OrderStatus, *from_: OrderStatus, **changes: Any
    ) -> Order | Refusal:
        order = self.orders.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.status not in from_:
            return WrongStep(number, order.status.value)
        self.orders[number] = replace(order, status=to, **changes)
        self.done.append((to.value, number))
        return self.orders[number]

    def accept(self, number: int) -> Order | Refusal:
        return self._move(number, OrderStatus.CONFIRMED, OrderStatus.PENDING)

    def refuse(self, number: int, reason: str) -> Order | Refusal:
        before = (OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING)
        done = self._move(number, OrderStatus.CANCELLED, *before)
        if isinstance(done, Order):
            self.done.append(("reason", reason))
        return done

    def ready(self, number: int) -> Order | Refusal:
        return self._move(number, OrderStatus.PROCESSING, OrderStatus.CONFIRMED)

    def picked(self, number: int) -> Order | Refusal:
        before = (OrderStatus.CONFIRMED, OrderStatus.PROCESSING)
        return self._move(number, OrderStatus.SHIPPED, *before)

    def delivered(self, number: int, code: str) -> Order | Refusal:
        order = self.orders.get(number)
        if order is not None and code != order.code:
            return WrongCode(number, 4)
        before = (OrderStatus.SHIPPED, OrderStatus.PROCESSING)
        return self._move(number, OrderStatus.DELIVERED, *before)

    def _way(self, name: str, number: int) -> Order | Refusal:
        if number not in self.orders:
            return UnknownOrder(number)
        self.done.append((name, number))
        return self.orders[number]

    def own_rider(self, number: int) -> Order | Refusal:
        return self._way("own", number)

    def as_pickup(self, number: int) -> Order | Refusal:
        return self._way("as-pickup", number)

    def offer_again(self, number: int) -> Order | Refusal:
        return self._way("offer", number)

    def failed(self, number: int, reason: str) -> Order | Refusal:
        order = self.orders.get(number)
        if order is None:
            return UnknownOrder(number)
        if order.delivery is not DeliveryStatus.PICKED_UP:
            return WrongStep(number, str(order.delivery))
        self.orders[number] = replace(order, delivery=DeliveryStatus.FAILED)
        self.done.append(("failed", number, reason))
        return self.orders[number]

    def back(self, number: int) -> Order | Refusal:
        return self._way("back", number)

    def riders(self) -> Sequence[Carrier]:
        return self.ridden_by

    def assign(self, number: int, rider: str) -> Order | Refusal:
        return self._way(f"assign to {rider}", number)

    def set_stock(self, sku: str, count: int) -> StockSet | Refusal:
        self.done.append(("set", sku, count))
        return StockSet(sku, max(count, self.held), self.held, kept=count < self.held)

    def add_stock(self, sku: str, more: int) -> StockSet | Refusal:
        self.done.append(("add", sku, more))
        return StockSet(sku, 10 + more, self.held)

    def lose_stock(self, sku: str, lost: int, why: Loss) -> StockSet | Refusal:
        self.done.append((why.value, sku, lost))
        return StockSet(sku, 10 - lost, self.held)

    def set_level(self, sku: str, level: Level, at: int | None) -> LevelsSet | Refusal:
        self.done.append((level.value, sku, at))
        low, critical = (at, 5) if level is Level.LOW else (10, at)
        return LevelsSet(sku, 10 if low is None else low, 5 if critical is None else critical)

    def set_price(self, sku: str, price: Decimal) -> PriceSet | Refusal:
        before = self.prices.get(sku, 1000)
        if price * 2 < before:
            return NotAllowed("price-cut")
        self.done.append(("price", sku, price))
        return PriceSet(sku, ugx(before), Money.of(price, "UGX"))

    def add_alias(self, words: str, sku: str, *, sure: bool = False) -> AliasSet | Refusal:
        if words in self.near_aliases and not sure:
            return NearAlias(words, self.near_aliases[words])
        self.done.append(("alias", words, sku))
        return AliasSet(words, sku)

    def missed(self) -> Sequence[Missed]:
        return self.asked_in_vain

    def may_mean(self, words: str) -> Sequence[Offered]:
        return [Offered("sugar", "Kakira sugar")]

    def not_sold(self, words: str) -> None:
        self.done.append(("not-sold", words))

    def set_floor(self, sku: str, floor: Decimal) -> FloorSet | Refusal:
        price = ugx(self.prices.get(sku, 1000))
        least = Money.of(floor, "UGX")
        if not price.minor <= least.minor * 2 <= price.minor * 2:
            return FloorOutside(ugx(price.minor // 2), price)
        self.done.append(("floor", sku, floor))
        return FloorSet(sku, price, least)

    def set_floor_off(self, sku: str, percent: Decimal) -> FloorSet | Refusal:
        price = ugx(self.prices.get(sku, 1000))
        self.done.append(("floor-off", sku, percent))
        return FloorSet(sku, price, price - price.percent(percent) if percent else None)

    def sales(self) -> SalesToday:
        return self.today

    def open_shop(self) -> None:
        self.done.append(("open",))

    def close_shop(self) -> None:
        self.done.append(("close",))

    def answer(self, number: int, words: str) -> Order | Refusal:
        self.done.append(("answer", number, words))
        return self.orders[number]

    def give_back(self, number: int) -> Order | Refusal:
        if number not in self.orders:
            return UnknownOrder(number)
        self.done.append(("bot", number))
        return self.orders[number]

    def talks(self) -> Sequence[Talk]:
        return self.waiting_talks

    def answer_person(self, person: str, words: str) -> None:
        self.done.append(("answer", person, words))

    def give_back_person(self, person: str) -> None:
        self.done.append(("bot", person))


def a_job(number: int = 1001, **changes: Any) -> Job:
    """An offer to bring a cash order to Kamwokya."""
    job = Job(
        number=number,
        shop="Mama Njeri Foods",
        status=DeliveryStatus.OFFERED,
        fulfilment_area="Kamwokya",
        landmark="behind Shell",
        customer_phone=None,
        collect=ugx(53000),
        fee=ugx(5000),
        offered_until=NOW,
    )
    return replace(job, **changes)


@dataclass
class FakeRides:
    """One rider's jobs. The code of every order is 4321, and three tries are given."""

    open: dict[int, Job] = field(default_factory=dict)
    done: list[tuple[object, ...]] = field(default_factory=list)
    tries: int = 3
    last: Job | None = None
    too_much: Money | None = None
    today: RiderDay = field(default_factory=lambda: RiderDay(0, 0, ugx(0), ugx(0)))
    suspended: bool = False

    def duty(self, *, on: bool) -> Refusal | None:
        if on and self.suspended:
            return RiderSuspended("Mama Njeri Foods")
        self.done.append(("duty", on))
        return None

    def jobs(self) -> Sequence[Job]:
        return sorted(self.open.values(), key=lambda job: job.status is not DeliveryStatus.OFFERED)

    def _move(
        self, number: int, to: DeliveryStatus, *from_: DeliveryStatus, keep: bool = True
    ) -> Job | Refusal:
        job = self.open.get(number)
        if job is None:
            return UnknownOrder(number)
        if job.status not in from_:
            return WrongStep(number, job.status.value)
        self.last = job
        moved = replace(job, status=to, customer_phone="+256772123456")
        self.open[number] = moved
        if not keep:
            del self.open[number]
        self.done.append((to.value, number))
        return moved

    def accept(self, number: int) -> Job | Refusal:
        if number not in self.open:
            return NoOffer(number)
        return self._move(number, DeliveryStatus.ACCEPTED, DeliveryStatus.OFFERED)

    def decline(self, number: int) -> Job | Refusal:
        if number not in self.open:
            return NoOffer(number)
        return self._move(number, DeliveryStatus.WAITING, DeliveryStatus.OFFERED, keep=False)

    def give_back(self, number: int) -> Job | Refusal:
        return self._move(number, DeliveryStatus.WAITING, DeliveryStatus.ACCEPTED, keep=False)

    def picked(self, number: int) -> Job | Refusal:
        return self._move(number, DeliveryStatus.PICKED_UP, DeliveryStatus.ACCEPTED)

    def delivered(self, number: int, code: str) -> Job | Refusal:
        if number in self.open and code != "4321":
            self.tries -= 1
            return WrongCode(number, self.tries) if self.tries > 0 else CodeLocked(number)
        return self._move(number, DeliveryStatus.DELIVERED, DeliveryStatus.PICKED_UP, keep=False)

    def failed(self, number: int, reason: str) -> Job | Refusal:
        before = (DeliveryStatus.ACCEPTED, DeliveryStatus.PICKED_UP)
        done = self._move(number, DeliveryStatus.FAILED, *before, keep=False)
        self.done.append(("reason", reason))
        return done

    def back(self, number: int) -> Job | Refusal:
        return self._move(number, DeliveryStatus.FAILED, DeliveryStatus.FAILED, keep=False)

    def resend_code(self, number: int) -> Job | Refusal:
        job = self.open.get(number)
        if job is None:
            return UnknownOrder(number)
        self.done.append(("code", number))
        return job

    def day(self) -> RiderDay:
        return self.today

    def must_hand_over(self) -> Money | None:
        return self.too_much

    def undo(self) -> Job | Refusal:
        if self.last is None:
            return NothingToUndo()
        job, self.last = self.last, None
        self.open[job.number] = job
        return job


@dataclass
class FakeFacts:
    recorded: list[str] = field(default_factory=list)

    def record(self, name: str, **values: str | int | None) -> None:
        self.recorded.append(name)


class Locked:
    """A port that sellers and riders have no business with."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        raise AssertionError(f"reached for {name} of a customer's port")


@dataclass(frozen=True)
class Shelves:
    """What a seller needs of the catalogue: its names."""

    names: FakeNames = GOODS


def trade_ports(
    trade: FakeTrade | None = None,
    rides: FakeRides | None = None,
    returns: FakeReturnsDesk | None = None,
    places: FakePlaces | None = None,
) -> Ports:
    """A turn's ports for a member of staff or a rider; everything a customer has is locked."""
    locked = cast(Any, Locked())
    return Ports(
        now=NOW,
        medium="sms",
        shop=SHOP,
        customer=locked,
        catalogue=cast(Any, Shelves()),
        cart=locked,
        bargains=locked,
        delivery=locked,
        orders=locked,
        payments=locked,
        desk=locked,
        facts=FakeFacts(),
        languages=locked,
        sharing=FakeSharing(),
        listings=FakeListings(),
        supply=FakeSupply(),
        returns_desk=(returns or FakeReturnsDesk()) if trade is not None else None,
        approvals=FakeWholesale(),
        lacking=FakeLacking(trade) if trade is not None else None,
        trade=trade,
        stall=FakeStall(taken={"Rice": "rice-5kg"}) if trade is not None else None,
        coupon_desk=FakeCouponDesk() if trade is not None else None,
        opening=FakeOpening() if trade is not None else None,
        scores=FakeScores() if trade is not None else None,
        team=FakeTeam() if trade is not None else None,
        till=FakeTill() if trade is not None else None,
        payout_number=FakePayoutNumber() if trade is not None else None,
        places=(places or FakePlaces(NOW)) if trade is not None else None,
        rides=rides,
        purse=FakePurse() if rides is not None else None,
    )


def orders_of(orders: Iterable[Order]) -> dict[int, Order]:
    return {order.number: order for order in orders}
