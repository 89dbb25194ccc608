"""What somebody hears who asked to be forgotten."""

from flows.explain import explain
from flows.happenings import NotForgotten
from flows.message import Message
from flows.notices.notice import Customer, Notice
from flows.ports.shop import ShopInfo


def not_forgotten(happening: NotForgotten, shop: ShopInfo) -> tuple[Notice, ...]:
    told = Message("notice-not-forgotten", why=explain(happening.why))
    return (Notice(Customer(happening.person), told),)
