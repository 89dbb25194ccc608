"""Numbers that a shop's people name things by, each kind from 1."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from store.models import ShopRow
from store.scope import Scope


def next_number(
    scope: Scope,
    number: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    of: InstrumentedAttribute[UUID],
) -> int:
    """The next of the column `number` among the rows whose column `of` is this shop. The shop's row is
    locked, past those who only refer to it: two who ask at once get two numbers."""
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )
    highest = select(func.max(number)).where(of == scope.shop.id)
    return (scope.session.scalar(highest) or 0) + 1
