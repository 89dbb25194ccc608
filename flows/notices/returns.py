"""What is said as goods come back."""

from collections.abc import Mapping

from flows.happenings import (
    GoodsReturned,
    RepairComing,
    ReturnAccepted,
    ReturnAsked,
    ReturnRefused,
)
from flows.message import Elastic, Message, verbatim
from flows.notices.notice import Notice, customer, sellers
from flows.notices.wording import phone
from flows.ports.returns import Reason, Return
from flows.ports.shop import ShopInfo

Notices = tuple[Notice, ...]

REASONS: Mapping[Reason, Message] = {
    Reason.BROKEN: Message("return-broken"),
    Reason.SPOILED: Message("return-spoiled"),
    Reason.WRONG: Message("return-wrong"),
    Reason.UNLIKE: Message("return-unlike"),
    Reason.UNWANTED: Message("return-unwanted"),
    Reason.OTHER: Message("return-other"),
}


def goods(wish: Return) -> Elastic:
    """What comes back; the renderer shortens the list where a text must be one SMS."""
    return Elastic(
        tuple(
            f"{line.name} x{line.quantity}" if line.quantity > 1 else line.name
            for line in wish.lines
        )
    )


def why(wish: Return) -> Message:
    """The reason, in the customer's own words where they gave some."""
    return verbatim(wish.words) if wish.words else REASONS[wish.reason]


def asked(happening: ReturnAsked, shop: ShopInfo) -> Notices:
    """With the words that answer it."""
    wish = happening.wish
    facts = Message(
        "alert-return-asked",
        number=wish.order.number,
        items=goods(wish),
        reason=why(wish),
        refund=wish.refund,
        phone=phone(wish.order),
    )
    return (sellers(facts),)


def accepted(happening: ReturnAccepted, shop: ShopInfo) -> Notices:
    order = happening.wish.order
    text = Message("notice-return-accepted", number=order.number, shop=shop.name)
    return (customer(order, text),)


def refused(happening: ReturnRefused, shop: ShopInfo) -> Notices:
    order, reason = happening.wish.order, happening.why
    if not reason:
        text = Message("notice-return-refused", number=order.number, shop=shop.name)
        return (customer(order, text),)
    because = Message(
        "notice-return-refused-because", number=order.number, shop=shop.name, reason=reason
    )
    return (customer(order, because),)


def back(happening: GoodsReturned, shop: ShopInfo) -> Notices:
    """With what becomes of the money, where there is some."""
    wish = happening.wish
    order = wish.order
    if not wish.refund:
        return (customer(order, Message("notice-goods-back", number=order.number)),)
    key = Message("notice-goods-back-cash", number=order.number, shop=shop.name, refund=wish.refund)
    sent = Message("notice-goods-back-refund", number=order.number, refund=wish.refund)
    return (customer(order, key if wish.in_hand else sent),)


def repair_coming(happening: RepairComing, shop: ShopInfo) -> Notices:
    repair = happening.repair
    text = Message(
        "notice-repair-coming",
        number=happening.order.number,
        shop=shop.name,
        successor=repair.number,
    )
    return (customer(repair, text),)
