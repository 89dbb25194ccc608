"""What the shop's people hear from customers, and customers from them; and empty shelves."""

from collections.abc import Sequence

from flows.happenings import (
    AreasAsked,
    AskedInVain,
    HandedOver,
    SellerAnswered,
    SellerWrote,
    SmsDoubted,
    StockLow,
)
from flows.message import Elastic, Message, verbatim
from flows.notices.notice import Customer, Haste, Notice, customer, sellers
from flows.ports.shop import ShopInfo
from flows.ports.trade import Offered
from flows.reply import Option
from flows.spoken import command_option
from intents.command import Command, Word

Notices = tuple[Notice, ...]

MOST_LETTERS = 240


def handed_over(happening: HandedOver, shop: ShopInfo) -> Notices:
    """Who, what, and how to answer: by the order's number, else by phone, else by choosing."""
    number, phone = happening.order_number, happening.phone
    who: Message = verbatim(" ".join(filter(None, (happening.name, phone))) or "-")
    if number is not None:
        who = Message("who-with-order", who=who, number=number)
    told = _told(happening, who)
    address = str(number) if number is not None else phone
    if address is None:
        option = Option(f"answer:{happening.person}", Message("choice-answer"))
        return (sellers(told, option),)
    return (sellers(Message("alert-handed-over-reply", told=told, address=address)),)


def sms_doubted(happening: SmsDoubted, shop: ShopInfo) -> Notices:
    """Before goods leave for a message that anybody can write."""
    who = happening.phone or happening.name or "-"
    if happening.order_number is None:
        return (sellers(Message("alert-sms-doubted", who=who, amount=happening.amount)),)
    number = happening.order_number
    told = Message("alert-sms-doubted-order", who=who, amount=happening.amount, number=number)
    return (sellers(told),)


def _told(happening: HandedOver, who: Message) -> Message:
    """With the customer's words, where they wrote any and did not just choose the seller."""
    if not happening.words:
        return Message("alert-wants-you", who=who)
    key = "alert-handed-over" if happening.first else "alert-handed-over-again"
    return Message(key, who=who, words=shortened(happening.words))


def shortened(words: str) -> str:
    """What fits about two SMS: people paste long things."""
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS].rstrip() + ".."


def answered(happening: SellerAnswered, shop: ShopInfo) -> Notices:
    order = happening.order
    message = Message(
        "notice-seller-answered", shop=shop.name, words=happening.words, number=order.number
    )
    return (customer(order, message),)


def wrote(happening: SellerWrote, shop: ShopInfo) -> Notices:
    message = Message("notice-seller-wrote", shop=shop.name, words=happening.words)
    return (Notice(Customer(happening.person), message, Haste.REPLY),)


def stock_low(happening: StockLow, shop: ShopInfo) -> Notices:
    key = "alert-stock-critical" if happening.critical else "alert-stock-low"
    message = Message(key, name=happening.name, left=happening.left, sku=happening.sku)
    return (Notice(sellers(message).to, message, important=False),)


def asked_in_vain(happening: AskedInVain, shop: ShopInfo) -> Notices:
    words = happening.words
    message = Message("alert-asked-in-vain", count=happening.people, words=words)
    notice = sellers(message, *meanings(words, happening.offers))
    return (Notice(notice.to, message, important=False, menu=notice.menu),)


def areas_asked(happening: AreasAsked, shop: ShopInfo) -> Notices:
    """With the word that begins to deliver there."""
    asked = Elastic(tuple(f"{area.name} ({area.people})" for area in happening.areas))
    message = Message("alert-areas-asked", areas=asked, area=happening.areas[0].name)
    return (Notice(sellers(message).to, message, important=False),)


def meanings(words: str, offers: Sequence[Offered]) -> tuple[Option, ...]:
    """What unknown words may mean, each as the command that says so, and that they mean nothing here."""
    named = (
        command_option(Command(Word.ALIAS, rest=f"{words} = {each.sku}"), verbatim(each.name))
        for each in offers
    )
    return (*named, Option(f"not-sold:{words}", Message("choice-not-sold")))
