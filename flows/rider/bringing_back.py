"""BACK: what could not be delivered is in the shop again."""

from flows.message import Message
from flows.place import Step
from flows.ports.orders import DeliveryStatus
from flows.ports.refusals import Refusal
from flows.rider.role import refused, rider, rides, tell, which
from flows.visit import Visit
from intents.command import Command, Word

FAILED = frozenset({DeliveryStatus.FAILED})


@rider.anywhere(Word.BACK)
def back(visit: Visit, command: Command) -> Step:
    """The shop is told, so that it can say if that is not so."""
    found = which(visit, command, FAILED)
    if isinstance(found, Step):
        return found
    job = rides(visit).back(found.number or 0)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(visit, Message("rider-back", number=job.number, shop=job.shop))
