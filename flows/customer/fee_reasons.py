"""Why a delivery costs more or less than usual, in one short line."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from flows.message import Message
from flows.money import Money
from flows.ports.quote import FeeCause, FeeReason

WORDS: Mapping[FeeCause, Callable[[Money | str], Message]] = {
    FeeCause.PEAK: lambda _: Message("fee-why-peak"),
    FeeCause.RAIN: lambda _: Message("fee-why-rain"),
    FeeCause.STORM: lambda _: Message("fee-why-storm"),
    FeeCause.HALF: lambda goods: Message("fee-why-half", price=goods),
    FeeCause.FREE: lambda goods: Message("fee-why-free", price=goods),
    FeeCause.FIRST_ORDER: lambda _: Message("fee-why-first-order"),
}


def fee_reasons(reasons: Sequence[FeeReason]) -> tuple[Message, ...]:
    """One message, or none where the fee is as usual."""
    if not reasons:
        return ()
    said = [WORDS[reason.cause](reason.goods or "") for reason in reasons]
    joined = reduce(lambda one, two: Message("fee-why-two", first=one, second=two), said)
    return (Message("fee-why", why=joined),)
