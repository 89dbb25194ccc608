"""One way to talk on every medium: say, choose by what an option is called, and read."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from channels.channel import Medium
from tests.e2e.house import PATIENCE, Dialling, House, Phone
from tests.e2e.meta_phone import MetaPhone
from tests.e2e.sayings import plain

Patterns = Sequence[re.Pattern[str]]
_OPTION = re.compile(r"^(\d+)[.)]? (.*)$", re.MULTILINE)
_MORE = "99"
SOON = 5.0


class Handset(Protocol):
    @property
    def medium(self) -> Medium: ...

    def say(self, words: str) -> None: ...

    def choose(self, label: re.Pattern[str]) -> None: ...

    def read(self, patterns: Patterns) -> str:
        """The next text that says all of it."""


def says(text: str, patterns: Patterns) -> bool:
    heard = plain(text)
    return all(pattern.search(heard) for pattern in patterns)


def next_text(texts: Callable[[], Sequence[str]], seen: int, patterns: Patterns, who: str) -> int:
    """The place of the next text that says all of it. Raises AssertionError with what was read."""
    until, known = time.monotonic() + PATIENCE, seen
    while time.monotonic() < until:
        read = texts()
        for place in range(known, len(read)):
            if says(read[place], patterns):
                return place
        if len(read) > known:
            # Something was answered: what does not follow soon does not follow.
            known, until = len(read), time.monotonic() + SOON
        time.sleep(0.01)
    wanted = " & ".join(pattern.pattern for pattern in patterns)
    raise AssertionError(f"{who} never read {wanted!r}: {list(texts())[seen:]}")


@dataclass(slots=True)
class Texting:
    """A phone with SMS or WhatsApp as Twilio and Africa's Talking serve it."""

    phone: Phone
    last: str = ""

    @property
    def medium(self) -> Medium:
        return self.phone.medium

    def say(self, words: str) -> None:
        self.phone.seen = len(self.phone.inbox())
        answered = self.phone.send(words)
        assert answered.status == 200, answered

    def choose(self, label: re.Pattern[str]) -> None:
        self.say(number_of(label, self.last))

    def read(self, patterns: Patterns) -> str:
        at = next_text(self.phone.inbox, self.phone.seen, patterns, self.phone.number)
        self.phone.seen = at + 1
        self.last = self.phone.inbox()[at]
        return self.last


@dataclass(slots=True)
class Tapping:
    """WhatsApp as Meta serves it: options are tapped."""

    phone: MetaPhone
    medium: Medium = Medium.WHATSAPP

    def say(self, words: str) -> None:
        self.phone.seen = len(self.phone.inbox())
        answered = self.phone.house.meta.say(self.phone.who, self.phone.to, words)
        assert answered.status == 200, answered

    def choose(self, label: re.Pattern[str]) -> None:
        assert self.phone.last is not None
        found = [c for c in self.phone.last.choices if label.match(plain(c.title))]
        assert found, f"nothing says {label.pattern!r}: {self.phone.last.choices}"
        self.phone.house.meta.press(self.phone.who, self.phone.last, found[0].id)

    def read(self, patterns: Patterns) -> str:
        at = next_text(self._texts, self.phone.seen, patterns, str(self.phone.who.phone))
        self.phone.seen = at + 1
        self.phone.last = self.phone.inbox()[at]
        return self.phone.last.text

    def _texts(self) -> list[str]:
        return [message.text for message in self.phone.inbox()]


@dataclass(slots=True)
class Dialled:
    """A feature phone in a USSD session; it dials when it is first looked at, and after hanging up."""

    house: House
    number: str
    code: str
    medium: Medium = Medium.USSD
    session: Dialling | None = field(default=None)

    def say(self, words: str) -> None:
        self.page.type(words)

    def hang_up(self) -> None:
        self.page.session.hang_up()
        self.session = None

    def choose(self, label: re.Pattern[str]) -> None:
        while not any(label.match(plain(said)) for _, said in _OPTION.findall(self.page.screen)):
            assert re.search(f"^{_MORE} ", self.page.screen, re.MULTILINE), (
                f"no {label.pattern!r} in {self.page.screen}"
            )
            self.page.type(_MORE)
        self.page.type(number_of(label, self.page.screen))

    def read(self, patterns: Patterns) -> str:
        assert says(self.page.screen, patterns), (
            f"{[p.pattern for p in patterns]} is not on {self.page.screen!r}"
        )
        return self.page.screen

    @property
    def page(self) -> Dialling:
        if self.session is None:
            self.session = self.house.handset(self.number, self.code)
        return self.session


def number_of(label: re.Pattern[str], among: str) -> str:
    """The number of the option that is called so."""
    found = [number for number, said in _OPTION.findall(among) if label.match(plain(said))]
    assert found, f"no option says {label.pattern!r} in:\n{among}"
    return str(found[0])
