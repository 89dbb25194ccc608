"""What is said as an order goes its way."""

from flows.happenings import (
    AddressChanged,
    BecamePickup,
    CancelAsked,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderReady,
    OrderShipped,
    SellerSilent,
)
from flows.message import Count, Message
from flows.notices.notice import Notice, customer, riders, sellers
from flows.notices.wording import (
    collect,
    items,
    payment,
    phone,
    place,
    seller_knows,
    whereabouts,
)
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, Role
from flows.ports.shop import ShopInfo
from flows.reply import Option

Notices = tuple[Notice, ...]


def placed(happening: OrderPlaced, shop: ShopInfo) -> Notices:
    """The customer has their answer already; the seller hears of an order once its money is sure."""
    if happening.awaits_payment:
        return ()
    return (sellers(_alert("alert-new", happening.order)),)


def paid(happening: OrderPaid, shop: ShopInfo) -> Notices:
    """Who has just paid from their wallet was told in the same breath; a dialled page leaves nothing to
    keep."""
    order = happening.order
    confirmed = happening.confirmed
    alert = paid_alert(order, confirmed=confirmed)
    if order.rail == "wallet" and order.channel != "ussd":
        return (alert,)
    return (
        alert,
        customer(
            order,
            Message(
                "notice-paid" if confirmed else "notice-paid-waiting",
                number=order.number,
                total=order.total,
                shop=shop.name,
            ),
        ),
    )


def paid_alert(order: Order, *, confirmed: bool) -> Notice:
    """Pack it, or first say whether it is taken."""
    return sellers(_alert("alert-paid-pack" if confirmed else "alert-paid-accept", order))


def confirmed(happening: OrderConfirmed, shop: ShopInfo) -> Notices:
    order = happening.order
    return (
        customer(
            order,
            Message(
                "notice-confirmed", number=order.number, shop=shop.name, collect=collect(order)
            ),
        ),
    )


def ready(happening: OrderReady, shop: ShopInfo) -> Notices:
    order = happening.order
    if order.fulfilment is Fulfilment.PICKUP:
        return (customer(order, _fetch("notice-ready-pickup", order, shop)),)
    told = customer(order, Message("notice-ready", number=order.number, shop=shop.name))
    if order.delivery is not DeliveryStatus.ACCEPTED:
        return (told,)
    return (
        told,
        *riders(order, Message("notice-rider-ready", number=order.number, shop=shop.name)),
    )


def shipped(happening: OrderShipped, shop: ShopInfo) -> Notices:
    """With the code that closes the delivery, and whom to call."""
    order = happening.order
    carrier = order.rider
    on_the_way = (
        Message(
            "notice-shipped-rider", number=order.number, rider=carrier.name, phone=carrier.phone
        )
        if carrier
        else Message("notice-shipped-shop", number=order.number, shop=shop.name)
    )
    text = Message("notice-shipped", step=on_the_way, collect=collect(order), code=order.code)
    return (customer(order, text),)


def delivered(happening: OrderDelivered, shop: ShopInfo) -> Notices:
    """A seller who brought it knows already."""
    order = happening.order
    thanks = customer(order, _thanks(happening, shop))
    if order.rider is None:
        return (thanks,)
    told = Message("alert-delivered", number=order.number, rider=order.rider.name)
    return (thanks, sellers(told))


def _thanks(happening: OrderDelivered, shop: ShopInfo) -> Message:
    number = happening.order.number
    if not happening.points:
        return Message("notice-delivered", number=number, shop=shop.name)
    return Message(
        "notice-delivered-points",
        count=happening.points,
        number=number,
        shop=shop.name,
        balance=Count(happening.balance),
    )


def cancelled(happening: OrderCancelled, shop: ShopInfo) -> Notices:
    """Nobody is told of what they did themselves, nor the seller of what they never heard of; riders
    hear of it as of any offer that is withdrawn."""
    order = happening.order
    told: Notices = ()
    if happening.by is not Role.CUSTOMER:
        told = (customer(order, _cancelled(happening, shop)),)
    if happening.by is not Role.SELLER and seller_knows(order):
        told += (sellers(Message("alert-cancelled", number=order.number, phone=phone(order))),)
    return told


def cancel_asked(happening: CancelAsked, shop: ShopInfo) -> Notices:
    """Whether it ends is the seller's to say, by a word that is in the message."""
    order, keeps = happening.order, happening.keeps
    number, calls = order.number, phone(order)
    if keeps is None:
        return (sellers(Message("alert-cancel-asked", number=number, phone=calls)),)
    asked = Message("alert-cancel-asked-part", number=number, phone=calls, keeps=keeps)
    return (sellers(asked),)


def address_changed(happening: AddressChanged, shop: ShopInfo) -> Notices:
    order = happening.order
    where = place(order)
    if order.area and order.landmark:
        where = Message("place-with-landmark", area=where, landmark=order.landmark.rstrip(" ."))
    moved = Message("notice-rider-address-changed", number=order.number, place=where)
    told = riders(order, _comes_to(moved, happening))
    if seller_knows(order):
        message = Message("alert-address-changed", number=order.number, place=where)
        told = (sellers(_comes_to(message, happening)), *told)
    return told


def _comes_to(told: Message, happening: AddressChanged) -> Message:
    """Who takes the cash at the door must know that it is another sum."""
    if happening.due is not None:
        if not happening.due:
            return Message("notice-nothing-at-door", told=told)
        return Message("notice-due-at-door", told=told, due=happening.due)
    if happening.more is None:
        return told
    return Message("notice-comes-to", told=told, total=happening.order.total)


def became_pickup(happening: BecamePickup, shop: ShopInfo) -> Notices:
    """Who wished it knows already."""
    order = happening.order
    if happening.by is Role.CUSTOMER:
        comes = Message("alert-customer-comes", number=order.number, phone=phone(order))
        return (sellers(comes),)
    told = _fetch("notice-became-pickup", order, shop)
    if not happening.refund:
        return (customer(order, told),)
    message = Message("notice-became-pickup-refund", told=told, refund=happening.refund)
    return (customer(order, message),)


def silent(happening: SellerSilent, shop: ShopInfo) -> Notices:
    """First the same phone, then every phone, then the customer may go elsewhere."""
    order = happening.order
    if happening.reminder < 3:
        reminder = _alert("alert-reminder", order)
        return (sellers(reminder, all_phones=happening.reminder == 2),)
    return (
        customer(
            order,
            Message("notice-seller-silent", number=order.number, shop=shop.name),
            Option(f"cancel:{order.number}", Message("choice-cancel-order")),
            Option(f"track:{order.number}", Message("choice-keep-waiting")),
        ),
    )


def _alert(key: str, order: Order) -> Message:
    """Always one SMS: everything but the items is short, and the items give way."""
    return Message(
        key,
        number=order.number,
        items=items(order),
        total=order.total,
        payment=payment(order),
        place=place(order),
        phone=phone(order),
    )


def _fetch(key: str, order: Order, shop: ShopInfo) -> Message:
    return Message(
        key,
        number=order.number,
        shop=shop.name,
        place=whereabouts(shop),
        collect=collect(order),
        code=order.code,
    )


def _cancelled(happening: OrderCancelled, shop: ShopInfo) -> Message:
    """By the shop with its reason where it gave one, or by itself because nobody paid in time."""
    number = happening.order.number
    refund = (
        Message("refund-coming", refund=happening.refund)
        if happening.refund
        else Message("nothing-was-taken")
    )
    if happening.by is Role.SYSTEM:
        return Message("notice-cancelled", number=number, refund=refund)
    if happening.reason:
        return Message(
            "notice-refused-because",
            number=number,
            shop=shop.name,
            reason=happening.reason,
            refund=refund,
        )
    return Message("notice-refused", number=number, shop=shop.name, refund=refund)
