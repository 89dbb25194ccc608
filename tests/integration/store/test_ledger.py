"""The ledger itself, on both databases."""

import pytest
from ledger_books import standing
from market import Market, ugx
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from test_statements import counted

from store.ledger import (
    Account,
    Kind,
    OverdrawnError,
    UnbalancedError,
    post,
    post_by,
    posted,
)
from store.models import (
    BalanceRow,
    EntryRow,
    PostingRow,
)
from store.scope import Scope

WALLET, RAIL = Account(Kind.WALLET, "amina"), Account(Kind.RAIL, "mtn-momo")
AVAILABLE, OWES = Account(Kind.SELLER_AVAILABLE), Account(Kind.SELLER_OWES)


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
