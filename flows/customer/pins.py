"""A place that is shown on the map instead of named."""

from dataclasses import replace

from flows.customer.draft import Draft
from flows.customer.options import BROWSE, CART, CHECKOUT
from flows.heard import Attachment, MediaKind
from flows.message import Message
from flows.place import Step
from flows.ports.delivery import Area, Fulfilment, Point
from flows.visit import Visit

# What a phone shows that does not know where it is: in the sea, far from everybody.
NOWHERE = Point(0.0, 0.0)


def point_of(visit: Visit, heard: Attachment) -> Point | None:
    """Where it is; None for what shows no place that anything could be brought to."""
    if heard.kind is not MediaKind.LOCATION or heard.latitude is None or heard.longitude is None:
        return None
    point = Point(heard.latitude, heard.longitude)
    return None if point == NOWHERE or visit.ports.delivery.beyond(point) else point


def pinned(visit: Visit, draft: Draft, point: Point) -> Draft:
    """The draft with this place: in the area where it lies, else in the one that was named. Who shows the
    door need not describe it."""
    area = visit.ports.delivery.around(point) or Area(draft.area or "", draft.zone, point)
    return replace(draft.at(area), landmark=draft.landmark or "")


def fee_to(visit: Visit, point: Point) -> Step | None:
    """What bringing costs to there; None where only the name of the area tells that."""
    port = visit.ports.delivery
    brought = [way.kind for way in port.options() if way.kind is not Fulfilment.PICKUP]
    area = port.around(point)
    if area is None and not port.areas():
        area = Area("", None, point)
    if area is None or not brought:
        return None
    cart = visit.ports.cart.read()
    fee = port.fee(brought[0], area, cart.subtotal)
    told = (
        Message("delivery-fee", area=area.name, fee=fee)
        if area.name
        else Message("delivery-fee-there", fee=fee)
    )
    buying = (CHECKOUT, CART) if cart.lines else ()
    return visit.answer(visit.say(told, options=(*buying, BROWSE)))
