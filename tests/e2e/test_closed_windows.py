"""WhatsApp's 24-hour window has closed, and the customer must hear something all the same."""

from datetime import timedelta

from sqlalchemy import select, update

from channels.meta.emulator import Who
from store.models import AddressRow, ConversationRow, OutboxRow
from tests.e2e.house import House, eventually
from tests.e2e.meta_phone import MAMA, MetaPhone
from tests.e2e.trade import CUSTOMER, Shop

AMINA = Who(CUSTOMER, None, "Amina")
ZURI = Who(None, "UG.77491208655302741977", "Zuri")
TEMPLATE = "Order {{1}} from {{2}} is accepted."


def ordered(house: House, who: Who) -> MetaPhone:
    """A cash order, and then a day without a word."""
    customer = MetaPhone(house, who)
    customer.say("1 soap", "1 x Bar Soap")
    customer.tap("Check out")
    customer.tap("Pick it up")
    if who.phone is None:
        customer.say("0772 555 666", "pay")
    customer.tap("Cash")
    customer.tap("Yes, place", "placed")
    long_ago = house.world.clock() - timedelta(hours=25)
    house.in_books(lambda s: s.execute(update(ConversationRow).values(last_whatsapp_at=long_ago)))
    house.meta.closed.add(who.key)
    return customer


def write_down(house: House, *more: str, language: str = "en_GB") -> str:
    """What the command says."""
    words = [
        "templates",
        "set",
        "--shop",
        "mama",
        "--name",
        "order_accepted",
        "--language",
        language,
    ]
    words += ["--notice", "notice-confirmed", "--placeholder", "number", "--placeholder", "shop"]
    result = house.app.test_cli_runner().invoke(args=[*words, *more])
    return str(result.output)


def failed(house: House) -> list[OutboxRow]:
    wanted = (
        select(OutboxRow)
        .join(AddressRow, AddressRow.id == OutboxRow.address_id)
        .where(OutboxRow.status == "failed", AddressRow.address == MAMA)
    )
    return house.in_books(lambda session: list(session.scalars(wanted)))


def test_an_approved_template_gets_through_with_its_values(house: House) -> None:
    house.meta.templates["order_accepted", "en_GB"] = TEMPLATE
    assert "notice-confirmed in en_GB" in write_down(house)
    customer = ordered(house, AMINA)
    Shop(house).seller.say("OK 1001", "1001")
    customer.read("^Order 1001 from Mama Njeri Foods is accepted.$")
    # The next one has no template, and goes by SMS.
    phone = house.sms(CUSTOMER)
    Shop(house).seller.say("READY 1001", "1001")
    assert "1001" in phone.read("ready")
    assert len(failed(house)) == 0


def test_without_a_template_that_fits_it_goes_by_sms(house: House) -> None:
    write_down(house, "--pending")
    write_down(house, language="fr")
    customer, phone = ordered(house, AMINA), house.sms(CUSTOMER)
    Shop(house).seller.say("OK 1001", "1001")
    assert "accepted" in phone.read("1001")
    assert "accepted" not in customer.inbox()[-1].text


def test_with_neither_template_nor_number_it_is_kept_where_it_is_seen(house: House) -> None:
    customer = ordered(house, ZURI)
    before = len(customer.inbox())
    Shop(house).seller.say("OK 1001", "1001")
    (kept,) = failed(house)
    assert "accepted your order 1001" in kept.body
    assert "window is closed" in (kept.error or "")
    assert kept.attempts == 0
    assert len(customer.inbox()) == before
    # Once the person writes, things are as before.
    customer.say("hi", "Mama Njeri")
    Shop(house).seller.say("READY 1001", "1001")
    customer.read("ready")


def test_what_whatsapp_refuses_goes_by_sms(house: House) -> None:
    """Its clock decides, not ours; and a template that is not known there is none."""
    write_down(house)
    customer, phone = ordered(house, AMINA), house.sms(CUSTOMER)
    Shop(house).seller.say("OK 1001", "1001")
    assert "accepted your order 1001" in phone.read("1001")
    (refused,) = failed(house)
    assert refused.error_code == "132001"
    now = house.world.clock()
    house.in_books(lambda s: s.execute(update(ConversationRow).values(last_whatsapp_at=now)))
    Shop(house).seller.say("READY 1001", "1001")
    phone.read("ready")
    assert eventually(lambda: len(failed(house)) == 2, "two failures")
    assert {row.error_code for row in failed(house)} == {"132001", "131047"}
    assert "ready" in customer.inbox()[-1].text


def test_a_template_that_cannot_be_is_not_written_down(house: House) -> None:
    assert "there is no message" in write_down(house, "--notice", "notice-nonsense")
    assert "does not carry secret" in write_down(house, "--placeholder", "secret")
    assert "lowercase" in write_down(house, "--name", "Order Accepted")
    assert "language" in write_down(house, language="English")
    assert "no shop" in write_down(house, "--shop", "nobody")
    listed = house.app.test_cli_runner().invoke(args=["templates", "list", "--shop", "mama"])
    assert listed.output == ""
    write_down(house)
    listed = house.app.test_cli_runner().invoke(args=["templates", "list", "--shop", "mama"])
    assert "order_accepted  {number} {shop}" in listed.output
