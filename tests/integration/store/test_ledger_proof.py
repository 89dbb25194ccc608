"""The proof finds what does not fit: each law broken once, by hand, on both databases."""

from collections.abc import Callable
from uuid import UUID

import pytest
from ledger_books import brought, engine_of, oil, paid, payout_of
from market import Market
from sqlalchemy import delete, insert, select, update

from flows.ports.orders import Order
from store.ids import new_reference
from store.ledger import Account, Kind, post
from store.models import (
    AttemptRow,
    BalanceRow,
    EntryRow,
    OrderLineRow,
    OrderRow,
    PersonRow,
    PostingRow,
    PromotionRow,
    PromotionUseRow,
    RefundRow,
    ReviewRow,
)
from store.orders.settlement import receive_payment
from store.proof import Finding, prove
from store.proof.checking import LAWS
from store.proof.loyalty_laws import LOYALTY_LAWS
from store.scope import Scope

Tamper = Callable[[Scope, Order], object]
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)
RAIL, REFUNDS = Account(Kind.RAIL, "mtn-momo"), Account(Kind.REFUNDS)


def finding(market: Market) -> Finding | None:
    return prove(engine_of(market)).finding


@pytest.fixture
def busy(market: Market) -> Market:
    """Orders in every state, all of them right: the first is paid and open, the last delivered."""
    open_, gone, done = oil(market), oil(market), oil(market)
    for order in (open_, gone, done):
        paid(market, order)
    market.ask(lambda b: b.orders.cancel(gone.number, "no"))
    brought(market, done.number)
    assert finding(market) is None
    return market


def _entry(scope: Scope, **values: object) -> None:
    newest = scope.session.query(PostingRow.id).order_by(PostingRow.id.desc()).limit(1).scalar()
    row = {"posting_id": newest, "shop_id": scope.shop.id, "account": "rail:x", "currency": "UGX"}
    scope.session.execute(insert(EntryRow).values({**row, **values}))


def unbalanced(scope: Scope, order: Order) -> None:
    _entry(scope, amount=1)


def other_currency(scope: Scope, order: Order) -> None:
    _entry(scope, amount=1, currency="KES")
    _entry(scope, amount=-1, currency="KES")


def wrong_balance(scope: Scope, order: Order) -> None:
    scope.session.execute(
        update(BalanceRow)
        .where(BalanceRow.account == "seller-available")
        .values(balance=BalanceRow.balance + 1)
    )


def lost_attempt(scope: Scope, order: Order) -> None:
    person = scope.session.query(PersonRow).first()
    values = {
        "id": new_reference(), "shop_id": scope.shop.id, "person_id": person.id, "rail": "mtn-momo",
        "payer": "", "amount": 100, "currency": "UGX", "status": "succeeded", "purpose": "top-up",
        "medium": "sms", "submit_after": scope.now, "created_at": scope.now, "polls": 0,
    }  # fmt: skip
    scope.session.execute(insert(AttemptRow).values(values))


def failed_attempt(scope: Scope, order: Order) -> None:
    scope.session.execute(
        update(AttemptRow).where(AttemptRow.order_id == UUID(order.id)).values(status="failed")
    )


def other_amount(scope: Scope, order: Order) -> None:
    scope.session.execute(
        update(AttemptRow)
        .where(AttemptRow.order_id == UUID(order.id))
        .values(amount=AttemptRow.amount + 1)
    )


def posted_for_nobody(scope: Scope, order: Order) -> None:
    post(scope, f"attempt:{new_reference()}", "payment", {RAIL: 5, REFUNDS: -5}, "UGX")


def refund_said_to_be_sent(scope: Scope, order: Order) -> None:
    scope.session.execute(update(RefundRow).values(status="succeeded"))


def refund_forgotten(scope: Scope, order: Order) -> None:
    scope.session.execute(delete(RefundRow))


def held_for_nothing(scope: Scope, order: Order) -> None:
    post(scope, "held", "held", {RAIL: 5, Account(Kind.SUSPENSE): -5}, "UGX")


def review_without_money(scope: Scope, order: Order) -> None:
    scope.session.add(
        ReviewRow(
            shop_id=scope.shop.id,
            kind="wrong-amount",
            expected=5,
            currency="UGX",
            got=4,
            got_currency="UGX",
            opened_at=scope.now,
        )
    )


def payout_not_set_aside(scope: Scope, order: Order) -> None:
    person = scope.session.query(PersonRow).first()
    row = payout_of(AVAILABLE, 100, 0)
    row.shop_id, row.person_id, row.phone = scope.shop.id, person.id, ""
    row.status, row.created_at, row.polls = "created", scope.now, 0
    scope.session.add(row)


def paid_for_nothing(scope: Scope, order: Order) -> None:
    post(scope, "payouts", "payout-reserved", {RAIL: 5, Account(Kind.PAYOUTS): -5}, "UGX")


def paid_twice(scope: Scope, order: Order) -> None:
    amounts = {RAIL: 5, REFUNDS: -5}
    post(scope, "wallet:x", "wallet-payment", amounts, "UGX", order_id=UUID(order.id))
    post(scope, "back", "seed", {RAIL: -5, REFUNDS: 5}, "UGX", order_id=UUID(order.id))


def not_paid(scope: Scope, order: Order) -> None:
    _set(scope, order, payment_status="pending")


def delivered_without_release(scope: Scope, order: Order) -> None:
    _set(scope, order, status="delivered")


def given_out_early(scope: Scope, order: Order) -> None:
    post(scope, f"release:{order.id}", "release", {}, "UGX", order_id=UUID(order.id))


def waits_for_ever(scope: Scope, order: Order) -> None:
    _set(scope, order, status="returned")


def worth_more(scope: Scope, order: Order) -> None:
    _set(scope, order, total=OrderRow.total + 1)


def dearer_than_its_parts(scope: Scope, order: Order) -> None:
    _set(scope, order, tax=5)


def another_line(scope: Scope, order: Order) -> None:
    scope.session.execute(
        update(OrderLineRow)
        .where(OrderLineRow.order_id == UUID(order.id))
        .values(discount=OrderLineRow.discount + 1)
    )


def a_saving_of_nobody(scope: Scope, order: Order) -> None:
    _set(scope, order, savings=[{"kind": "points", "name": "", "amount": 7, "by": "points"}])


def counted_twice(scope: Scope, order: Order) -> None:
    row = PromotionRow(shop_id=scope.shop.id, name="FRIDAY", terms={}, used=1)
    scope.session.add(row)


def not_given_back(scope: Scope, order: Order) -> None:
    """The second order was cancelled."""
    counted_twice(scope, order)
    scope.session.flush()
    promotion = scope.session.scalars(select(PromotionRow)).one()
    ended = scope.session.scalars(select(OrderRow).where(OrderRow.number == 1002)).one()
    scope.session.add(
        PromotionUseRow(
            promotion_id=promotion.id,
            order_id=ended.id,
            shop_id=scope.shop.id,
            person_id=ended.person_id,
            amount=1,
            used_at=scope.now,
        )
    )


def taken_at_the_door_early(scope: Scope, order: Order) -> None:
    """The first order is open."""
    _set(scope, order, due_at_door=5)
    key = f"door:{order.id}"
    post(scope, key, "door-cash", {}, "UGX", order_id=UUID(order.id))


def less_than_nothing_due(scope: Scope, order: Order) -> None:
    _set(scope, order, due_at_door=-5)


def due_of_what_ended(scope: Scope, order: Order) -> None:
    """The second order was cancelled."""
    _due_of(scope, 1002)


def not_taken_at_the_door(scope: Scope, order: Order) -> None:
    """The last order is delivered."""
    _due_of(scope, 1003)


def _due_of(scope: Scope, number: int) -> None:
    scope.session.execute(update(OrderRow).where(OrderRow.number == number).values(due_at_door=5))


def _set(scope: Scope, order: Order, **values: object) -> None:
    scope.session.execute(update(OrderRow).where(OrderRow.id == UUID(order.id)).values(**values))


DOOR = "what is due at the door is taken once"
BROKEN: list[tuple[Tamper, str, str]] = [
    (unbalanced, "a posting adds up to zero", "ledger_postings"),
    (other_currency, "entries are of their posting's shop and currency", "ledger_entries"),
    (wrong_balance, "a balance is the sum of its entries", "ledger_balances"),
    (lost_attempt, "what an attempt brought is posted once", "payment_attempts"),
    (other_amount, "what an attempt brought is posted once", "payment_attempts"),
    (failed_attempt, "nothing is posted that no attempt brought", "ledger_postings"),
    (posted_for_nobody, "nothing is posted that no attempt brought", "ledger_postings"),
    (refund_said_to_be_sent, "a refund is posted when it was sent", "refunds"),
    (refund_forgotten, "what is owed back is what refunds will send", "refunds"),
    (held_for_nothing, "what is kept apart waits for a person", "reviews"),
    (review_without_money, "what is kept apart waits for a person", "reviews"),
    (payout_not_set_aside, "a payout was set aside, and has gone or is back", "payouts"),
    (paid_for_nothing, "what is set aside is under way", "payouts"),
    (paid_twice, "a paid order was paid by one source", "orders"),
    (not_paid, "a paid order was paid by one source", "orders"),
    (delivered_without_release, "a delivered order is given out once", "orders"),
    (given_out_early, "a delivered order is given out once", "orders"),
    (waits_for_ever, "an order that has ended leaves nothing waiting", "orders"),
    (taken_at_the_door_early, DOOR, "orders"),
    (less_than_nothing_due, DOOR, "orders"),
    (due_of_what_ended, DOOR, "orders"),
    (not_taken_at_the_door, DOOR, "orders"),
    (worth_more, "a paid order waits for its delivery whole", "orders"),
    (
        dearer_than_its_parts,
        "an order comes to its goods less savings, with delivery and tax",
        "orders",
    ),
    (another_line, "an order's lines are its goods and what is off them", "orders"),
    (a_saving_of_nobody, "what is off the goods is what the savings say", "orders"),
    (counted_twice, "a promotion counts the uses that stand", "promotions"),
    (not_given_back, "an order that ended early uses no promotion", "promotion_uses"),
]


@pytest.mark.parametrize(
    ("tamper", "law", "table"), BROKEN, ids=lambda each: getattr(each, "__name__", "")
)
def test_what_does_not_fit_is_named(busy: Market, tamper: Tamper, law: str, table: str):
    order = busy.order(1001)
    busy.do(lambda scope: tamper(scope, order) and None)
    found = finding(busy)
    assert found is not None
    assert (found.law, found.table) == (law, table)
    assert found.key
    assert found.expected != found.found


def test_every_law_but_those_that_the_database_keeps_was_broken():
    """A floor is a constraint of the table, and an order never changes its shop. Those of coupons and
    points have their own test."""
    others = {law.name for law in LOYALTY_LAWS}
    kept = {"a floor holds", "a posting is of its order's shop"}
    assert {law.name for law in LAWS} == {law for _, law, _ in BROKEN} | kept | others


def test_what_is_older_than_the_ledger_is_told_apart(market: Market):
    market.do(lost_attempt_of_old)
    found = finding(market)
    assert found is not None
    assert found.older


def lost_attempt_of_old(scope: Scope) -> None:
    scope.session.add(PersonRow(id=new_reference(), created_at=scope.now))
    scope.session.flush()
    lost_attempt(scope, None)


def test_the_trial_balance_has_every_kind_by_its_normal_side(busy: Market):
    proof = prove(engine_of(busy))
    lines = {line.kind: line.amount for line in proof.lines}
    assert lines["rail"] == 3 * 21_000
    assert lines["rail"] == sum(amount for kind, amount in lines.items() if kind != "rail")
    assert {line.currency for line in proof.lines} == {"UGX"}
    assert proof.postings == 5


def test_proving_writes_nothing_and_waits_for_nobody(busy_market: Market):
    order = oil(busy_market)
    attempt = busy_market.pay(order)

    def while_others_pay(scope: Scope) -> Finding | None:
        receive_payment(scope, UUID(order.id), attempt)
        scope.session.flush()
        return finding(busy_market)

    found = busy_market.do(while_others_pay)
    assert found is not None
    assert found.older
    assert finding(busy_market) is None
