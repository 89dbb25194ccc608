"""Every posting, and what then stands where: through the real services, on both databases."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from market import AMINA, Market, ugx
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from test_statements import counted

from flows.money import Money
from flows.ports.orders import Order, OrderStatus
from store.actor import SYSTEM
from store.ids import new_reference
from store.ledger import (
    KEPT,
    Account,
    Kind,
    OverdrawnError,
    UnbalancedError,
    balance,
    post,
    post_by,
    posted,
)
from store.models import (
    AttemptRow,
    BalanceRow,
    EntryRow,
    OrderLineRow,
    OrderRow,
    PayoutRow,
    PersonRow,
    PostingRow,
    RefundRow,
)
from store.orders.confirming import confirm
from store.orders.refunds import refund_settled
from store.orders.settlement import Outcome, Settlement, receive_payment
from store.orders.views import locked
from store.postings import (
    adopt,
    handed_over,
    held_for_review,
    paid_from_wallet,
    payout_paid,
    payout_reserved,
    payout_returned,
    review_accepted,
    review_given_back,
    topped_up,
)
from store.scope import Scope

WALLET, RAIL = Account(Kind.WALLET, "amina"), Account(Kind.RAIL, "mtn-momo")
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)


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


def test_a_posting_is_written_once(market: Market):
    amounts = {RAIL: 500, WALLET: -500}
    first, again = (
        market.do(lambda s: post(s, "attempt:1", "top-up", amounts, "UGX")) for _ in range(2)
    )
    assert (first, again) == (True, False)
    assert standing(market) == {"rail:mtn-momo": 500, "wallet:amina": 500}


def test_what_does_not_add_up_is_refused(market: Market):
    with pytest.raises(UnbalancedError):
        market.do(lambda s: post(s, "odd", "top-up", {RAIL: 500, WALLET: -400}, "UGX"))
    assert standing(market) == {}


def test_nobody_falls_below_nothing_and_the_key_stays_free(market: Market):
    def work(scope: Scope) -> bool:
        with pytest.raises(OverdrawnError) as short:
            post(scope, "wallet:1", "payment", {WALLET: 100, RAIL: -100}, "UGX")
        assert short.value.there == ugx(0)
        return posted(scope, "wallet:1")

    assert market.do(work) is False
    market.do(lambda s: post(s, "attempt:1", "top-up", {RAIL: 100, WALLET: -100}, "UGX"))
    assert market.do(lambda s: post(s, "wallet:1", "payment", {WALLET: 100, RAIL: -100}, "UGX"))


def test_the_same_key_again_is_no_overdraft(market: Market):
    market.do(lambda s: post(s, "attempt:1", "top-up", {RAIL: 100, WALLET: -100}, "UGX"))
    out = {WALLET: 100, RAIL: -100}
    assert market.do(lambda s: post(s, "wallet:1", "payment", out, "UGX"))
    assert not market.do(lambda s: post(s, "wallet:1", "payment", out, "UGX"))


def test_the_books_keep_a_floor_themselves(market: Market):
    market.do(lambda s: post(s, "attempt:1", "top-up", {RAIL: 100, WALLET: -100}, "UGX"))

    def steal(scope: Scope) -> None:
        scope.session.execute(update(BalanceRow).values(balance=-1))

    with pytest.raises(DBAPIError):
        market.do(steal)


@pytest.mark.parametrize("table", [PostingRow, EntryRow])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_nothing_that_was_written_can_be_changed(market: Market, table: type, change: str):
    market.do(lambda s: post(s, "attempt:1", "top-up", {RAIL: 100, WALLET: -100}, "UGX"))

    def tamper(scope: Scope) -> None:
        rows = table.__table__
        statement = rows.delete() if change == "delete" else rows.update().values(currency="KES")
        scope.session.execute(statement)

    with pytest.raises(DBAPIError, match="written once"):
        market.do(tamper)


def test_a_posting_costs_four_statements_at_most(market: Market):
    market.do(lambda s: post(s, "attempt:1", "top-up", {RAIL: 900, WALLET: -900}, "UGX"))

    def plain(scope: Scope) -> int:
        with counted(scope) as seen:
            assert post(scope, "wallet:1", "payment", {WALLET: 100, AVAILABLE: -100}, "UGX")
        return len(seen)

    def decided(scope: Scope) -> int:
        with counted(scope) as seen:
            assert post_by(
                scope,
                "out",
                "payment",
                (WALLET,),
                lambda there: {WALLET: there[WALLET], RAIL: -there[WALLET]},
                "UGX",
            )
        return len(seen)

    assert market.do(plain) <= 4
    assert market.do(decided) <= 4


def test_a_payment_waits_for_the_delivery(market: Market):
    order = oil(market)
    assert paid(market, order).outcome is Outcome.PAID
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-pending": 16_200,
        "commission-pending": 1_800,
        "delivery-pending": 3_000,
    }


def test_the_code_gives_everybody_their_share(market: Market):
    order = oil(market)
    paid(market, order)
    brought(market, order.number)
    rider = market.ride("Okello", lambda r: str(r._rider.id))
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-available": 16_200,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }


def test_a_seller_who_brings_it_has_the_fee(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.picked(order.number))
    closed(market, order.number)
    assert standing(market)["seller-available"] == 19_200


def test_a_supplier_has_the_base_price_of_each(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    shared(market, order, commission=900, base=7_000, supplier="refinery")
    paid(market, order)
    assert standing(market)["supplier-pending:refinery"] == 14_000
    brought(market, order.number)
    there = standing(market)
    assert there["supplier-available:refinery"] == 14_000
    assert there["seller-available"] == 3_100


def test_who_sells_below_what_others_get_owes_the_rest(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    shared(market, order, commission=1_800, base=9_000, supplier="refinery")
    paid(market, order)
    brought(market, order.number)
    assert standing(market)["seller-owes"] == 1_800


def test_an_order_cancelled_in_time_owes_everything(market: Market):
    order = oil(market)
    paid(market, order)
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    assert standing(market) == {"rail:mtn-momo": 21_000, "refunds": 21_000}
    sent(market)
    assert standing(market) == {}


def test_work_that_had_begun_keeps_a_tenth_and_no_commission(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.ready(order.number))
    market.sell(lambda t: t.refuse(order.number, "broken"))
    there = {"rail:mtn-momo": 21_000, "refunds": 18_900, "seller-available": 2_100}
    assert standing(market) == there
    sent(market)
    assert standing(market) == {"rail:mtn-momo": 2_100, "seller-available": 2_100}


def test_a_refund_that_is_stuck_is_still_owed(market: Market):
    order = oil(market)
    paid(market, order)
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    sent(market, done=False)
    assert standing(market)["refunds"] == 21_000


def test_the_fee_for_bringing_goes_back_when_it_becomes_a_pickup(market: Market):
    order = oil(market)
    paid(market, order)
    market.sell(lambda t: t.as_pickup(order.number))
    assert standing(market) == {
        "rail:mtn-momo": 21_000,
        "seller-pending": 16_200,
        "commission-pending": 1_800,
        "refunds": 3_000,
    }
    sent(market)
    market.sell(lambda t: t.ready(order.number))
    closed(market, order.number)
    there = {"rail:mtn-momo": 18_000, "seller-available": 16_200, "commission": 1_800}
    assert standing(market) == there


def test_money_that_comes_twice_is_owed_back(market: Market):
    order = oil(market)
    paid(market, order)
    assert paid(market, order).outcome is Outcome.OWED
    there = standing(market)
    assert there["rail:mtn-momo"] == 42_000
    assert there["refunds"] == 21_000
    assert there["seller-pending"] == 16_200


def test_late_money_without_goods_is_owed_back(market: Market):
    order = market.buy(("matooke", 1), rail="mtn-momo")
    attempt = market.pay(order)
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    market.buy(("matooke", 1), phone="+256772000002")
    done = market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert done.outcome is Outcome.OWED
    assert standing(market) == {"rail:mtn-momo": 31_000, "refunds": 31_000}
    sent(market)
    assert standing(market) == {}


def test_late_money_pays_the_successor(market: Market):
    order = oil(market)
    attempt = market.pay(order)
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    done = market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert done.outcome is Outcome.SUCCESSOR
    assert standing(market)["commission-pending"] == 1_800


def test_what_is_too_much_by_now_is_owed_back(market: Market):
    """The prompt's money comes when the order was already taken on for cash, and fetched."""
    order = oil(market)
    attempt = market.pay(order, status="expired")
    market.ask(lambda b: b.orders.choose_cash(order.number))
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.as_pickup(order.number))

    def comes(scope: Scope) -> Settlement:
        scope.session.get_one(AttemptRow, attempt).status = "succeeded"
        return receive_payment(scope, UUID(order.id), attempt)

    done = market.do(comes)
    assert done.refund is not None
    there = standing(market)
    assert there["refunds"] == 3_000
    assert there["seller-pending"] == 16_200


def test_a_rider_owes_the_cash_until_it_is_handed_over(market: Market):
    order = oil(market, rail="cash")
    market.sell(lambda t: t.accept(order.number))
    brought(market, order.number)
    rider: UUID = market.ride("Okello", lambda r: r._rider.id)
    assert standing(market) == {
        f"rider-cash:{rider}": 21_000,
        "seller-cash": 16_200,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }
    market.do(lambda s: handed_over(s, rider, ugx(10_000), "hand-over:1"))
    assert standing(market)["seller-cash"] == 6_200
    market.do(lambda s: handed_over(s, rider, ugx(11_000), "hand-over:2"))
    assert standing(market) == {
        "seller-owes": 4_800,
        "commission": 1_800,
        f"rider-earnings:{rider}": 3_000,
    }
    with pytest.raises(OverdrawnError):
        market.do(lambda s: handed_over(s, rider, ugx(1), "hand-over:3"))


def test_a_seller_who_takes_the_cash_owes_the_commission(market: Market):
    order = oil(market, rail="cash")
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.picked(order.number))
    closed(market, order.number)
    assert standing(market) == {"seller-owes": 1_800, "commission": 1_800}


def _top_up(market: Market, minor: int) -> UUID:
    def work(scope: Scope) -> UUID:
        person = scope.session.scalars(select(PersonRow).where(PersonRow.phone == AMINA)).one()
        row = AttemptRow(
            id=new_reference(),
            shop_id=scope.shop.id,
            order_id=None,
            person_id=person.id,
            purpose="top-up",
            rail="mtn-momo",
            payer=AMINA,
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


def _pay_from_wallet(market: Market, order: Order, person: UUID) -> None:
    def work(scope: Scope) -> None:
        row = locked(scope, order_id=UUID(order.id))
        assert row is not None
        row.rail, row.payment_status = "wallet", "paid"
        assert paid_from_wallet(scope, row, person)

    market.do(work)


def test_a_wallet_pays_and_gets_back_at_once(market: Market):
    order = oil(market)
    person = _top_up(market, 30_000)
    _pay_from_wallet(market, order, person)
    assert standing(market)[f"wallet:{person}"] == 9_000
    assert standing(market)["seller-pending"] == 16_200
    market.ask(lambda b: b.orders.cancel(order.number, "no"))
    assert standing(market) == {"rail:mtn-momo": 30_000, f"wallet:{person}": 30_000}
    assert market.order(order.number).payment_status.value == "refunded"


def test_an_empty_wallet_pays_nothing(market: Market):
    order = oil(market)
    person = _top_up(market, 20_999)
    with pytest.raises(OverdrawnError) as short:
        _pay_from_wallet(market, order, person)
    assert short.value.there == ugx(20_999)


@pytest.mark.parametrize(
    ("got", "seller", "back"), [(21_000, 16_200, 0), (25_000, 16_200, 4_000), (20_000, 15_200, 0)]
)
def test_held_money_that_is_accepted(market: Market, got: int, seller: int, back: int):
    order = oil(market)
    attempt = market.pay(order, status="review")
    held = market.do(lambda s: held_for_review(s, s.session.get_one(AttemptRow, attempt), ugx(got)))
    assert held
    assert standing(market) == {"rail:mtn-momo": got, "suspense": got}
    market.do(lambda s: review_accepted(s, s.session.get_one(AttemptRow, attempt), ugx(got)))
    there = standing(market)
    assert there["seller-pending"] == seller
    assert there.get("refunds", 0) == back
    again = market.do(
        lambda s: review_given_back(s, s.session.get_one(AttemptRow, attempt), ugx(got))
    )
    assert not again


def test_held_money_in_another_currency_is_given_back(market: Market):
    order = oil(market)
    attempt = market.pay(order, status="review")
    got = Money(2_000, "KES")
    market.do(lambda s: held_for_review(s, s.session.get_one(AttemptRow, attempt), got))
    market.do(lambda s: review_given_back(s, s.session.get_one(AttemptRow, attempt), got))
    assert standing(market) == {}
    assert standing(market, "KES") == {"rail:mtn-momo": 2_000, "refunds": 2_000}


def payout_of(account: Account, amount: int, fee: int) -> PayoutRow:
    return PayoutRow(
        id=new_reference(),
        account=account.name,
        rail="mtn-momo",
        amount=amount,
        fee=fee,
        currency="UGX",
    )


@pytest.fixture
def earning(market: Market) -> Market:
    """The seller can have 16,200 and owes 1,800."""
    order = oil(market)
    paid(market, order)
    brought(market, order.number)
    second = oil(market, rail="cash")
    market.sell(lambda t: t.accept(second.number))
    market.sell(lambda t: t.picked(second.number))
    closed(market, second.number)
    assert standing(market)["seller-owes"] == 1_800
    return market


def test_a_payout_takes_off_what_is_owed(earning: Market):
    payout = payout_of(AVAILABLE, 14_000, 400)
    earning.do(lambda s: payout_reserved(s, payout))
    there = standing(earning)
    assert "seller-owes" not in there
    assert "seller-available" not in there
    assert (there["payouts"], there["fees"]) == (14_000, 400)
    earning.do(lambda s: payout_paid(s, payout))
    assert standing(earning)["rail:mtn-momo"] == 7_000
    assert not earning.do(lambda s: payout_returned(s, payout))


def test_a_payout_that_fails_is_back_with_its_fee(earning: Market):
    payout = payout_of(AVAILABLE, 14_000, 400)
    earning.do(lambda s: payout_reserved(s, payout))
    earning.do(lambda s: payout_returned(s, payout))
    there = standing(earning)
    assert there["seller-available"] == 14_400
    assert "payouts" not in there


def test_no_payout_of_what_is_owed(earning: Market):
    with pytest.raises(OverdrawnError):
        earning.do(lambda s: payout_reserved(s, payout_of(AVAILABLE, 14_401, 0)))


def test_orders_older_than_the_ledger_are_adopted(market: Market):
    """As an earlier version left them: paid, delivered, refunded, and nothing posted."""
    order, kept, gone = oil(market), oil(market), oil(market)
    for each in (order, kept, gone):
        attempt = market.pay(each)
        market.do(lambda s, e=each, a=attempt: _paid_before(s, UUID(e.id), a))
    market.ask(lambda b: b.orders.cancel(gone.number, "no"))
    assert standing(market) == {"rail:mtn-momo": 21_000, "refunds": 21_000}
    sent(market)
    assert standing(market) == {}
    brought(market, order.number)
    assert standing(market)["seller-available"] == 16_200

    def all_of_them(scope: Scope) -> int:
        orders = scope.session.scalars(select(OrderRow)).all()
        return sum(adopt(scope, row) for row in orders)

    assert market.do(all_of_them) == 1
    assert market.do(all_of_them) == 0
    assert standing(market)["seller-pending"] == 16_200


def _paid_before(scope: Scope, order_id: UUID, attempt: UUID) -> None:
    order = locked(scope, order_id=order_id)
    assert order is not None
    order.paid_by, order.payment_status, order.held_until = attempt, "paid", None
    scope.session.flush()
    assert confirm(scope, order, SYSTEM) is None


def test_a_cash_order_of_old_is_adopted(market: Market):
    order = oil(market, rail="cash")

    def end(scope: Scope) -> int:
        row = locked(scope, order_id=UUID(order.id))
        assert row is not None
        row.status, row.payment_status = "delivered", "paid"
        return adopt(scope, row)

    assert market.do(end) == 1
    assert postings(market) == ["cash"]
