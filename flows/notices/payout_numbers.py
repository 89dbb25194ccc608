"""What is said when the number changes to which a shop's money is paid out."""

from typing import Any

from flows.happenings import PayoutNumberChanged, PayoutNumberNamed
from flows.message import Message
from flows.notices.notice import Haste, Notice, OwnPhone, Phone
from flows.payout_number import NO, YES, about
from flows.ports.payout_number import Naming
from flows.ports.shop import ShopInfo
from flows.reply import Menu, Option

Notices = tuple[Notice, ...]


def named(happening: PayoutNumberNamed, _shop: ShopInfo) -> Notices:
    """To the owner's own phone only: a name is nobody else's business."""
    proposed = happening.proposed
    options = (
        Option(f"{YES}:{proposed.id}", Message("trade-yes")),
        Option(f"{NO}:{proposed.id}", Message("trade-no")),
    )
    menu = None if proposed.naming is Naming.NOBODY else Menu(options)
    to = OwnPhone(happening.person, "seller")
    return (Notice(to, about(proposed), kind=Haste.REPLY, menu=menu),)


def changed(happening: PayoutNumberChanged, shop: ShopInfo) -> Notices:
    """To every owner, and to the number that got the money so far."""
    facts: dict[str, Any] = {
        "shop": shop.name,
        "phone": happening.phone,
        "until": happening.held_until,
    }
    told = Message("notice-payout-number", **facts)
    owners = tuple(Notice(OwnPhone(person, "seller"), told) for person in happening.owners)
    if happening.old is None:
        return owners
    return (*owners, Notice(Phone(happening.old), Message("notice-payout-number-old", **facts)))
