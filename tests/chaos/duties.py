"""What clocks do while a stream flows and after it: unpaid orders lapse, riders are asked in waves."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.emulated import Answer
from store.models import DeliveryRow, OrderHistoryRow, OrderRow, OutboxRow
from tests.chaos.installation import Installation
from tests.chaos.reckoning import arrived
from tests.chaos.stream import LAPSED, SCRIPTS, Stream
from tests.e2e.house import eventually
from tests.e2e.trade import SELLER

RIDERS = ("+256772200001", "+256772200002")
# The search for a rider lasts for so many offers that one may be made after the clock was killed and has
# come up again.
OFFER = timedelta(seconds=1.5)
SOON = {
    "RIDER_OFFER_SECONDS": str(OFFER.total_seconds()),
    "RULE_RIDERS_GIVE_UP_MINUTES": "0.3",
}
OFFERED, WITHDRAWN, IN_VAIN = (
    r"^Delivery (\d+):",
    r"^Order (\d+) is no longer on offer",
    r"^No rider took order (\d+)",
)


def answer_prompts(city: Installation, stream: Stream) -> None:
    """Every wallet's holder pays, but for those whose script says that they do not."""
    payers = {person.phone: person.script.ends for person in stream.people if person.script.pays}
    eventually(lambda: len(city.wallets.all()) == len(payers), "every prompt", 60)
    for prompt in city.wallets.prompts():
        refused = payers[prompt.payer] == LAPSED
        city.wallets.answer(prompt.reference, Answer.REFUSE if refused else Answer.APPROVE)


def let_lapse(city: Installation, stream: Stream) -> list[int]:
    """As if the stock had been held for as long as it is: orders whose payment failed are due in a
    second, one after the other. Their numbers."""
    expected = sum(person.script.ends == LAPSED for person in stream.people)
    failed = select(OrderRow).where(OrderRow.payment_status == "failed").order_by(OrderRow.number)
    eventually(
        lambda: len(city.in_books(lambda s: s.scalars(failed).all())) == expected, "failures", 60
    )

    def work(session: Session) -> list[int]:
        orders = session.scalars(failed.with_for_update()).all()
        due = datetime.now(UTC) + timedelta(seconds=1)
        for position, order in enumerate(orders):
            order.held_until = due + timedelta(milliseconds=position)
        return [order.number for order in orders]

    return city.in_books(work)


def lapsed(city: Installation) -> int:
    """How many orders were cancelled because nobody paid."""
    wanted = select(func.count()).where(OrderHistoryRow.reason == "not_paid")
    return city.count(wanted.where(OrderHistoryRow.after == "cancelled"))


def all_done(city: Installation, stream: Stream) -> bool:
    """Has everything lapsed that will, and did every search for a rider end?"""
    searching = select(func.count()).where(DeliveryRow.give_up_at.is_not(None))
    expected = sum(person.script.ends == LAPSED for person in stream.people)
    return lapsed(city) >= expected and not city.count(searching)


def check_duties(city: Installation, stream: Stream) -> None:
    """Each unpaid order lapsed once. Each rider was asked about each delivery, by themselves or with
    everybody or both, and no wave came before the one before it was over; the seller was told once
    that nobody came."""
    assert lapsed(city) == sum(person.script.ends == LAPSED for person in stream.people)
    brought = sum(person.script is SCRIPTS["pays and is brought it"] for person in stream.people)
    in_vain = _numbers(city, SELLER, IN_VAIN)
    assert len(in_vain) == brought
    assert set(in_vain.values()) == {1}
    for rider in RIDERS:
        asked = _numbers(city, rider, OFFERED)
        assert asked.keys() == in_vain.keys()
        assert set(asked.values()) <= {1, 2}, asked
        assert not _numbers(city, rider, WITHDRAWN) - Counter(set(asked))
    for waves in _waves(city).values():
        assert all(later - earlier >= OFFER for earlier, later in pairwise(waves)), waves


def _waves(city: Installation) -> dict[str, list[datetime]]:
    """By order: when riders were asked. A wave's offers are written at one moment."""
    told = select(OutboxRow.body, OutboxRow.created_at).where(OutboxRow.kind == "alert")
    found: dict[str, set[datetime]] = {}
    for body, at in city.in_books(lambda session: session.execute(told).all()):
        if match := re.match(OFFERED, body):
            found.setdefault(match[1], set()).add(at)
    return {number: sorted(moments) for number, moments in found.items()}


def _numbers(city: Installation, phone: str, pattern: str) -> Counter[str]:
    """The orders that somebody was told of in these words, and how often."""
    found = (re.match(pattern, text.body) for text in arrived(city) if text.to == phone)
    return Counter(match[1] for match in found if match)
