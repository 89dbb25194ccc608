"""Cash that is taken when the goods change hands: all of an unpaid order, and of a paid one what it costs
more to bring it to where its customer has sent it since."""

from dataclasses import dataclass

from flows.ports.orders import PaymentStatus
from store.actor import Actor
from store.models import OrderRow
from store.orders.moving import note
from store.scope import Scope

CASH, WALLET = "cash", "wallet"


@dataclass(frozen=True, slots=True)
class Door:
    """In minor units, neither below zero and one of them zero. `due`: to be paid at the door. `credit`: how
    much dearer the place was that was paid for than the one it goes to."""

    due: int
    credit: int

    def farther(self, more: int) -> "Door":
        """To a place that is `more` expensive than the present one, below zero: less."""
        balance = self.due - self.credit + more
        return Door(max(balance, 0), max(-balance, 0))


def door_of(order: OrderRow) -> Door:
    return Door(order.due_at_door, order.door_credit)


def paid_before(order: OrderRow) -> bool:
    """All of it, by a rail or out of the wallet."""
    by_rail = order.paid_by is not None or order.rail == WALLET
    return order.payment_status == PaymentStatus.PAID and by_rail


def set_door(scope: Scope, order: OrderRow, door: Door, actor: Actor, reason: str) -> None:
    """Write down what is due of a locked order."""
    before, order.due_at_door = order.due_at_door, door.due
    order.door_credit = door.credit
    if before != door.due:
        note(scope, order, "due_at_door", str(before), str(door.due), actor, reason)


def nothing_due(scope: Scope, order: OrderRow, actor: Actor, reason: str) -> None:
    """A locked order is not brought any more: what never came is neither owed nor given back."""
    set_door(scope, order, Door(0, 0), actor, reason)


def to_collect(order: OrderRow) -> int:
    """What whoever brings it has yet to take, in minor units."""
    if order.delivered_at is not None:
        return 0
    return order.due_at_door if PaymentStatus(order.payment_status).came else order.total


def collected(order: OrderRow) -> int:
    """What whoever brought it has taken, in minor units."""
    if order.delivered_at is None:
        return 0
    in_cash = order.rail == CASH and order.paid_by is None
    return order.due_at_door + (order.total if in_cash else 0)
