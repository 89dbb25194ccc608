"""What must be true of stock and orders when the day is over."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scripts.simulate.day import Day
from store.models import (
    AttemptRow,
    HoldRow,
    OrderRow,
    RefundRow,
    RestockRow,
    ShopRow,
    StockRow,
    WishRow,
)

OPEN = ("created", "pending", "unknown")
# An order that nobody has moved for longer is forgotten.
SOON = timedelta(minutes=10)


def negative(day: Day, session: Session) -> Sequence[object]:
    wanted = select(StockRow.sku, StockRow.on_hand, StockRow.held).where(
        (StockRow.on_hand < 0) | (StockRow.held < 0) | (StockRow.held > StockRow.on_hand)
    )
    return session.execute(wanted).all()


def held(day: Day, session: Session) -> Sequence[object]:
    """Sums are by sku and shop, of whoever owns the shelf."""
    held = select(func.sum(StockRow.held))
    promised = select(func.sum(HoldRow.quantity)).where(HoldRow.state == "open")
    shelves, orders = session.scalar(held) or 0, session.scalar(promised) or 0
    return [] if shelves == orders else [f"{shelves} held, {orders} promised to orders"]


def waiting(day: Day, session: Session) -> Sequence[object]:
    """Wishes that were kept while the goods were sold out, which are back: who has not heard is to hear
    with the next few."""
    coming = select(RestockRow.id).where(
        RestockRow.shop_id == WishRow.shop_id, RestockRow.sku == WishRow.sku
    )
    wanted = (
        select(WishRow.sku, WishRow.wanted_at)
        .join(StockRow, (StockRow.shop_id == WishRow.shop_id) & (StockRow.sku == WishRow.sku))
        .where(WishRow.told_at.is_(None), StockRow.on_hand > StockRow.held, ~coming.exists())
    )
    return session.execute(wanted).all()


def paid_and_forgotten(day: Day, session: Session) -> Sequence[object]:
    """Paid orders that were cancelled, and whose money neither went back nor stands for another one."""
    given = select(RefundRow.id).where(RefundRow.order_id == OrderRow.id).exists()
    wanted = select(ShopRow.slug, OrderRow.number, OrderRow.status, OrderRow.payment_status).join(
        ShopRow, ShopRow.id == OrderRow.shop_id
    )
    return session.execute(
        wanted.where(
            OrderRow.payment_status == "paid",
            OrderRow.status.in_(("cancelled", "pending")),
            OrderRow.updated_at < day.daytime.now - SOON,
            ~given,
        )
    ).all()


def lapsed(day: Day, session: Session) -> Sequence[object]:
    """Unpaid orders whose time is over and that nobody can pay any more."""
    trying = select(AttemptRow.id).where(
        AttemptRow.order_id == OrderRow.id, AttemptRow.status.in_((*OPEN, "review"))
    )
    wanted = select(OrderRow.number, OrderRow.held_until).where(
        OrderRow.status == "pending",
        OrderRow.held_until < day.daytime.now - SOON,
        ~trying.exists(),
    )
    return session.execute(wanted).all()
