"""Goods that come back after the delivery: the customer asks, the seller answers, and books them."""

from collections.abc import Mapping
from uuid import UUID

from flows.happenings import GoodsReturned, ReturnAccepted, ReturnAsked, ReturnRefused
from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.refusals import (
    AllBack,
    NoReturns,
    Refusal,
    ReturnOpen,
    ReturnsOver,
)
from flows.ports.returns import Reason, Return, Returnable, ReturnLine
from store import stock
from store.actor import Actor
from store.ids import new_id
from store.loyalty.returning import goods_back
from store.models import OrderRow, ReturnRow
from store.orders.moving import move, move_payment, wrong_step
from store.orders.refunds import give_back
from store.orders.wishes_back import (
    ACCEPTED,
    ASKED,
    BOOKED,
    OPEN,
    REFUSED,
    all_back,
    booked,
    by_hand,
    left,
    open_wish,
    pieces,
    returns_of,
    wish,
    worth,
)
from store.postings import returned_in_hand
from store.quoting import claiming
from store.scope import Scope
from store.terms import terms_of

LONGEST_WORDS = 300


def returnable(scope: Scope, order: OrderRow) -> Returnable | Refusal:
    """What of a customer's order may still come back."""
    refusal = _refusal(scope, order)
    if refusal is not None:
        return refusal
    rows = returns_of(scope, order.id)
    if any(row.status in OPEN for row in rows):
        return ReturnOpen(order.number)
    there = left(order, rows)
    if not there:
        return AllBack(order.number)
    names = {line.position: line.name for line in order.lines}
    lines = tuple(ReturnLine(place, names[place], count) for place, count in there.items())
    return Returnable(order.number, lines)


def _refusal(scope: Scope, order: OrderRow) -> Refusal | None:
    terms = terms_of(scope.shop).after_sale
    if order.status == OrderStatus.RETURNED:
        return AllBack(order.number)
    if order.status != OrderStatus.DELIVERED:
        return wrong_step(order)
    if not terms.return_days:
        return NoReturns()
    if scope.now - (order.delivered_at or order.updated_at) > terms.return_window:
        return ReturnsOver(order.number, terms.return_days)
    return None


def ask(
    scope: Scope, order: OrderRow, goods: Mapping[int, int], reason: Reason, words: str
) -> Return | Refusal:
    """By the customer of a locked order. Tells ReturnAsked."""
    found = returnable(scope, order)
    if isinstance(found, Refusal):
        return found
    there = {line.position: line.quantity for line in found.lines}
    wanted = {p: min(n, there.get(p, 0)) for p, n in goods.items() if n > 0 and p in there}
    if not wanted:
        return AllBack(order.number)
    row = ReturnRow(
        id=new_id(),
        shop_id=scope.shop.id,
        order_id=order.id,
        person_id=order.person_id,
        status=ASKED,
        reason=reason.value,
        words=words[:LONGEST_WORDS],
        goods=[{"position": p, "quantity": n} for p, n in sorted(wanted.items())],
        asked_at=scope.now,
    )
    scope.session.add(row)
    scope.session.flush()
    asked = wish(order, returns_of(scope, order.id), row)
    scope.tell(ReturnAsked(asked))
    return asked


def accept(scope: Scope, number: int) -> Return | Refusal:
    """The seller takes the goods back once they are there."""
    found = open_wish(scope, number)
    if isinstance(found, Refusal):
        return found
    order, rows, row = found
    told = wish(order, rows, row)
    if row.status == ASKED:
        row.status, row.answered_at = ACCEPTED, scope.now
        scope.tell(ReturnAccepted(told))
    return told


def refuse(scope: Scope, number: int, reason: str) -> Return | Refusal:
    """The seller does not take them back; also after a yes, while they are not there."""
    found = open_wish(scope, number)
    if isinstance(found, Refusal):
        return found
    order, rows, row = found
    told = wish(order, rows, row)
    row.status, row.answer = REFUSED, reason[:LONGEST_WORDS]
    row.answered_at = row.ended_at = scope.now
    scope.tell(ReturnRefused(told, row.answer))
    return told


def book(scope: Scope, number: int, actor: Actor, *, damaged: bool) -> Return | Refusal:
    """The goods are back: on the shelf unless `damaged`, and what was paid for them goes back. The order is
    returned once nothing of it stays with its customer. Booked once, however often it is said."""
    found = open_wish(scope, number, *OPEN, BOOKED)
    if isinstance(found, Refusal):
        return found
    order, rows, row = found
    if row.status == BOOKED:
        return wish(order, rows, row)
    goods, value = pieces(row), worth(order, rows, pieces(row), Reason(row.reason))
    whole = all_back(order, booked(rows), goods)
    row.status, row.refund = BOOKED, value.refund
    row.answered_at, row.ended_at = row.answered_at or scope.now, scope.now
    skus = {line.position: line.sku for line in order.lines}
    stock.come_back(scope, order, {skus[p]: n for p, n in goods.items()}, actor, damaged=damaged)
    if whole:
        move(scope, order, OrderStatus.RETURNED, actor, row.reason)
        claiming.give_back(scope, order)
    goods_back(scope, order, booked(rows))
    _money_back(scope, order, row, value.commission, actor)
    told = wish(order, rows, row)
    scope.tell(GoodsReturned(told))
    return told


def _money_back(
    scope: Scope, order: OrderRow, row: ReturnRow, commission: int, actor: Actor
) -> None:
    """By its rail, into the wallet, or by the seller's hand."""
    amount, cause = Money(row.refund or 0, order.currency), _cause(row.id)
    if not by_hand(order):
        sent = give_back(scope, order, amount, cause, commission)
        if sent and order.paid_by is None and _refunded(scope, order) >= order.total:
            move_payment(scope, order, PaymentStatus.REFUNDED, actor, cause)
        return
    if not amount:
        return
    returned_in_hand(scope, order, cause, commission)
    all_of_it = _refunded(scope, order) >= order.total
    to = PaymentStatus.REFUNDED if all_of_it else PaymentStatus.PARTIAL
    move_payment(scope, order, to, actor, cause)


def _refunded(scope: Scope, order: OrderRow) -> int:
    return sum(row.refund or 0 for row in returns_of(scope, order.id))


def _cause(return_id: UUID) -> str:
    return f"returned:{return_id}"
