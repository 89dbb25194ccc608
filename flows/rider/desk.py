"""The list of jobs, help, and what was not understood."""

import re
from collections.abc import Iterator

from flows.delivery_code import DIGITS
from flows.heard import Attachment, Choice, Dialled, Heard, Stale, order_number
from flows.message import Message
from flows.notices.deliveries import cash, offer, on_map, road
from flows.place import Step
from flows.ports.orders import DeliveryStatus
from flows.ports.trade import Job
from flows.reply import Option, Reply
from flows.rider.carrying import STANDS, delivered, send_code
from flows.rider.role import CARRIED, job_options, rider, rides, tell
from flows.spoken import PREFIX, chosen, command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Understanding

# "code" or "code 1001": the customer is sent their code again.
_CODE_WORD = re.compile(r"\W*code\W*(?:order\W*)?(\d{1,9})?\W*$", re.IGNORECASE)
_CODE = re.compile(rf"\s*(\d{{{DIGITS}}})\s*$")

# What can be done with a job, by where it stands.
ACTS: dict[DeliveryStatus, tuple[tuple[Word, str], ...]] = {
    DeliveryStatus.OFFERED: ((Word.YES, "act-yes"), (Word.NO, "act-no")),
    DeliveryStatus.ACCEPTED: ((Word.PICKED, "act-picked-job"), (Word.PASS, "act-pass")),
    DeliveryStatus.PICKED_UP: ((Word.FAIL, "act-fail"),),
    DeliveryStatus.FAILED: ((Word.BACK, "act-back"),),
}


@rider.state("jobs")
class Jobs:
    """Offers, and what is under way."""

    def show(self, visit: Visit) -> Reply:
        options = job_options(visit)
        if not options:
            return visit.say(Message("jobs-none"))
        return visit.say(Message("jobs-open", count=len(options)), options=options)


@rider.anywhere(Word.JOBS, Intent.GREET, Dialled)
def jobs(visit: Visit, _: Heard) -> Step:
    return visit.home()


@rider.anywhere("job")
def chosen_job(visit: Visit, choice: Choice) -> Step:
    return show_job(visit, next(_numbered(visit, choice.argument), None))


def show_job(visit: Visit, job: Job | None) -> Step:
    """One job with all a rider may know of it, and what comes next."""
    if job is None:
        return visit.home()
    if job.status is DeliveryStatus.OFFERED:
        facts: tuple[Message, ...] = (offer(job),)
    elif job.status is DeliveryStatus.FAILED:
        facts = (Message("notice-bring-back", number=job.number, shop=job.shop),)
    else:
        told = Message(
            "job-facts",
            number=job.number,
            now=STANDS.get(job.status, Message("job-given-back")),
            shop=job.shop,
            place=road(job),
            phone=job.customer_phone or "-",
            collect=cash(job),
        )
        facts = (told, *on_map(job.at))
    hint = (Message("rider-code-missing", number=job.number),) if job.status in CARRIED else ()
    return tell(visit, *facts, *hint, options=_acts(job))


def _acts(job: Job) -> tuple[Option, ...]:
    acts = tuple(
        command_option(Command(word, job.number), Message(key))
        for word, key in ACTS.get(job.status, ())
    )
    if job.status in CARRIED:
        acts += (Option(f"code:{job.number}", Message("act-code")),)
    return acts


@rider.anywhere("code")
def code_chosen(visit: Visit, choice: Choice) -> Step:
    return send_code(visit, choice.number)


@rider.anywhere(PREFIX)
def command_chosen(visit: Visit, choice: Choice) -> Step:
    command = chosen(choice)
    if command is None or command.word not in rider.everywhere:
        return visit.home()
    return rider.everywhere[command.word](visit, command)


@rider.anywhere(Word.HELP, Intent.HELP)
def say_help(visit: Visit, _: Heard) -> Step:
    return tell(visit, Message("rider-help"))


@rider.anywhere(Intent.THANKS, Intent.GOODBYE)
def part(visit: Visit, _: Heard) -> Step:
    return tell(visit, Message("rider-thanks"))


@rider.anywhere(Stale)
def old_list(visit: Visit, heard: Stale) -> Step:
    return visit.home(Message("trade-older-list", label=heard.label))


@rider.anywhere(Attachment)
def no_words(visit: Visit, _: Attachment) -> Step:
    return tell(visit, Message("trade-words-only"))


@rider.missed
def missed(visit: Visit, heard: Heard) -> Step:
    """Riders write short: a job's number alone, the code alone, the word "code"."""
    if isinstance(heard, Understanding):
        step = _short(visit, heard.text)
        if step is not None:
            return step
    visit.ports.facts.record("not-understood", role=rider.role)
    return tell(visit, Message("rider-not-understood"))


def _short(visit: Visit, text: str) -> Step | None:
    asked = _CODE_WORD.match(text)
    if asked:
        return send_code(visit, int(asked[1]) if asked[1] else None)
    named = next(_numbered(visit, text.strip(" #.")), None)
    if named is not None:
        return show_job(visit, named)
    code = _CODE.match(text)
    if code and any(job.status in CARRIED for job in rides(visit).jobs()):
        return delivered(visit, Command(Word.DELIVERED, rest=code[1]))
    return None


def _numbered(visit: Visit, text: str) -> Iterator[Job]:
    number = order_number(text)
    return (job for job in rides(visit).jobs() if job.number == number)
