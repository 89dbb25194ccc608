"""The receipt of a paid order, in words and with a link to what the books say."""

from collections.abc import Mapping

from flows.customer.machine import customer
from flows.customer.options import HUMAN, TRACK, USSD
from flows.explain import explain
from flows.heard import Choice
from flows.message import Elastic, Message
from flows.place import Step
from flows.ports.records import Receipt, Standing
from flows.ports.refusals import NothingPaid, Refusal
from flows.rails import rail_name
from flows.reply import Option
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

STANDINGS: Mapping[Standing, Message] = {
    Standing.PAID: Message("receipt-paid"),
    Standing.PARTLY: Message("receipt-partly"),
    Standing.BACK: Message("receipt-back"),
    Standing.VOID: Message("receipt-void"),
}


@customer.anywhere("receipt", Intent.RECEIPT)
def receipt(visit: Visit, heard: Choice | Understanding) -> Step:
    """Of the order that was named, else of the one paid last."""
    records = visit.ports.records
    number = heard.number if isinstance(heard, Choice) else heard.order
    found = records.receipt(number) if records is not None else NothingPaid()
    if isinstance(found, Refusal):
        options = (Option(f"track:{number}", Message("option-track")) if number else TRACK, HUMAN)
        return visit.answer(visit.say(explain(found), options=options))
    track = Option(f"track:{found.number}", Message("option-track"))
    return visit.answer(visit.say(*_words(visit, found), options=(track, HUMAN)))


def _words(visit: Visit, found: Receipt) -> tuple[Message, ...]:
    items = Elastic(tuple(f"{line.quantity} x {line.name}" for line in found.lines))
    rail = rail_name(found.rail)
    how = Message("receipt-how", rail=rail, reference=found.reference) if found.reference else rail
    said = Message(
        "receipt",
        shop=found.shop,
        number=found.number,
        date=found.paid_at,
        items=items,
        total=found.total,
        how=how,
    )
    since = () if found.standing is Standing.PAID else (_since(found),)
    # On USSD nobody can follow a link.
    link = found.link if visit.ports.medium != USSD else None
    shown = (Message("receipt-link", link=link),) if link else ()
    return (said, *since, *shown)


def _since(found: Receipt) -> Message:
    if found.standing is Standing.PARTLY:
        return Message("receipt-some-back", amount=found.back)
    return STANDINGS[found.standing]
