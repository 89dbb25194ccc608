"""Many at once, with real threads on PostgreSQL: money moves once for each of them, or not at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from market import AMINA, SHOP, Market, ugx
from sqlalchemy import Engine, func, select

from flows.ports.orders import PaymentStatus
from store.ids import new_reference
from store.ledger import Account, Kind, OverdrawnError, balance, post
from store.models import OrderRow, PayoutRow, PersonRow, PostingRow, RiderRow
from store.orders.settlement import receive_from_wallet, receive_payment
from store.orders.views import locked
from store.postings import handed_over, payout_reserved
from store.proof import prove
from store.scope import Scope

pytestmark = pytest.mark.postgres

RAIL = Account(Kind.RAIL, "mtn-momo")


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """All of them begin together."""
    gate = Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        gate.wait(timeout=10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def books_are_right(market: Market) -> bool:
    engine = market.sessions.kw["bind"]
    assert isinstance(engine, Engine)
    finding = prove(engine).finding
    assert finding is None, finding
    return True


def filled(market: Market, account: Account, minor: int) -> None:
    """From nowhere: the account must be known, where it came from is not looked at here."""
    market.do(
        lambda s: post(s, f"seed:{account.name}", "seed", {account: -minor, RAIL: minor}, "UGX")
    )


def test_twenty_callbacks_post_one_payment(busy_market: Market):
    order = busy_market.buy(("oil", 1), rail="mtn-momo")
    attempt = busy_market.pay(order)
    done = at_once(
        [
            lambda: busy_market.do(lambda s: receive_payment(s, UUID(order.id), attempt).outcome)
            for _ in range(20)
        ]
    )
    assert Counter(str(each) for each in done) == {"paid": 1, "repeated": 19}
    postings = busy_market.do(lambda s: s.session.scalar(select(func.count(PostingRow.id))))
    assert postings == 1
    assert books_are_right(busy_market)


def test_a_wallet_pays_as_many_orders_as_it_covers(busy_market: Market):
    busy_market.open(SHOP.replace('"cash"]', '"cash", "wallet"]'))
    orders = [busy_market.buy(("salt", 1), rail="mtn-momo") for _ in range(30)]
    person = busy_market.do(
        lambda s: s.session.scalars(select(PersonRow.id).where(PersonRow.phone == AMINA)).one()
    )
    wallet = Account(Kind.WALLET, str(person))
    filled(busy_market, wallet, 10 * orders[0].total.minor + 100)

    def pay(order_id: str) -> bool:
        def work(scope: Scope) -> bool:
            order = locked(scope, order_id=UUID(order_id))
            assert order is not None
            try:
                receive_from_wallet(scope, order, person)
            except OverdrawnError:
                return False
            return True

        return busy_market.do(work)

    done = at_once([lambda o=order: pay(o.id) for order in orders])
    assert Counter(done) == {True: 10, False: 20}
    assert busy_market.do(lambda s: balance(s, wallet, "UGX")) == ugx(100)
    paid = busy_market.do(
        lambda s: s.session.scalar(
            select(func.count(OrderRow.id)).where(OrderRow.payment_status == PaymentStatus.PAID)
        )
    )
    assert paid == 10
    assert books_are_right(busy_market)


def test_one_order_is_paid_by_one_of_two_ways_at_once(busy_market: Market):
    """The rail's money and the wallet's meet: one pays, the other is given back or left alone."""
    order = busy_market.buy(("oil", 1), rail="mtn-momo")
    attempt = busy_market.pay(order)
    person = busy_market.do(
        lambda s: s.session.scalars(select(PersonRow.id).where(PersonRow.phone == AMINA)).one()
    )
    filled(busy_market, Account(Kind.WALLET, str(person)), order.total.minor)

    def by_wallet() -> str:
        def work(scope: Scope) -> str:
            row = locked(scope, order_id=UUID(order.id))
            assert row is not None
            if row.payment_status != PaymentStatus.PENDING:
                return "late"
            receive_from_wallet(scope, row, person)
            return "wallet"

        return busy_market.do(work)

    def by_rail() -> str:
        done = busy_market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
        return str(done.outcome)

    done = set(at_once([by_wallet, by_rail]))
    assert done in ({"late", "paid"}, {"wallet", "owed"})
    assert books_are_right(busy_market)


def test_a_rider_hands_over_no_more_than_is_there(busy_market: Market):
    rider = busy_market.do(lambda s: s.session.scalars(select(RiderRow.id)).first())
    cash = Account(Kind.RIDER_CASH, str(rider))
    seed = {cash: 10_000, Account(Kind.SELLER_CASH): -6_000, Account(Kind.COMMISSION): -4_000}
    busy_market.do(lambda s: post(s, "seed", "seed", seed, "UGX"))

    def over(key: str) -> bool:
        try:
            return busy_market.do(lambda s: handed_over(s, rider, ugx(1_000), key))
        except OverdrawnError:
            return False

    done = at_once([lambda n=n: over(f"hand-over:{n}") for n in range(24)])
    assert Counter(done) == {True: 10, False: 14}
    left = [
        busy_market.do(lambda s, a=account: balance(s, a, "UGX").minor)
        for account in (cash, Account(Kind.SELLER_CASH), Account(Kind.SELLER_OWES))
    ]
    assert left == [0, 0, 4_000]


def test_payouts_at_once_never_take_more_than_is_there(busy_market: Market):
    available = Account(Kind.SELLER_AVAILABLE)
    filled(busy_market, available, 5_500)

    def out() -> bool:
        row = PayoutRow(
            id=new_reference(),
            account=available.name,
            rail="mtn-momo",
            amount=1_000,
            fee=20,
            currency="UGX",
        )
        try:
            return busy_market.do(lambda s: payout_reserved(s, row))
        except OverdrawnError:
            return False

    assert Counter(at_once([out] * 20)) == {True: 5, False: 15}
    assert busy_market.do(lambda s: balance(s, available, "UGX")) == ugx(400)
