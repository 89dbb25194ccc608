"""What sellers and riders may do by phone. Who acts is part of the port; a shop is always given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.delivery import Point
from flows.ports.orders import DeliveryStatus, Order
from flows.ports.refusals import Refusal


class Loss(StrEnum):
    """Why goods are gone that nobody bought. The values are kinds of stock movements."""

    DAMAGED = "damaged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class StockSet:
    """What stands on the shelf after STOCK. `kept` is how many are held for open orders when the
    count was below that: then `on_hand` stayed at the held ones."""

    name: str
    on_hand: int
    held: int
    kept: bool = False


class Level(StrEnum):
    """The two numbers of pieces left at which the seller is told."""

    LOW = "LOW"
    CRITICAL = "CRITICAL"


@dataclass(frozen=True, slots=True)
class LevelsSet:
    """At so many pieces left of `name` the seller is told from now on."""

    name: str
    low: int
    critical: int


@dataclass(frozen=True, slots=True)
class PriceSet:
    name: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class FloorSet:
    """`floor` is the least that one piece goes for now; None: its price is not talked about."""

    name: str
    price: Money
    floor: Money | None


@dataclass(frozen=True, slots=True)
class SalesToday:
    """From local midnight: orders not cancelled, their total, what is paid, what is still open."""

    orders: int
    total: Money
    paid: Money
    open_orders: int


@dataclass(frozen=True, slots=True)
class AliasSet:
    """From now on `words` find the goods called `name`."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that so many different people asked for this week, and found nothing."""

    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A product that unknown words may mean."""

    sku: str
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A customer whose talk people hold. `person` is the id of the person; `phone` is E.164, None for
    those who only show a user id. `order_number` is their newest open order's, if there is one."""

    person: str
    phone: str | None
    name: str | None
    order_number: int | None


@dataclass(frozen=True, slots=True)
class Carrier:
    """A rider of the shop. `rider` is the id of the rider's row, `phone` is E.164, `jobs` how many they
    have taken and not brought."""

    rider: str
    name: str
    phone: str
    on_duty: bool
    jobs: int


class TradePort(Protocol):
    """For a member of the shop's staff."""

    def find(self, number: int) -> Order | None: ...
    def waiting(self) -> Sequence[Order]:
        """Open orders, oldest first."""

    def accept(self, number: int) -> Order | Refusal: ...
    def refuse(self, number: int, reason: str) -> Order | Refusal:
        """Cancels; a paid order is refunded."""

    def ready(self, number: int) -> Order | Refusal: ...
    def picked(self, number: int) -> Order | Refusal: ...
    def delivered(self, number: int, code: str) -> Order | Refusal: ...
    def own_rider(self, number: int) -> Order | Refusal:
        """Nobody accepted: the seller brings it."""

    def as_pickup(self, number: int) -> Order | Refusal:
        """Nobody accepted: the customer is asked to come; a delivery fee that was paid is refunded."""

    def offer_again(self, number: int) -> Order | Refusal: ...
    def failed(self, number: int, reason: str) -> Order | Refusal:
        """What is on its way could not be delivered, by the seller or by a rider who cannot say so."""

    def back(self, number: int) -> Order | Refusal:
        """A rider has brought the goods back."""

    def riders(self) -> Sequence[Carrier]:
        """The shop's riders, those on duty first."""

    def assign(self, number: int, rider: str) -> Order | Refusal:
        """This rider (by id) brings it; whoever had it is told. Until the goods are picked up, and after a
        failure (else WrongStep)."""

    def set_stock(self, sku: str, count: int) -> StockSet | Refusal: ...
    def add_stock(self, sku: str, more: int) -> StockSet | Refusal: ...
    def lose_stock(self, sku: str, lost: int, why: Loss) -> StockSet | Refusal:
        """Take `lost` pieces off the shelf, never those that are held for open orders."""

    def set_level(self, sku: str, level: Level, at: int | None) -> LevelsSet | Refusal:
        """Tell of this product, in all its kinds, at `at` pieces left; None: as of any in the shop. Refuses
        UnknownProduct, NotCounted, BadAmount."""

    def set_price(self, sku: str, price: Decimal) -> PriceSet | Refusal:
        """Major units. A cut by more than half is NotAllowed by phone alone."""

    def add_alias(self, words: str, sku: str, *, sure: bool = False) -> AliasSet | Refusal:
        """Words that are another product's name are AliasTaken; words that are nearly one are NearAlias
        unless the seller is `sure`; what can be no name is BadAlias."""

    def missed(self) -> Sequence[Missed]:
        """What was asked for most this week and not found, at most five."""

    def may_mean(self, words: str) -> Sequence[Offered]:
        """Products that unknown words may mean, the likeliest first."""

    def not_sold(self, words: str) -> None:
        """Do not ask about these words again."""

    def set_floor(self, sku: str, floor: Decimal) -> FloorSet | Refusal:
        """Major units. Refuses with FloorOutside what is above the price or below half of it."""

    def set_floor_off(self, sku: str, percent: Decimal) -> FloorSet | Refusal:
        """So many percent below the price, whatever that will be; 0 ends the haggling about it."""

    def sales(self) -> SalesToday: ...
    def open_shop(self) -> None: ...
    def close_shop(self) -> None: ...
    def answer(self, number: int, words: str) -> Order | Refusal:
        """Send the customer of order `number` these words, and hold the talk for people."""

    def give_back(self, number: int) -> Order | Refusal:
        """BOT n: the bot talks to the customer again."""

    def talks(self) -> Sequence[Talk]:
        """Who waits for a person's answer, the longest waiting first."""

    def answer_person(self, person: str, words: str) -> None:
        """Like `answer`, for one of `talks()`, who need not have an order."""

    def give_back_person(self, person: str) -> None:
        """Like `give_back`, for one of `talks()`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery as its rider sees it. `collect` is the cash to take, zero when paid. `at` is where the
    customer has shown it goes to. `holds`: a rider has the goods; one who failed brings them back. `along`:
    where else this rider takes something on the same trip. `fetch`: where its goods lie,
    as far as they are not in the shop."""

    number: int
    shop: str
    status: DeliveryStatus
    fulfilment_area: str | None
    landmark: str | None
    customer_phone: str | None
    collect: Money
    fee: Money
    offered_until: datetime | None = None
    at: Point | None = None
    holds: bool = False
    along: tuple[str, ...] = ()
    fetch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiderDay:
    """A rider's day by the shop's clock: `drops` brought, `failed` not, what they `earned`, and what they
    hold for the shop now."""

    drops: int
    failed: int
    earned: Money
    holds: Money


class RidesPort(Protocol):
    """For a rider of the shop."""

    def duty(self, *, on: bool) -> Refusal | None:
        """Refuses RiderSuspended who may not come on duty."""

    def jobs(self) -> Sequence[Job]:
        """Offers open to this rider, then what they have accepted and not finished."""

    def accept(self, number: int) -> Job | Refusal:
        """First acceptance wins, atomically. Refuses AlreadyTaken, NoOffer, RiderSuspended, TooManyJobs,
        HandOverFirst. Of what this rider has taken: they are still coming for it."""

    def decline(self, number: int) -> Job | Refusal: ...
    def give_back(self, number: int) -> Job | Refusal:
        """Taken, but this rider cannot go: others are asked. Only before pick-up (WrongStep)."""

    def picked(self, number: int) -> Job | Refusal: ...
    def delivered(self, number: int, code: str) -> Job | Refusal:
        """Needs the customer's code: WrongCode, and CodeLocked after 5 wrong ones. `collect` is then what was
        taken at the door."""

    def failed(self, number: int, reason: str) -> Job | Refusal: ...
    def back(self, number: int) -> Job | Refusal:
        """The goods of a delivery that failed are in the shop again. WrongStep while it is still to be
        brought, NoOffer where this rider never had them."""

    def resend_code(self, number: int) -> Job | Refusal:
        """Send the customer their code again; only while this rider carries the order (WrongStep)."""

    def day(self) -> RiderDay:
        """Today, so far."""

    def must_hand_over(self) -> Money | None:
        """What this rider holds for the shop, where it is so much that no more orders in cash are offered."""

    def undo(self) -> Job | Refusal:
        """Takes back the last step within 2 minutes; never a delivery that a code has closed."""
