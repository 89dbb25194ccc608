"""Who hears of wholesale prices."""

from flows.happenings.wholesale import WholesaleAsked, WholesaleGranted, WholesaleRefused
from flows.message import Message
from flows.notices.desk import shortened
from flows.notices.notice import Customer, Notice, sellers
from flows.ports.shop import ShopInfo


def asked(happening: WholesaleAsked, shop: ShopInfo) -> tuple[Notice, ...]:
    one = happening.application
    return (
        sellers(
            Message(
                "wholesale-alert",
                number=one.number,
                business=shortened(one.business),
                about=shortened(one.about),
                phone=one.phone or "-",
            )
        ),
    )


def granted(happening: WholesaleGranted, shop: ShopInfo) -> tuple[Notice, ...]:
    one = happening.application
    return (Notice(Customer(one.person), Message("wholesale-granted", shop=shop.name)),)


def refused(happening: WholesaleRefused, shop: ShopInfo) -> tuple[Notice, ...]:
    key = "wholesale-ended" if happening.ended else "wholesale-declined"
    message = Message(key, shop=shop.name)
    if happening.reason:
        message = Message("wholesale-because", told=message, reason=shortened(happening.reason))
    return (Notice(Customer(happening.application.person), message),)
