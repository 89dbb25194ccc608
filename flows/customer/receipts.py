"""The receipt of a paid order, in words and with a link to what the books say."""

from collections.abc import Mapping

from flows.customer.machine import customer
from flows.customer.options import BACK, HUMAN, TRACK, USSD
from flows.customer.ordering import changes_besides
from flows.customer.savings import off_goods, taxed
from flows.explain import explain
from flows.heard import Choice
from flows.message import Elastic, Message
from flows.place import Step
from flows.ports.records import Receipt, Standing
from flows.ports.refusals import NothingPaid, Refusal
from flows.rails import rail_name
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding

# What a receipt of another standing than PAID says besides.
SINCE: Mapping[Standing, Message] = {
    Standing.BACK: Message("receipt-back"),
    Standing.VOID: Message("receipt-void"),
}


@customer.state("receipt")
class ReceiptState:
    """Of the order `number`, else (0) of the one paid last."""

    def show(self, visit: Visit) -> Reply:
        number = visit.number("number") or None
        records = visit.ports.records
        found = records.receipt(number) if records is not None else NothingPaid()
        back = (BACK,) if visit.place.trail else ()
        if isinstance(found, Refusal):
            return visit.say(explain(found), options=(TRACK, HUMAN, *back))
        track = Option(f"track:{found.number}", Message("option-track"))
        return visit.say(*_words(visit, found), options=(track, HUMAN, *back))


@customer.anywhere("receipt", Intent.RECEIPT)
def receipt(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    number = heard.number if isinstance(heard, Choice) else heard.order
    return visit.go("receipt", number=number or 0)


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
    # On USSD nobody can follow a link.
    link = found.link if visit.ports.medium != USSD else None
    shown = (Message("receipt-link", link=link),) if link else ()
    less = (*off_goods(found.savings), *taxed(found.tax))
    door = (Message("receipt-door", due=found.at_door),) if found.at_door else ()
    return (said, *less, *door, *_since(found), *shown)


def _since(found: Receipt) -> tuple[Message, ...]:
    if found.standing is Standing.PARTLY:
        return (Message("receipt-some-back", amount=found.back),)
    since = SINCE.get(found.standing)
    return (since,) if since else ()
