"""PICKED, DELIVERED and UNDO, and the code that is sent again."""

from dataclasses import replace

from flows.delivery_code import read_handover
from flows.explain import explain
from flows.heard import Heard
from flows.message import Message
from flows.notices.deliveries import cash, road
from flows.place import Step
from flows.ports.orders import DeliveryStatus
from flows.ports.refusals import HandOverFirst, Refusal
from flows.ports.trade import Job
from flows.rider.role import ACCEPTED, CARRIED, job_options, refused, rider, rides, tell, which
from flows.visit import Visit
from intents.command import Command, Word


@rider.anywhere(Word.PICKED)
def picked(visit: Visit, command: Command) -> Step:
    found = which(visit, command, ACCEPTED)
    if isinstance(found, Step):
        return found
    job = rides(visit).picked(found.number or 0)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(
        visit,
        Message(
            "rider-picked",
            number=job.number,
            place=road(job),
            phone=job.customer_phone or "-",
            collect=cash(job),
        ),
    )


@rider.anywhere(Word.DELIVERED)
def delivered(visit: Visit, command: Command) -> Step:
    """The customer's code proves it. "DELIVERED 4321" is the code where one job is carried."""
    said = read_handover(command, [job.number for job in rides(visit).jobs()])
    found = which(visit, replace(command, number=said.number, rest=said.code), CARRIED)
    if isinstance(found, Step):
        return found
    number = found.number or 0
    if not found.rest:
        return tell(visit, Message("rider-code-missing", number=number))
    job = rides(visit).delivered(number, found.rest)
    if isinstance(job, Refusal):
        return refused(visit, job)
    if job.collect:
        told = Message("rider-delivered-cash", number=number, total=job.collect)
        holds = rides(visit).must_hand_over()
        first = (explain(HandOverFirst(holds)),) if holds else ()
        return tell(visit, told, *first)
    return tell(visit, Message("rider-delivered", number=number))


def send_code(visit: Visit, number: int | None) -> Step:
    """The customer does not find the code: it is sent to them again, never to the rider."""
    carried = [job for job in rides(visit).jobs() if job.status in CARRIED]
    if number is None and len(carried) == 1:
        number = carried[0].number
    if number is None:
        key = "job-which-code" if carried else "nothing-carried"
        return tell(visit, Message(key), options=job_options(visit))
    job = rides(visit).resend_code(number)
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(visit, Message("code-sent-again", number=number))


@rider.anywhere(Word.UNDO)
def undo(visit: Visit, _: Heard) -> Step:
    job = rides(visit).undo()
    if isinstance(job, Refusal):
        return refused(visit, job)
    return tell(visit, Message("job-undone", number=job.number, now=_now(job)))


# How a job stands after a step was taken back.
STANDS = {
    DeliveryStatus.OFFERED: Message("job-offered"),
    DeliveryStatus.ACCEPTED: Message("job-accepted"),
    DeliveryStatus.PICKED_UP: Message("job-carried"),
    DeliveryStatus.FAILED: Message("job-failed"),
}


def _now(job: Job) -> Message:
    return STANDS.get(job.status, Message("job-given-back"))
