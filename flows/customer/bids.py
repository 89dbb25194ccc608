"""What a customer offers: a figure out of what was said, and whether it can be the price of one piece."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from flows.customer.quantities import MOST_PIECES
from flows.money import Money
from intents.understanding import Item, Understanding

# Less than this part of the price is no offer: it counts pieces, or is a price said in thousands.
LEAST_PART = 10
THOUSAND = 1000
_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*k?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """In major units. `clear` is False where the message holds other figures too."""

    figure: Decimal
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Bid:
    """For one piece. `clear` is False where that is only likely: then it is asked."""

    price: Money
    clear: bool


@dataclass(frozen=True, slots=True)
class NoBid:
    """No price of one piece. `above`: it is more than is asked for."""

    above: bool


Weighed: TypeAlias = Bid | NoBid


def figure_in(heard: Understanding) -> Said | None:
    """The amount that was said, or a number that stands for itself and counts nothing."""
    if heard.amount is not None:
        goods = any(item.sku or item.candidates for item in heard.items)
        return Said(heard.amount, clear=goods or len(_FIGURE.findall(heard.text)) <= 1)
    if len(heard.items) == 1 and is_bare(heard.items[0]):
        return Said(heard.items[0].quantity or Decimal(0))
    return None


def is_bare(item: Item) -> bool:
    """A number that counts nothing: digits alone, or more than anybody orders ("twenty thousand")."""
    if item.quantity is None:
        return False
    digits, letters = (any(map(kind, item.mention)) for kind in (str.isdigit, str.isalpha))
    return (digits and not letters) or (item.unit is None and item.quantity > MOST_PIECES)


def weigh_figure(said: Said, listed: Money, quantity: int = 1) -> Weighed:
    """A figure held against the price of one; `quantity` is how many are spoken of, for all of which it
    may be meant."""
    ways = (
        (said.figure, said.clear),
        (said.figure * THOUSAND, False),
        (said.figure / max(quantity, 1), False),
    )
    for major, clear in ways:
        price = _whole(major, listed.currency)
        if (
            price is not None
            and listed.minor <= price.minor * LEAST_PART <= listed.minor * LEAST_PART
        ):
            return Bid(price, clear)
    return NoBid(above=said.figure > listed.major)


def _whole(major: Decimal, currency: str) -> Money | None:
    """Down to what the currency can pay."""
    minor = major * Money.of(1, currency).minor
    return Money(int(minor), currency) if minor.is_finite() else None
