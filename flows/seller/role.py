"""The machine of sellers, on which every module of this package registers its words."""

from collections.abc import Sequence

from flows.heard import Choice
from flows.machine import Machine
from flows.message import Message
from flows.place import Place, Spot, Step
from flows.ports.till import TillPort
from flows.ports.trade import TradePort
from flows.reply import Option
from flows.visit import Visit
from intents.command import Command

seller = Machine("seller", home="desk")


class NotStaffError(LookupError):
    """The server gave a turn to this machine for somebody who does not sell here."""


def trade(visit: Visit) -> TradePort:
    """What this member of the staff may do. Raises NotStaffError."""
    if visit.ports.trade is None:
        raise NotStaffError(visit.ports.shop.slug)
    return visit.ports.trade


def till(visit: Visit) -> TillPort:
    """The shop's money, for this member of the staff. Raises NotStaffError."""
    if visit.ports.till is None:
        raise NotStaffError(visit.ports.shop.slug)
    return visit.ports.till


def tell(visit: Visit, *messages: Message, options: Sequence[Option] = ()) -> Step:
    """Answer, and be back at the desk without showing it: the answer is one SMS."""
    visit.place = Place(Spot(seller.home))
    return visit.answer(visit.say(*messages, options=options))


def number_of(choice: Choice) -> int:
    """The order that an option is about; 0, which no order has, where there is none."""
    return choice.number or 0


def run(visit: Visit, command: Command) -> Step:
    """Do what a word says."""
    return seller.everywhere[command.word](visit, command)
