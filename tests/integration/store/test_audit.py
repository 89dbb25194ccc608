"""Everything that staff do by phone leaves a row that nobody can change."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from inspect import isfunction

import pytest
from market import Market
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from flows.ports.trade import Loss
from payments.people.payout_number import ShopPayoutNumber
from payments.people.tills import ShopTill
from store.audit.kept import forget
from store.audit.trail import MARK
from store.coupons.desk import ShopCoupons
from store.delivery.places import ShopPlaces
from store.founding import ShopFounding
from store.listings.desk import ShopListings
from store.models import AuditRow
from store.opening import ShopOpening
from store.promotions.deals import ShopDeals
from store.returns import ReturnsDesk
from store.stall import ShopStall
from store.team.desk import ShopTeam
from store.trade import ShopTrade
from store.transaction import run
from store.wholesale import ShopApprovals

# The services that only staff have, and their methods that change nothing. `found` is a customer's.
READING = {
    ShopTrade: {"find", "waiting", "riders", "missed", "may_mean", "sales", "talks"},
    ShopStall: {"hidden"},
    ReturnsDesk: {"waiting"},
    ShopApprovals: {"waiting"},
    ShopListings: {"suppliers", "offered"},
    ShopCoupons: {"coupons"},
    ShopDeals: {"on_sale", "promotions"},
    ShopPlaces: {"asked", "own"},
    ShopPayoutNumber: {"current", "proposed", "waiting"},
    ShopTill: {"balance", "day", "waiting", "payouts", "cash"},
    ShopOpening: {"hours"},
    ShopTeam: {"members", "waiting"},
    ShopFounding: {"mine", "pending", "found"},
}
NEW = datetime.now(UTC)


@pytest.fixture
def market(sessions):
    return Market(sessions).open()


def rows(sessions):
    with sessions() as session:
        return list(session.scalars(select(AuditRow).order_by(AuditRow.id)))


def put(sessions, at):
    row = {"at": at, "who": "cli:joy", "source": "cli", "action": "shop verify", "outcome": "done"}
    empty = {"given": {}, "before": {}, "after": {}}
    run(sessions, lambda session: session.execute(insert(AuditRow), [{**row, **empty}]))


@pytest.mark.parametrize("service", READING, ids=lambda service: service.__name__)
def test_every_method_that_changes_something_leaves_a_row(service):
    methods = {
        name: each
        for name, each in vars(service).items()
        if isfunction(each) and not name.startswith("_")
    }
    silent = {name for name, each in methods.items() if not getattr(each, MARK, False)}
    assert silent == READING[service]


def test_a_row_says_who_did_what_and_what_it_changed(market, sessions):
    market.sell(lambda trade: trade.set_price("rice-5kg", Decimal(23600)))
    (row,) = rows(sessions)
    assert row.action == "ShopTrade.set_price"
    assert row.given == {"sku": "rice-5kg", "price": "23600"}
    assert row.after["answer"]["is"]["after"] == "23600 UGX"
    assert row.after["answer"]["is"]["before"] == "24000 UGX"
    assert (row.outcome, row.shop_id is not None) == ("done", True)


def test_columns_show_as_they_were_and_as_they_became(market, sessions):
    market.sell(lambda trade: trade.close_shop())
    (row,) = rows(sessions)
    (name,) = row.after
    assert name.startswith("shops ")
    assert row.before[name] == {"closed_by_seller": False}
    assert row.after[name] == {"closed_by_seller": True}


def test_a_count_of_the_shelf_shows_as_it_was_and_as_it_became(market, sessions):
    market.sell(lambda trade: trade.set_stock("rice-5kg", 40))
    market.buy(("rice-5kg", 2))
    market.sell(lambda trade: trade.lose_stock("rice-5kg", 3, Loss("damaged")))
    *_, lost = rows(sessions)
    (name,) = lost.before
    assert name.startswith("stock ")
    assert name.endswith(" rice-5kg")
    assert (lost.before[name], lost.after[name]) == ({"on_hand": 40}, {"on_hand": 37})


def test_what_was_refused_is_kept_as_refused(market, sessions):
    market.sell(lambda trade: trade.accept(4711))
    market.sell(lambda trade: trade.lose_stock("rice-5kg", 0, Loss("damaged")))
    assert [row.outcome for row in rows(sessions)] == ["UnknownOrder", "BadAmount"]


def test_codes_and_what_is_said_to_people_are_hidden(market, sessions):
    order = market.buy(("rice-5kg", 1))
    market.sell(lambda trade: trade.answer(order.number, "Come by at noon, Amina"))
    market.sell(lambda trade: trade.delivered(order.number, "9988"))
    market.sell(lambda trade: trade.refuse(order.number, "she is on +256772300003"))
    answered, delivered, refused = rows(sessions)
    assert answered.given == {"number": order.number, "words": "***"}
    assert delivered.given == {"number": order.number, "code": "***"}
    assert refused.given["reason"] == "she is on +256****003"
    kept = repr([(row.given, row.before, row.after) for row in (answered, delivered, refused)])
    for hidden in ("Amina", "9988", "772300003"):
        assert hidden not in kept


def test_a_row_is_never_changed_nor_taken_out_young(sessions):
    put(sessions, NEW - timedelta(days=360))
    for change in (update(AuditRow).values(who="nobody"), delete(AuditRow)):
        with pytest.raises(DBAPIError, match="written once"):
            run(sessions, lambda session, change=change: session.execute(change))
    assert [row.who for row in rows(sessions)] == ["cli:joy"]


def test_old_rows_are_forgotten_some_at_a_time(sessions):
    for days in (900, 800, 700):
        put(sessions, NEW - timedelta(days=days))
    before = NEW - timedelta(days=730)
    assert [run(sessions, lambda s: forget(s, before, 1)) for _ in range(3)] == [1, 1, 0]
    assert len(rows(sessions)) == 1
