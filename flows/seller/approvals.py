"""APPROVE and RETAIL: who buys at wholesale prices, and who does not (any more)."""

from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.seller.asking import confirm
from flows.seller.refused import refused
from flows.seller.role import approvals, seller, tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

MOST_LISTED = 6


@seller.anywhere(Word.APPROVE)
def approve(visit: Visit, command: Command) -> Step:
    if command.number is None:
        return _waiting(visit, command.word)
    if not command.exact:
        return confirm(visit, command)
    done = approvals(visit).approve(command.number)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("wholesale-approved", business=done.business))


@seller.anywhere(Word.RETAIL)
def decline(visit: Visit, command: Command) -> Step:
    """Also what was approved: it ends then."""
    if command.number is None:
        return _waiting(visit, command.word)
    if not command.exact:
        return confirm(visit, command)
    done = approvals(visit).decline(command.number, command.rest)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("wholesale-not-approved", business=done.business))


def _waiting(visit: Visit, word: Word) -> Step:
    waiting = approvals(visit).waiting()
    if not waiting:
        return tell(visit, Message("wholesale-nobody"))
    options = tuple(
        command_option(
            Command(word, one.number),
            Message("wholesale-line", business=one.business, about=one.about),
        )
        for one in waiting[:MOST_LISTED]
    )
    if word is Word.APPROVE:
        return tell(visit, Message("wholesale-approve-whom"), options=options)
    return tell(visit, Message("wholesale-decline-whom"), options=options)
