"""How often a promotion was used, and by whom. Limits hold however many order at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, update

from store.models import OrderRow, PromotionRow, PromotionUseRow
from store.promotions.promotion import Promotion
from store.scope import Scope

_STANDS = PromotionUseRow.given_back_at.is_(None)


@dataclass(frozen=True, slots=True)
class Uses:
    """Of one promotion: by everybody, and by one person."""

    total: int
    own: int


def uses_of(
    scope: Scope, promotions: Collection[Promotion], person_id: UUID
) -> Mapping[UUID, Uses]:
    """By id, in one statement; none where nothing is limited."""
    limited = [promotion.id for promotion in promotions if promotion.limited]
    if not limited:
        return {}
    own = (
        select(func.count())
        .where(
            PromotionUseRow.promotion_id == PromotionRow.id,
            PromotionUseRow.person_id == person_id,
            _STANDS,
        )
        .scalar_subquery()
    )
    found = scope.session.execute(
        select(PromotionRow.id, PromotionRow.used, own).where(
            PromotionRow.shop_id == scope.shop.id, PromotionRow.id.in_(limited)
        ),
        execution_options={"autoflush": False},
    )
    return {id_: Uses(total, mine) for id_, total, mine in found}


def has_room(promotion: Promotion, uses: Uses | None) -> bool:
    """Whether one more use is within its limits."""
    if uses is None:
        return not promotion.limited
    total, each = promotion.limit_total, promotion.limit_each
    return (total is None or uses.total < total) and (each is None or uses.own < each)


def use(scope: Scope, order: OrderRow, promotion_id: UUID, amount: int) -> bool:
    """Count one more use, for this order; False where a limit is reached or it has been stopped: what
    was counted must then be taken back with the order. The promotion's row stays locked, so that a
    person's own uses are counted after everybody else's."""
    each = scope.session.execute(
        update(PromotionRow)
        .where(
            PromotionRow.id == promotion_id,
            PromotionRow.shop_id == scope.shop.id,
            PromotionRow.active,
            PromotionRow.paused.is_(False),
            or_(PromotionRow.limit_total.is_(None), PromotionRow.used < PromotionRow.limit_total),
        )
        .values(used=PromotionRow.used + 1)
        .returning(PromotionRow.limit_each)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if each is None:
        return False
    if each[0] is not None and _own(scope, promotion_id, order.person_id) >= each[0]:
        return False
    _write(scope, order, promotion_id, amount)
    return True


def give_back(scope: Scope, order: OrderRow) -> None:
    """What the order had used counts no more; saying it twice does nothing."""
    given = scope.session.scalars(
        update(PromotionUseRow)
        .where(PromotionUseRow.order_id == order.id, _STANDS)
        .values(given_back_at=scope.now)
        .returning(PromotionUseRow.promotion_id)
        .execution_options(synchronize_session=False)
    ).all()
    _count(scope, given, -1)


def lessen(scope: Scope, order: OrderRow) -> None:
    """What each promotion makes it cheaper by now."""
    amounts = Counter[str]()
    for saving in order.savings:
        amounts[saving["reference"]] += saving["amount"]
    rows = scope.session.scalars(
        select(PromotionUseRow).where(PromotionUseRow.order_id == order.id)
    )
    for row in rows:
        row.amount = amounts[str(row.promotion_id)]


def use_again(scope: Scope, order: OrderRow, former: OrderRow) -> None:
    """The successor uses what the former order did, limits or not: its price was paid."""
    was = scope.session.execute(
        select(PromotionUseRow.promotion_id, PromotionUseRow.amount).where(
            PromotionUseRow.order_id == former.id
        )
    ).all()
    _count(scope, [promotion_id for promotion_id, _ in was], 1)
    for promotion_id, amount in was:
        _write(scope, order, promotion_id, amount)


def _own(scope: Scope, promotion_id: UUID, person_id: UUID) -> int:
    count = select(func.count()).where(
        PromotionUseRow.promotion_id == promotion_id,
        PromotionUseRow.person_id == person_id,
        _STANDS,
    )
    return scope.session.scalar(count) or 0


def _count(scope: Scope, promotions: Sequence[UUID], by: int) -> None:
    """Rows are locked in the order of their keys."""
    for promotion_id in sorted(promotions):
        scope.session.execute(
            update(PromotionRow)
            .where(PromotionRow.id == promotion_id, PromotionRow.shop_id == scope.shop.id)
            .values(used=PromotionRow.used + by)
            .execution_options(synchronize_session=False)
        )


def _write(scope: Scope, order: OrderRow, promotion_id: UUID, amount: int) -> None:
    scope.session.add(
        PromotionUseRow(
            order_id=order.id,
            promotion_id=promotion_id,
            shop_id=order.shop_id,
            person_id=order.person_id,
            amount=amount,
            used_at=scope.now,
        )
    )
