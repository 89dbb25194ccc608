"""A day at the market in a few seconds: what fifty people write, sent as providers send it.

Nobody waits for answers: each script is understood whatever is said in between, because one person's
messages are answered in the order in which they came.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from channels.africastalking.emulator import AfricasTalkingEmulator
from channels.channel import Medium
from channels.emulated import Answered
from channels.meta.emulator import MetaEmulator, Who
from channels.twilio.emulator import TwilioEmulator
from tests.e2e.house import eventually

THREADS = 8
# A provider's next try at what was not answered 200, in seconds; and how long it goes on.
RETRY_AFTER = 0.3
PERSISTENCE = 40.0
# How many of a hundred messages come once more at once, and how many at the very end.
REPEATED, REPEATED_LATE = 10, 5

LAMPS = 4
# What stands for the writer's phone. A digit would be an answer to a menu that they have seen, and they
# do not look.
OWN_NUMBER = "my number"


@dataclass(frozen=True, slots=True)
class Script:
    """`said`: what is written, and what its answer must say (a regular expression). `bought`: what the
    order that comes of it holds, by sku; `ends` with this status and payment status."""

    said: Sequence[tuple[str, str]]
    bought: Mapping[str, int] = field(default_factory=dict)
    ends: tuple[str, str] = ("", "")

    @property
    def pays(self) -> bool:
        """Are they sent a prompt?"""
        return ("confirm", "prompt") in self.said


CASH, PAID, LAPSED = ("pending", "pending"), ("confirmed", "paid"), ("cancelled", "failed")
COLLECT = (("checkout", "How do you want to get it"), ("pick up", "How do you want to pay"))
BRING = (
    ("checkout", "How do you want to get it"),
    ("delivery", "Where do we bring it"),
    ("Kamwokya", "find you in Kamwokya"),
    ("opposite the mosque", "How do you want to pay"),
)

SCRIPTS: Mapping[str, Script] = {
    "collects for cash": Script(
        (
            ("2 soap and 1 rice", "29,000"),
            *COLLECT,
            ("cash", "29,000"),
            ("confirm", "Order 1.*29,000"),
        ),
        {"soap": 2, "rice": 1},
        CASH,
    ),
    "is brought it for cash": Script(
        (("1 rice", "20,000"), *BRING, ("cash", "25,000"), ("confirm", "Order 1.*25,000")),
        {"rice": 1},
        CASH,
    ),
    "collects and pays": Script(
        (
            ("3 soap", "13,500"),
            *COLLECT,
            ("mtn", "Which .* number pays"),
            (OWN_NUMBER, "13,500"),
            ("confirm", "prompt"),
        ),
        {"soap": 3},
        PAID,
    ),
    # Like the one before, but the prompt is refused and the order lapses.
    "collects and does not pay": Script(
        (
            ("3 soap", "13,500"),
            *COLLECT,
            ("mtn", "Which .* number pays"),
            (OWN_NUMBER, "13,500"),
            ("confirm", "prompt"),
        ),
        {"soap": 3},
        LAPSED,
    ),
    "pays and is brought it": Script(
        (
            ("2 rice", "40,000"),
            *BRING,
            ("mtn", "Which .* number pays"),
            (OWN_NUMBER, "45,000"),
            ("confirm", "prompt"),
        ),
        {"rice": 2},
        PAID,
    ),
    "cancels": Script(
        (
            ("2 rice", "40,000"),
            *COLLECT,
            ("cash", "40,000"),
            ("confirm", "Order 1.*40,000"),
            ("cancel my order", "Really cancel"),
            ("yes", "was cancelled"),
        ),
        {"rice": 2},
        ("cancelled", "pending"),
    ),
    # There are fewer lamps than buyers: what they are told depends on who was first.
    "wants a lamp": Script(
        (("1 lamp", "lamp"), ("checkout", ""), ("pick up", ""), ("cash", ""), ("confirm", "")),
        {"lamp": 1},
        CASH,
    ),
    "thinks again": Script(
        (
            ("add 1 soap", "4,500"),
            ("make soap 3", "13,500"),
            ("remove soap", "Removed"),
            ("cart", "empty"),
        )
    ),
    "looks around": Script(
        (
            ("hi", "Owino Stalls"),
            ("what do you have", "looking for"),
            ("how much is soap", "4,500"),
            ("cart", "empty"),
        )
    ),
}
# How many people follow each.
CROWD: Mapping[str, int] = {
    "collects for cash": 10,
    "is brought it for cash": 6,
    "collects and pays": 8,
    "pays and is brought it": 4,
    "cancels": 4,
    "wants a lamp": 8,
    "thinks again": 5,
    "looks around": 5,
}


class Door(Protocol):
    """One of our web servers, as providers see it."""

    @property
    def twilio(self) -> TwilioEmulator: ...
    @property
    def at(self) -> AfricasTalkingEmulator: ...
    @property
    def meta(self) -> MetaEmulator: ...


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is the provider's."""

    id: str
    phone: str
    road: str
    text: str


def _by_twilio(to: str, medium: Medium) -> Callable[[Door, Message], Answered]:
    return lambda door, m: door.twilio.say(m.phone, to, m.text, medium=medium, sid=m.id)


WHATSAPP, SMS, SHORTCODE, META = "+256312000001", "+256312000002", "22884", "100000000000001"
ROADS: Mapping[str, Callable[[Door, Message], Answered]] = {
    WHATSAPP: _by_twilio(WHATSAPP, Medium.WHATSAPP),
    SMS: _by_twilio(SMS, Medium.SMS),
    SHORTCODE: lambda door, m: door.at.say(m.phone, SHORTCODE, m.text, id=m.id),
    META: lambda door, m: door.meta.say(Who(m.phone), META, m.text, identifier=m.id),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to one of our addresses, and what."""

    phone: str
    road: str
    script: Script

    @property
    def messages(self) -> list[Message]:
        return [
            Message(
                f"{self.phone[1:]}-{step}".ljust(34, "0"),
                self.phone,
                self.road,
                self.phone if text == OWN_NUMBER else text,
            )
            for step, (text, _) in enumerate(self.script.said)
        ]


def crowd(following: Mapping[str, int] = CROWD) -> list[Person]:
    """So many people for each script, spread over our addresses; by itself fifty, who write more than
    two hundred messages."""
    scripts = [SCRIPTS[name] for name, number in following.items() for _ in range(number)]
    random.Random(3).shuffle(scripts)
    roads = tuple(ROADS)
    return [
        Person(f"+2567723{n:05d}", roads[n % len(roads)], script)
        for n, script in enumerate(scripts)
    ]


class Stream:
    """Sends what all of them write within about `seconds`, each person's messages one after the other,
    through any of `doors`. `accepted` is what was answered 200, by the provider's id."""

    def __init__(
        self, *doors: Door, people: Sequence[Person] | None = None, seconds: float = 5.0
    ) -> None:
        self.people = crowd() if people is None else people
        self.accepted: dict[str, Message] = {}
        self.retried = self.repeated = 0
        self._doors = doors
        self._chance = random.Random(7)
        self._seconds = seconds
        self._late: list[Message] = []
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        return sum(len(person.script.said) for person in self.people)

    @contextmanager
    def flowing(self) -> Iterator[None]:
        """It flows while the block runs; after that all of it has been accepted."""
        shares = [self.people[n::THREADS] for n in range(THREADS)]
        began = time.monotonic()
        with ThreadPoolExecutor(THREADS) as pool:
            sending = [pool.submit(self._send_all, share, began) for share in shares]
            yield
            for sent in sending:
                sent.result()
        for message in self._late:
            self._repeat(message)

    def until(self, number: int) -> None:
        """Wait until so many are accepted."""
        eventually(lambda: len(self.accepted) >= number, f"{number} accepted messages", 60)

    def _send_all(self, people: Sequence[Person], began: float) -> None:
        """Everybody's first message, then everybody's second, and so on, evenly over the time."""
        waiting = [person.messages for person in people]
        total, sent = sum(len(messages) for messages in waiting), 0
        for step in range(max(len(messages) for messages in waiting)):
            for messages in waiting:
                if step < len(messages):
                    due = began + self._seconds * sent / total
                    time.sleep(max(0.0, due - time.monotonic()))
                    self._deliver(messages[step])
                    sent += 1

    def _deliver(self, message: Message) -> None:
        until = time.monotonic() + PERSISTENCE
        while (answered := self._post(message)).status != 200:
            assert time.monotonic() < until, f"never accepted: {message} {answered}"
            with self._lock:
                self.retried += 1
            time.sleep(RETRY_AFTER)
        with self._lock:
            self.accepted[message.id] = message
            luck = self._chance.randrange(100)
        if luck < REPEATED:
            self._repeat(message)
        elif luck < REPEATED + REPEATED_LATE:
            self._late.append(message)

    def _repeat(self, message: Message) -> None:
        """It was answered 200, which did not reach the provider. What is said now does not matter."""
        self._post(message)
        with self._lock:
            self.repeated += 1

    def _post(self, message: Message) -> Answered:
        with self._lock:
            door = self._chance.choice(self._doors)
        return ROADS[message.road](door, message)
