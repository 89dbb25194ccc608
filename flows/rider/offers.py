"""YES and NO to a delivery that is offered, ON and OFF duty."""

from flows.explain import explain
from flows.heard import Heard
from flows.message import Message
from flows.notices.deliveries import cash, elsewhere, on_map, road
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.rider.role import MINE, OFFERED, refused, rider, rides, tell, which
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Understanding


@rider.anywhere(Word.YES)
def accept(visit: Visit, command: Command) -> Step:
    """Only now the rider learns the customer's phone."""
    found = which(visit, command, OFFERED)
    if isinstance(found, Step):
        return found
    job = rides(visit).accept(found.number or 0)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(
        visit,
        Message(
            "rider-accepted",
            number=job.number,
            shop=job.shop,
            place=road(job),
            phone=job.customer_phone or "-",
            collect=cash(job),
        ),
        *on_map(job.at),
        *elsewhere(job),
    )


@rider.anywhere(Word.NO)
def decline(visit: Visit, command: Command) -> Step:
    found = which(visit, command, OFFERED)
    if isinstance(found, Step):
        return found
    job = rides(visit).decline(found.number or 0)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(visit, Message("rider-declined", number=job.number))


@rider.anywhere(Intent.AFFIRM)
def affirm(visit: Visit, _: Understanding) -> Step:
    """ "sure": with one offer open it is clear what is meant."""
    return accept(visit, Command(Word.YES, exact=False))


@rider.anywhere(Intent.DENY)
def deny(visit: Visit, _: Understanding) -> Step:
    return decline(visit, Command(Word.NO, exact=False))


@rider.anywhere(Word.ON)
def on_duty(visit: Visit, _: Heard) -> Step:
    refusal = rides(visit).duty(on=True)
    if refusal is not None:
        return tell(visit, explain(refusal))
    return tell(visit, Message("duty-on"))


@rider.anywhere(Word.OFF)
def off_duty(visit: Visit, _: Heard) -> Step:
    """What was accepted is still to be brought."""
    rides(visit).duty(on=False)
    count = sum(job.status in MINE for job in rides(visit).jobs())
    return tell(visit, Message("duty-off-busy", count=count) if count else Message("duty-off"))
