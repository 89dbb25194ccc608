"""Loading shop files into the books."""

from datetime import timedelta
from pathlib import Path

import pytest
from market import NOON, SHOP, Market
from sqlalchemy import select

from store.models import (
    AddressRow,
    AliasRow,
    Base,
    LineRow,
    PersonRow,
    ProductRow,
    RiderRow,
    ShopRow,
    StaffRow,
    StockRow,
    VariantRow,
)
from store.shopfile import ShopFileError, load, read_files, read_text
from store.transaction import Sessions, run

DEMO_SHOPS = sorted((Path(__file__).parents[3] / "shops").glob("*.toml"))

OTHER = """
[shop]
slug = "kato"
name = "Kato"
country = "UG"
[[lines]]
channel = "sms"
provider = "africastalking"
address = "20880"
keyword = "kato"
"""


def loaded(sessions: Sessions, *texts: str, later: timedelta = timedelta()):
    files = [read_text(text, f"{place}.toml") for place, text in enumerate(texts)]
    return run(sessions, lambda session: load(session, files, NOON + later))


def everything(sessions: Sessions) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with sessions() as session:
        return {
            table.name: sorted(tuple(map(str, row)) for row in session.execute(table.select()))
            for table in Base.metadata.sorted_tables
        }


def test_loading_twice_changes_nothing(sessions: Sessions):
    first = loaded(sessions, SHOP)
    before = everything(sessions)
    second = loaded(sessions, SHOP, later=timedelta(days=1))
    assert everything(sessions) == before
    assert [(each.created, each.changed) for each in (*first, *second)] == [
        (True, True),
        (False, False),
    ]


def test_the_demo_shops_load_and_load_again(sessions: Sessions):
    files = read_files(DEMO_SHOPS)
    run(sessions, lambda session: load(session, files, NOON))
    before = everything(sessions)
    again = run(sessions, lambda session: load(session, files, NOON))
    assert not any(each.changed for each in again)
    assert everything(sessions) == before
    assert len(files) >= 3


def test_a_changed_price_gives_the_catalogue_another_version(sessions: Sessions):
    loaded(sessions, SHOP)
    loaded(sessions, SHOP.replace("price = 9000", "price = 9500"))
    with sessions() as session:
        assert session.scalar(select(ShopRow.catalogue_version)) == 2
        price = session.scalar(select(ProductRow.price).where(ProductRow.sku == "oil"))
        assert price == 9500


def test_stock_that_was_sold_does_not_come_back_with_the_same_file(market: Market):
    order = market.buy(("oil", 5))
    market.sell(lambda trade: trade.accept(order.number))
    market.open()
    assert market.ask(lambda b: b.catalogue.product("oil").free) == 15
    market.open(SHOP.replace("stock = 20", "stock = 30"))
    assert market.ask(lambda b: b.catalogue.product("oil").free) == 30


def test_a_file_never_takes_what_is_held(market: Market):
    market.buy(("oil", 5))
    market.open(SHOP.replace("stock = 20", "stock = 2"))
    row = market.do(lambda s: s.session.get(StockRow, (s.shop.id, "oil")))
    assert (row.on_hand, row.held) == (5, 5)


def test_what_the_file_no_longer_names_is_no_longer_sold(market: Market):
    gone = SHOP.index('[[products]]\nsku = "matooke"')
    market.open(SHOP[:gone] + SHOP[SHOP.index("[delivery]") :])
    assert market.ask(lambda b: b.catalogue.product("matooke")) is None
    assert "Fresh" not in market.ask(lambda b: [c.name for c in b.catalogue.categories()])
    market.open()
    assert market.ask(lambda b: b.catalogue.product("matooke")).name == "Matooke"


def test_a_variant_and_a_rider_that_are_gone_become_inactive(market: Market):
    text = SHOP.replace('name = "Namata"\nphone = "+256700000112"', "").replace(
        "[[riders]]\n\n", ""
    )
    start = text.index('[[products.variants]]\nsku = "rice-25kg"')
    market.open(text[:start] + text[text.index('[[products]]\nsku = "oil"') :])

    def active(scope, table):
        return {row.active for row in scope.session.scalars(select(table))}

    assert market.do(lambda s: active(s, VariantRow)) == {True, False}
    assert market.do(lambda s: active(s, RiderRow)) == {True, False}


def test_aliases_follow_the_file(market: Market):
    market.open(SHOP.replace('aliases = ["mchele"]', 'aliases = ["mupunga", "rais"]'))
    found = market.do(lambda s: sorted(s.session.scalars(select(AliasRow.alias))))
    assert found == ["mupunga", "rais"]


def test_codes_stay_with_their_products_and_give_way_to_stated_ones(market: Market):
    def codes() -> dict[str, int]:
        return market.do(
            lambda s: {row.sku: row.code for row in s.session.scalars(select(ProductRow))}
        )

    before = codes()
    assert sorted(before.values()) == [1, 2, 3, 4]
    wanted = before["rice"]
    market.open(SHOP.replace('sku = "oil"', f'sku = "oil"\ncode = {wanted}'))
    after = codes()
    assert after["oil"] == wanted
    assert len(set(after.values())) == 4
    assert after["salt"] == before["salt"]


def test_owner_and_alerts_become_staff(sessions: Sessions):
    loaded(
        sessions,
        SHOP.replace('alerts = ["+256700000101"]', 'alerts = ["0700000102", "0700000101"]'),
    )
    with sessions() as session:
        rows = session.execute(
            select(PersonRow.phone, StaffRow.role, StaffRow.alerts)
            .join(StaffRow, StaffRow.person_id == PersonRow.id)
            .order_by(StaffRow.position)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("+256700000102", "seller", True),
        ("+256700000101", "owner", True),
    ]


def test_riders_are_on_duty_and_stay_as_they_put_themselves(market: Market):
    market.ride("Okello", lambda r: r.duty(on=False))
    market.open()
    duty = market.do(lambda s: {r.name: r.on_duty for r in s.session.scalars(select(RiderRow))})
    assert duty == {"Okello": False, "Namata": True, "Mugisha": True}


def test_two_shops_share_an_address_by_keyword(sessions: Sessions):
    loaded(sessions, SHOP, OTHER)
    with sessions() as session:
        assert session.scalars(select(AddressRow.address)).all() == ["20880"]
        assert set(session.scalars(select(LineRow.keyword))) == {"NJERI", "KATO"}


@pytest.mark.parametrize(
    ("other", "key"),
    [
        (OTHER.replace('keyword = "kato"', 'keyword = "Njeri"'), "lines[0].keyword"),
        (OTHER.replace('keyword = "kato"', ""), "lines[0].address"),
    ],
)
def test_an_address_that_another_shop_has_is_not_taken(sessions: Sessions, other: str, key: str):
    loaded(sessions, SHOP)
    before = everything(sessions)
    with pytest.raises(ShopFileError) as caught:
        loaded(sessions, other)
    [mistake] = caught.value.mistakes
    assert (mistake.file, mistake.key) == ("0.toml", key)
    assert "njeri" in mistake.reason
    assert everything(sessions) == before


def test_an_address_passes_from_one_shop_to_another_in_one_go(sessions: Sessions):
    loaded(sessions, SHOP, OTHER.replace('"kato"\n', '"kato"\n', 1))
    freed = SHOP.replace('keyword = "NJERI"', 'keyword = "MAMA"')
    loaded(sessions, freed, OTHER.replace('keyword = "kato"', 'keyword = "njeri"'))
    with sessions() as session:
        rows = session.execute(select(ShopRow.slug, LineRow.keyword).join(LineRow.shop)).all()
    assert sorted(map(tuple, rows)) == [("kato", "NJERI"), ("njeri", "MAMA")]


def test_a_shop_does_not_change_its_currency(sessions: Sessions):
    loaded(sessions, OTHER)
    with pytest.raises(ShopFileError) as caught:
        loaded(sessions, OTHER.replace('country = "UG"', 'country = "UG"\ncurrency = "KES"'))
    assert [mistake.key for mistake in caught.value.mistakes] == ["shop.currency"]


def test_what_a_shop_says_of_a_shared_address_is_left_by_the_others(sessions: Sessions):
    fast = SHOP.replace('keyword = "NJERI"', 'keyword = "NJERI"\ntps = 20')
    loaded(sessions, fast, OTHER)
    assert not any(each.changed for each in loaded(sessions, fast, OTHER))
    with pytest.raises(ShopFileError) as caught:
        loaded(sessions, OTHER.replace('keyword = "kato"', 'keyword = "kato"\ntps = 5'))
    assert [mistake.key for mistake in caught.value.mistakes] == ["lines[0].tps"]


def test_what_a_file_says_about_letters_is_kept_and_can_be_taken_back(sessions: Sessions):
    kept = []
    for text in (SHOP, SHOP.replace("[shop]", '[shop]\nsms_letters = "own"', 1), SHOP):
        loaded(sessions, text)
        with sessions() as session:
            kept.append(session.scalar(select(ShopRow.sms_letters)))
    assert kept == ["plain", "own", "plain"]
