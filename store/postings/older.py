"""Which orders were paid before there was a ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.orm import Session

from store.proof.spelling import SPELLINGS

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Older:
    shop: UUID
    order: UUID


def older_orders(session: Session, after: UUID | None = None) -> Sequence[Older]:
    """The next ones after an order's id, in the order of their ids: with an attempt that brought money
    of which nothing is posted, or with such cash."""
    spell = SPELLINGS[session.get_bind().dialect.name]
    query = text(f"""
        SELECT o.shop_id, o.id FROM orders o
        WHERE (:first OR o.id > :after) AND (
            (o.status = 'delivered' AND o.rail = 'cash' AND o.paid_by IS NULL AND NOT EXISTS (
                SELECT 1 FROM ledger_postings c WHERE c.key = {spell.key("cash:", "o.id")}))
            OR EXISTS (
                SELECT 1 FROM payment_attempts a
                WHERE (a.order_id = o.id OR a.id = o.paid_by) AND a.status = 'succeeded'
                AND NOT EXISTS (
                    SELECT 1 FROM ledger_postings p WHERE p.key = {spell.key("attempt:", "a.id")}))
        ) ORDER BY o.id LIMIT {AT_ONCE}""")  # noqa: S608
    bound = query.bindparams(bindparam("after", type_=Uuid())).columns(shop_id=Uuid(), id=Uuid())
    rows = session.execute(bound, {"first": after is None, "after": after})
    return [Older(shop_id, order_id) for shop_id, order_id in rows]
