"""How many statements a request costs: each is a round trip to the database that somebody waits for.

Counted is what runs on the request's own thread, on both databases; BEGIN, COMMIT and ROLLBACK are not
seen by the cursor.
"""

from collections.abc import Callable

import pytest

from tests.e2e.house import House, Phone, number_of
from tests.e2e.tally import Tally, counted

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300010"
# A turn that only looks around, one hop of USSD, one step of the checkout.
BROWSE, HOP, CHECKOUT = 10, 8, 20


def _phones(house: House) -> dict[str, Phone]:
    return {
        "whatsapp": house.whatsapp(CUSTOMER),
        "sms": house.sms(CUSTOMER),
        "shortcode": house.sms(CUSTOMER, "22884", "africastalking"),
    }


@pytest.mark.parametrize("medium", ["whatsapp", "sms", "shortcode"])
def test_looking_around_costs_few_statements(house: House, tally: Tally, medium: str) -> None:
    customer = _phones(house)[medium]
    customer.say("MAMA" if medium == "shortcode" else "hi", "Mama Njeri")
    menu = customer.say("hi", "Mama Njeri")
    tally.last("hi", BROWSE)
    categories = customer.choose("shop|browse|see", menu)
    tally.last("browse", BROWSE)
    goods = customer.choose("grains", categories)
    tally.last("category", BROWSE)
    customer.choose("rice", goods)
    tally.last("product", BROWSE)
    customer.say("price of bar soap", "4,500")
    tally.last("price in words", BROWSE)
    customer.say("what is your name", ".")
    tally.last("something else", BROWSE)


def test_at_night_an_order_costs_one_more_at_most(build_house: Callable[..., House]) -> None:
    """How somebody pays is looked up where a large sum from another wallet would be a person's case."""
    house = build_house(rule_risk_night_from="00:00", rule_risk_night_until="23:59:59.999999")
    customer = _phones(house)["shortcode"]
    customer.say("MAMA", "Mama Njeri")
    step = customer.say("2 rice 5kg and one soap please", "soap")
    for wanted in ("check ?out", "delivery"):
        step = customer.choose(wanted, step)
    customer.say("kamwokya", "landmark|near|find")
    step = customer.say("opposite the mosque", "pay")
    for wanted in ("mtn", "256772300010"):
        step = customer.choose(wanted, step)
    with counted(house) as tally:
        customer.choose("confirm|place|yes", step, "PIN")
        tally.last("order at night", CHECKOUT + 1)


@pytest.mark.parametrize("medium", ["whatsapp", "shortcode"])
def test_buying_costs_few_statements(house: House, tally: Tally, medium: str) -> None:
    customer = _phones(house)[medium]
    customer.say("MAMA" if medium == "shortcode" else "hi", "Mama Njeri")
    step = customer.say("2 rice 5kg and one soap please", "soap")
    tally.last("add", CHECKOUT)
    step = customer.choose("check ?out", step)
    tally.last("checkout", CHECKOUT)
    step = customer.choose("delivery", step)
    tally.last("delivery", CHECKOUT)
    step = customer.say("kamwokya", "landmark|near|find")
    tally.last("area", CHECKOUT)
    step = customer.say("opposite the mosque", "pay")
    tally.last("landmark", CHECKOUT)
    step = customer.choose("mtn", step)
    tally.last("rail", CHECKOUT)
    step = customer.choose("256772300010", step)
    tally.last("payer", CHECKOUT)
    customer.choose("confirm|place|yes", step, "PIN")
    tally.last("order", CHECKOUT)
    customer.say("I have paid", "1001")
    tally.last("paid already", CHECKOUT)
    house.approve(CUSTOMER)
    customer.read("we got your")
    customer.say("where is my order", "1001")
    tally.last("track", CHECKOUT)
    customer.say("2 soap", "soap")
    tally.last("add when there is an order", CHECKOUT)


def test_haggling_costs_few_statements_and_the_agreed_price_none(
    house: House, tally: Tally
) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    customer.say("last price for rice 25kg", "91,000")
    tally.last("haggle", CHECKOUT)
    customer.say("91,000", "Agreed")
    tally.last("agree", CHECKOUT)
    customer.say("2", "182,000")
    tally.last("how many", CHECKOUT)
    customer.say("cart", "182,000")
    tally.last("cart", BROWSE)


def test_every_hop_of_ussd_costs_few_statements(house: House, tally: Tally) -> None:
    house.dial("*284*77#", CUSTOMER)
    session = house.dial("*284*77#", CUSTOMER)
    tally.last("dial", HOP)
    for wanted in ("shop|browse|see", "grains", "rice", "5kg"):
        session.reply(number_of(wanted, session.screen))
        tally.last(wanted, HOP)
    for wanted in ("add", "check ?out", "delivery"):
        session.reply(number_of(wanted, session.screen))
        tally.last(wanted, HOP)
    session.reply("kamwokya")
    tally.last("area", HOP)
    session.reply("opposite the mosque")
    tally.last("landmark", HOP)
    for wanted in ("mtn", "256772300010"):
        session.reply(number_of(wanted, session.screen))
        tally.last(wanted, HOP)
    session.reply(number_of("place|confirm|yes", session.screen))
    tally.last("order", CHECKOUT)
    assert not session.open
    for code in ("*284*77*12#", "*284*77*1001#"):
        house.dial(code, CUSTOMER)
        tally.last(code, HOP)


def test_what_is_short_wished_for_and_kept_costs_few_statements(house: House, tally: Tally) -> None:
    house.sms("+256772100001").say("STOCK soap 0", "0 in stock")
    customer = house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    short = customer.say("2 soap", "sold out")
    tally.last("sold out", CHECKOUT)
    customer.choose("tell me", short, "tell you once")
    tally.last("wish", CHECKOUT)
    customer.say("my wish list", "Bar Soap")
    tally.last("wish list", BROWSE)
    few = customer.say("2 sugar", "Only 1 left")
    tally.last("only one left", CHECKOUT)
    customer.choose("take 1", few, "1 x .*sugar")
    customer.say("save this as my monthly list", "saved as monthly list")
    tally.last("save list", CHECKOUT)
    customer.say("my lists", "1.? monthly list")
    tally.last("lists", BROWSE)
    customer.say("my monthly list", "Only 1 left")
    tally.last("buy list", CHECKOUT)
