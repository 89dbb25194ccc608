"""Where is my refund?"""

from collections.abc import Callable, Mapping

from flows.customer.human import hand_over
from flows.customer.machine import customer
from flows.customer.options import HUMAN
from flows.heard import Choice
from flows.message import Message
from flows.place import Step
from flows.ports.records import BackStatus, MoneyBack
from flows.rails import rail_name
from flows.reply import Option
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

MOST = 3

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


@customer.anywhere("refund", Intent.REFUND)
def refund(visit: Visit, heard: Choice | Understanding) -> Step:
    """What goes back already is told; a new wish is the seller's to grant."""
    records = visit.ports.records
    number = heard.number if isinstance(heard, Choice) else heard.order
    backs = records.backs(number)[:MOST] if records is not None else ()
    if not backs:
        return hand_over(visit, heard)
    track = Option(f"track:{backs[0].number}", Message("option-track"))
    return visit.answer(visit.say(*(words_of(back) for back in backs), options=(track, HUMAN)))
