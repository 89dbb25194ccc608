"""People who buy and pay by SMS, and what must be true of them whatever the database went through."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import InboxRow, OutboxRow
from tests.e2e.house import House, Phone, eventually

SENT = {"sent", "delivered", "read"}
# What one says, and what is said to that: a word of the answer.
PURCHASE = (
    (">one soap please", "4,500"),
    ("check ?out", "pick"),
    ("pick", "mtn"),
    ("mtn", "2567"),
    ("2567", "4,500"),
    ("confirm|place", "PIN"),
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys and pays, and reads exactly one answer to each message."""

    house: House
    phone: Phone

    def buy(self) -> None:
        said = ""
        for words, answer in PURCHASE:
            if words.startswith(">"):
                said = self.phone.say(words[1:], answer)
            else:
                said = self.phone.choose(words, said, answer)
        self.house.approve(self.phone.number)
        self.phone.read("we got your UGX 4,500")

    def check(self) -> None:
        """One answer each, and the receipt; one order, paid once; one prompt, sent once."""
        assert len(self.phone.inbox()) == len(PURCHASE) + 1, self.phone.inbox()
        [order] = [o for o in self.house.orders() if o["customer"] == self.phone.number]
        assert (order["status"], order["payment_status"]) == ("confirmed", "paid")
        [prompt] = [p for p in self.house.wallets.all() if p.payer == self.phone.number]
        assert (prompt.requests, prompt.status) == (1, "taken")


def buyer(house: House, place: int) -> Buyer:
    return Buyer(house, house.sms(f"+2567725{place:05d}"))


def all_is_well(house: House) -> None:
    """Every message has one reply, which was sent once; nothing was put aside."""

    def look(session: Session) -> tuple[Sequence[InboxRow], Sequence[OutboxRow]]:
        return session.scalars(select(InboxRow)).all(), session.scalars(select(OutboxRow)).all()

    eventually(lambda: all(row.status in SENT for row in house.in_books(look)[1]), "all sent")
    received, written = house.in_books(look)
    assert all(row.done_at is not None and row.failure is None for row in received)
    replies = Counter(row.trace for row in written if row.kind == "reply")
    assert replies == Counter(row.trace for row in received)
    assert Counter(m.to for m in house.twilio.messages) == Counter(r.recipient for r in written)
