"""By which way and from which number an order is paid: as it was said, as last time, or as the number's
own network has it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.heard import Choice
from flows.message import Message
from flows.money import Money
from flows.ports.orders import Order
from flows.ports.payments import Attempt, Fit, RailOption, Way
from flows.rails import rail_name, rails_meant
from flows.visit import Visit
from intents.understanding import Understanding


@dataclass(frozen=True, slots=True)
class By:
    """`rail` None: it must be asked. `payer` None: it must be asked; "" where nobody is asked by number.
    `refused` says why it is not as it was said."""

    rail: str | None = None
    way: Way | None = None
    payer: str | None = None
    refused: Message | None = None

    def prompting(self, visit: Visit) -> "By":
        """By the likeliest way that asks a phone, for who wants to name another number."""
        found = next((o for o in visit.ports.payments.options() if o.prompts), None)
        return replace(self, rail=found.name, way=found.way) if found else self


def choose(
    visit: Visit, order: Order, attempt: Attempt | None, heard: Choice | Understanding
) -> By:
    """What was said wins over what was done before."""
    said = heard if isinstance(heard, Understanding) else None
    phone = said.phone if said else None
    offered = visit.ports.payments.options(order.total, phone)
    named = rails_meant(said.text, offered) if said else ()
    if len(named) > 1:
        return By(payer=phone)
    if named:
        return _named(visit, _known(visit, order, attempt), named[0], order.total, phone)
    before = attempt.rail if attempt else order.rail
    if phone is not None:
        return _by_number(visit, before, offered, phone)
    way = visit.ports.payments.way(before, order.total)
    if way is None:
        return By(refused=Message("rail-not-now", rail=rail_name(before)))
    payer = (attempt.payer if attempt else order.payer) if way is Way.PROMPT else ""
    return By(before, way, payer)


def _known(visit: Visit, order: Order, attempt: Attempt | None) -> Sequence[str]:
    profile = visit.ports.customer.profile()
    numbers = (attempt.payer if attempt else None, order.payer, profile.payer, profile.phone)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _named(
    visit: Visit,
    known: Sequence[str],
    named: str,
    amount: Money,
    phone: str | None,
) -> By:
    """`known` are the numbers that have paid, or may."""
    way = visit.ports.payments.way(named, amount)
    if way is None:
        return By(payer=phone, refused=Message("rail-not-here", rail=rail_name(named)))
    if way is not Way.PROMPT:
        return By(named, way, "")
    taken = visit.ports.payments.payer_ok
    if phone is not None and not taken(named, phone):
        said = Message("payer-not-taken", phone=phone, rail=rail_name(named))
        return By(named, way, None, said)
    numbers = (phone,) if phone is not None else tuple(n for n in known if taken(named, n))
    return By(named, way, numbers[0] if numbers else None)


def _by_number(visit: Visit, before: str, offered: Sequence[RailOption], phone: str) -> By:
    """The rail of the number's own network; of several that may be it, the one of last time."""
    able = [o for o in offered if o.prompts and visit.ports.payments.payer_ok(o.name, phone)]
    own = [option for option in able if option.fit is Fit.OWN]
    same = [option for option in able if option.name == before]
    for likely in (own, same, able):
        if len(likely) == 1:
            return By(likely[0].name, likely[0].way, phone)
    if able:
        return By(payer=phone)
    last = next((o for o in offered if o.name == before and o.prompts), None)
    said = Message("payer-not-taken", phone=phone, rail=rail_name(before))
    return By(last.name, last.way, None, said) if last else By(refused=said)
