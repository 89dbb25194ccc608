"""One message that must go out, and to whom."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from flows.message import Message
from flows.ports.orders import Order
from flows.reply import Menu, Option


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, by the id of the person. `order` tells on which channel they bought, if they did."""

    person: str
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Sellers:
    """The shop's first alert phone, or with `all_phones` every one that gets alerts."""

    all_phones: bool = False


@dataclass(frozen=True, slots=True)
class Rider:
    """A rider, by the id of the rider's row."""

    id: str


@dataclass(frozen=True, slots=True)
class OwnPhone:
    """The phone that a person is known by, and no other medium where there is SMS: what is said proves
    whose phone it is. `role` says in which language."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A number (E.164) that the shop's file names, of somebody who is nothing else here."""

    number: str


Recipient: TypeAlias = Customer | Sellers | Rider | OwnPhone | Phone


class Haste(StrEnum):
    """Replies pass alerts where a line is busy. BULK is what only promotes: it waits for all else and for
    the end of the quiet hours, and goes to nobody who said STOP. The values are the outbox's kinds."""

    REPLY = "reply"
    ALERT = "alert"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Notice:
    """`important` may fall over to SMS when the medium fails. The reader chooses from `menu` like from
    any other: what was shown is kept for their line. The words of a `secret` one are kept no longer than
    it takes to send them."""

    to: Recipient
    message: Message
    kind: Haste = Haste.ALERT
    important: bool = True
    secret: bool = False
    menu: Menu | None = None


def customer(order: Order, message: Message, *options: Option) -> Notice:
    """To who ordered."""
    return Notice(Customer(order.person, order), message, menu=_menu(options))


def promotion(person: str, message: Message, *options: Option) -> Notice:
    """To a customer, by the id of the person, who has no order under way that it belongs to."""
    return Notice(Customer(person), message, kind=Haste.BULK, important=False, menu=_menu(options))


def sellers(message: Message, *options: Option, all_phones: bool = False) -> Notice:
    """To the shop."""
    return Notice(Sellers(all_phones), message, menu=_menu(options))


def riders(order: Order, message: Message) -> tuple[Notice, ...]:
    """To the rider who has the order, if one has."""
    return (Notice(Rider(order.rider.id), message),) if order.rider else ()


def _menu(options: tuple[Option, ...]) -> Menu | None:
    return Menu(options) if options else None
