"""Who works at a shop: what they buy there says nothing of the shop, and brings them nothing."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.sql.roles import ExpressionElementRole

from store.models import RiderRow, StaffRow
from store.scope import Scope


def works_here(scope: Scope, person_id: UUID) -> bool:
    """Whether somebody sells or rides for the scope's shop now."""
    return bool(scope.session.scalar(select(by_worker(literal(scope.shop.id), literal(person_id)))))


def by_worker(
    shop: ExpressionElementRole[Any], person: ExpressionElementRole[Any]
) -> ColumnElement[bool]:
    """The same of the shop and the person of a row."""
    return or_(
        *(
            select(role.id)
            .where(role.shop_id == shop, role.person_id == person, role.active)
            .exists()
            for role in (StaffRow, RiderRow)
        )
    )
