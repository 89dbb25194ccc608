"""What is heard about new shops: by the platform's staff, and by their sellers."""

from flows.happenings import ShopFounded, ShopRejected, ShopVerified
from flows.message import Message
from flows.notices.desk import shortened
from flows.notices.notice import Notice, sellers
from flows.ports.shop import ShopInfo

Notices = tuple[Notice, ...]


def founded(happening: ShopFounded, shop: ShopInfo) -> Notices:
    message = Message(
        "alert-shop-founded",
        name=happening.name,
        slug=happening.slug,
        what=happening.goods,
        place=happening.place,
        who=happening.owner,
        phone=happening.phone,
    )
    if happening.namesakes:
        slugs = ", ".join(happening.namesakes)
        message = Message("alert-shop-namesake", told=message, slug=slugs)
    if happening.suspended:
        slugs = ", ".join(happening.suspended)
        message = Message("alert-shop-owner-suspended", told=message, slug=slugs)
    return (sellers(message, all_phones=True),)


def verified(happening: ShopVerified, shop: ShopInfo) -> Notices:
    return (sellers(Message("notice-shop-verified", shop=shop.name), all_phones=True),)


def rejected(happening: ShopRejected, shop: ShopInfo) -> Notices:
    reason = shortened(happening.reason)
    return (
        sellers(Message("notice-shop-rejected", shop=shop.name, reason=reason), all_phones=True),
    )
