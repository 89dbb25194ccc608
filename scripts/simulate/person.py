"""Somebody with a phone and a wish: what they remember, and how they say something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from channels.channel import Medium
from scripts.simulate.day import Day
from scripts.simulate.files import Place
from scripts.simulate.handsets import Dialling, Handset, Texting
from scripts.simulate.sayings import SAYINGS
from scripts.simulate.wants import Wants


@dataclass(slots=True)
class Person:
    """`said` is all that they ever said; `errand` the next of what they want; `asked` how often they
    asked for the checkout in vain. `done`: the visit is over, with an `order` or without."""

    day: Day
    number: str
    place: Place
    locale: str
    medium: Medium
    wants: Wants
    random: Random
    phone: Handset
    said: list[str] = field(default_factory=list)
    order: str | None = None
    steps: int = 0
    errand: int = 0
    asked: int = 0
    repeated: int = 0
    done: bool = False
    confirmed: bool = False
    rated: bool = False
    retried: bool = False
    waits: bool = False
    topped_up: bool = False

    def say(self, words: str) -> None:
        self.said.append(words)
        self.phone.say(words)

    def text(self, words: str) -> None:
        """Once the visit is over everybody writes; who dialled does so by SMS."""
        if isinstance(self.phone, Dialling):
            self.phone = Texting(self.day, self.number, self.place, Medium.SMS)
        self.say(words)

    def words(self, what: str, filled: str = "") -> str:
        """How they say it in their language."""
        text = self.random.choice(SAYINGS[what][self.locale])
        n = self.random.choice((1, 1, 1, 2, 3))
        return text.format(n=n, what=filled, code=filled, number=filled)

    def option(self, screen: str, *keys: str) -> str | None:
        """What is typed for the first of these options that is offered."""
        found = (self.day.tongue.option(screen, key) for key in keys)
        return next((typed for typed in found if typed), None)

    def reads(self, screen: str, *keys: str) -> bool:
        """Whether the screen says any of these."""
        return any(self.day.tongue.says(screen, key) for key in keys)

    def give_up(self, why: str) -> None:
        self.done = True
        self.did(why)

    def did(self, what: str) -> None:
        self.day.did[what] += 1

    def soon(self, deed: Callable[[], None], least: float = 0.0) -> None:
        """After as long as it takes to read and to type, and `least` seconds before that."""
        slow = 2 if self.medium is Medium.USSD else 4
        self.day.daytime.after(least + self.random.uniform(2, 8) * slow, deed)

    def between(self, low: float, high: float, deed: Callable[[], None]) -> None:
        """After so many seconds."""
        self.day.daytime.after(self.random.uniform(low, high), deed)
