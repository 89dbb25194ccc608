"""Conversations that people hold instead of the bot."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, select, update

from flows.ports.trade import Talk
from store.models import ConversationRow, CustomerRow, OrderRow, PersonRow
from store.sales import ENDED
from store.scope import Scope


def hold(scope: Scope, person_id: UUID, by: str) -> None:
    """From here on "human" or "bot" answers this person."""
    scope.session.execute(
        update(ConversationRow)
        .where(ConversationRow.shop_id == scope.shop.id, ConversationRow.person_id == person_id)
        .values(held_by=by)
    )


def held(scope: Scope) -> Sequence[Talk]:
    """Who waits for a person's answer, the longest waiting first, in one statement."""
    newest = (
        select(func.max(OrderRow.number))
        .where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.person_id == ConversationRow.person_id,
            OrderRow.status.not_in(ENDED),
        )
        .scalar_subquery()
    )
    rows = scope.session.execute(
        select(PersonRow.id, PersonRow.phone, CustomerRow.name, newest)
        .select_from(ConversationRow)
        .join(PersonRow, PersonRow.id == ConversationRow.person_id)
        .outerjoin(
            CustomerRow,
            and_(
                CustomerRow.shop_id == ConversationRow.shop_id,
                CustomerRow.person_id == ConversationRow.person_id,
            ),
        )
        .where(ConversationRow.shop_id == scope.shop.id, ConversationRow.held_by == "human")
        .order_by(ConversationRow.last_inbound_at, ConversationRow.id)
    )
    return [Talk(str(person), phone, name, number) for person, phone, name, number in rows]
