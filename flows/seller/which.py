"""Which order a word is about, when its number was left out."""

from collections.abc import Callable
from dataclasses import replace

from flows.message import Message
from flows.place import Step
from flows.ports.orders import Order
from flows.seller.role import tell, trade
from flows.seller.standing import standing
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command


def which(visit: Visit, command: Command, waits: Callable[[Order], bool]) -> Command | Step:
    """The command with its number. One order that waits for this is meant; among several it is asked,
    never guessed."""
    if command.number is not None:
        return command
    waiting = [order for order in trade(visit).waiting() if waits(order)]
    if len(waiting) == 1:
        return replace(command, number=waiting[0].number)
    if not waiting:
        return tell(visit, Message("no-order-waits", word=str(command.word)))
    options = tuple(
        command_option(
            replace(command, number=order.number, exact=True),
            Message(
                "desk-order-line", number=order.number, total=order.total, standing=standing(order)
            ),
        )
        for order in waiting
    )
    return tell(visit, Message("desk-which-order", word=str(command.word)), options=options)
