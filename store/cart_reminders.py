"""Whoever left a checkout unfinished is reminded of it once, where they have not ordered since."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from flows.happenings import CartWaiting
from flows.money import Money
from store.catalogue import SNAPSHOTS
from store.falling_due import falling_due
from store.models import CartRow, ConversationRow, OrderRow
from store.quiet import next_allowed
from store.scope import Scope
from store.standing import takes_orders

unfinished = falling_due(CartRow.remind_at, CartRow.shop_id, CartRow.id, CartRow.status == "open")


def remind_of_cart(scope: Scope, cart_id: UUID) -> None:
    """Remind its owner, or wait: for the end of the quiet hours, or until they have been silent for as
    long as it takes. The conversation's row is locked, as in a turn: nobody is reminded while they order."""
    owner = scope.session.scalar(
        select(CartRow.person_id).where(CartRow.shop_id == scope.shop.id, CartRow.id == cart_id)
    )
    talk = scope.session.scalar(
        select(ConversationRow)
        .where(ConversationRow.shop_id == scope.shop.id, ConversationRow.person_id == owner)
        .with_for_update()
    )
    cart = (
        scope.session.scalars(
            select(CartRow)
            .where(CartRow.shop_id == scope.shop.id, CartRow.id == cart_id)
            .options(joinedload(CartRow.lines))
            .execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )
    if cart.status != "open" or cart.remind_at is None or cart.remind_at > scope.now:
        return
    silent = talk.last_inbound_at if talk is not None else None
    due = max(filter(None, (silent and silent + scope.rules.cart_reminder, cart.remind_at)))
    due = next_allowed(scope.shop, max(due, scope.now), scope.rules.quiet)
    if due > scope.now:
        cart.remind_at = due
        return
    cart.remind_at, cart.reminded_at = None, scope.now
    alone = talk is None or talk.held_by == "bot"
    if cart.lines and alone and takes_orders(scope.shop, scope.now) and not _ordered(scope, cart):
        scope.tell(_waiting(scope, cart))


def _ordered(scope: Scope, cart: CartRow) -> bool:
    """Whether they have bought something since they last touched it."""
    orders = select(OrderRow.id).where(
        OrderRow.shop_id == scope.shop.id,
        OrderRow.person_id == cart.person_id,
        OrderRow.created_at >= cart.updated_at,
    )
    return scope.session.scalar(orders.limit(1)) is not None


def _waiting(scope: Scope, cart: CartRow) -> CartWaiting:
    names = SNAPSHOTS.of(scope.session, scope.shop).names
    total = sum(line.unit_price * line.quantity for line in cart.lines)
    items = tuple(f"{line.quantity} x {names.get(line.sku, line.sku)}" for line in cart.lines)
    return CartWaiting(str(cart.person_id), items, Money(total, scope.shop.currency))
