"""The day in figures, as the books have it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, distinct, func, not_, or_, select
from sqlalchemy.orm import Session

from scripts.simulate.fees import Fees, fees
from scripts.simulate.paying import PAID, Paying, paying
from scripts.simulate.run import Ended
from store.models import (
    AttemptRow,
    FactRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    RefundRow,
    RiderRow,
    ShopRow,
    StaffRow,
)
from store.proof import Line, prove

# Where the day's hours are read off: Kampala's.
LOCAL = timedelta(hours=3)
FUNNEL = (
    ("filled a cart", "cart-changed"),
    ("began the checkout", "checkout-started"),
    ("placed an order", "order-placed"),
)


@dataclass(frozen=True, slots=True)
class Money:
    """One rail's attempts in one currency. `amount` was taken, in minor units."""

    rail: str
    currency: str
    statuses: Mapping[str, int]
    amount: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`statuses`: (shop, status of order) -> orders; `standing`: (status, payment) -> orders. `minutes`
    from an order to the door, of those that were brought. `hours` by the local hour of the order, `channels`
    by where it was made."""

    statuses: Mapping[tuple[str, str], int]
    standing: Mapping[tuple[str, str], int]
    hours: Mapping[int, int]
    minutes: Sequence[float]
    funnel: Sequence[tuple[str, int]]
    money: Sequence[Money]
    refunds: Mapping[str, int]
    received: int
    sent: Mapping[str, int]
    not_understood: int
    channels: Mapping[str, int]
    paying: Paying
    fees: Sequence[Fees]
    ledger: Sequence[Line]

    @property
    def orders(self) -> int:
        return sum(self.standing.values())


def measure(ended: Ended) -> Figures:
    server = ended.day.server
    ledger = prove(server.world.engine).lines
    return server.read(lambda session: _measure(ended, session, ledger))


def _measure(ended: Ended, session: Session, ledger: Sequence[Line]) -> Figures:
    orders = session.execute(
        select(OrderRow, ShopRow.slug).join(ShopRow, ShopRow.id == OrderRow.shop_id)
    ).all()
    rows = [order for order, _ in orders]
    people = distinct(FactRow.person_id)
    seen = dict(
        session.execute(select(FactRow.name, func.count(people)).group_by(FactRow.name)).all()
    )
    paid = {o.person_id for o in rows if o.payment_status in PAID}
    got = {o.person_id for o in rows if o.status in ("delivered", "returned")}
    missed = select(func.count()).select_from(FactRow).where(FactRow.name == "not-understood")
    return Figures(
        statuses=Counter((slug, order.status) for order, slug in orders),
        standing=Counter((o.status, o.payment_status) for o in rows),
        hours=Counter((o.created_at + LOCAL).hour for o in rows),
        minutes=sorted(
            (o.delivered_at - o.created_at).total_seconds() / 60
            for o in rows
            if o.delivered_at and o.fulfilment != "pickup"
        ),
        funnel=[
            ("wrote to a shop", session.scalar(_customers()) or 0),
            ("asked for goods", session.scalar(_after_goods()) or 0),
            *((words, int(seen.get(name, 0))) for words, name in FUNNEL),
            ("paid", len(paid)),
            ("has the goods", len(got)),
        ],
        money=_money(session),
        refunds=_counted(session, RefundRow.status),
        received=session.scalar(select(func.count()).select_from(InboxRow)) or 0,
        sent=_counted(session, OutboxRow.status),
        not_understood=session.scalar(missed) or 0,
        channels=Counter(order.channel for order in rows),
        paying=paying(rows),
        fees=[fees(session, rain) for rain in ended.rains],
        ledger=ledger,
    )


def _customers() -> Select[int]:
    """People who wrote, other than those who work at a shop."""
    working = (InboxRow.person_id.in_(select(table.person_id)) for table in (StaffRow, RiderRow))
    return select(func.count(distinct(InboxRow.person_id))).where(not_(or_(*working)))


def _after_goods() -> Select[int]:
    """People who looked at something, or put it into a cart without looking first."""
    wanted = FactRow.name.in_(("product-viewed", "cart-changed"))
    return select(func.count(distinct(FactRow.person_id))).where(wanted)


def _counted(session: Session, column) -> Mapping[str, int]:  # type: ignore[no-untyped-def]
    found = session.execute(select(column, func.count()).group_by(column).order_by(column)).all()
    return {str(name): int(count) for name, count in found}


def _money(session: Session) -> Sequence[Money]:
    wanted = (
        select(
            AttemptRow.rail, AttemptRow.currency, AttemptRow.status,
            func.count(), func.sum(AttemptRow.amount),
        )
        .group_by(AttemptRow.rail, AttemptRow.currency, AttemptRow.status)
        .order_by(AttemptRow.rail, AttemptRow.currency, AttemptRow.status)
    )  # fmt: skip
    statuses: dict[tuple[str, str], dict[str, int]] = {}
    taken: Counter[tuple[str, str]] = Counter()
    for rail, currency, status, count, amount in session.execute(wanted):
        statuses.setdefault((rail, currency), {})[status] = count
        if status == "succeeded":
            taken[rail, currency] += int(amount)
    return [Money(*key, found, taken[key]) for key, found in statuses.items()]
