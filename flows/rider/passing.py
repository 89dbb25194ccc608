"""PASS: a rider who cannot go gives a job back before the goods are picked up."""

from flows.message import Message
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.rider.role import ACCEPTED, refused, rider, rides, tell, which
from flows.visit import Visit
from intents.command import Command, Word


@rider.anywhere(Word.PASS)
def give_back(visit: Visit, command: Command) -> Step:
    """Others are asked at once. Who has the goods must bring them, or says FAIL."""
    found = which(visit, command, ACCEPTED)
    if isinstance(found, Step):
        return found
    job = rides(visit).give_back(found.number or 0)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(visit, Message("rider-declined", number=job.number))
