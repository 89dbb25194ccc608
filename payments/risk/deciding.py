"""What staff say of a payment that was held: it may go on, or not; the customer hears what to do."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.happenings import RiskDecided
from flows.money import Money
from flows.ports.orders import Order
from payments.errors import PaymentError
from payments.risk.scoring import Verdict
from store.models import OrderRow, RiskCaseRow
from store.orders.views import view, whole
from store.scope import Scope


class CaseError(PaymentError):
    """Cannot be decided; the text says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


def waiting(session: Session, shop_id: UUID | None = None) -> Sequence[RiskCaseRow]:
    """What nobody has looked at, the oldest first."""
    query = select(RiskCaseRow).where(RiskCaseRow.decided_at.is_(None))
    if shop_id is not None:
        query = query.where(RiskCaseRow.shop_id == shop_id)
    return session.scalars(query.order_by(RiskCaseRow.opened_at)).all()


def decide(scope: Scope, case_id: UUID, *, allowed: bool, by: str, note: str | None) -> RiskCaseRow:
    """Once. Of a payment that had gone on the customer hears nothing. Raises CaseError."""
    case = scope.session.scalar(
        select(RiskCaseRow)
        .where(RiskCaseRow.shop_id == scope.shop.id, RiskCaseRow.id == case_id)
        .with_for_update()
    )
    if case is None:
        raise CaseError("there is no such case")
    if case.decided_at is not None:
        raise CaseError(f"it was decided by {case.by}")
    case.decided_at, case.allowed, case.by, case.note = scope.now, allowed, by, note
    if case.verdict != Verdict.REVIEW:
        scope.session.flush()
        scope.tell(
            RiskDecided(
                str(case.person_id), _order(scope, case), Money(case.amount, case.currency), allowed
            )
        )
    return case


def _order(scope: Scope, case: RiskCaseRow) -> Order | None:
    if case.order_id is None:
        return None
    query = whole(scope.shop.id).where(OrderRow.id == case.order_id)
    row = scope.session.scalar(query)
    return view(row) if row is not None else None
