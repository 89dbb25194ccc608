"""What is said of an order that no rider takes, to its seller and to who waits for it."""

from flows.happenings import NobodyAccepted, ShopBrings, StillNobody
from flows.message import Message
from flows.notices.notice import Notice, customer, sellers
from flows.notices.wording import phone
from flows.ports.orders import Order
from flows.ports.shop import ShopInfo
from flows.reply import Option
from intents.command import Word

Notices = tuple[Notice, ...]


def nobody_accepted(happening: NobodyAccepted, shop: ShopInfo) -> Notices:
    order = happening.order
    message = Message("alert-nobody-accepted", number=order.number, phone=phone(order))
    return (sellers(message, *choices(order)),)


def choices(order: Order) -> tuple[Option, ...]:
    """What a seller can do with a parcel that nobody brings."""
    number = order.number
    return (
        Option(f"own:{number}", Message("choice-own-rider")),
        Option(f"as-pickup:{number}", Message("choice-as-pickup")),
        Option(f"offer:{number}", Message("choice-offer-again")),
        Option(f"cmd:{Word.NO} {number}", Message("choice-refuse-order")),
    )


def still_nobody(happening: StillNobody, shop: ShopInfo) -> Notices:
    """Every phone of the shop is asked again; the customer may wait, come for it or call it off."""
    order = happening.order
    if not order.nobody_brings:
        asked = Message("alert-nobody-accepted", number=order.number, phone=phone(order))
        return (sellers(asked, *choices(order), all_phones=True),)
    told = Message("alert-still-nobody", number=order.number, phone=phone(order))
    return (
        sellers(told, *choices(order), all_phones=True),
        customer(
            order,
            Message("notice-no-rider", number=order.number),
            Option(f"track:{order.number}", Message("choice-keep-waiting")),
            *instead(order, fetched=happening.fetched),
        ),
    )


def instead(order: Order, *, fetched: bool) -> tuple[Option, ...]:
    """What its customer can do with an order that nobody brings, but to wait."""
    come = Option(f"fetch:{order.number}", Message("choice-fetch"))
    off = Option(f"cancel:{order.number}", Message("choice-cancel-order"))
    return (come, off) if fetched else (off,)


def shop_brings(happening: ShopBrings, shop: ShopInfo) -> Notices:
    order = happening.order
    message = Message("notice-shop-brings", number=order.number, shop=shop.name)
    return (customer(order, message),)
