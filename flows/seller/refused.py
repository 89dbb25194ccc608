"""Why something could not be done, in words for sellers. What is not here is said as to anybody."""

from collections.abc import Callable, Mapping

from flows.explain import explain
from flows.message import Message
from flows.place import Step
from flows.ports.refusals import (
    BadAmount,
    CodeLocked,
    NotAllowed,
    Refusal,
    UnknownOrder,
    UnknownProduct,
    WrongCode,
    WrongStep,
)
from flows.seller.listing import order_options
from flows.seller.role import tell
from flows.seller.standing import STANDINGS
from flows.visit import Visit

# Why money does not leave at a word of anybody else.
OWNER = "owner"


def _wrong_step(refusal: WrongStep) -> Message:
    standing = STANDINGS.get(refusal.status)
    if standing is None:
        return explain(refusal)
    return Message("seller-wrong-step", number=refusal.number, standing=standing)


def _not_allowed(refusal: NotAllowed) -> Message:
    return Message("seller-owner-only" if refusal.why == OWNER else "seller-price-cut")


WORDS: Mapping[type[Refusal], Callable[..., Message]] = {
    UnknownOrder: lambda r: Message("seller-unknown-order", number=r.number),
    UnknownProduct: lambda r: Message("seller-unknown-product", mention=r.mention),
    WrongStep: _wrong_step,
    WrongCode: lambda r: Message("seller-wrong-code", count=r.tries_left, number=r.number),
    CodeLocked: lambda r: Message("seller-code-locked", number=r.number),
    BadAmount: lambda r: Message("seller-bad-amount", text=r.text),
    NotAllowed: _not_allowed,
}


def refused(visit: Visit, refusal: Refusal) -> Step:
    """Say why; where the number was wrong, the open orders are listed."""
    options = order_options(visit) if isinstance(refusal, UnknownOrder) else ()
    return tell(visit, why(refusal), options=options)


def why(refusal: Refusal) -> Message:
    """What the refusal means to a seller."""
    return WORDS.get(type(refusal), explain)(refusal)
