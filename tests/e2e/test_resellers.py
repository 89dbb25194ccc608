"""Two resellers sell one supplier's goods on lines of their own: she hears, answers and is paid her share."""

import pytest
from sqlalchemy import select

from store.ledger import Kind
from store.models import BalanceRow, ProductRow, ShopRow
from tests.e2e.house import House, Phone, code_in, eventually

pytestmark = pytest.mark.databases("sqlite", "postgres")

AMINA, JUMA = "+256772300001", "+256772300002"
GERTRUDE, SARAH, MOSES, OKELLO = (f"+2567725000{n}" for n in ("01", "11", "21", "91"))


@pytest.fixture
def house(build_house) -> House:  # type: ignore[no-untyped-def]
    return build_house("gate", "styles", "corner")


@pytest.fixture
def gertrude(house: House) -> Phone:
    return house.sms(GERTRUDE, "+256312000051")


@pytest.fixture
def sarah(house: House) -> Phone:
    return house.sms(SARAH, "+256312000062")


@pytest.fixture
def moses(house: House) -> Phone:
    return house.sms(MOSES, "22990", "africastalking")


@pytest.fixture
def amina(house: House) -> Phone:
    return house.whatsapp(AMINA, "+256312000061")


@pytest.fixture
def juma(house: House) -> Phone:
    return house.sms(JUMA, "22990", "africastalking")


def pay(house: House, customer: Phone, summary: str) -> None:
    customer.choose("confirm|place", summary, "PIN")
    house.approve(customer.number)
    customer.read("we got your")


def balances(house: House, shop: str) -> dict[str, int]:
    """What is there for whom, by account, in minor units."""
    kept = (
        select(BalanceRow.account, BalanceRow.balance)
        .join(ShopRow, ShopRow.id == BalanceRow.shop_id)
        .where(ShopRow.slug == shop, BalanceRow.balance != 0)
    )
    return {
        account: abs(amount)
        for account, amount in house.in_books(lambda s: s.execute(kept).all())
        if not account.startswith(Kind.RAIL)
    }


def on_sale(house: House) -> set[str]:
    """The resellers at whose shops Kitenge is to be had."""
    selling = (
        select(ShopRow.slug)
        .join(ProductRow, ProductRow.shop_id == ShopRow.id)
        .where(ProductRow.sku == "kitenge", ProductRow.active, ShopRow.slug != "gate")
    )
    return set(house.in_books(lambda s: s.scalars(selling).all()))


def run(house: House, *words: str) -> str:
    done = house.app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_last_one_is_sold_once_packed_by_its_supplier_and_shared_out(
    house: House, gertrude: Phone, sarah: Phone, amina: Phone, juma: Phone
) -> None:
    okello = house.sms(OKELLO, "+256312000062")
    amina.say("1 swiss lace", "50,000")
    late = juma.say("1 swiss lace", "60,000")
    asked = amina.follow(amina.say("checkout", "1"), "delivery", ">Kamwokya", ">blue gate")
    pay(house, amina, amina.follow(asked, "mtn", "256772300001"))
    assert "Swiss Lace is gone" in juma.choose("check ?out", late, ".")

    asked = gertrude.read("S1")
    assert asked.startswith("Sarah Styles sold yours, S1: 1 x Swiss Lace. OK S1")
    gertrude.say("ok s1", "Sarah Styles knows that you pack S1")
    sarah.read("Gate Textiles is packing 1 x Swiss Lace for order 1001")
    okello.read("1001")
    okello.say("YES 1001", "Fetch it at Gate Textiles, Gate 4, Owino")
    gertrude.say("READY S1", "S1 is packed")
    sarah.read("Gate Textiles has packed 1 x Swiss Lace for order 1001. READY 1001")
    okello.read("Order 1001 is packed. Fetch it at Gate Textiles, Gate 4, Owino")
    sarah.say("READY 1001", "1001")
    okello.say("PICKED 1001", "1001")
    gertrude.say("NO S1", "cancelled or gone already")
    assert balances(house, "styles")["supplier-pending:gate"] == 40000
    okello.say(f"DELIVERED 1001 {code_in(amina.read('code'))}", "1001")

    # 55,000: 40,000 is hers, 5% of 50,000 the platform's, 5,000 the rider's.
    kept = balances(house, "styles")
    assert kept["supplier-available:gate"] == 40000
    assert kept["seller-available"] == 7500
    assert "supplier-pending:gate" not in kept
    run(house, "money", "check")


def test_a_no_is_the_resellers_to_settle_and_the_money_goes_back(
    house: House, gertrude: Phone, moses: Phone, sarah: Phone, juma: Phone
) -> None:
    asked = juma.follow(juma.say("2 kitenge", "60,000"), "check ?out", "mtn")
    pay(house, juma, juma.choose("256772300002|1", asked, "60,000"))
    moses.read("1001")
    gertrude.read("S1")
    sarah.say("OK S1", "You have no S1")
    sarah.say("NO S1 ours", "You have no S1")
    paul = house.sms("+256772500002", "+256312000051")
    gertrude.say("OK S1", "knows that you pack")
    paul.say("NO S1 the roll is torn", "knows that you cannot give S1")
    gertrude.say("READY S1", "You said no to S1 already")
    moses.read("cannot give 2 x Kitenge for order 1001: the roll is torn. NO 1001")
    assert house.order(1001, "corner")["status"] == "confirmed"
    moses.say("NO 1001 torn", "1001")
    juma.read("torn")
    house.until(1001, "corner", status="cancelled", payment_status="refunded")
    assert balances(house, "corner") == {}
    run(house, "money", "check")


def test_a_suspended_suppliers_goods_are_gone_and_come_back(
    house: House, gertrude: Phone, moses: Phone, juma: Phone, amina: Phone
) -> None:
    cart = juma.say("1 kitenge", "30,000")
    run(house, "shop", "suspend", "gate", "--reason", "stones for yams")
    assert "Kitenge is gone" in juma.choose("check ?out", cart, ".")
    eventually(lambda: not on_sale(house), "that nobody sells it")
    assert "25,000" not in amina.say("kitenge", ".")
    moses.say("STOCK kitenge 50", ".")
    run(house, "shop", "lift", "gate")
    eventually(lambda: on_sale(house) == {"styles", "corner"}, "that both sell it")
    assert "30,000" in juma.say("1 kitenge", ".")
    moses.say("STOCK kitenge 50", "Kitenge is on the shelf of Gate Textiles. They count it")
    gertrude.say("STOCK kitenge 3", "3")
