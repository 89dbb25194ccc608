"""What is said when a delivery is not with the rider any more who took it, or is about to be."""

from flows.happenings import PickUpLate, RiderOff
from flows.message import Clock, Message
from flows.notices.notice import Notice, Rider, customer, riders, sellers
from flows.ports.orders import Role
from flows.ports.shop import ShopInfo

Notices = tuple[Notice, ...]


def pick_up_late(happening: PickUpLate, shop: ShopInfo) -> Notices:
    """One SMS with the ways out; a YES more begins the time anew."""
    order = happening.order
    until = Clock(happening.until)
    return riders(
        order, Message("notice-pick-up-late", number=order.number, shop=shop.name, until=until)
    )


def rider_off(happening: RiderOff, shop: ShopInfo) -> Notices:
    """Who gave it back knows; a seller who named another rider does too, and the customer hears of that
    rider."""
    order, number = happening.order, happening.order.number
    off = Notice(Rider(happening.rider), Message("notice-rider-taken-off", number=number))
    if happening.by is Role.SELLER:
        return (off,)
    told = (
        customer(order, Message("notice-rider-off", number=number, shop=shop.name)),
        sellers(Message("alert-rider-off", number=number, rider=happening.name)),
    )
    return told if happening.by is Role.RIDER else (off, *told)
