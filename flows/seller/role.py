"""The machine of sellers, on which every module of this package registers its words."""

from collections.abc import Sequence
from typing import TypeVar

from flows.heard import Choice
from flows.machine import Machine
from flows.message import Message
from flows.place import Place, Spot, Step
from flows.ports.coupon_desk import CouponDeskPort
from flows.ports.lacking import LackingPort
from flows.ports.listings import ListingsPort
from flows.ports.opening import OpeningPort
from flows.ports.payout_number import PayoutNumberPort
from flows.ports.places import PlacesPort
from flows.ports.returns import ReturnsDeskPort
from flows.ports.scores import ScoresPort
from flows.ports.sharing import SharingPort
from flows.ports.stall import StallPort
from flows.ports.supply import SupplyPort
from flows.ports.till import TillPort
from flows.ports.trade import TradePort
from flows.ports.wholesale import ApprovalsPort
from flows.reply import Option
from flows.visit import Visit
from intents.command import Command

seller = Machine("seller", home="desk")

P = TypeVar("P")


class NotStaffError(LookupError):
    """The server gave a turn to this machine for somebody who does not sell here."""


def trade(visit: Visit) -> TradePort:
    """What this member of the staff may do. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.trade)


def till(visit: Visit) -> TillPort:
    """The shop's money, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.till)


def returns_desk(visit: Visit) -> ReturnsDeskPort:
    """What comes back to the shop, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.returns_desk)


def lacking(visit: Visit) -> LackingPort:
    """What is not there, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.lacking)


def opening(visit: Visit) -> OpeningPort:
    """When the shop is open, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.opening)


def sharing(visit: Visit) -> SharingPort:
    """The shop's links, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.sharing)


def listings(visit: Visit) -> ListingsPort:
    """What the shop lists of its suppliers, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.listings)


def approvals(visit: Visit) -> ApprovalsPort:
    """Who may buy at the wholesale price, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.approvals)


def payout_number(visit: Visit) -> PayoutNumberPort:
    """Where the shop's money goes, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.payout_number)


def coupons(visit: Visit) -> CouponDeskPort:
    """The shop's coupons, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.coupon_desk)


def stall(visit: Visit) -> StallPort:
    """The shop's goods, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.stall)


def places(visit: Visit) -> PlacesPort:
    """Where the shop delivers to, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.places)


def supply(visit: Visit) -> SupplyPort:
    """What goes between the shop, its suppliers and its resellers, for this member of the staff. Raises
    NotStaffError."""
    return _of_staff(visit, visit.ports.supply)


def scores(visit: Visit) -> ScoresPort:
    """How well the shop does, for this member of the staff. Raises NotStaffError."""
    return _of_staff(visit, visit.ports.scores)


def _of_staff(visit: Visit, port: P | None) -> P:
    if port is None:
        raise NotStaffError(visit.ports.shop.slug)
    return port


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
