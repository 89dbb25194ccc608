"""What suppliers hear of orders at shops that sell their goods, and what these hear of their suppliers."""

from collections.abc import Mapping

from flows.happenings import (
    SupplierNotWanted,
    SupplierWanted,
    SupplierWantsLess,
    SupplyAnswered,
    SupplyAsked,
    SupplyLess,
    SupplyOff,
    SupplyUnanswered,
)
from flows.message import Message
from flows.notices.notice import Notice, Phone, riders, sellers
from flows.notices.wording import failure, pieces
from flows.ports.orders import OrderStatus
from flows.ports.shop import ShopInfo
from flows.ports.supply import Supply, SupplyStatus

Notices = tuple[Notice, ...]

# By what the supplier says; ASKED is that nothing is said.
ANSWERS: Mapping[SupplyStatus, str] = {
    SupplyStatus.ASKED: "alert-supply-silent",
    SupplyStatus.PACKING: "alert-supply-packing",
    SupplyStatus.READY: "alert-supply-ready",
    SupplyStatus.REFUSED: "alert-supply-refused",
}


def wanted(happening: SupplierWanted, shop: ShopInfo) -> Notices:
    message = Message(
        "supplier-wanted",
        shop=shop.name,
        number=happening.number,
        items=pieces(happening.goods),
    )
    return (Notice(Phone(happening.phone), message),)


def not_wanted(happening: SupplierNotWanted, shop: ShopInfo) -> Notices:
    message = Message("supplier-not-wanted", shop=shop.name, number=happening.number)
    return (Notice(Phone(happening.phone), message),)


def wants_less(happening: SupplierWantsLess, shop: ShopInfo) -> Notices:
    message = Message(
        "supplier-less",
        shop=shop.name,
        number=happening.number,
        items=pieces(happening.goods),
    )
    return (Notice(Phone(happening.phone), message),)


def asked(happening: SupplyAsked, shop: ShopInfo) -> Notices:
    return (sellers(_ask("supply-asked", happening.supply)),)


def unanswered(happening: SupplyUnanswered, shop: ShopInfo) -> Notices:
    """First the same phone, then every phone."""
    message = _ask("supply-reminder", happening.supply)
    return (sellers(message, all_phones=happening.reminder > 1),)


def off(happening: SupplyOff, shop: ShopInfo) -> Notices:
    supply = happening.supply
    return (sellers(Message("supply-off", shop=supply.shop, number=supply.number)),)


def less(happening: SupplyLess, shop: ShopInfo) -> Notices:
    return (sellers(_ask("supply-less", happening.supply)),)


def answered(happening: SupplyAnswered, shop: ShopInfo) -> Notices:
    """What becomes of an order that a supplier lets down is its seller's to say, by a word that is in the
    message. A rider who has taken it hears where it is fetched."""
    order = happening.order
    key = ANSWERS[happening.status]
    if happening.status is SupplyStatus.REFUSED and len(happening.goods) < len(order.lines):
        key = "alert-supply-refused-part"
    message = Message(
        key,
        supplier=happening.supplier,
        number=order.number,
        items=pieces(happening.goods),
        phone=happening.phone,
        reason=failure(happening.reason),
        without=_without(happening),
    )
    if happening.status is not SupplyStatus.READY or happening.place is None:
        return (sellers(message),)
    if order.status not in (OrderStatus.CONFIRMED, OrderStatus.PROCESSING):
        return (sellers(message),)
    fetch = Message("rider-fetch-order", number=order.number, place=happening.place)
    return (sellers(message), *riders(order, fetch))


def _without(happening: SupplyAnswered) -> str:
    """The word that sends the rest; which goods is asked where there are several."""
    name = happening.goods[0][1] if len(happening.goods) == 1 else ""
    return f"WITHOUT {happening.order.number} {name}".rstrip()


def _ask(key: str, supply: Supply) -> Message:
    """Always one SMS: the goods give way."""
    return Message(key, shop=supply.shop, number=supply.number, items=pieces(supply.goods))
