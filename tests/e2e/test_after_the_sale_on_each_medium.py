"""What follows a purchase, a whole walk on each medium: goods come back on WhatsApp through Meta, stars are
given by SMS, a window of time is chosen on a feature phone, points are spent on WhatsApp through Twilio."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.cli.books import load_shops
from channels.meta.emulator import Who
from store.ledger import Account, Kind
from store.models import ConversationRow, EntryRow, OrderRow, PointsRow, PostingRow
from tests.e2e.house import SHOPS, House, eventually
from tests.e2e.meta_phone import MetaPhone
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

POINTS = "\n[points]\nper = 100\nworth = 10\nleast = 10\nshare = 50\n"
SLOTS = "pickup = true\nslots = { length = 240, days = 1 }\n"


@pytest.fixture
def house(build_house: Callable[..., House], tmp_path: Path) -> House:
    """Its shop "mama" counts points and has windows of time; it is never night there."""
    house = build_house(quiet_from="00:00", quiet_until="00:00")
    written = (SHOPS / "mama.toml").read_text().replace("pickup = true\n", SLOTS, 1) + POINTS
    file = tmp_path / "mama.toml"
    file.write_text(written)
    load_shops(house.world, [file])
    return house


def points(house: House) -> int:
    return house.in_books(lambda s: s.scalar(select(func.sum(PointsRow.balance)))) or 0


def commission(house: House) -> int:
    """What the platform has of order 1001, in shillings."""
    query = (
        select(func.sum(EntryRow.amount))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .join(OrderRow, OrderRow.id == PostingRow.order_id)
        .where(OrderRow.number == 1001, EntryRow.account == Account(Kind.COMMISSION).name)
    )
    total = house.in_books(lambda s: s.scalar(query))
    return Account(Kind.COMMISSION).normal * int(total or 0)


def test_a_part_comes_back_by_tapping_with_its_money_points_and_commission(house: House) -> None:
    shop, customer = Shop(house), MetaPhone(house, Who(CUSTOMER, "UG.1349", "Amina"))
    customer.say("4 soap", "18,000")
    for label, answer in (
        ("Check out", "get it"),
        ("Delivery", "Where"),
        ("Kololo", "landmark"),
        ("Skip", "bring it"),
        ("As soon", "pay"),
        ("MTN", "number"),
        ("256772300001", "23,000"),
        ("Yes, place", "PIN"),
    ):
        customer.tap(label, answer)
    house.approve(CUSTOMER)
    customer.read("we got your")
    shop.alert()
    shop.bring(customer)
    assert (points(house), commission(house)) == (180, 1800)
    customer.say("return order 1001", "How many of the 4")
    customer.say("1", "What is wrong")
    customer.tap("Broken", "asked Mama Njeri")
    assert "Bar Soap" in shop.seller.read("RETURN 1001")
    shop.seller.say("RETURN 1001", "you take Bar Soap back")
    customer.read("Mama Njeri.*back")
    asked = shop.seller.say("RETURNED 1001", "come back")
    shop.seller.follow(asked, "shelf|sold|good")
    assert "4,500" in customer.read("4,500")
    eventually(lambda: [r for r in house.wallets.refunds() if r.amount == "4500"], "the refund")
    house.until(1001, payment_status="partial", status="delivered")
    assert (points(house), commission(house)) == (135, 1350)


def test_stars_are_asked_for_given_and_changed_by_sms(house: House) -> None:
    shop, customer = Shop(house), house.sms(CUSTOMER, "22884", "africastalking")
    customer.say("MAMA", "Mama Njeri")
    customer.follow(customer.say("one soap", "4,500"), "check", "pick", "cash", "place|confirm")
    shop.seller.say("OK 1001", "1001")
    shop.hand_over(customer)
    house.until(1001, status="delivered")
    now = datetime.now(UTC)
    hour_ago = now - timedelta(hours=1)
    # Whoever has just written is asked later.
    house.in_books(lambda s: s.execute(update(ConversationRow).values(updated_at=hour_ago)))
    house.in_books(lambda s: s.execute(update(OrderRow).values(rating_at=hour_ago)))
    asked = customer.read("stars|how was|how did")
    customer.choose("2|bad", asked, "few words")
    customer.say("the bar was cut in two", "thank you")
    assert "cut in two" in shop.seller.read("cut in two")
    customer.say("5 stars", "few words|thank you")
    customer.say("reviews", ".")


def test_a_window_of_time_is_chosen_on_a_feature_phone(house: House) -> None:
    shop, customer = Shop(house), house.handset(CUSTOMER, "*284*77*13#")
    customer.follow("add", "check", "deliver")
    customer.type("kololo")
    customer.type("opposite the mosque")
    customer.follow("tomorrow 08", "cash", "place|confirm|yes")
    order = house.until(1001, status="pending")
    assert order["total"] == "9500"
    assert "08:00" in shop.seller.read("1001")
    slot = house.in_books(lambda s: s.scalars(select(OrderRow.slot_from)).one())
    assert slot is not None
    assert (slot + timedelta(hours=3)).hour == 8
    shop.seller.say("OK 1001", "1001")
    # Nobody is asked the day before.
    assert "1001" not in " ".join(shop.rider.inbox())
    assert "08:00" in house.handset(CUSTOMER, "*284*77*1001#").screen


def test_points_come_with_the_delivery_and_pay_for_the_next_order(house: House) -> None:
    shop, customer = Shop(house), house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    customer.follow(
        customer.say("one rice 25kg", "95,000"), "check", "pick", "cash", "place|confirm"
    )
    shop.alert()
    shop.seller.say("OK 1001", "1001")
    assert points(house) == 0
    shop.hand_over(customer)
    customer.read("950 point")
    customer.say("my points", "950")
    customer.say("4 soap", "18,000")
    # At most half of the goods.
    said = customer.say("use my points", "9,000")
    said = customer.follow(said, "check", "pick", "cash")
    assert "9,000" in said
    customer.follow(said, "place|confirm")
    order = house.until(1002, status="pending")
    assert _figures(order) == {"subtotal": "18000", "discount": "9000", "total": "9000"}
    assert points(house) == 50
    customer.say("cancel order 1002", ".")
    customer.follow(customer.say("cancel order 1002", "."), "yes|cancel")
    house.until(1002, status="cancelled")
    assert points(house) == 950


def _figures(order: Mapping[str, object]) -> Mapping[str, object]:
    return {key: order[key] for key in ("subtotal", "discount", "total")}
