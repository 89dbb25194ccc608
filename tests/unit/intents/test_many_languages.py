"""Goods, numbers and actions as they are written in seven languages, mixed as people mix them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

import intents
from intents.intent import Intent
from intents.understanding import Context, Entry, Understanding
from tests.fakes.market import MARKET, variant

Brief = tuple[str | None, str | None]

ADD, REMOVE, UPDATE = Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART


@dataclass(frozen=True, slots=True)
class Duka:
    """A stall with the goods of everyday chat."""

    key: str
    entries: Sequence[Entry]


DUKA = Duka(
    "duka-1",
    (
        *(entry for entry in MARKET.entries if not entry.sku.startswith(("TOMATO", "BEANS"))),
        Entry("SODA", "Soda"),
        Entry("MKATE", "Mkate", ("bread loaf",)),
        Entry("SAVON", "Savon", ("soap", "sabuni", "sabulu")),
        Entry("MALT", "Malt"),
        Entry("THE", "Thé"),
        Entry("PALM", "Huile de palme"),
        Entry("TOMATO-KG", "Fresh Tomatoes 1kg", ("nyanya",)),
        Entry("OIL-KG", "Mafuta"),
        Entry("BEANS", "Beans 1kg bag", ("maharagwe",)),
        variant("BEANS", "BEANS-Y", "yellow"),
        variant("BEANS", "BEANS-W", "white"),
    ),
)


@pytest.fixture(name="hear")
def _hear(model: None) -> object:
    def hear(text: str, locale: str, **context: object) -> Understanding:
        spoken = Context(locale, (locale, "en"), **context)  # type: ignore[arg-type]
        return intents.understand(text, spoken, DUKA)

    return hear


def items(understood: Understanding) -> list[Brief]:
    return [
        (i.sku, f"{i.quantity.normalize():f}" if i.quantity is not None else None)
        for i in understood.items
    ]


def besides(understood: Understanding) -> list[tuple[Intent, list[Brief]]]:
    return [
        (
            a.intent,
            [
                (i.sku, f"{i.quantity.normalize():f}" if i.quantity is not None else None)
                for i in a.items
            ],
        )
        for a in understood.also
    ]


@pytest.mark.parametrize(
    ("locale", "text", "meant"),
    [
        ("sw", "nipe soda mbili na mkate mmoja", [("SODA", "2"), ("MKATE", "1")]),
        ("sw", "naomba kilo mbili za sukari", [("SUGAR", "2")]),
        ("sw", "nataka nyanya kilo tatu", [("TOMATO-KG", "3")]),
        ("fr", "je veux 2kg de riz svp", [("RICE", "2")]),
        ("fr", "donnez moi deux kilos et demi de sucre", [("SUGAR", "2.5")]),
        ("fr", "je prends 3 savons", [("SAVON", "3")]),
        ("ha", "ina son shinkafa buhu biyu", [("RICE", "2")]),
        ("yo", "e fun mi ni malt meji", [("MALT", "2")]),
        ("lg", "mpa ssukaali kilo bbiri", [("SUGAR", "2")]),
        ("pcm", "abeg give me 3 malt", [("MALT", "3")]),
    ],
)
def test_numbers_belong_to_goods_on_either_side(
    hear, locale: str, text: str, meant: list[Brief]
) -> None:
    understood = hear(text, locale)
    assert (understood.intent, items(understood)) == (ADD, meant)


@pytest.mark.parametrize(
    ("locale", "text", "meant", "beside"),
    [
        (
            "fr",
            "je veux 2 savons et enleve le riz",
            (ADD, [("SAVON", "2")]),
            (REMOVE, [("RICE", None)]),
        ),
        (
            "sw",
            "toa sukari weka mchele 5kg mbili",
            (REMOVE, [("SUGAR", None)]),
            (ADD, [("RICE-5", "2")]),
        ),
        (
            "pcm",
            "abeg add 2 indomie chicken, remove d soap",
            (ADD, [("INDOMIE-CHICKEN", "2")]),
            (REMOVE, [("SAVON", None)]),
        ),
        (
            "en",
            "remove the sugar, then checkout",
            (REMOVE, [("SUGAR", None)]),
            (Intent.CHECKOUT, []),
        ),
        (
            "en",
            "change rice to 3 and remove the malt",
            (UPDATE, [("RICE", "3")]),
            (REMOVE, [("MALT", None)]),
        ),
    ],
)
def test_two_actions_in_one_message(
    hear, locale: str, text: str, meant: tuple[Intent, list[Brief]], beside: object
) -> None:
    understood = hear(text, locale)
    assert (understood.intent, items(understood)) == meant
    assert besides(understood) == [beside]


@pytest.mark.parametrize(
    ("locale", "text", "sku"),
    [
        ("fr", "vous avez du thé", "THE"),
        ("fr", "il y a l'huile de palme", "PALM"),
        ("en", "do you have fresh tomatoes", "TOMATO-KG"),
    ],
)
def test_goods_whose_names_are_little_words_elsewhere(
    hear, locale: str, text: str, sku: str
) -> None:
    assert items(hear(text, locale)) == [(sku, None)]


def test_a_colour_in_another_language_tells_the_kind(hear) -> None:
    assert items(hear("maharagwe ya njano", "sw")) == [("BEANS-Y", None)]


def test_a_kind_that_is_said_later_is_that_of_the_goods_before_it(hear) -> None:
    assert items(hear("add 2 rice, the 5kg one", "en")) == [("RICE-5", "2")]


def test_goods_named_first_belong_to_what_is_said_of_them(hear) -> None:
    understood = hear("the sugar, you can remove it", "en")
    assert (understood.intent, items(understood)) == (REMOVE, [("SUGAR", None)])
    assert understood.also == ()


def test_a_half_beside_other_goods_is_theirs(hear) -> None:
    understood = hear("2 kilos of sugar and half a kilo of rice", "en")
    assert items(understood)[0] == ("SUGAR", "2")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("you say 50k, i give you 45k for the rice", "45000"),
        ("je donne 26 000 pour le riz", "26000"),
    ],
)
def test_who_bargains_ends_with_what_they_would_pay(hear, text: str, amount: str) -> None:
    understood = hear(text, "fr" if "donne" in text else "en")
    assert str(understood.amount) == amount


def test_a_message_is_read_in_its_own_language_whatever_the_shop_speaks(hear) -> None:
    assert hear("je voudrais commander du riz s'il vous plaît", "en").locale == "fr"


def test_one_number_for_another_is_asked_about_where_the_cart_has_several_things(hear) -> None:
    told = {"last_sku": "MALT", "in_cart": ("MALT", "SODA")}
    assert hear("no be 5 o, na 3", "pcm", **told).confidence < 0.7
    assert hear("no be 5 o, na 3", "pcm", last_sku="MALT", in_cart=("MALT",)).confidence > 0.7


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "give me 2, and one soap"), ("sw", "basi niwekee mbili na sabuni moja")],
)
def test_a_number_before_other_goods_is_of_what_was_spoken_of_and_is_asked_about(
    hear, locale: str, text: str
) -> None:
    understood = hear(text, locale, last_sku="MALT")
    assert items(understood) == [("MALT", "2"), ("SAVON", "1")]
    assert understood.confidence < 0.7
