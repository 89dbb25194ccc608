"""What is said when a parcel could not be delivered, until it has come to an end."""

from flows.happenings import AgainWanted, BringBack, DeliveryFailed, GoodsBack
from flows.message import Message
from flows.notices.nobody_brings import choices
from flows.notices.notice import Notice, Rider, customer, sellers
from flows.notices.wording import failure, phone
from flows.ports.orders import DeliveryStatus, Role
from flows.ports.shop import ShopInfo
from flows.reply import Option

Notices = tuple[Notice, ...]


def failed(happening: DeliveryFailed, shop: ShopInfo) -> Notices:
    """The seller says what next, and the customer may ask for another try or another address. A seller who
    said so has just been asked."""
    order, reason = happening.order, failure(happening.reason)
    number = order.number
    told = customer(
        order,
        Message("notice-delivery-failed", number=number, shop=shop.name, reason=reason),
        Option(f"again:{number}", Message("option-try-again")),
        Option(f"address:{number}", Message("option-address")),
    )
    if happening.by is Role.SELLER:
        return (told,)
    rider = order.rider.name if order.rider else "-"
    message = Message(
        "alert-delivery-failed", number=number, rider=rider, reason=reason, phone=phone(order)
    )
    return (sellers(message, *choices(order)), told)


def bring_back(happening: BringBack, shop: ShopInfo) -> Notices:
    message = Message("notice-bring-back", number=happening.order.number, shop=shop.name)
    return (Notice(Rider(happening.rider), message),)


def goods_back(happening: GoodsBack, shop: ShopInfo) -> Notices:
    """Who did not say it hears of it: each can contradict the other."""
    order, number = happening.order, happening.order.number
    if happening.by is Role.SELLER:
        thanks = Message("notice-goods-received", number=number, shop=shop.name)
        return (Notice(Rider(happening.rider), thanks),)
    if order.delivery is DeliveryStatus.FAILED and not order.closed:
        message = Message("alert-goods-back", number=number, rider=happening.name)
        return (sellers(message, *choices(order)),)
    return (sellers(Message("alert-goods-back-kept", number=number, rider=happening.name)),)


def again_wanted(happening: AgainWanted, shop: ShopInfo) -> Notices:
    order = happening.order
    facts = Message("alert-again-wanted", number=order.number, phone=phone(order))
    if happening.fee:
        facts = Message("alert-again-wanted-fee", facts=facts, fee=happening.fee)
    return (sellers(facts, *choices(order)),)
