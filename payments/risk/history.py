"""What is known of how somebody pays: one statement."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from flows.money import Money
from store.models import AttemptRow, PersonRow, RiskCaseRow
from store.scope import Scope

PAID = "succeeded"
# Of those who have paid often, the last so many payments say what is usual.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class History:
    """How often they have `paid` in this currency, and the `average` in minor units. `knows_wallet`: this
    number has paid for them before. `allowed`: a person has let as much through of late."""

    paid: int
    average: int
    knows_wallet: bool
    allowed: bool


def history_of(scope: Scope, person: PersonRow, payer: str, amount: Money) -> History:
    """At all shops: whoever steals a phone does not stay at one."""
    last = (
        select(AttemptRow.status, AttemptRow.amount, AttemptRow.currency, AttemptRow.payer)
        .where(AttemptRow.person_id == person.id)
        .order_by(AttemptRow.created_at.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    paid = and_(last.c.status == PAID, last.c.currency == amount.currency)
    row = scope.session.execute(
        select(
            _count(paid),
            func.coalesce(func.avg(case((paid, last.c.amount))), 0),
            _count(and_(last.c.status == PAID, last.c.payer == payer)),
            _let_through(scope, person, payer, amount),
        )
    ).one()
    return History(int(row[0]), int(row[1]), bool(row[2]), bool(row[3]))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _let_through(scope: Scope, person: PersonRow, payer: str, amount: Money) -> ColumnElement[bool]:
    return (
        select(RiskCaseRow.id)
        .where(
            RiskCaseRow.shop_id == scope.shop.id,
            RiskCaseRow.person_id == person.id,
            or_(RiskCaseRow.payer == payer, RiskCaseRow.payer == ""),
            RiskCaseRow.currency == amount.currency,
            RiskCaseRow.amount >= amount.minor,
            RiskCaseRow.allowed.is_(True),
            RiskCaseRow.decided_at > scope.now - scope.rules.risk.allowed_for,
        )
        .exists()
    )
