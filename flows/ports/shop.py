"""What a flow may know of the shop it speaks for, and of the person it speaks to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.delivery import Point
from flows.ports.ratings import Average


class Standing(StrEnum):
    """Whether a shop does business: PENDING waits for being verified, PAUSED was the seller's word,
    SUSPENDED and CLOSED the platform's."""

    PENDING = "pending"
    LIVE = "live"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ShopInfo:
    """The shop as it stands at this turn. `opens_at` is set (UTC) only while it is closed.

    `hours` are opening hours by weekday as the shop wrote them, Monday first, "" where closed and
    empty when always open. `location` is how to find it.
    `paused_until` is when a pause ends by itself (UTC), None without one. `rating` is None while
    too few buyers have given stars. `verified`: the platform's staff have looked at it.
    """

    slug: str
    name: str
    country: str
    currency: str
    locales: tuple[str, ...]
    timezone: str
    location: str | None = None
    hours: tuple[str, ...] = ()
    is_open: bool = True
    opens_at: datetime | None = None
    minimum_order: Money | None = None
    takes_cash: bool = False
    standing: Standing = Standing.LIVE
    paused_until: datetime | None = None
    rating: Average | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A person at this shop. `phone` is E.164, None for those who only show a user id; `contact` is
    then the number that they gave to be called on. `at` is where they last showed `area` to be."""

    phone: str | None
    name: str | None
    locale: str | None
    opted_out: bool = False
    area: str | None = None
    landmark: str | None = None
    at: Point | None = None
    payer: str | None = None
    rail: str | None = None
    contact: str | None = None


class CustomerPort(Protocol):
    """The person this turn belongs to, as the shop remembers them."""

    def profile(self) -> Profile: ...
    def choose_locale(self, locale: str) -> None: ...
    def keep_contact(self, phone: str) -> None:
        """A number (E.164) to call. It makes nobody somebody else: anybody may write any number."""

    def opt_out(self) -> None:
        """Stop what is not about an open order. Sticky: only `opt_in` ends it."""

    def opt_in(self) -> None: ...


class DeskPort(Protocol):
    """Where people take over from the bot."""

    def hand_over(self, words: str) -> None:
        """Give the talk to the seller, who is told what the customer last said (`words`)."""

    def take_back(self) -> None:
        """Give the talk back to the bot."""

    def pass_on(self, words: str) -> None:
        """While a person holds the talk: bring the seller what the customer writes."""


class FactsPort(Protocol):
    """What happened, kept for counting. Recording one never stops a turn."""

    def record(self, name: str, **values: str | int | None) -> None: ...


class Languages(Protocol):
    """What languages there are, by their own names."""

    def name(self, locale: str) -> str: ...
    def names(self, locales: Sequence[str]) -> Sequence[tuple[str, str]]: ...
