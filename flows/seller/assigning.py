"""ASSIGN: the seller says which rider brings an order."""

from collections.abc import Sequence
from dataclasses import replace

from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order
from flows.ports.refusals import Refusal
from flows.ports.trade import Carrier
from flows.reply import Option
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.riders import named
from flows.seller.role import seller, tell, trade
from flows.seller.which import which
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

NOT_YET_GONE = frozenset(
    {
        DeliveryStatus.WAITING,
        DeliveryStatus.OFFERED,
        DeliveryStatus.ACCEPTED,
        DeliveryStatus.FAILED,
    }
)


def to_assign(order: Order) -> bool:
    """It is to be brought, and no rider is on the way with it."""
    return order.fulfilment is not Fulfilment.PICKUP and order.delivery in NOT_YET_GONE


@seller.anywhere(Word.ASSIGN)
def assign(visit: Visit, command: Command) -> Step:
    """Without a name, or with one that several have: which of them."""
    found = which(visit, command, to_assign)
    if isinstance(found, Step):
        return found
    every = trade(visit).riders()
    if not every:
        return tell(visit, Message("assign-nobody"))
    meant, sure = named(found.rest, every) if found.rest else (every, False)
    if len(meant) != 1:
        options = _options(found, meant or every)
        return tell(visit, Message("assign-whom", number=found.number or 0), options=options)
    (rider,) = meant
    if not (sure and found.exact):
        return confirm(visit, replace(found, rest=rider.phone or rider.name, exact=True))
    done = trade(visit).assign(found.number or 0, rider.rider)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-assigned", number=done.number, rider=rider.name))


def _options(command: Command, riders: Sequence[Carrier]) -> tuple[Option, ...]:
    return tuple(
        command_option(replace(command, rest=each.phone or each.name, exact=True), _label(each))
        for each in riders
    )


def _label(rider: Carrier) -> Message:
    """With what they have to bring already; or that they are off duty."""
    if not rider.on_duty:
        return Message("rider-line-off", name=rider.name)
    if not rider.jobs:
        return verbatim(rider.name)
    return Message("rider-line-busy", name=rider.name, jobs=rider.jobs)
