"""A basket on a feature phone: the menus, the prompt that comes after the session, and being cut off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from store.models import ConversationRow, InboxRow
from tests.e2e.house import Dialling, House
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

OTHER = "+256772300007"
RICE = ("shop", "grains", "rice", "5kg", "add 1")


def _to_the_summary(handset: Dialling, rail: str) -> None:
    handset.follow(*RICE, "check ?out", "delivery", "kamwokya", ">opposite the mosque", rail)
    if rail == "mtn":
        handset.follow("256772300001")
    assert "25,000" in handset.screen


def test_paid_by_momo_after_the_session_and_brought(house: House) -> None:
    shop, sms = Shop(house), house.sms(CUSTOMER)
    handset = house.handset(CUSTOMER)
    _to_the_summary(handset, "mtn")
    handset.follow("confirm")
    answered_at = datetime.now(UTC)
    assert not handset.open
    assert "1001" in handset.screen
    assert house.wallets.all() == []
    house.approve(CUSTOMER)
    [prompt] = house.wallets.all()
    assert prompt.made_at - answered_at > timedelta(seconds=2)
    sms.read("we got your UGX 25,000")
    shop.alert()
    shop.bring(sms)
    order = house.until(1001, status="delivered", payment_status="paid")
    assert order["channel"] == "ussd"


def test_paid_in_cash_at_the_door(house: House) -> None:
    shop, sms = Shop(house), house.sms(CUSTOMER)
    handset = house.handset(CUSTOMER)
    _to_the_summary(handset, "cash")
    assert "1001" in handset.follow("confirm")
    assert "cash" in shop.alert()
    shop.seller.say("OK 1001", "accepted")
    sms.read("accepted")
    assert "25,000" in shop.bring(sms)
    house.until(1001, status="delivered", payment_status="paid")
    assert house.wallets.all() == []


def test_collected_at_the_shop_for_the_code(house: House) -> None:
    shop, sms = Shop(house), house.sms(CUSTOMER)
    handset = house.handset(CUSTOMER)
    handset.follow(*RICE, "check ?out", "pick", "cash", "confirm")
    shop.alert()
    shop.seller.say("OK 1001", "accepted")
    shop.hand_over(sms)
    house.until(1001, status="delivered", payment_status="paid", total="20000")


def test_who_was_cut_off_goes_on_where_they_were(house: House) -> None:
    handset = house.handset(CUSTOMER)
    handset.follow(*RICE, "check ?out", "delivery")
    asked = handset.screen
    handset.session.hang_up()
    again = house.handset(CUSTOMER)
    assert "area" in again.follow("continue").casefold()
    assert again.screen == asked
    again.follow(">Kololo", ">at the shop", "cash", "confirm")
    assert house.order(1001)["total"] == "25000"


def test_who_was_cut_off_may_start_again_and_keeps_the_cart(house: House) -> None:
    house.handset(CUSTOMER).follow(*RICE, "check ?out")
    again = house.handset(CUSTOMER)
    assert "cart" in again.follow("start again").casefold()
    assert "20,000" in again.follow("my cart")


def test_a_day_later_the_session_begins_anew(house: House) -> None:
    house.handset(CUSTOMER).follow(*RICE, "check ?out")
    long_ago = datetime.now(UTC) - timedelta(hours=25)
    house.in_books(
        lambda session: session.execute(update(ConversationRow).values(last_inbound_at=long_ago))
    )
    screen = house.handset(CUSTOMER).screen
    assert "Continue" not in screen
    assert "Mama Njeri" in screen


def test_a_code_on_a_poster_opens_its_product(house: House) -> None:
    handset = house.handset(CUSTOMER, "*284*77*12#")
    assert handset.screen.startswith("Rice")
    handset.follow("25kg", "add 1", "check ?out", "pick", "cash", "confirm")
    assert house.order(1001)["total"] == "95000"


def test_an_orders_number_opens_it_for_its_customer_only(house: House) -> None:
    house.handset(CUSTOMER).follow(*RICE, "check ?out", "pick", "cash", "confirm")
    assert "1001" in house.handset(CUSTOMER, "*284*77*1001#").screen.split("\n")[0]
    stranger = house.handset(OTHER, "*284*77*1001#")
    for private in ("20,000", "Code", "Rice", "pick"):
        assert private not in stranger.screen
    assert "Mama Njeri" in stranger.screen or "1 Shop" in stranger.screen


@pytest.mark.parametrize("code", ["999", "0", "12*12", "99999999999999999999", "abc"])
def test_a_code_that_nothing_has_leads_to_the_shop(house: House, code: str) -> None:
    handset = house.handset(CUSTOMER, f"*284*77*{code}#")
    assert handset.open
    assert "Rice" in handset.screen or "1 Shop" in handset.screen


def test_a_star_that_is_typed_is_part_of_the_words(house: House) -> None:
    handset = house.handset(CUSTOMER)
    handset.follow(*RICE, "check ?out", "delivery", "kamwokya", ">Shell *pump* 2", "cash")
    assert "Shell *pump* 2" in handset.screen
    handset.follow("confirm")
    assert len(house.orders()) == 1


def test_the_last_hop_posted_twice_places_one_order_and_shows_one_page(house: House) -> None:
    handset = house.handset(CUSTOMER)
    _to_the_summary(handset, "mtn")
    page = handset.follow("confirm")
    assert handset.session.ask() == page
    assert handset.session.ask() == page
    assert len(house.orders()) == 1
    house.approve(CUSTOMER)
    assert [prompt.requests for prompt in house.wallets.all()] == [1]


def test_where_people_hang_up_is_noted_and_answers_nothing(house: House) -> None:
    handset = house.handset(CUSTOMER)
    handset.follow("shop")
    assert handset.session.hang_up().status == 200
    rows = house.in_books(lambda s: s.scalar(select(func.count()).select_from(InboxRow)))
    assert rows == 2
