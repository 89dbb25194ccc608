"""What is said about money for a customer's wallet."""

from flows.happenings import (
    ToppedUp,
    TopUpFailed,
    TopUpInReview,
    TopUpReturned,
    TopUpStillOpen,
)
from flows.message import Message
from flows.notices.notice import Customer, Notice, sellers
from flows.notices.payments import NEXT
from flows.ports.payments import NextStep
from flows.ports.shop import ShopInfo


def topped_up(happening: ToppedUp, shop: ShopInfo) -> tuple[Notice, ...]:
    amount, balance = happening.amount, happening.balance
    return _told(happening.person, Message("notice-topped-up", amount=amount, balance=balance))


def failed(happening: TopUpFailed, shop: ShopInfo) -> tuple[Notice, ...]:
    attempt = happening.attempt
    next_ = NEXT[attempt.next or NextStep.TRY_AGAIN]
    message = Message("notice-top-up-failed", amount=attempt.amount, next=next_)
    return _told(happening.person, message)


def still_open(happening: TopUpStillOpen, shop: ShopInfo) -> tuple[Notice, ...]:
    message = Message("notice-top-up-still-open", amount=happening.attempt.amount)
    return _told(happening.person, message)


def in_review(happening: TopUpInReview, shop: ShopInfo) -> tuple[Notice, ...]:
    got, asked = happening.got, happening.attempt.amount
    told = Message("notice-top-up-in-review", got=got, amount=asked, shop=shop.name)
    alert = Message("alert-top-up-in-review", got=got, amount=asked)
    return (*_told(happening.person, told), sellers(alert))


def returned(happening: TopUpReturned, shop: ShopInfo) -> tuple[Notice, ...]:
    amount = happening.amount
    if happening.done:
        return _told(happening.person, Message("notice-top-up-returned", amount=amount))
    stuck = Message("notice-top-up-not-returned", amount=amount, shop=shop.name)
    alert = Message("alert-top-up-not-returned", amount=amount)
    return (*_told(happening.person, stuck), sellers(alert))


def _told(person: str, message: Message) -> tuple[Notice, ...]:
    return (Notice(Customer(person), message),)
