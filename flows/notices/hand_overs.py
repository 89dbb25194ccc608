"""What is said of cash that a rider says to have handed over."""

from flows.happenings import HandOverDenied, HandOverDiffers, HandOverSaid
from flows.message import Message
from flows.notices.notice import Notice, Rider, sellers
from flows.ports.shop import ShopInfo
from flows.reply import Option

Notices = tuple[Notice, ...]


def said(happening: HandOverSaid, shop: ShopInfo) -> Notices:
    """One word of the seller settles it."""
    return (
        sellers(
            Message("alert-handed", name=happening.name, amount=happening.amount),
            Option(f"handed:{happening.claim}", Message("handed-yes")),
            Option(f"not-handed:{happening.claim}", Message("handed-no")),
        ),
    )


def differs(happening: HandOverDiffers, shop: ShopInfo) -> Notices:
    message = Message(
        "notice-hand-over-differs",
        shop=shop.name,
        got=happening.got,
        said=happening.said,
        left=happening.left,
    )
    return (Notice(Rider(happening.rider), message),)


def denied(happening: HandOverDenied, shop: ShopInfo) -> Notices:
    message = Message(
        "notice-hand-over-denied", shop=shop.name, said=happening.said, left=happening.left
    )
    return (Notice(Rider(happening.rider), message),)
