"""Customers: how they get what they want out of the shop's answers, from the first word to the order."""

import re
from dataclasses import dataclass

from channels.channel import Medium
from scripts.simulate.afterwards import answer_unasked, look_after
from scripts.simulate.checkout import check_out
from scripts.simulate.day import Day
from scripts.simulate.files import LANGUAGES, Place
from scripts.simulate.handsets import handset
from scripts.simulate.mail import Letter
from scripts.simulate.person import Person
from scripts.simulate.shopping import go_on, pause_for_money, said_all
from scripts.simulate.wants import draw_wants

# A conversation that has not come to its end by then is given up.
MOST_STEPS = 30
# How often something is written or dialled again where nothing came back.
TRIES = 2
NUMBER = re.compile(r"(?<![\d,.+])1[0-4]\d\d(?![\d,])")


@dataclass(slots=True)
class Customer(Person):
    """`begin` is their coming, `step` each time that they look at their phone."""

    def begin(self) -> None:
        self.did(f"began on {self.phone.name}")
        self.say(self.words("hello"))
        self.soon(self.step)

    def step(self) -> None:
        """Read, and go on."""
        self.steps += 1
        if self.done:
            return
        screen = self.phone.screen
        if not screen and self.repeated < TRIES and self.said:
            self.repeated += 1
            self.say(self.said[-1])
            self.soon(self.step)
            return
        self.repeated = 0
        if self.confirmed and self._placed(screen):
            return
        if self.steps > MOST_STEPS:
            self.give_up("lost their way")
            return
        if pause := pause_for_money(self, screen):
            self.soon(self.step, pause)
            return
        words = check_out(self, screen) if said_all(self) else go_on(self, screen)
        if words is not None:
            self.say(words)
            self.soon(self.step)

    def read(self, letter: Letter) -> None:
        """Something arrived, asked for or not."""
        self.phone.take(letter)
        if self.confirmed and not self.done:
            self._placed(letter.body)
        answer_unasked(self, letter)

    def _placed(self, screen: str) -> bool:
        number = NUMBER.search(screen)
        if number is None:
            return False
        self.order, self.done = number[0], True
        self.did("placed an order")
        look_after(self)
        return True


def make_customer(day: Day, index: int, place: Place) -> Customer:
    """The one with that number, wherever else the day leads."""
    random = day.random("customer", str(index))
    length = 14 if place.prefix.startswith("+234") else 13
    prefix = place.prefix
    if prefix.startswith("+25677") and random.random() < 0.35:
        prefix = prefix.replace("+25677", "+25670", 1)
    number = f"{prefix}{index:0{length - len(prefix)}d}"
    locale = random.choices(LANGUAGES, (5, 2, 3, 3))[0]
    media = (Medium.WHATSAPP, Medium.SMS, Medium.USSD)
    medium = random.choices(media, (6, 3, 2))[0]
    wants = draw_wants(random, place, prefix)
    phone = handset(day, number, place, medium)
    return Customer(day, number, place, locale, medium, wants, random, phone)
