"""Where is my refund?"""

from collections.abc import Callable, Mapping, Sequence

from flows.customer.machine import customer
from flows.customer.options import BACK, HUMAN, TRACK
from flows.customer.returning import refund_wished
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.records import BackStatus, MoneyBack
from flows.rails import rail_name
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

MOST = 3
LOOKING = (Intent.SEARCH, Intent.BROWSE, Intent.ASK_PRICE, Intent.ASK_AVAILABILITY)
TAKES_WORDS = ("human", "return-why", "rating-words")

WORDS: Mapping[BackStatus, Callable[[MoneyBack], Message]] = {
    BackStatus.WAITING: lambda b: Message("back-waiting", number=b.number, amount=b.amount),
    BackStatus.WAY: lambda b: Message(
        "back-on-its-way",
        number=b.number,
        amount=b.amount,
        rail=rail_name(b.rail),
        payer=b.payer,
    ),
    BackStatus.DONE: lambda b: Message(
        "back-done",
        number=b.number,
        amount=b.amount,
        rail=rail_name(b.rail),
        payer=b.payer,
        date=b.at,
    ),
    BackStatus.STUCK: lambda b: Message("back-stuck", number=b.number, amount=b.amount),
}


def words_of(back: MoneyBack) -> Message:
    """What is said of one; into the wallet there is no phone to name."""
    if back.rail == "wallet" and back.status is BackStatus.DONE:
        return Message("back-in-wallet", number=back.number, amount=back.amount, date=back.at)
    return WORDS[back.status](back)


@customer.state("refunds")
class Refunds:
    """Of the order `number`, else (0) of any."""

    def show(self, visit: Visit) -> Reply:
        backs = _backs(visit, visit.number("number") or None)
        back = (BACK,) if visit.place.trail else ()
        return visit.say(*map(words_of, backs), options=(TRACK, HUMAN, *back))


def _backs(visit: Visit, number: int | None) -> Sequence[MoneyBack]:
    records = visit.ports.records
    return records.backs(number)[:MOST] if records is not None else ()


@customer.anywhere("refund", Intent.REFUND)
def refund(visit: Visit, heard: Choice | Understanding) -> Step:
    """What goes back already is told; a new wish begins a return, or is the seller's to grant."""
    number = heard.number if isinstance(heard, Choice) else heard.order
    if not _backs(visit, number):
        return refund_wished(visit, heard)
    return visit.go("refunds", number=number or 0)


@customer.first
def refund_besides(visit: Visit, heard: Understanding) -> Step | None:
    """ "The milk was sour, I want my money back": goods that are named with such a wish are not looked for,
    and none are sold. What is asked for in words, or said to a person, is left to them."""
    wishes = {action.intent for action in heard.also}
    if Intent.REFUND not in wishes or heard.intent not in LOOKING or heard.wish is not None:
        return None
    return None if visit.place.spot.state in TAKES_WORDS else refund(visit, heard)
