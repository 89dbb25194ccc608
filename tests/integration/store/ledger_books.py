"""Helpers for the tests of the ledger: what stands in the accounts, and how it came there."""

from collections.abc import Mapping
from uuid import UUID

from market import Market
from sqlalchemy import Engine, func, select, update

from flows.ports.orders import Order, OrderStatus
from store.ids import new_reference
from store.ledger import (
    KEPT,
    Account,
    balance,
)
from store.models import (
    AttemptRow,
    EntryRow,
    OrderLineRow,
    PayoutRow,
    PostingRow,
    RefundRow,
)
from store.orders.refunds import refund_settled
from store.orders.settlement import Settlement, receive_payment
from store.people import upsert_person
from store.postings import topped_up
from store.scope import Scope


def standing(market: Market, currency: str = "UGX") -> Mapping[str, int]:
    """What stands in every account that is not empty, by its normal side."""

    def work(scope: Scope) -> Mapping[str, int]:
        rows = scope.session.execute(
            select(EntryRow.account, func.sum(EntryRow.amount))
            .where(EntryRow.shop_id == scope.shop.id, EntryRow.currency == currency)
            .group_by(EntryRow.account)
        ).all()
        sums = {name: Account.named(name).normal * int(amount) for name, amount in rows}
        for name, amount in sums.items():
            if Account.named(name).kind in KEPT:
                assert balance(scope, Account.named(name), currency).minor == amount, name
        return {name: amount for name, amount in sums.items() if amount}

    return market.do(work)


def postings(market: Market) -> list[str]:
    return market.do(
        lambda scope: list(scope.session.scalars(select(PostingRow.cause).order_by(PostingRow.id)))
    )


def paid(market: Market, order: Order) -> Settlement:
    attempt = market.pay(order)
    return market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))


def shared(market: Market, order: Order, **line: object) -> None:
    """Write on the order's first line whose its money is."""

    def work(scope: Scope) -> None:
        scope.session.execute(
            update(OrderLineRow)
            .where(OrderLineRow.order_id == UUID(order.id), OrderLineRow.position == 1)
            .values(**line)
        )

    market.do(work)


def sent(market: Market, done: bool = True) -> None:
    """The rails gave back what was owed."""

    def work(scope: Scope) -> None:
        for refund in scope.session.scalars(
            select(RefundRow).where(RefundRow.status == "created")
        ).all():
            refund.status = "succeeded" if done else "stuck"
            scope.session.flush()
            refund_settled(scope, refund.id, done=done)

    market.do(work)


def engine_of(market: Market) -> Engine:
    engine = market.sessions.kw["bind"]
    assert isinstance(engine, Engine)
    return engine


def brought(market: Market, number: int, rider: str = "Okello") -> None:
    for step in ("accept", "picked"):
        result = market.ride(rider, lambda r, s=step: getattr(r, s)(number))
        assert getattr(result, "number", None), result
    code = market.order(number).code
    market.ride(rider, lambda r: r.delivered(number, code))
    assert market.order(number).status is OrderStatus.DELIVERED


def closed(market: Market, number: int) -> None:
    """The seller closes the delivery with the customer's code."""
    code = market.order(number).code
    market.sell(lambda t: t.delivered(number, code))
    assert market.order(number).status is OrderStatus.DELIVERED


def oil(market: Market, rail: str = "mtn-momo") -> Order:
    """Two bottles at 9,000 and 3,000 for bringing them, of which the platform gets 1,800."""
    order = market.buy(("oil", 2), rail=rail)
    shared(market, order, commission=1_800)
    return order


def payout_of(account: Account, amount: int, fee: int) -> PayoutRow:
    return PayoutRow(
        id=new_reference(),
        account=account.name,
        rail="mtn-momo",
        amount=amount,
        fee=fee,
        currency="UGX",
    )


def top_up(market: Market, phone: str, minor: int) -> UUID:
    """The customer of this phone has put so much into their wallet; whose it is."""

    def work(scope: Scope) -> UUID:
        person = upsert_person(scope.session, phone, None, scope.now)
        row = AttemptRow(
            id=new_reference(),
            shop_id=scope.shop.id,
            order_id=None,
            person_id=person.id,
            purpose="top-up",
            rail="mtn-momo",
            payer=phone,
            amount=minor,
            currency="UGX",
            status="succeeded",
            medium="sms",
            submit_after=scope.now,
            created_at=scope.now,
        )
        scope.session.add(row)
        scope.session.flush()
        topped_up(scope, row)
        return person.id

    return market.do(work)
