"""What is said of money at which a person looks, or has looked."""

from flows.happenings import MoneyGoesBack, PaymentMismatch, PaymentReversed
from flows.message import Message
from flows.notices.notice import Customer, Notice, sellers
from flows.ports.shop import ShopInfo


def goes_back(happening: MoneyGoesBack, shop: ShopInfo) -> tuple[Notice, ...]:
    order, amount = happening.order, happening.amount
    message = Message("notice-money-goes-back", amount=amount)
    return (Notice(Customer(happening.person, order), message),)


def reversed_(happening: PaymentReversed, shop: ShopInfo) -> tuple[Notice, ...]:
    """The goods may be on their way: the seller must know at once."""
    order, amount = happening.order, happening.attempt.amount
    to = Customer(happening.person, order)
    if order is None:
        told = Message("notice-top-up-reversed", amount=amount, shop=shop.name)
        return (Notice(to, told), sellers(Message("alert-top-up-reversed", amount=amount)))
    number = order.number
    told = Message("notice-payment-reversed", number=number, total=amount, shop=shop.name)
    return (
        Notice(to, told),
        sellers(Message("alert-payment-reversed", number=number, total=amount)),
    )


def mismatch(happening: PaymentMismatch, shop: ShopInfo) -> tuple[Notice, ...]:
    order, amount = happening.order, happening.attempt.amount
    if order is None:
        return (sellers(Message("alert-top-up-mismatch", amount=amount)),)
    return (sellers(Message("alert-payment-mismatch", number=order.number, total=amount)),)
