"""What is said while money is asked for in another way than by a prompt."""

from flows.happenings import CodeWanted, PaymentLink
from flows.message import Message
from flows.notices.notice import Customer, Haste, Notice
from flows.ports.shop import ShopInfo


def link(happening: PaymentLink, shop: ShopInfo) -> tuple[Notice, ...]:
    """The customer waits for it."""
    order, attempt = happening.order, happening.attempt
    to = Customer(happening.person, order)
    url = attempt.link or ""
    if order is None:
        message = Message("notice-top-up-link", amount=attempt.amount, link=url)
    else:
        number = order.number
        message = Message("notice-payment-link", number=number, total=attempt.amount, link=url)
    return (Notice(to, message, kind=Haste.REPLY),)


def code_wanted(happening: CodeWanted, shop: ShopInfo) -> tuple[Notice, ...]:
    order, attempt = happening.order, happening.attempt
    to = Customer(happening.person, order)
    if order is None:
        message = Message("notice-top-up-code-wanted", amount=attempt.amount)
    else:
        message = Message("notice-payment-code-wanted", number=order.number, total=attempt.amount)
    return (Notice(to, message, kind=Haste.REPLY),)
