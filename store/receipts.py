"""Receipts and money that goes back, as the books have them at the moment of asking."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from flows.money import Money
from flows.ports.orders import OrderLine, OrderStatus, PaymentStatus
from flows.ports.records import BackStatus, MoneyBack, Receipt, Standing
from store.models import AttemptRow, OrderHistoryRow, OrderRow, RefundRow, ShopRow
from store.models.payments import TO_WALLET
from store.orders.refunds import LACKING
from store.orders.views import savings_of

# So much of a provider's own number is shown: enough to find it, too little to make one up.
SHOWN = 4
# The first bytes of an order's id, by which a receipt's link names it.
PREFIX = 10
WALLET = "wallet"
_PAID = (PaymentStatus.PAID, PaymentStatus.PARTIAL, PaymentStatus.REFUNDED)
# What a refund's status means to who waits for it; every other one is on its way.
_STATUS = {
    "created": BackStatus.WAITING,
    "succeeded": BackStatus.DONE,
    "stuck": BackStatus.STUCK,
    "failed": BackStatus.STUCK,
}


def receipt_of(session: Session, shop: ShopRow, order: OrderRow) -> Receipt | None:
    """None when it was never paid. What has changed since is in `standing`."""
    paid_at = _paid_at(session, order)
    if paid_at is None:
        return None
    refunds = session.scalars(select(RefundRow).where(RefundRow.order_id == order.id)).all()
    # What went back for goods that were not there is off the total already.
    back = sum(refund.amount for refund in refunds if not refund.cause.startswith(LACKING))
    if order.payment_status == PaymentStatus.REFUNDED and not refunds:
        back = order.total
    attempt = session.get(AttemptRow, order.paid_by) if order.paid_by else None
    return Receipt(
        number=order.number,
        shop=shop.name,
        lines=tuple(_line(order, n) for n in range(len(order.lines))),
        delivery_fee=Money(order.delivery_fee, order.currency),
        discount=Money(order.discount, order.currency),
        total=Money(order.total, order.currency),
        back=Money(back, order.currency),
        rail=attempt.rail if attempt else order.rail,
        paid_at=paid_at,
        standing=_standing(order, back),
        reference=_end_of(attempt.provider_id if attempt else None),
        savings=savings_of(order),
        tax=Money(order.tax, order.currency) if order.tax else None,
        at_door=Money(order.due_at_door, order.currency) if order.due_at_door else None,
    )


def _line(order: OrderRow, n: int) -> OrderLine:
    row, currency = order.lines[n], order.currency
    unit, total = Money(row.unit_price, currency), Money(row.total, currency)
    return OrderLine(row.sku, row.name, row.quantity, unit, total)


def _paid_at(session: Session, order: OrderRow) -> datetime | None:
    history = select(OrderHistoryRow.at).where(
        OrderHistoryRow.order_id == order.id,
        OrderHistoryRow.field == "payment_status",
        OrderHistoryRow.after == PaymentStatus.PAID.value,
    )
    at: datetime | None = session.scalar(history.order_by(OrderHistoryRow.at).limit(1))
    # Orders of an older version have no such line.
    return at or (order.created_at if order.payment_status in _PAID else None)


def _standing(order: OrderRow, back: int) -> Standing:
    if back >= order.total or order.payment_status == PaymentStatus.REFUNDED:
        return Standing.BACK
    if order.payment_status not in _PAID or order.status == OrderStatus.CANCELLED:
        return Standing.VOID
    return Standing.PARTLY if back else Standing.PAID


def _end_of(reference: str | None) -> str | None:
    letters = "".join(filter(str.isalnum, reference or ""))
    return letters[-SHOWN:] if len(letters) > SHOWN else None


def receipt_at(session: Session, prefix: bytes) -> tuple[ShopRow, Receipt] | None:
    """Of the one order whose id begins so; None where there is none, or it was never paid."""
    least = UUID(bytes=prefix.ljust(16, b"\x00"))
    most = UUID(bytes=prefix.ljust(16, b"\xff"))
    found = session.scalars(
        select(OrderRow)
        .where(OrderRow.id.between(least, most))
        .options(selectinload(OrderRow.lines))
        .limit(2)
    ).all()
    if len(found) != 1:
        return None
    shop = session.get_one(ShopRow, found[0].shop_id)
    receipt = receipt_of(session, shop, found[0])
    return (shop, receipt) if receipt else None


def paid_order(
    session: Session, shop_id: UUID, person_id: UUID, number: int | None
) -> OrderRow | None:
    """The order of this number, else the newest one that was paid; of this person only."""
    query = (
        select(OrderRow)
        .where(OrderRow.shop_id == shop_id, OrderRow.person_id == person_id)
        .options(selectinload(OrderRow.lines), joinedload(OrderRow.delivery))
        .order_by(OrderRow.number.desc())
        .limit(1)
    )
    if number is not None:
        return session.scalar(query.where(OrderRow.number == number))
    return session.scalar(query.where(OrderRow.payment_status.in_([s.value for s in _PAID])))


def money_back(
    session: Session, shop_id: UUID, person_id: UUID, number: int | None, most: int = 5
) -> Sequence[MoneyBack]:
    """What goes or went back for orders of this person, the newest first."""
    query = (
        select(RefundRow, OrderRow, AttemptRow)
        .join(OrderRow, OrderRow.id == RefundRow.order_id)
        .join(AttemptRow, AttemptRow.id == RefundRow.attempt_id)
        .where(OrderRow.shop_id == shop_id, OrderRow.person_id == person_id)
        .order_by(RefundRow.created_at.desc())
        .limit(most)
    )
    if number is not None:
        query = query.where(OrderRow.number == number)
    found = session.execute(query).all()
    backs = [_back(refund, order, attempt) for refund, order, attempt in found]
    return backs or _into_wallet(session, shop_id, person_id, number)


def _back(refund: RefundRow, order: OrderRow, attempt: AttemptRow) -> MoneyBack:
    return MoneyBack(
        number=order.number,
        amount=Money(refund.amount, refund.currency),
        status=_STATUS.get(refund.status, BackStatus.WAY),
        rail=WALLET if refund.to == TO_WALLET else attempt.rail,
        payer=attempt.payer,
        at=refund.settled_at or refund.created_at,
    )


def _into_wallet(
    session: Session, shop_id: UUID, person_id: UUID, number: int | None
) -> Sequence[MoneyBack]:
    """What a wallet has paid comes back to it at once."""
    query = select(OrderRow).where(
        OrderRow.shop_id == shop_id,
        OrderRow.person_id == person_id,
        OrderRow.rail == WALLET,
        OrderRow.payment_status == PaymentStatus.REFUNDED.value,
    )
    if number is not None:
        query = query.where(OrderRow.number == number)
    order = session.scalar(query.order_by(OrderRow.number.desc()).limit(1))
    if order is None:
        return []
    amount = Money(order.total, order.currency)
    return [MoneyBack(order.number, amount, BackStatus.DONE, WALLET, "", order.updated_at)]
