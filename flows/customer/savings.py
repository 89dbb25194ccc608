"""What made a cart or an order cheaper, said so that it can be checked."""

from collections.abc import Callable, Mapping, Sequence

from flows.explain import explain
from flows.message import Message
from flows.money import Money
from flows.ports.cart import Cart
from flows.ports.quote import Quote, Saving, SavingKind
from flows.visit import Visit

SAVED: Mapping[SavingKind, Callable[[Saving], Message]] = {
    SavingKind.PROMOTION: lambda s: Message("saving-promotion", amount=s.amount, name=s.name),
    SavingKind.COUPON: lambda s: Message("saving-coupon", amount=s.amount, name=s.name),
    SavingKind.POINTS: lambda s: Message("saving-points", amount=s.amount),
}

_HOW = frozenset({"saving-promotion", "saving-coupon", "saving-points", "tax-added"})


def off_goods(savings: Sequence[Saving]) -> tuple[Message, ...]:
    """What each saving takes off the goods."""
    return tuple(SAVED[saving.kind](saving) for saving in savings if saving.kind in SAVED)


def asides(said: Sequence[Message]) -> tuple[Message, ...]:
    """What of it only tells how the sum came about."""
    return tuple(message for message in said if message.key in _HOW)


def fee_of(fee: Money, savings: Sequence[Saving]) -> Money | Message:
    """The delivery's fee, with what it would be without savings."""
    less = [s.amount for s in savings if s.kind is SavingKind.DELIVERY]
    if not less:
        return fee
    before = sum(less, fee)
    if not fee:
        return Message("fee-free-was", before=before)
    return Message("fee-less-was", fee=fee, before=before)


def taxed(tax: Money | None) -> tuple[Message, ...]:
    return (Message("tax-added", tax=tax),) if tax else ()


def of_cart(visit: Visit, cart: Cart) -> tuple[Message, ...]:
    """Under the cart's lines: what comes off them, what comes on top, and what is then to be paid."""
    return of_quote(visit.ports.orders.quote(), cart)


def of_quote(quote: Quote, cart: Cart) -> tuple[Message, ...]:
    unmet = map(explain, quote.unmet)
    told = (*off_goods(quote.savings), *unmet, *taxed(quote.tax))
    if quote.total == cart.subtotal:
        return told
    return (*told, Message("cart-to-pay", total=quote.total))
