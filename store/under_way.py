"""What a person has under way at a shop: something in a cart, or an order that has not ended."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from flows.ports.orders import OrderStatus
from store.models import CartLineRow, CartRow, OrderRow

CLOSED_ORDERS = (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


def busy_at(session: Session, shop_id: UUID, person_id: UUID) -> bool:
    """Has this person something in a cart, or an order under way, at this shop?"""
    in_cart = (
        select(literal(1))
        .select_from(CartRow)
        .join(CartLineRow, CartLineRow.cart_id == CartRow.id)
        .where(
            CartRow.shop_id == shop_id,
            CartRow.person_id == person_id,
            CartRow.status == "open",
        )
        .exists()
    )
    return bool(session.scalar(select(or_(in_cart, _ordered(shop_id, person_id)))))


def has_open_order(session: Session, shop_id: UUID, person_id: UUID) -> bool:
    """Has this person an order under way at this shop?"""
    return bool(session.scalar(select(_ordered(shop_id, person_id))))


def _ordered(shop_id: UUID, person_id: UUID) -> ColumnElement[bool]:
    return (
        select(literal(1))
        .where(
            OrderRow.shop_id == shop_id,
            OrderRow.person_id == person_id,
            OrderRow.status.not_in(CLOSED_ORDERS),
        )
        .exists()
    )


def open_order_shops(session: Session, shop_ids: Collection[UUID], number: int) -> set[UUID]:
    """Which of these shops have an open order with this number."""
    return set(
        session.scalars(
            select(OrderRow.shop_id).where(
                OrderRow.shop_id.in_(shop_ids),
                OrderRow.number == number,
                OrderRow.status.not_in(CLOSED_ORDERS),
            )
        )
    )
