"""Sellers and riders: they read their SMS and answer it, soon, late or not at all."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.channel import Medium
from scripts.simulate.customers import NUMBER
from scripts.simulate.day import Day
from scripts.simulate.files import Place
from scripts.simulate.handsets import Texting
from scripts.simulate.mail import Letter
from store.models import DeliveryRow, OrderRow, PersonRow, RiderRow, ShopRow

OVER = ("delivered", "cancelled", "returned")


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody at the counter sees of an order."""

    status: str
    fulfilment: str
    code: str
    customer: str | None
    delivery: str | None
    rider: str | None
    ready: bool


def look_at(day: Day, slug: str, number: str) -> Known | None:
    wanted = (
        select(OrderRow, DeliveryRow.status, PersonRow.phone)
        .join(ShopRow, ShopRow.id == OrderRow.shop_id)
        .outerjoin(DeliveryRow, DeliveryRow.order_id == OrderRow.id)
        .outerjoin(RiderRow, RiderRow.id == DeliveryRow.rider_id)
        .outerjoin(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(ShopRow.slug == slug, OrderRow.number == int(number))
    )

    def read(session: Session) -> Known | None:
        row = session.execute(wanted).first()
        if row is None:
            return None
        order, delivery, rider = row
        return Known(
            order.status, order.fulfilment, order.code, order.phone, delivery, rider,
            order.status in ("processing", "shipped"),
        )  # fmt: skip

    return day.server.read(read)


def told_code(day: Day, known: Known) -> str:
    """The code as the customer reads it off their phone; a wrong one where they never got it."""
    letters = day.mail.letters.get(known.customer or "", ())
    told = any(re.search(rf"\b{known.code}\b", letter.body) for letter in letters)
    return known.code if told else "0000"


@dataclass(slots=True)
class Worker(ABC):
    """Somebody at a shop, who acts on every order number once that they read of."""

    day: Day
    number: str
    place: Place
    phone: Texting
    random: Random
    seen: set[str] = field(default_factory=set)

    def read(self, letter: Letter) -> None:
        for number in NUMBER.findall(letter.body):
            if number not in self.seen:
                self.seen.add(number)
                self._plan(number)

    @abstractmethod
    def _plan(self, number: str) -> None: ...

    def _say(self, words: str) -> None:
        self.phone.say(words)


@dataclass(slots=True)
class Seller(Worker):
    """Also answers what to do with an order that no rider took: mostly they bring it themselves."""

    def read(self, letter: Letter) -> None:
        Worker.read(self, letter)
        tongue = self.day.tongue
        own = tongue.option(letter.body, "choice-own-rider")
        again = tongue.option(letter.body, "choice-offer-again")
        number = NUMBER.search(letter.body)
        if own is None or again is None or number is None:
            return
        drawn, pause = self.random.random(), self.random.uniform(60, 900)
        if drawn < 0.1:
            self.day.did["seller left an order that no rider took"] += 1
        elif drawn < 0.3:
            self.day.did["seller had riders asked again"] += 1
            self.day.daytime.after(pause, lambda: self._say(again))
        else:
            self.day.did["seller brought an order that no rider took"] += 1
            self.day.daytime.after(pause, lambda: self._say(own))
            late = pause + self.random.uniform(1800, 4500)
            self.day.daytime.after(late, lambda: self._hand_over(number[0], 0))

    def _plan(self, number: str) -> None:
        drawn, after = self.random.random(), self.day.daytime.after
        if drawn < 0.03:
            self.day.did["seller never answered"] += 1
            return
        late = drawn < 0.13
        pause = self.random.uniform(900, 2700) if late else self.random.uniform(40, 400)
        self.day.did["seller answered late" if late else "seller answered"] += 1
        if drawn > 0.96:
            self.day.did["seller said no"] += 1
            after(pause, lambda: self._say(f"NO {number}"))
            return
        after(pause, lambda: self._say(f"OK {number}"))
        after(pause + self.random.uniform(300, 1200), lambda: self._ready(number, 0))

    def _ready(self, number: str, tries: int) -> None:
        known = look_at(self.day, self.place.slug, number)
        if known is None or known.status in OVER:
            return
        if known.status == "pending":
            if tries < 4:
                self.day.daytime.after(600, lambda: self._ready(number, tries + 1))
            return
        self._say(f"READY {number}")
        if known.fulfilment == "pickup" or known.delivery is None:
            pause = self.random.uniform(600, 3600)
            self.day.daytime.after(pause, lambda: self._hand_over(number, 0))

    def _hand_over(self, number: str, tries: int) -> None:
        known = look_at(self.day, self.place.slug, number)
        if known is None or known.status in OVER:
            return
        self._say(f"DELIVERED {number} {told_code(self.day, known)}")
        if tries < 2:
            self.day.daytime.after(1200, lambda: self._hand_over(number, tries + 1))


@dataclass(slots=True)
class Rider(Worker):
    def _plan(self, number: str) -> None:
        if self.random.random() < 0.8:
            pause = self.random.uniform(15, 150)
            self.day.daytime.after(pause, lambda: self._take(number))

    def _take(self, number: str) -> None:
        self._say(f"YES {number}")
        self.day.daytime.after(self.random.uniform(400, 1200), lambda: self._pick(number, 0))

    def _pick(self, number: str, tries: int) -> None:
        known = look_at(self.day, self.place.slug, number)
        if known is None or known.rider != self.number or known.status in OVER:
            return
        if not known.ready and tries < 8:
            self.day.daytime.after(300, lambda: self._pick(number, tries + 1))
            return
        self._say(f"PICKED {number}")
        self.day.daytime.after(self.random.uniform(600, 2700), lambda: self._bring(number, 0))

    def _bring(self, number: str, tries: int) -> None:
        known = look_at(self.day, self.place.slug, number)
        if known is None or known.rider != self.number or known.status in OVER:
            return
        if tries == 0 and self.random.random() < 0.04:
            self.day.did["rider failed"] += 1
            self._say(f"FAIL {number}")
            return
        self._say(f"DELIVERED {number} {told_code(self.day, known)}")
        if tries < 2:
            self.day.daytime.after(900, lambda: self._bring(number, tries + 1))


def hire(day: Day, place: Place) -> None:
    """The people of a shop, who listen from now on."""
    for kind, numbers in ((Seller, place.sellers), (Rider, place.riders)):
        for number in numbers:
            phone = Texting(day, number, place, Medium.SMS)
            person = kind(day, number, place, phone, day.random("staff", number))
            day.readers[number] = person.read
