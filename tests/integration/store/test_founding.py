"""Shops that are opened by a message, in the books: words are given out once, also to many at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from market import Market
from sqlalchemy import select

from flows.happenings import ShopFounded, ShopRejected, ShopVerified
from flows.ports.founding import Draft, Founded
from flows.ports.refusals import BadAmount, NotAllowed, TooManyShops, UnknownShop
from flows.ports.shop import Standing
from intents.listing import Listing
from store.founding import ShopFounding
from store.models import LineRow, ProductRow, ShopRow, StaffRow
from store.people import upsert_person
from store.shops import shop_info
from store.standing import is_platform, is_verified

PLATFORM = """
[shop]
slug = "njeri"
name = "Sokoni"
country = "UG"
locales = ["en", "sw"]
owner = "+256700000101"
commission = 5
[[lines]]
channel = "sms"
provider = "africastalking"
address = "22000"
[[platform.shared]]
channel = "sms"
provider = "africastalking"
address = "22885"
[[platform.shared]]
channel = "ussd"
provider = "africastalking"
address = "*286#"
[payments]
rails = ["mtn-momo", "cash"]
"""
ZAWADI = Draft("Zawadi", "beads", "Gulu market", "Akello Grace", "sw")


@pytest.fixture
def market(sessions):
    return Market(sessions).open(PLATFORM)


def founding(market, phone, work, *, staff=False):
    def do(scope):
        person = upsert_person(scope.session, phone, None, scope.now)
        row = StaffRow(role="owner") if staff else None
        return work(ShopFounding(scope, person, row, lambda shop: replace(scope, shop=shop)))

    return market.do(do)


def found(market, phone="+256772000001", draft=ZAWADI):
    return founding(market, phone, lambda port: port.found(draft))


def shop(market, slug, read):
    return market.do(
        lambda scope: read(scope.session.scalars(select(ShopRow).where(ShopRow.slug == slug)).one())
    )


def test_a_new_shop_takes_after_the_platform_and_waits(market):
    made = found(market)
    assert isinstance(made, Founded)
    assert [(d.channel, d.number, d.word) for d in made.doors] == [
        ("sms", "22885", "ZAWADI"),
        ("ussd", "*286*1#", "1"),
    ]
    facts = shop(
        market, "zawadi", lambda s: (s.status, s.commission, s.country, s.locales, is_platform(s))
    )
    assert facts == ("pending", 500, "UG", ["sw", "en"], False)
    assert [told.slug for told in market.heard(ShopFounded)] == ["zawadi"]


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("Yes Ok", "YESOK"),
        ("Ndiyo Beads", "NDIYOBEADS"),
        ("Ready Chef", "READYCHEF"),
        ("Rice House", "RICEHOUSE"),
        ("99 Store", "99STORE"),
        ("1001 2002 ab", "10012002AB"),
        ("Yes", "YES2"),
        ("99", "SHOP2"),
        ("STOP Fashions", "STOPFASHIONS"),
    ],
)
def test_what_people_say_to_every_shop_names_none_of_them(market, name, keyword):
    made = found(market, draft=replace(ZAWADI, name=name))
    assert isinstance(made, Founded)
    assert made.doors[0].word == keyword


def test_staff_hear_of_a_name_that_is_another_shops_already(market):
    found(market)
    found(market, "+256772000002", replace(ZAWADI, name="zawadi"))
    found(market, "+256772000003", replace(ZAWADI, name="SOKONI"))
    told = market.heard(ShopFounded)
    assert [each.namesakes for each in told] == [(), ("zawadi",), ("njeri",)]


def test_staff_hear_that_an_owner_has_a_shop_that_is_suspended(market):
    found(market)

    def suspend(scope):
        row = scope.session.scalars(select(ShopRow).where(ShopRow.slug == "zawadi")).one()
        row.status = Standing.SUSPENDED.value

    market.do(suspend)
    found(market, draft=replace(ZAWADI, name="Fresh Start"))
    assert [each.suspended for each in market.heard(ShopFounded)] == [(), ("zawadi",)]


def test_its_first_goods_are_on_the_shelf(market):
    found(market, draft=replace(ZAWADI, first=Listing("Beads", Decimal(5000), 3)))
    assert market.do(
        lambda scope: scope.session.scalars(select(ProductRow.sku).where(ProductRow.by_phone)).all()
    ) == ["beads"]


def test_goods_that_cannot_be_sold_leave_no_half_of_a_shop(market):
    draft = replace(ZAWADI, first=Listing("Beads", Decimal("0.4")))
    assert isinstance(found(market, draft=draft), BadAmount)
    market.do(lambda scope: scope.session.flush())
    assert len(market.do(lambda scope: scope.session.scalars(select(ShopRow)).all())) == 1
    assert market.heard(ShopFounded) == []


def test_the_same_name_gets_another_word(market):
    first, second = found(market), found(market, "+256772000002")
    assert (first.slug, second.slug) == ("zawadi", "zawadi-2")
    assert [made.doors[0].word for made in (first, second)] == ["ZAWADI", "ZAWADI2"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("Mama Njeri Foods", "MAMA"), ("Stop & Shop", "STOPSHOP"), ("Ọjà", "OJA2"), ("食品", "SHOP2")],
)
def test_the_word_comes_from_the_name_and_is_never_one_that_means_something(market, name, word):
    assert found(market, draft=replace(ZAWADI, name=name)).doors[0].word == word


def test_nobody_opens_more_than_three(market):
    made = [found(market) for _ in range(4)]
    assert isinstance(made[3], TooManyShops)
    assert isinstance(found(market, "+256772000002"), Founded)


def test_only_staff_of_the_platform_verify(market):
    found(market)
    said = founding(market, "+256772000009", lambda port: port.verify("zawadi"))
    assert isinstance(said, NotAllowed)
    assert founding(market, "+256772000009", lambda port: port.pending()) == []
    assert shop(market, "zawadi", lambda s: s.status) == "pending"


def test_verified_it_is_live_and_its_seller_is_told_once(market):
    found(market)
    for _ in range(2):
        done = founding(market, "+256772000009", lambda port: port.verify("zawadi"), staff=True)
        assert done.standing is Standing.LIVE
    assert len(market.heard(ShopVerified)) == 1


def test_verified_it_has_the_badge_since_then_and_not_while_it_is_stopped(market):
    found(market)
    assert not shop(market, "zawadi", is_verified)
    founding(market, "+256772000009", lambda port: port.verify("zawadi"), staff=True)
    since = shop(market, "zawadi", lambda s: s.verified_at)
    market.wait(hours=5)
    founding(market, "+256772000009", lambda port: port.verify("zawadi"), staff=True)
    assert shop(market, "zawadi", lambda s: s.verified_at) == since
    assert shop(market, "zawadi", lambda s: shop_info(s, since).verified)

    def suspended(row):
        row.status = Standing.SUSPENDED.value
        return is_verified(row)

    assert not shop(market, "zawadi", suspended)


def test_a_shop_that_was_live_gets_the_badge_and_no_message(market):
    founding(market, "+256772000009", lambda port: port.verify("njeri"), staff=True)
    assert shop(market, "njeri", is_verified)
    assert market.heard(ShopVerified) == []


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.CLOSED])
def test_verifying_is_no_way_back_from_a_suspension(market, standing):
    found(market)

    def set_status(scope):
        row = scope.session.scalars(select(ShopRow).where(ShopRow.slug == "zawadi")).one()
        row.status = standing.value

    market.do(set_status)
    done = founding(market, "+256772000009", lambda port: port.verify("zawadi"), staff=True)
    assert isinstance(done, UnknownShop)


def test_rejected_it_hears_why_and_its_words_are_free(market):
    found(market)
    founding(market, "+256772000009", lambda port: port.reject("zawadi", "no stall"), staff=True)
    assert [told.reason for told in market.heard(ShopRejected)] == ["no stall"]
    assert found(market, "+256772000002").doors[0].word == "ZAWADI"
    live = founding(market, "+256772000009", lambda port: port.reject("njeri", "x"), staff=True)
    assert isinstance(live, UnknownShop)


def test_many_who_open_a_shop_of_one_name_at_once_get_words_of_their_own(market):
    phones = [f"+2567720001{number:02}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda phone: found(market, phone), phones))
    assert all(isinstance(each, Founded) for each in made)
    assert len({each.slug for each in made}) == 8
    lines = market.do(
        lambda scope: scope.session.execute(
            select(LineRow.address_id, LineRow.keyword, LineRow.extension)
        ).all()
    )
    assert len(set(lines)) == len(lines) == 17


def test_one_person_on_two_phones_lines_opens_three_at_most(market):
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: found(market), range(6)))
    assert sum(isinstance(each, Founded) for each in made) == 3
