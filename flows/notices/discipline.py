"""What a shop or a rider hears of warnings and suspensions."""

from flows.happenings import Suspended, SuspensionOver, Warned
from flows.message import Message
from flows.notices.notice import Notice, Rider, sellers
from flows.ports.shop import ShopInfo

Notices = tuple[Notice, ...]


def warned(happening: Warned, shop: ShopInfo) -> Notices:
    reason, number, most = happening.reason, happening.count, happening.most
    if happening.rider is not None:
        told = Message(
            "notice-rider-warned", shop=shop.name, reason=reason, number=number, most=most
        )
        return (Notice(Rider(happening.rider), told),)
    told = Message("alert-shop-warned", shop=shop.name, reason=reason, number=number, most=most)
    return (sellers(told, all_phones=True),)


def suspended(happening: Suspended, shop: ShopInfo) -> Notices:
    """The shop hears of its riders' too: it must find others."""
    reason, until = happening.reason, happening.until
    if happening.rider is not None:
        message = (
            Message("notice-rider-suspended-until", shop=shop.name, reason=reason, until=until)
            if until is not None
            else Message("notice-rider-suspended", shop=shop.name, reason=reason)
        )
        return (Notice(Rider(happening.rider), message),)
    told = (
        Message("alert-shop-suspended-until", shop=shop.name, reason=reason, until=until)
        if until is not None
        else Message("alert-shop-suspended", shop=shop.name, reason=reason)
    )
    return (sellers(told, all_phones=True),)


def over(happening: SuspensionOver, shop: ShopInfo) -> Notices:
    if happening.rider is not None:
        message = Message("notice-rider-suspension-over", shop=shop.name)
        return (Notice(Rider(happening.rider), message),)
    return (sellers(Message("alert-shop-suspension-over", shop=shop.name), all_phones=True),)
