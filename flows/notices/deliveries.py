"""What is said as a parcel finds its rider and its customer."""

from flows.happenings import (
    CodeAsked,
    CodeLockedOut,
    DeliveryOffered,
    OfferWithdrawn,
    RiderAssigned,
    StepUndone,
)
from flows.message import Clock, Elastic, Message, verbatim
from flows.notices.notice import Notice, Rider, customer, sellers
from flows.notices.wording import collect, phone
from flows.ports.delivery import Point
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, Role
from flows.ports.shop import ShopInfo
from flows.ports.trade import Job

Notices = tuple[Notice, ...]

# Google, "Maps URLs": opens the place in a browser or the map that is there.
MAP = "https://maps.google.com/?q="

# How a delivery stands once its rider took a step back.
UNDONE = {
    DeliveryStatus.WAITING: Message("undone-waiting"),
    DeliveryStatus.OFFERED: Message("undone-waiting"),
    DeliveryStatus.ACCEPTED: Message("undone-accepted"),
    DeliveryStatus.PICKED_UP: Message("undone-picked-up"),
}


def offered(happening: DeliveryOffered, shop: ShopInfo) -> Notices:
    """The customer's phone is not in it: only who accepts may call."""
    return (Notice(Rider(happening.rider), offer(happening.job)),)


def offer(job: Job) -> Message:
    """One delivery, as it is offered."""
    facts = Message(
        "rider-offer", number=job.number, shop=job.shop, place=road(job), collect=cash(job)
    )
    if job.along:
        areas = Elastic(tuple(dict.fromkeys((job.fulfilment_area or "-", *job.along))))
        facts = Message("rider-offer-along", drops=len(job.along) + 1, areas=areas, offer=facts)
    if job.offered_until is None:
        return Message("rider-offer-open", offer=facts, number=job.number)
    until = Clock(job.offered_until)
    return Message("rider-offer-until", offer=facts, number=job.number, until=until)


def road(job: Job) -> Message:
    """Where it goes: the area and the landmark, as far as they are known."""
    return where(job.fulfilment_area, job.landmark)


def where(area: str | None, landmark: str | None) -> Message:
    if area and landmark:
        return Message("place-with-landmark", area=area, landmark=landmark)
    return verbatim(area or landmark or "-")


def on_map(at: Point | None) -> tuple[Message, ...]:
    """Where the customer has shown it to be, as a link that opens any phone's map."""
    return (Message("rider-map", link=f"{MAP}{at.written}"),) if at else ()


def elsewhere(job: Job) -> tuple[Message, ...]:
    """Where the goods are fetched that a supplier of the shop has packed."""
    return (Message("rider-fetch", places="; ".join(job.fetch)),) if job.fetch else ()


def cash(job: Job) -> Message:
    """What the rider takes at the door."""
    return Message("rider-collect", total=job.collect) if job.collect else Message("rider-paid")


def withdrawn(happening: OfferWithdrawn, shop: ShopInfo) -> Notices:
    """Another rider was first, nobody was, or the order is gone; who has it must hear of that."""
    order = happening.order
    if order.closed and order.rider is not None and order.rider.id == happening.rider:
        message = Message("notice-rider-cancelled", number=order.number, shop=shop.name)
        return (Notice(Rider(happening.rider), message),)
    message = Message("notice-rider-withdrawn", number=order.number)
    return (Notice(Rider(happening.rider), message, important=False),)


def assigned(happening: RiderAssigned, shop: ShopInfo) -> Notices:
    order = happening.order
    if order.rider is None:
        return ()
    number, name, calls = order.number, order.rider.name, order.rider.phone
    told = customer(
        order,
        Message("notice-rider-assigned", number=number, rider=name, phone=calls, shop=shop.name),
    )
    if happening.by is Role.SELLER:
        return (told, given(order, order.rider.id, shop))
    packed = order.status is OrderStatus.PROCESSING
    alert = "alert-rider-comes" if packed else "alert-rider-assigned"
    return (told, sellers(Message(alert, number=number, rider=name, phone=calls)))


def given(order: Order, rider: str, shop: ShopInfo) -> Notice:
    """The seller wants this rider to bring it: all that who says YES learns."""
    message = Message(
        "notice-rider-given",
        number=order.number,
        shop=shop.name,
        place=where(order.area, order.landmark),
        phone=phone(order),
        collect=Message("rider-collect", total=order.at_the_door)
        if order.at_the_door
        else Message("rider-paid"),
    )
    return Notice(Rider(rider), message)


def undone(happening: StepUndone, shop: ShopInfo) -> Notices:
    order = happening.order
    now = UNDONE.get(order.delivery or DeliveryStatus.WAITING, UNDONE[DeliveryStatus.WAITING])
    message = Message("notice-step-undone", number=order.number, now=now)
    return (customer(order, message), sellers(message))


def locked_out(happening: CodeLockedOut, shop: ShopInfo) -> Notices:
    order = happening.order
    return (sellers(Message("alert-code-locked", number=order.number, phone=phone(order))),)


def code_asked(happening: CodeAsked, shop: ShopInfo) -> Notices:
    order = happening.order
    message = Message(
        "notice-code-again", number=order.number, code=order.code, collect=collect(order)
    )
    return (customer(order, message),)
