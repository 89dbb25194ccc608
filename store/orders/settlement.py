"""What becomes of an order when money came, came late, came twice, or did not come."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from flows.happenings import LateMoney, OrderPaid
from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus, Role
from store import stock
from store.actor import SYSTEM, Actor
from store.errors import StoreError
from store.models import AttemptRow, OrderLineRow, OrderRow, RefundRow
from store.orders.booking import IN_PLACE, book, new_code
from store.orders.confirming import confirm
from store.orders.moving import move_payment, note
from store.orders.refunds import MORE_THAN_DUE, WALLET, owe_refund
from store.orders.reminders import first_reminder
from store.orders.views import locked, view
from store.postings import late_money, paid_from_wallet, payment_received
from store.postings.payments import excess
from store.quoting.claiming import claim_again
from store.scope import Scope
from store.terms import terms_of

# So long late money waits for the customer to say that they would rather have it in their wallet.
CHOOSES = timedelta(minutes=10)
# While one of these stands the provider may still take the money.
OPEN_ATTEMPTS = ("created", "submitted", "pending", "unknown")
# What was paid for stays as it was.
PAID = ("subtotal", "delivery_fee", "discount", "tax", "total", "savings", "rail", "payer")


class UnknownPaymentError(StoreError):
    """A payment for an order or by an attempt that this shop does not have."""


class Outcome(StrEnum):
    """PAID: this order. SUCCESSOR: a new order in place of the cancelled one. OWED: it goes back.
    REPEATED: this attempt had already been settled, nothing was changed."""

    PAID = "paid"
    SUCCESSOR = "successor"
    OWED = "owed"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Settlement:
    """`order` is the order that was paid, the successor where there is one."""

    outcome: Outcome
    order: UUID
    refund: UUID | None = None


def receive_payment(scope: Scope, order_id: UUID, attempt_id: UUID) -> Settlement:
    """The whole amount of `attempt_id` has come in. Tells OrderPaid or LateMoney. Calling it again
    for the same attempt changes nothing."""
    order = locked(scope, order_id=order_id)
    attempt = scope.session.get(AttemptRow, attempt_id)
    if order is None or attempt is None or attempt.order_id != order.id:
        raise UnknownPaymentError(f"attempt {attempt_id} does not belong to order {order_id}")
    repeated = _settled_before(scope, order, attempt)
    if repeated is not None:
        return repeated
    if order.payment_status not in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        return _give_back(scope, order, attempt, "paid_twice")
    if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
        return _late(scope, order, attempt)
    _mark_paid(scope, order, attempt)
    confirmed = _take_on(scope, order)
    refund = _post(scope, order, attempt)
    scope.tell(OrderPaid(view(order), confirmed))
    return Settlement(Outcome.PAID, order.id, refund)


def receive_from_wallet(scope: Scope, order: OrderRow, person_id: UUID) -> None:
    """A locked order that is open and unpaid is paid out of this person's wallet. Tells OrderPaid. Raises
    OverdrawnError, after which nothing was changed."""
    paid_from_wallet(scope, order, person_id)
    order.rail, order.payer = "wallet", None
    move_payment(scope, order, PaymentStatus.PAID, Actor(Role.CUSTOMER, person_id))
    confirmed = _take_on(scope, order)
    scope.tell(OrderPaid(view(order), confirmed))


def payment_failed(scope: Scope, order_id: UUID) -> None:
    """An attempt failed or expired. The order stays pending until its hold runs out, so that the
    customer may try again; while another attempt is open nothing is said of its payment."""
    order = locked(scope, order_id=order_id)
    if order is None or order.payment_status != PaymentStatus.PENDING:
        return
    if not open_attempt(scope, order.id):
        move_payment(scope, order, PaymentStatus.FAILED, SYSTEM)


def open_attempt(scope: Scope, order_id: UUID) -> AttemptRow | None:
    """The attempt by which a provider may still take this order's money."""
    return scope.session.scalar(
        select(AttemptRow).where(
            AttemptRow.shop_id == scope.shop.id,
            AttemptRow.order_id == order_id,
            AttemptRow.status.in_(OPEN_ATTEMPTS),
        )
    )


def taking_attempt(scope: Scope, order_id: UUID) -> AttemptRow | None:
    """The attempt that may still take this order's money, or whose money a person looks at."""
    return scope.session.scalar(
        select(AttemptRow)
        .where(
            AttemptRow.shop_id == scope.shop.id,
            AttemptRow.order_id == order_id,
            AttemptRow.status.in_((*OPEN_ATTEMPTS, "review")),
        )
        .limit(1)
    )


def attempted(scope: Scope, order_id: UUID) -> bool:
    """Whether anybody was ever asked for this order's money, which may then still come."""
    asked = select(AttemptRow.id).where(
        AttemptRow.shop_id == scope.shop.id, AttemptRow.order_id == order_id
    )
    return scope.session.scalar(asked.limit(1)) is not None


def _settled_before(scope: Scope, order: OrderRow, attempt: AttemptRow) -> Settlement | None:
    """What an earlier call made of this attempt. Nothing can have come of it while the order is open
    and unpaid, so the usual payment costs no look-up."""
    unpaid = order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
    if unpaid and order.status != OrderStatus.CANCELLED:
        return None
    if order.paid_by == attempt.id:
        return Settlement(Outcome.REPEATED, order.id)
    successor = scope.session.scalar(
        select(OrderRow.id).where(OrderRow.shop_id == scope.shop.id, OrderRow.paid_by == attempt.id)
    )
    refund = scope.session.scalar(select(RefundRow.id).where(RefundRow.attempt_id == attempt.id))
    if successor is None and refund is None:
        return None
    return Settlement(Outcome.REPEATED, successor or order.id, refund)


def _mark_paid(scope: Scope, order: OrderRow, attempt: AttemptRow) -> None:
    order.paid_by = attempt.id
    order.rail, order.payer = attempt.rail, attempt.payer
    move_payment(scope, order, PaymentStatus.PAID, SYSTEM)


def _post(scope: Scope, order: OrderRow, attempt: AttemptRow) -> UUID | None:
    """Last, since all of the shop's payments write to the same balances. The order may have become
    cheaper since its money was asked for: the refund of what is too much."""
    if not payment_received(scope, order, attempt):
        # Held for review before, so that what is too much of it is known already.
        return None
    refund = owe_refund(scope, order.id, excess(order, attempt), MORE_THAN_DUE, attempt.id)
    return refund.id if refund else None


def _take_on(scope: Scope, order: OrderRow) -> bool:
    """A paid order is confirmed by itself, unless the shop accepts each one."""
    if order.status != OrderStatus.PENDING:
        return True
    if not terms_of(scope.shop).accept_each:
        return confirm(scope, order, SYSTEM) is None
    stock.extend_holds(scope, order.id, None)
    order.remind_at = first_reminder(scope.shop, scope.rules, scope.now)
    return False


def _late(scope: Scope, order: OrderRow, attempt: AttemptRow) -> Settlement:
    """The order is gone and stays so. Its goods are sent under a new number when they are there, in its
    window as long as that is to come and has a place."""
    successor = _successor(order)
    successor.code = new_code(scope)
    successor.created_at = successor.updated_at = scope.now
    if order.slot_from is not None and order.slot_from > scope.now:
        successor.slot_from, successor.slot_until = order.slot_from, order.slot_until
    if book(scope, successor, None, SYSTEM) is not None:
        _mark_paid(scope, order, attempt)
        return _give_back(scope, order, attempt, "paid_after_cancellation")
    claim_again(scope, successor, order)
    note(scope, successor, "successor_of", None, str(order.number), SYSTEM)
    _mark_paid(scope, successor, attempt)
    confirmed = _take_on(scope, successor)
    refund = _post(scope, successor, attempt)
    scope.tell(LateMoney(view(order), view(successor), None))
    scope.tell(OrderPaid(view(successor), confirmed))
    return Settlement(Outcome.SUCCESSOR, successor.id, refund)


def _successor(order: OrderRow) -> OrderRow:
    return OrderRow(
        **{column: getattr(order, column) for column in (*IN_PLACE, *PAID)},
        status=OrderStatus.PENDING.value,
        payment_status=PaymentStatus.PENDING.value,
        successor_of=order.id,
        delivery=None,
        lines=[
            OrderLineRow(
                position=line.position,
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price=line.unit_price,
                total=line.total,
                discount=line.discount,
                commission=line.commission,
                base=line.base,
                supplier=line.supplier,
            )
            for line in order.lines
        ],
    )


def _give_back(scope: Scope, order: OrderRow, attempt: AttemptRow, cause: str) -> Settlement:
    amount = Money(attempt.amount, attempt.currency)
    late_money(scope, attempt)
    refund = owe_refund(scope, order.id, amount, cause, attempt.id)
    choice = refund is not None and WALLET in terms_of(scope.shop).rails
    if refund is not None and choice:
        refund.next_poll_at = scope.now + CHOOSES
        scope.woken.refunds.discard(refund.id)
    scope.tell(LateMoney(view(order), None, amount, choice))
    return Settlement(Outcome.OWED, order.id, refund.id if refund else None)
