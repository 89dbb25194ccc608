"""What the shop can be asked about: each topic is a function, and one state shows any of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flows.customer.fulfilment import label
from flows.customer.opening import closed_notice
from flows.customer.options import BROWSE, CART, HUMAN, OFFERS, TRACK, USSD
from flows.customer.verified import badge
from flows.message import Elastic, Message
from flows.ports.delivery import Fulfilment
from flows.ports.wholesale import Buying
from flows.rails import rail_name
from flows.reply import Option
from flows.visit import Visit
from intents.understanding import Asked

DAYS: Sequence[Message] = (
    Message("day-mon"),
    Message("day-tue"),
    Message("day-wed"),
    Message("day-thu"),
    Message("day-fri"),
    Message("day-sat"),
    Message("day-sun"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and what can be done next."""

    messages: tuple[Message, ...]
    options: tuple[Option, ...] = (BROWSE, HUMAN)
    asks: Asked | None = None


Topic = Callable[[Visit], Told]


def hours(visit: Visit) -> Told:
    """By runs of days that have the same hours."""
    shop = visit.ports.shop
    if not shop.hours:
        return Told((Message("hours-always"), *closed_notice(visit)))
    state = closed_notice(visit) or (Message("hours-open-now"),)
    return Told((Message("hours-list", lines=hour_lines(shop.hours)), *state))


def hour_lines(week: Sequence[str]) -> tuple[Message, ...]:
    """The hours of a week, Monday first; nothing for a shop that never closes."""
    runs = [(list(days), times) for times, days in groupby(range(len(week)), lambda day: week[day])]
    return tuple(_run(days[0], days[-1], times) for days, times in runs)


def _run(first: int, last: int, times: str) -> Message:
    at = Message("verbatim", text=", ".join(times.split(","))) if times else Message("hours-closed")
    if first == last:
        return Message("hours-day", day=DAYS[first], hours=at)
    return Message("hours-days", first=DAYS[first], last=DAYS[last], hours=at)


def location(visit: Visit) -> Told:
    shop = visit.ports.shop
    if shop.location is None:
        return Told((Message("location-unknown", shop=shop.name), *badge(visit)), (HUMAN, BROWSE))
    return Told((Message("location-at", shop=shop.name, location=shop.location), *badge(visit)))


def delivery(visit: Visit) -> Told:
    """The ways and their fees; for an area that was named, its own fee."""
    area = visit.text("area")
    ways = visit.ports.delivery.options()
    if area:
        return _delivery_to(visit, area)
    lines = tuple(label(way) for way in ways)
    areas = visit.ports.delivery.areas()
    where = (Message("delivery-areas", areas=Elastic(tuple(areas))),) if areas else ()
    asks = Asked.AREA if areas else None
    return Told((Message("delivery-ways", lines=lines), *where), asks=asks)


def _delivery_to(visit: Visit, words: str) -> Told:
    found = visit.ports.delivery.find(words)
    brought = [way for way in visit.ports.delivery.options() if way.kind is not Fulfilment.PICKUP]
    if not found:
        visit.ports.delivery.missed(words)
    if not found or not brought:
        collected = len(brought) < len(visit.ports.delivery.options())
        told = (
            Message("delivery-not-there-pickup", area=words)
            if collected
            else Message("delivery-not-there", area=words)
        )
        ways = (Option("info:delivery", Message("option-areas")), BROWSE, HUMAN)
        return Told((told,), ways, asks=Asked.AREA)
    fees = tuple(
        Message("delivery-fee", area=area.name, fee=visit.ports.delivery.fee(brought[0].kind, area))
        for area in found
    )
    return Told(fees)


def payment(visit: Visit) -> Told:
    rails = tuple(rail_name(option.name) for option in visit.ports.payments.options())
    if not rails:
        return Told((Message("rail-none", shop=visit.ports.shop.name),), (HUMAN, BROWSE))
    return Told((Message("payment-ways", lines=rails),))


def negotiate(visit: Visit) -> Told:
    return Told((Message("negotiate-fixed", shop=visit.ports.shop.name),), (HUMAN, BROWSE))


def coupon(_: Visit) -> Told:
    return Told((Message("coupon-none"),), (CART, HUMAN))


def loyalty(visit: Visit) -> Told:
    return Told((no_points(visit),))


def no_points(visit: Visit) -> Message:
    """Why this customer has none: the price they buy at, or the shop."""
    port = visit.ports.wholesale
    if port is not None and port.standing() is Buying.WHOLESALE:
        return Message("loyalty-wholesale")
    return Message("loyalty-none")


def helping(visit: Visit) -> Told:
    """What can be written, and where to look."""
    return Told(
        (Message("help", shop=visit.ports.shop.name),),
        (
            BROWSE,
            CART,
            TRACK,
            # A dialled page has room for eight.
            *((OFFERS,) if visit.ports.medium != USSD else ()),
            Option("info:delivery", Message("option-delivery")),
            Option("info:payment", Message("option-payment")),
            Option("info:hours", Message("option-hours")),
            HUMAN,
        ),
    )


TOPICS: Mapping[str, Topic] = {
    "hours": hours,
    "location": location,
    "delivery": delivery,
    "payment": payment,
    "negotiate": negotiate,
    "coupon": coupon,
    "loyalty": loyalty,
    "help": helping,
}
