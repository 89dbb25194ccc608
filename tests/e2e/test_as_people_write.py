"""Messages as people write them, two or three wishes in one: the frame, the cart, and the answer."""

import json
from dataclasses import dataclass, field

import pytest

from bot.cli.books import load_shops
from channels.channel import Medium
from tests.e2e.handsets import Texting
from tests.e2e.house import SHOPS, House
from tests.e2e.sayings import pattern_of
from tests.e2e.walking import CUSTOMER, cart_of

LINES = {"soko": "+256312000011", "kasuwa": "+2349012000011"}
Pieces = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Written:
    """`before` is written first. `items` and `also` are the frame's, `cart` is what is in it at the end,
    `hears` the text of the last answer, which is in the language of `locale`."""

    text: str
    locale: str
    intent: str
    items: Pieces = field(default_factory=dict)
    also: tuple[tuple[str, Pieces], ...] = ()
    cart: Pieces = field(default_factory=dict)
    hears: str = "changes-added"
    before: tuple[str, ...] = ()
    shop: str = "soko"
    phone: str = CUSTOMER


MESSAGES = (
    Written(
        "abeg add 2 indomie chicken, remove d soap make e be 3 malt",
        "pcm",
        "add_to_cart",
        {"indomie-chicken": 2},
        (("remove_from_cart", {"soap": None}), ("update_cart", {"malt": 3})),
        {"indomie-chicken": 2, "malt": 3},
        before=("abeg make we talk pidgin", "1 soap and 1 malt"),
    ),
    Written(
        "nipe soda mbili na mkate mmoja",
        "sw",
        "add_to_cart",
        {"soda": 2, "bread": 1},
        cart={"soda": 2, "bread": 1},
        before=("kiswahili",),
    ),
    Written(
        "je veux 2kg de riz svp et enleve le savon",
        "fr",
        "add_to_cart",
        {"rice": 2},
        (("remove_from_cart", {"soap": None}),),
        {},
        "ask-variant",
        before=("français", "un savon"),
    ),
    Written(
        "last price?",
        "pcm",
        "negotiate",
        cart={},
        hears="negotiate-fixed",
        before=("pidgin", "how much be bread"),
    ),
    Written(
        "ina son shinkafa buhu biyu",
        "ha",
        "add_to_cart",
        {"rice": 2},
        cart={"rice": 2},
        before=("hausa",),
        shop="kasuwa",
        phone="+2348031000022",
    ),
)


@pytest.mark.parametrize("written", MESSAGES, ids=lambda written: written.text)
def test_it_is_understood_and_done(house: House, written: Written) -> None:
    load_shops(house.world, [SHOPS / f"{written.shop}.toml"])
    frame = _frame(house, written)
    assert frame["intent"] == written.intent
    assert _pieces(frame) == written.items
    assert tuple((a["intent"], _pieces(a)) for a in frame["also"]) == written.also
    customer = Texting(house.whatsapp(written.phone, LINES[written.shop]))
    for text in (*written.before, written.text):
        customer.say(text)
        customer.read([])
    answer = pattern_of(house.world.words, written.hears, written.locale, Medium.WHATSAPP)
    customer.phone.seen -= 1
    customer.read([answer])
    assert cart_of(house, written.phone) == written.cart


def _frame(house: House, written: Written) -> dict:  # type: ignore[type-arg]
    """As the command line says it."""
    words = ["intents", "parse", "--shop", written.shop, "--locale", written.locale, written.text]
    return json.loads(house.app.test_cli_runner().invoke(args=words).stdout)  # type: ignore[no-any-return]


def _pieces(action: dict) -> Pieces:  # type: ignore[type-arg]
    return {item["sku"]: item["quantity"] for item in action["items"]}


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Something is named only to say that it is not wanted, or is counted again. `wanted` is what may be
    in the cart afterwards, in whole or in part: the shop may ask first."""

    text: str
    wanted: Pieces
    before: tuple[str, ...] = ()
    shop: str = "soko"
    phone: str = CUSTOMER


NORTHERNER = "+2348031000022"
NOT_WANTED = (
    Unwanted("add 2 malt but don't add soap", {"malt": 2}),
    Unwanted("do not add bread", {}),
    Unwanted("2 bread without sugar", {"bread": 2}),
    Unwanted("3 soap, no wait, 4 soap", {"soap": 4}),
    Unwanted("ajoute 2 malt mais pas de savon", {"malt": 2}, ("français",)),
    Unwanted("3 savons, non attends 4 savons", {"soap": 4}, ("français",)),
    Unwanted("weka malt mbili lakini usiweke sabuni", {"malt": 2}, ("kiswahili",)),
    Unwanted(
        "niwekee malt mbili na soda moja, mkate usiweke", {"malt": 2, "soda": 1}, ("kiswahili",)
    ),
    Unwanted("sabuni tatu, samahani sabuni nne", {"soap": 4}, ("kiswahili",)),
    Unwanted("add 2 malt but no add soap", {"malt": 2}, ("pidgin",)),
    Unwanted(
        "a sa shinkafa biyu amma kar a sa sabulu", {"rice": 2}, ("hausa",), "kasuwa", NORTHERNER
    ),
)


@pytest.mark.parametrize("unwanted", NOT_WANTED, ids=lambda unwanted: unwanted.text)
def test_what_is_not_wanted_is_not_put_in_without_asking(house: House, unwanted: Unwanted) -> None:
    load_shops(house.world, [SHOPS / f"{unwanted.shop}.toml"])
    customer = Texting(house.whatsapp(unwanted.phone, LINES[unwanted.shop]))
    for text in (*unwanted.before, unwanted.text):
        customer.say(text)
        customer.read([])
    found = cart_of(house, unwanted.phone)
    assert found.items() <= unwanted.wanted.items(), customer.last
