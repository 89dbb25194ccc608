"""What tests of deliveries share: the clock's ticks, who was told, and a job brought to a place."""

from collections.abc import Callable, Mapping

from market import Market
from sqlalchemy import select

from flows.ports.orders import DeliveryStatus, Order
from store.due import DUTIES
from store.models import RiderRow

RIDER = "Okello"


def tick(market: Market) -> None:
    """Do everything that is due now."""
    for duty in DUTIES:
        due = market.do(lambda s, d=duty: d.find(s.session, s.rules, s.now, 100))
        for _, subject in due:
            market.do(lambda s, d=duty, i=subject: d.act(s, i))


def names(market: Market, kind: type) -> list[str]:
    """Whose riders were told something of a kind, in order."""
    riders = market.do(
        lambda s: {str(r.id): r.name for r in s.session.scalars(select(RiderRow)).all()}
    )
    return [riders[told.rider] for told in market.heard(kind)]


def offered(market: Market, **buying: object) -> Order:
    """A confirmed cash order to Kamwokya, offered to the first rider."""
    order = market.buy(("oil", 2), **buying)
    market.sell(lambda trade: trade.accept(order.number))
    return order


def accepted(market: Market, name: str = RIDER, **buying: object) -> int:
    number = offered(market, **buying).number
    assert market.ride(name, lambda r: r.accept(number)).status is DeliveryStatus.ACCEPTED
    return number


def picked_up(market: Market, name: str = RIDER, **buying: object) -> int:
    number = accepted(market, name, **buying)
    market.ride(name, lambda r: r.picked(number))
    return number


def delivered(market: Market, name: str = RIDER, **buying: object) -> int:
    number = picked_up(market, name, **buying)
    hand_over(market, number, name)
    return number


def hand_over(market: Market, number: int, name: str = RIDER) -> None:
    code = market.order(number).code
    done = market.ride(name, lambda r: r.delivered(number, code))
    assert done.status is DeliveryStatus.DELIVERED


def failed(market: Market, name: str = RIDER, **buying: object) -> int:
    number = picked_up(market, name, **buying)
    market.ride(name, lambda r: r.failed(number, "nobody-there"))
    return number


def cancelled(market: Market, name: str = RIDER, **buying: object) -> int:
    number = accepted(market, name, **buying)
    market.sell(lambda t: t.refuse(number, "sold out"))
    return number


# How a job comes to each place where it can be for the rider who is asked about it.
BROUGHT_TO: Mapping[DeliveryStatus, Callable[[Market], int]] = {
    DeliveryStatus.OFFERED: lambda market: offered(market).number,
    DeliveryStatus.ACCEPTED: accepted,
    DeliveryStatus.PICKED_UP: picked_up,
    DeliveryStatus.DELIVERED: delivered,
    DeliveryStatus.FAILED: failed,
    DeliveryStatus.CANCELLED: cancelled,
}
