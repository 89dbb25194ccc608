"""Why something costs what it costs, in words that a customer can hold the shop to."""

from flows.message import Message
from flows.money import Money
from flows.ports.prices import Price, Why
from flows.until import until_of
from flows.visit import Visit


def explained(visit: Visit, price: Price) -> tuple[Message, ...]:
    """What one piece costs for a reason, and what more of it do; nothing where the price is the list's.
    An agreed price is said with its own words."""
    breaks = tuple(
        Message("price-break", least=each.least, price=each.each) for each in price.breaks
    )
    if price.why is Why.WHOLESALE:
        return (Message("price-wholesale"), *breaks)
    if price.why is not Why.SALE:
        return breaks
    if price.until is None:
        return (Message("price-sale", usual=price.usual), *breaks)
    until = until_of(visit, price.until)
    return (Message("price-sale-until", until=until, usual=price.usual), *breaks)


def in_list(price: Money, terms: Price | None) -> Message:
    """Beside its name, where there is little room."""
    if terms is not None and terms.reduced:
        return Message("price-reduced", price=price, usual=terms.usual)
    return Message("price-only", price=price)
