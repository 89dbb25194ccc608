"""What is said about money that came, did not come, came late, or goes back."""

from flows.happenings import (
    LateMoney,
    PaymentFailed,
    PaymentInReview,
    PaymentStillOpen,
    RefundDone,
    RefundStuck,
)
from flows.message import Clock, Message
from flows.notices.notice import Notice, customer, sellers
from flows.notices.wording import phone
from flows.ports.payments import Attempt, NextStep
from flows.ports.shop import ShopInfo
from flows.rails import rail_name
from flows.reply import Option

Notices = tuple[Notice, ...]

NEXT = {
    NextStep.TRY_AGAIN: Message("next-try-again"),
    NextStep.TOP_UP: Message("next-top-up"),
    NextStep.OTHER_NUMBER: Message("next-other-number"),
    NextStep.WAIT: Message("next-wait"),
    NextStep.CALL_OPERATOR: Message("next-call-operator"),
    NextStep.ASK_SHOP: Message("next-ask-shop"),
}


def failed(happening: PaymentFailed, shop: ShopInfo) -> Notices:
    """Why is the provider's affair; the customer hears what can be done, and can do it at once."""
    order, attempt = happening.order, happening.attempt
    cash = (Option(f"cash:{order.number}", Message("choice-cash")),) if shop.takes_cash else ()
    message = Message(
        "notice-payment-failed",
        number=order.number,
        total=attempt.amount,
        next=NEXT[attempt.next or NextStep.TRY_AGAIN],
        kept=Message("goods-kept", until=Clock(order.held_until))
        if order.held_until
        else Message("order-saved"),
    )
    return (
        customer(
            order,
            message,
            Option(f"pay:{order.number}", Message("choice-pay-again")),
            *_other_number(order.number, attempt),
            *cash,
            Option(f"track:{order.number}", Message("choice-see-order")),
        ),
    )


def _other_number(number: int, attempt: Attempt) -> tuple[Option, ...]:
    """Who paid on a page was asked by no number."""
    if not attempt.payer:
        return ()
    return (Option(f"other-number:{number}", Message("choice-other-number")),)


def still_open(happening: PaymentStillOpen, shop: ShopInfo) -> Notices:
    return (customer(happening.order, _where_to_look(happening)),)


def _where_to_look(happening: PaymentStillOpen) -> Message:
    """At the phone that was asked, or at the page that nobody has paid on."""
    number, attempt = happening.order.number, happening.attempt
    if attempt.link:
        return Message("notice-payment-link-unpaid", number=number, link=attempt.link)
    if not attempt.payer:
        return Message("paying-link-coming", rail=rail_name(attempt.rail))
    return Message("notice-payment-still-open", number=number, payer=attempt.payer)


def in_review(happening: PaymentInReview, shop: ShopInfo) -> Notices:
    order, got = happening.order, happening.got
    number, asked = order.number, happening.attempt.amount
    told = Message("notice-payment-in-review", number=number, got=got, total=asked, shop=shop.name)
    return (
        customer(order, told),
        sellers(Message("alert-payment-in-review", number=number, got=got, total=asked)),
    )


def late(happening: LateMoney, shop: ShopInfo) -> Notices:
    """The cancelled order stays so. Of its successor the seller hears as of any order that is paid."""
    order, successor, refund = happening.order, happening.successor, happening.refund
    if successor is not None:
        message = Message(
            "notice-late-money-successor", number=order.number, successor=successor.number
        )
        return (customer(successor, message),)
    if refund is not None and happening.choice:
        asked = Message("notice-late-money-choice", number=order.number, refund=refund)
        return (
            customer(
                order,
                asked,
                Option(f"keep-late:{order.number}", Message("choice-keep-in-wallet")),
                Option(f"send-late:{order.number}", Message("choice-send-back")),
            ),
        )
    if refund is not None:
        return (
            customer(
                order, Message("notice-late-money-refund", number=order.number, refund=refund)
            ),
        )
    return (customer(order, Message("notice-late-money", number=order.number, shop=shop.name)),)


def refunded(happening: RefundDone, shop: ShopInfo) -> Notices:
    order, amount = happening.order, happening.amount
    if order.rail == "wallet":
        return (
            customer(order, Message("notice-refund-in-wallet", number=order.number, amount=amount)),
        )
    payer = order.payer or phone(order)
    message = Message("notice-refund-done", number=order.number, amount=amount, payer=payer)
    return (customer(order, message),)


def refund_stuck(happening: RefundStuck, shop: ShopInfo) -> Notices:
    order, amount = happening.order, happening.amount
    payer = order.payer or phone(order)
    return (
        customer(
            order,
            Message("notice-refund-stuck", number=order.number, amount=amount, shop=shop.name),
        ),
        sellers(Message("alert-refund-stuck", number=order.number, amount=amount, payer=payer)),
    )
