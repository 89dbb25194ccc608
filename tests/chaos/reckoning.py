"""What must be true once a stream is over and everything has come to rest, whatever happened in it."""

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from store.models import (
    AddressRow,
    AttemptRow,
    HoldRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    PersonRow,
    StockMovementRow,
    StockRow,
)
from store.orders.settlement import OPEN_ATTEMPTS
from tests.chaos.installation import Installation
from tests.chaos.stream import LAMPS, SCRIPTS, Stream

LEFT = ("sent", "delivered", "read")
# Of an order whose goods have left the shelf.
SOLD = ("confirmed", "processing", "shipped", "delivered")


@dataclass(frozen=True, slots=True)
class Text:
    """A message to somebody, as a provider sees it."""

    line: str
    to: str
    body: str


def come_to_rest(city: Installation, patience: float = 60.0) -> None:
    """Until nothing waits to be answered, sent, paid or replayed."""
    until = time.monotonic() + patience
    while any(waits := _waiting(city)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(waits), f"unanswered, unsent, unpaid, spooled: {waits}"
    # What is done twice is done soon after.
    time.sleep(0.5)
    assert not any(_waiting(city))


def _waiting(city: Installation) -> Sequence[int]:
    unpaid = select(func.count()).where(AttemptRow.status.in_(OPEN_ATTEMPTS))
    spooled = list(city.data.rglob("spool/*.json"))
    return city.unanswered(), city.queued(), city.count(unpaid), len(spooled)


def arrived(city: Installation) -> list[Text]:
    """Every message that a provider took, in the order in which it did."""
    twilio = [Text(m.sender, m.to, m.body) for m in tuple(city.twilio.messages)]
    at = [Text(m.sender, m.to, m.body) for m in tuple(city.at.messages)]
    meta = [Text(m.sender, m.to, m.text) for m in tuple(city.meta.messages)]
    return twilio + at + meta


def written(session: Session, *statuses: str) -> Counter[Text]:
    """What the outbox holds in these statuses; of all where none is named."""
    wanted = select(AddressRow.address, OutboxRow.recipient, OutboxRow.body).join(
        AddressRow, AddressRow.id == OutboxRow.address_id
    )
    if statuses:
        wanted = wanted.where(OutboxRow.status.in_(statuses))
    return Counter(Text(*row) for row in session.execute(wanted))


def in_flight(city: Installation) -> Counter[Text]:
    """What was being sent when its worker was killed: nobody knows whether it left."""
    return city.in_books(lambda session: written(session, "sending"))


def check_all(city: Installation, stream: Stream, doubted: Iterable[Text] = ()) -> None:
    """Everything below. `doubted` may have been sent twice."""
    check_inbox(city, stream)
    check_sends(city, Counter(doubted))
    check_replies(city, stream)
    check_alerts(city)
    check_orders(city, stream)
    check_money(city, stream)
    check_stock(city)


def check_inbox(city: Installation, stream: Stream) -> None:
    """One row for each accepted message, answered, and none put aside."""
    rows = city.in_books(
        lambda s: s.execute(select(InboxRow.message_id, InboxRow.done_at, InboxRow.failure)).all()
    )
    assert Counter(row.message_id for row in rows) == Counter(stream.accepted.keys())
    assert len(stream.accepted) == stream.total
    assert all(row.done_at is not None for row in rows)
    assert [row.failure for row in rows if row.failure is not None] == []


def check_sends(city: Installation, doubted: Counter[Text] | None = None) -> None:
    """What was written arrived, once; what was `doubted`, at most once more."""
    sent = city.in_books(written)
    assert sent == city.in_books(lambda session: written(session, *LEFT))
    received = Counter(arrived(city))
    assert sent - received == Counter(), "lost"
    doubled = received - sent
    assert doubled - (doubted or Counter()) == Counter(), "doubled"
    assert set(doubled.values()) <= {1}, "doubled more than once"


def check_replies(city: Installation, stream: Stream) -> None:
    """One for each accepted message, saying what it must say; each person's in order."""

    def look(session: Session) -> list[tuple[str, str]]:
        replies = session.execute(
            select(InboxRow.message_id, OutboxRow.body)
            .select_from(OutboxRow)
            .outerjoin(InboxRow, InboxRow.trace == OutboxRow.trace)
            .where(OutboxRow.kind == "reply")
            .order_by(OutboxRow.id)
        )
        return [(message, body) for message, body in replies]

    replies = city.in_books(look)
    assert Counter(message for message, _ in replies) == Counter(stream.accepted.keys())
    said = dict(replies)
    read: dict[str, list[str]] = {}
    for text in arrived(city):
        read.setdefault(text.to, []).append(text.body)
    for person in stream.people:
        answers = [said[message.id] for message in person.messages]
        for (words, expected), answer in zip(person.script.said, answers, strict=True):
            assert re.search(expected, answer, re.DOTALL | re.IGNORECASE), (words, answer)
        own = [body for body in read[person.phone] if body in answers]
        assert list(dict.fromkeys(own)) == list(dict.fromkeys(answers)), person.phone


def check_alerts(city: Installation) -> None:
    """Nobody is told twice of anything that happened."""
    told = select(OutboxRow.recipient, OutboxRow.body).where(OutboxRow.kind != "reply")
    rows = city.in_books(lambda session: [tuple(row) for row in session.execute(told)])
    assert len(set(rows)) == len(rows) > 0


def check_orders(city: Installation, stream: Stream) -> None:
    """Everybody who bought has one order, of what they asked for, as it should end; nobody else has."""
    orders = city.in_books(_orders)
    numbers = sorted(order.number for _, order in orders)
    assert numbers == list(range(1001, 1001 + len(orders)))
    found: dict[str, list[OrderRow]] = {}
    for phone, order in orders:
        found.setdefault(phone, []).append(order)
    lamps = 0
    for person in stream.people:
        own, script = found.pop(person.phone, []), person.script
        if script is SCRIPTS["wants a lamp"]:
            lamps += len(own)
        else:
            assert len(own) == bool(script.bought), person
        for order in own:
            assert {line.sku: line.quantity for line in order.lines} == script.bought, person
            assert (order.status, order.payment_status) == script.ends, person
    assert found == {}
    buyers = sum(person.script is SCRIPTS["wants a lamp"] for person in stream.people)
    assert lamps == min(LAMPS, buyers)


def _orders(session: Session) -> list[tuple[str, OrderRow]]:
    wanted = select(PersonRow.phone, OrderRow).join(PersonRow, PersonRow.id == OrderRow.person_id)
    rows = session.execute(wanted.options(selectinload(OrderRow.lines)))
    return [(phone or "", order) for phone, order in rows]


def check_money(city: Installation, stream: Stream) -> None:
    """Whoever pays was asked once, for the order's total, and it was taken once."""
    payers = [p.phone for p in stream.people if p.script.ends[1] == "paid"]
    prompts = city.wallets.all()
    assert Counter(prompt.payer for prompt in prompts) == Counter(payers)
    assert {prompt.status for prompt in prompts} == {"taken"}
    attempts = city.in_books(
        lambda s: s.execute(
            select(AttemptRow.id, AttemptRow.status, AttemptRow.amount, OrderRow.total)
            .join(OrderRow, OrderRow.id == AttemptRow.order_id)
            .where(AttemptRow.rail != "cash")
        ).all()
    )
    assert {str(row.id) for row in attempts} == {prompt.reference for prompt in prompts}
    assert {row.status for row in attempts} == {"succeeded"}
    assert all(row.amount == row.total for row in attempts)


def check_stock(city: Installation) -> None:
    """The shelf, its ledger, the holds and the orders say the same."""

    def look(session: Session) -> tuple[Mapping[str, StockRow], Sequence[StockMovementRow]]:
        shelves = {row.sku: row for row in session.scalars(select(StockRow))}
        return shelves, session.scalars(select(StockMovementRow).order_by("id")).all()

    def holds(session: Session) -> Counter[str]:
        open_holds = session.execute(
            select(HoldRow.sku, HoldRow.quantity).where(HoldRow.state == "open")
        )
        return _sum(open_holds)

    shelves, movements = city.in_books(look)
    orders = [order for _, order in city.in_books(_orders)]
    held, sold = _lines_of(orders, ("pending",)), _lines_of(orders, SOLD)
    assert city.in_books(holds) == held
    for sku, shelf in shelves.items():
        ledger = [movement for movement in movements if movement.sku == sku]
        assert ledger[0].before == 0
        assert all(a.after == b.before for a, b in pairwise(ledger)), sku
        assert all(m.after == m.before + m.quantity for m in ledger), sku
        assert shelf.on_hand == ledger[-1].after == ledger[0].quantity - sold[sku], sku
        assert shelf.held == held[sku], sku


def _lines_of(orders: Sequence[OrderRow], statuses: Sequence[str]) -> Counter[str]:
    return _sum(
        (line.sku, line.quantity)
        for order in orders
        if order.status in statuses
        for line in order.lines
    )


def _sum(pieces: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for sku, quantity in pieces:
        total[sku] += quantity
    return total
