"""An operator's SMS that a customer forwards, held against their own attempts. It is never believed: what
it can do is have the provider asked."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from flows.happenings import SmsDoubted
from flows.money import Money, MoneyError
from flows.operator_sms import OperatorSms
from flows.ports.payments import AttemptStatus
from flows.ports.records import Claim, Claimed
from payments.taking.steps import OPEN
from store.facts import note
from store.models import AttemptRow, CustomerRow, FactRow, OrderRow, PersonRow
from store.scope import Scope

# Counted by the metrics; the seller hears of it once in so long and person.
FORGED = "forged-payment-sms"
TOLD_EVERY = timedelta(days=1)
# An older SMS proves nothing about what is bought now.
LOOKED_BACK = timedelta(days=30)
MOST = 20
# What these call a payment is what their SMS calls it; others give payments numbers of their own.
OPERATORS = frozenset({"mtn-momo", "airtel"})
ASKABLE = frozenset({*OPEN, AttemptStatus.EXPIRED})


def claimed(
    scope: Scope, person: PersonRow, sms: OperatorSms, ask: Callable[[int], object]
) -> Claimed:
    """What the books say to it. `ask` has the provider asked about an order's payment, at once."""
    attempts = _attempts(scope, person.id)
    if not attempts:
        return Claimed(Claim.NONE)
    amount = _amount(scope, sms)
    of_it = [(row, number) for row, number in attempts if Money(row.amount, row.currency) == amount]
    for row, number in of_it:
        if row.status == AttemptStatus.SUCCEEDED and _same(row, sms):
            return Claimed(Claim.HOLDS, number)
    for row, number in of_it:
        if row.status in ASKABLE:
            ask(number)
            return Claimed(Claim.ASKED, number)
    due = next((number for row, number in attempts if row.status in ASKABLE), None)
    _doubt(scope, person, sms, due)
    return Claimed(Claim.WRONG, due)


def _attempts(scope: Scope, person_id: UUID) -> Sequence[tuple[AttemptRow, int]]:
    """This person's at this shop, with the numbers of their orders, the newest first."""
    found = scope.session.execute(
        select(AttemptRow, OrderRow.number)
        .join(OrderRow, OrderRow.id == AttemptRow.order_id)
        .where(
            AttemptRow.shop_id == scope.shop.id,
            OrderRow.person_id == person_id,
            or_(AttemptRow.person_id == person_id, AttemptRow.person_id.is_(None)),
            AttemptRow.created_at > scope.now - LOOKED_BACK,
        )
        .order_by(AttemptRow.created_at.desc())
        .limit(MOST)
    ).all()
    return [(row, number) for row, number in found]


def _amount(scope: Scope, sms: OperatorSms) -> Money | None:
    currency = scope.shop.currency
    try:
        return Money.of(sms.amount, currency) if sms.speaks_of(currency) else None
    except MoneyError:
        return None


def _same(row: AttemptRow, sms: OperatorSms) -> bool:
    """Whether the provider called that payment so, where it tells."""
    if row.rail not in OPERATORS or row.provider_id is None:
        return True
    return row.provider_id.upper() == sms.reference


def _doubt(scope: Scope, person: PersonRow, sms: OperatorSms, number: int | None) -> None:
    told = scope.session.scalar(
        select(FactRow.id)
        .where(
            FactRow.shop_id == scope.shop.id,
            FactRow.name == FORGED,
            FactRow.at > scope.now - TOLD_EVERY,
            FactRow.person_id == person.id,
        )
        .limit(1)
    )
    note(scope.session, FORGED, {"order": number}, scope.now, scope.shop.id, person.id)
    if told is None:
        name = scope.session.scalar(
            select(CustomerRow.name).where(
                CustomerRow.shop_id == scope.shop.id, CustomerRow.person_id == person.id
            )
        )
        amount = f"{sms.currency} {sms.amount:,f}"
        scope.tell(SmsDoubted(name, person.phone, amount, number))
