"""A supplier cannot give what a reseller has sold: the reseller sends the rest."""

import pytest
from market import AMINA, Market
from network import RESELLER, SUPPLIER, at, open_wax
from sqlalchemy import Engine, select
from test_lacking import take_out
from test_supplies import news, say

from flows.happenings import (
    SupplierNotWanted,
    SupplierWantsLess,
    SupplyLess,
    SupplyOff,
)
from flows.ports.delivery import Fulfilment
from flows.ports.lacking import Lack
from flows.ports.orders import Order
from flows.ports.supply import SupplyStatus
from store.due import DUTIES
from store.models import StockMovementRow, StockRow
from store.proof import prove
from store.shopfile import load, read_text
from store.supply.answering import ShopSupply
from store.transaction import Sessions, run

OWN = '\n[[products]]\nsku = "thread"\nname = "Thread"\nprice = 500\nstock = 30\n'


@pytest.fixture
def wax(sessions: Sessions) -> Market:
    """Ada sells thread of her own beside the supplier's fabrics."""
    market = open_wax(sessions)
    ada = RESELLER.format(slug="ada", n=1, listing='categories = ["Fabrics"]\nmarkup = 20')
    files = [read_text(SUPPLIER, "0.toml"), read_text(ada + OWN, "1.toml")]
    run(sessions, lambda s: load(s, files, market.now))
    return market


def told_at_suppliers(wax: Market) -> list[object]:
    duty = next(duty for duty in DUTIES if duty.name == "supply_asked")
    for _, subject in wax.do(lambda s: duty.find(s.session, s.rules, s.now, 50)):
        wax.do(lambda s, i=subject: duty.act(s, i))
    told, wax.told[:] = list(wax.told), []
    return told


def sold(wax: Market, *wanted: tuple[str, int]) -> int:
    ada = at(wax, "ada")
    order = ada.try_to_buy(*wanted, phone=AMINA, fulfilment=Fulfilment.PICKUP, area=None)
    assert isinstance(order, Order), order
    ada.sell(lambda trade: trade.accept(order.number))
    told_at_suppliers(wax)
    return order.number


def shelf(wax: Market, sku: str) -> int:
    return wax.do(lambda s: s.session.get(StockRow, (s.shop.id, sku)).on_hand)


def test_after_a_no_the_rest_goes_and_the_supplier_is_out_of_it(wax: Market, engine: Engine):
    number = sold(wax, ("ankara", 2), ("thread", 4))
    say(wax, lambda supply: supply.refuse(1, "sold out"))
    [told] = news(wax, "ada")
    assert told.status is SupplyStatus.REFUSED
    ada = at(wax, "ada")
    done = take_out(ada, number, "ankara")
    assert isinstance(done, Lack)
    assert [line.sku for line in done.order.lines] == ["thread"]
    assert told_at_suppliers(wax) == []
    [seen] = ada.do(lambda scope: ShopSupply(scope).of_order(number))
    assert seen.status is SupplyStatus.OFF
    assert prove(engine).finding is None


def test_what_the_supplier_counts_is_on_their_shelf_again(wax: Market):
    number = sold(wax, ("ankara", 2), ("thread", 4))
    assert shelf(wax, "ankara") == 1
    take_out(at(wax, "ada"), number, "ankara")
    assert shelf(wax, "ankara") == 3
    kinds = select(StockMovementRow.kind, StockMovementRow.reference).where(
        StockMovementRow.sku == "ankara"
    )
    rows = wax.do(lambda s: s.session.execute(kinds.order_by(StockMovementRow.id)).all())
    assert tuple(rows[-1]) == ("in", f"ada/{number}")


def test_a_supplier_who_packs_hears_that_it_is_off(wax: Market):
    number = sold(wax, ("ankara", 2), ("thread", 4))
    say(wax, lambda supply: supply.accept(1))
    take_out(at(wax, "ada"), number, "ankara")
    assert [type(each) for each in told_at_suppliers(wax)] == [SupplyOff]


def test_a_supplier_who_packs_hears_what_is_still_wanted(wax: Market):
    number = sold(wax, ("ankara", 2), ("lace-gold", 1))
    say(wax, lambda supply: supply.accept(1))
    take_out(at(wax, "ada"), number, "ankara", 1)
    [less] = told_at_suppliers(wax)
    assert isinstance(less, SupplyLess)
    assert sorted(less.supply.goods) == [(1, "Ankara 6 yards"), (1, "Swiss lace gold")]
    assert less.supply.status is SupplyStatus.PACKING
    assert told_at_suppliers(wax) == []


def test_a_supplier_without_a_shop_hears_it_by_sms(wax: Market):
    text = RESELLER.format(slug="cici", n=3, listing="").replace('shop = "wax"\n', "")
    text = text.partition("[[listings]]")[0] + text.partition('from = "balogun"')[2]
    goods = "".join(
        f'\n[[products]]\nsku = "{sku}"\nname = "{sku}"\nprice = 500\nsupplier = "balogun"\n'
        "base_price = 400\n"
        for sku in ("beads", "buttons")
    )
    run(wax.sessions, lambda s: load(s, [read_text(text + goods, "2.toml")], wax.now))
    cici = at(wax, "cici")
    order = cici.try_to_buy(
        ("beads", 2), ("buttons", 1), phone=AMINA, fulfilment=Fulfilment.PICKUP, area=None
    )
    cici.sell(lambda trade: trade.accept(order.number))
    take_out(cici, order.number, "beads")
    [less] = cici.heard(SupplierWantsLess)
    assert (less.phone, less.goods) == ("+2348030000001", ((1, "buttons"),))
    assert not cici.heard(SupplierNotWanted)
