"""Haggling about the price of one thing. How low the shop would go stays behind this port."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from flows.money import Money
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Countered:
    """The shop's price of now, for one piece. `last`: it goes no lower today. `opened`: the talk about
    this price began with it."""

    sku: str
    name: str
    listed: Money
    price: Money
    last: bool
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Struck:
    """Agreed for one piece: for this cart, until then. `in_cart` is how many of it are in there. `anew`
    is False where it had been agreed before."""

    sku: str
    name: str
    listed: Money
    price: Money
    until: datetime
    in_cart: int
    anew: bool = True


Bargain: TypeAlias = Countered | Struck


class BargainPort(Protocol):
    """`sku` names what is sold: a variant where the product has variants (else NeedsVariant). Refuses
    with NotBargained what has its price, with DealDone what this person has bought off today already;
    also UnknownProduct, SoldOut."""

    @property
    def anything(self) -> bool:
        """Whether there is anything in this shop whose price is talked about."""

    def about(self, sku: str) -> bool:
        """Whether the price of this, or of one of its variants, is talked about."""

    def haggle(self, sku: str, offer: Money | None) -> Bargain | Refusal:
        """The answer to an offer for one piece, or to "cheaper, please" without one. What is agreed is
        the price of this cart's line from now on, and of one that is added to it."""

    def standing(self, sku: str) -> Bargain | Refusal | None:
        """What was said last, None where nothing was yet today."""

    def take(self, sku: str) -> Bargain | Refusal:
        """Agree to the counter-offer that stands; what is countered anew when none stands any more."""
