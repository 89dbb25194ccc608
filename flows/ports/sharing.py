"""Links that people give on, and whom they brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal
from flows.ways import Way


@dataclass(frozen=True, slots=True)
class Shared:
    """A person's own link to a product (`name`, and its `code` where it has one), or to the whole shop
    (None). `ways` are those into the shop."""

    link: str
    name: str | None
    code: int | None
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What links have led to: how often their pages were `opened`, how many `people` wrote, how many of
    them put something in a cart, and their orders, with what these come to. `name` is the sharer's where
    links of several people are told apart, None where nobody knows it."""

    opened: int
    people: int
    carts: int
    orders: int
    worth: Money
    name: str | None = None


class SharingPort(Protocol):
    """For the person of this turn."""

    def link(self, sku: str | None = None) -> Shared | Refusal:
        """Their link to a product, by its sku or that of one of its kinds, or to the shop; the same every
        time. Refuses UnknownProduct."""

    def arrived(self, token: str) -> str | None:
        """They came by this link: whoever gave it on brought them, if nobody else did lately. Returns the
        sku that it leads to, "" for the whole shop, None for a token of nobody's."""

    def brought(self) -> Brought:
        """By their own links."""

    def sharers(self, most: int) -> Sequence[Brought]:
        """By everybody's, those first who brought the most orders; only for staff."""
