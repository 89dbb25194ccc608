"""The machine of riders, on which every module of this package registers its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows.explain import explain
from flows.machine import Machine
from flows.message import Message
from flows.notices.deliveries import cash
from flows.place import Place, Spot, Step
from flows.ports.orders import DeliveryStatus
from flows.ports.purse import PursePort
from flows.ports.refusals import (
    AlreadyTaken,
    CodeLocked,
    NoOffer,
    NothingToUndo,
    Refusal,
    TooLate,
    UnknownOrder,
    WrongCode,
    WrongStep,
)
from flows.ports.trade import Job, RidesPort
from flows.reply import Option
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command

rider = Machine("rider", home="jobs")

OFFERED = frozenset({DeliveryStatus.OFFERED})
ACCEPTED = frozenset({DeliveryStatus.ACCEPTED})
CARRIED = frozenset({DeliveryStatus.PICKED_UP})
MINE = ACCEPTED | CARRIED


class NotRiderError(LookupError):
    """The server gave a turn to this machine for somebody who does not ride here."""


def rides(visit: Visit) -> RidesPort:
    """What this rider may do. Raises NotRiderError."""
    if visit.ports.rides is None:
        raise NotRiderError(visit.ports.shop.slug)
    return visit.ports.rides


def purse(visit: Visit) -> PursePort:
    """This rider's own money at the shop. Raises NotRiderError."""
    if visit.ports.purse is None:
        raise NotRiderError(visit.ports.shop.slug)
    return visit.ports.purse


def tell(visit: Visit, *messages: Message, options: Sequence[Option] = ()) -> Step:
    """Answer, and be back at the list without showing it: the answer is one SMS."""
    visit.place = Place(Spot(rider.home))
    return visit.answer(visit.say(*messages, options=options))


REFUSED: Mapping[type[Refusal], Callable[..., Message]] = {
    UnknownOrder: lambda r: Message("rider-unknown-job", number=r.number),
    NoOffer: lambda r: Message("rider-no-offer", number=r.number),
    AlreadyTaken: lambda r: Message("rider-too-late", number=r.number),
    WrongStep: lambda r: Message("rider-wrong-step", number=r.number),
    WrongCode: lambda r: Message("rider-wrong-code", count=r.tries_left, number=r.number),
    CodeLocked: lambda r: Message("rider-code-locked", number=r.number),
    NothingToUndo: lambda _: Message("rider-nothing-to-undo"),
    TooLate: lambda _: Message("rider-nothing-to-undo"),
}


def refused(visit: Visit, refusal: Refusal) -> Step:
    """Say why; under a wrong number stands what there is."""
    message = REFUSED.get(type(refusal), explain)(refusal)
    wrong_number = isinstance(refusal, UnknownOrder | NoOffer | WrongStep)
    return tell(visit, message, options=job_options(visit) if wrong_number else ())


def label(job: Job) -> Message:
    """One job in a list: all of it comes when it is chosen."""
    if job.status is DeliveryStatus.FAILED:
        return Message("job-line-back", number=job.number, shop=job.shop)
    place = job.fulfilment_area or job.landmark or "-"
    return Message("job-line", number=job.number, place=place, collect=cash(job))


def job_options(visit: Visit) -> tuple[Option, ...]:
    """Offers first, then what is under way; each opens its facts."""
    return tuple(Option(f"job:{job.number}", label(job)) for job in rides(visit).jobs())


def which(visit: Visit, command: Command, at: frozenset[DeliveryStatus]) -> Command | Step:
    """The command with its number. The only job at such a step is meant; among several it is asked."""
    if command.number is not None:
        return command
    open_jobs = [job for job in rides(visit).jobs() if job.status in at]
    if len(open_jobs) == 1:
        return replace(command, number=open_jobs[0].number)
    if not open_jobs:
        return tell(visit, Message("no-job-waits", word=str(command.word)))
    options = tuple(
        command_option(replace(command, number=job.number, exact=True), label(job))
        for job in open_jobs
    )
    return tell(visit, Message("job-which", word=str(command.word)), options=options)
