"""How many statements a request costs: each is a round trip to the database that somebody waits for.

Counted is what runs on the request's own thread, on both databases; BEGIN, COMMIT and ROLLBACK are not
seen by the cursor.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import g, has_request_context
from sqlalchemy import event

from tests.e2e.house import House, Phone, number_of

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300010"
# A turn that only looks around, one hop of USSD, one step of the checkout.
BROWSE, HOP, CHECKOUT = 10, 8, 20
# SQLite, where a statement is no round trip, writes the end of a turn table by table.
MORE_ON_SQLITE = 2


@dataclass
class Tally:
    """The statements of every request so far, one list per request."""

    more: int = 0
    requests: list[list[str]] = field(default_factory=list)

    def note(self, connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]
        if has_request_context() and not statement.startswith("BEGIN"):
            if "statements" not in g:
                g.statements = []
                self.requests.append(g.statements)
            g.statements.append(statement)

    def last(self, step: str, most: int) -> None:
        """The newest request was `step`: on PostgreSQL it may have cost `most`."""
        seen = self.requests[-1]
        listed = "\n".join(f"{n:2} {' '.join(s.split())[:150]}" for n, s in enumerate(seen, 1))
        assert len(seen) <= most + self.more, f"{step} took {len(seen)} statements:\n{listed}"


@pytest.fixture
def tally(house: House) -> Iterator[Tally]:
    on_sqlite = house.world.engine.dialect.name == "sqlite"
    counted = Tally(MORE_ON_SQLITE if on_sqlite else 0)
    event.listen(house.world.engine, "before_cursor_execute", counted.note)
    yield counted
    event.remove(house.world.engine, "before_cursor_execute", counted.note)


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
