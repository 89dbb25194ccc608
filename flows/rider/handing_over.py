"""HANDED: a rider says that the shop has its cash, or a part of it."""

from flows.message import Message
from flows.place import Step
from flows.ports.refusals import BadAmount, Refusal
from flows.rider.role import purse, refused, rider, tell
from flows.takings import wanted
from flows.visit import Visit
from intents.command import Command, Word


@rider.anywhere(Word.HANDED)
def handed(visit: Visit, command: Command) -> Step:
    """Without an amount: all of it. Nothing is booked before the shop says yes, so a slip does no harm."""
    amount = wanted(command)
    if isinstance(amount, BadAmount):
        return refused(visit, amount)
    said = purse(visit).hand_over(amount)
    if isinstance(said, Refusal):
        return refused(visit, said)
    return tell(visit, Message("rider-handed", amount=said, shop=visit.ports.shop.name))
