"""One person buys at three shops on one number, and nothing of one is the other's."""

import pytest
from sqlalchemy import select

from channels.africastalking.emulator import UssdSession
from store.models import CartRow, CustomerRow, OrderRow, ShopRow
from tests.e2e.house import House, Phone

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER, JOY, MAMA = "+256772300041", "+256772100009", "+256772100001"
AT = "africastalking"


@pytest.fixture
def evening(build_house) -> House:  # type: ignore[no-untyped-def]
    return build_house("mama", "joy", "soko")


def shortcode(house: House, phone: str = CUSTOMER) -> Phone:
    return house.sms(phone, "22884", AT)


def buy(phone: Phone) -> str:
    """From the cart to an order that is paid in cash and collected."""
    said = phone.say("checkout", ".")
    for _ in range(6):
        if "thank you! order" in said.casefold():
            return said
        chosen = next(
            (
                line.split()[0].strip(".)")
                for wanted in ("pick", "cash", "confirm|place")
                for line in said.splitlines()
                if line[:1].isdigit() and any(w in line.casefold() for w in wanted.split("|"))
            ),
            None,
        )
        assert chosen is not None, said
        said = phone.say(chosen, ".")
    raise AssertionError(said)


def books(house: House) -> dict[str, list[tuple[int, str]]]:
    """Whose orders they are: number and status by shop."""

    def read(session):  # type: ignore[no-untyped-def]
        rows = session.execute(
            select(ShopRow.slug, OrderRow.number, OrderRow.status)
            .join(OrderRow, OrderRow.shop_id == ShopRow.id)
            .order_by(ShopRow.slug, OrderRow.number)
        )
        found: dict[str, list[tuple[int, str]]] = {}
        for slug, number, status in rows:
            found.setdefault(slug, []).append((number, status))
        return found

    return house.in_books(read)


def test_two_shops_have_each_their_own_1001(evening: House) -> None:
    phone = shortcode(evening)
    phone.say("joy add 1 ankara gown", "gown")
    assert "60,000" in buy(phone)
    phone.say("MAMA", "Mama")
    phone.say("2 bar soap", "soap")
    assert "9,000" in buy(phone)
    assert books(evening) == {"joy": [(1001, "pending")], "mama": [(1001, "pending")]}
    # Each seller moves their own, and the customer reads whose it is.
    shortcode(evening, JOY).say("OK 1001", "1001")
    assert "Joy Fashions" in phone.read("1001")
    assert books(evening) == {"joy": [(1001, "confirmed")], "mama": [(1001, "pending")]}


def test_another_shops_name_before_a_wish_asks_which_shop_is_meant(evening: House) -> None:
    phone = shortcode(evening)
    phone.say("joy add 1 ankara gown", "gown")
    asked = phone.say("MAMA 2 bar soap", "which shop")
    assert "9,000" in phone.choose("Mama", asked, "soap")
    # And the cart at the first one waits.
    assert "60,000" in phone.say("JOY", "60,000")


def test_a_posters_code_leads_to_its_shop_from_a_full_cart(evening: House) -> None:
    phone = shortcode(evening)
    phone.say("joy add 1 ankara gown", "gown")
    assert "4,500" in phone.say("MAMA #13", "soap")


def test_tracking_is_of_the_shop_that_was_addressed_last(evening: House) -> None:
    phone = shortcode(evening)
    phone.say("joy add 1 ankara gown", "gown")
    buy(phone)
    phone.say("SOKO", "Soko")
    said = phone.say("where is my order", ".")
    assert "1001" not in said
    phone.say("JOY", "Joy")
    assert "1001" in phone.say("where is my order", ".")


def test_stop_is_for_the_shop_that_it_was_said_to(evening: House) -> None:
    phone = shortcode(evening)
    phone.say("MAMA", "Mama")
    phone.say("STOP", ".")
    phone.say("JOY", "Joy")
    assert "60,000" in phone.say("ankara gown", "gown")

    def stopped(session):  # type: ignore[no-untyped-def]
        rows = session.execute(
            select(ShopRow.slug).join(CustomerRow).where(CustomerRow.opted_out_at.is_not(None))
        )
        return [slug for (slug,) in rows]

    assert evening.in_books(stopped) == ["mama"]
    phone.say("MAMA", "START")


def test_the_carts_of_two_shops_on_one_service_code_are_two(house: House) -> None:
    def open_shop(extension: str, session: str) -> str:
        dialled = UssdSession(house.at, session, "*285#", CUSTOMER, text=extension)
        dialled.ask()
        return dialled.screen

    assert "Joy" in open_shop("9", "ATUid_joy")
    phone = shortcode(house)
    phone.say("joy add 1 ankara gown", "gown")
    assert "Okello" in open_shop("8", "ATUid_okello")
    assert "60,000" not in open_shop("8", "ATUid_again")

    def carts(session):  # type: ignore[no-untyped-def]
        rows = session.execute(
            select(ShopRow.slug).join(CartRow, CartRow.shop_id == ShopRow.id)
        ).all()
        return [slug for (slug,) in rows]

    assert house.in_books(carts) == ["joy"]


def test_whatsapp_and_the_shortcode_do_not_mix_their_shops(evening: House) -> None:
    mama, joy = evening.whatsapp(CUSTOMER), shortcode(evening)
    joy.say("joy add 1 ankara gown", "gown")
    mama.say("2 bar soap", "soap")
    assert "gown" not in mama.say("cart", ".").casefold()
    assert "soap" not in joy.say("cart", ".").casefold()
