"""What is heard about who comes to work at a shop."""

from flows.happenings import TeamAnswered, TeamInvited
from flows.message import Message
from flows.notices.notice import Haste, Notice, OwnPhone, sellers
from flows.ports.shop import ShopInfo
from flows.ports.team import Part
from flows.reply import Menu, Option

Notices = tuple[Notice, ...]


def invited(happening: TeamInvited, shop: ShopInfo) -> Notices:
    """To the phone that was named and no other: whoever answers there has shown that it is theirs."""
    rides = happening.part is Part.RIDER
    message = Message("notice-invited-rider" if rides else "notice-invited-seller", shop=shop.name)
    options = (
        Option(f"join:{happening.invitation}", Message("trade-yes")),
        Option(f"join-no:{happening.invitation}", Message("trade-no")),
    )
    to = OwnPhone(happening.person, "customer")
    return (Notice(to, message, kind=Haste.REPLY, menu=Menu(options)),)


def answered(happening: TeamAnswered, _shop: ShopInfo) -> Notices:
    if not happening.joined:
        key = "alert-invitation-declined"
    else:
        key = "alert-rider-joined" if happening.part is Part.RIDER else "alert-seller-joined"
    return (sellers(Message(key, name=happening.name, phone=happening.phone)),)
