"""Goods whose names end in a number, asked about in every language."""

import pytest

import intents
from intents.intent import Intent
from intents.understanding import Context, Entry, Understanding
from tests.fakes.market import MARKET, Stall

PHONES = Stall(
    "phones-1",
    (
        Entry("ITEL-2160", "itel 2160", ("button phone",)),
        Entry("NOKIA-105", "Nokia 105"),
        Entry("SPARK-20", "Tecno Spark 20"),
        Entry("SPARK-30", "Tecno Spark 30"),
    ),
)
ASKED = (
    ("en", "price of {name}"),
    ("en", "how much is {name}"),
    ("fr", "prix du {name}"),
    ("fr", "c'est combien le {name}"),
    ("sw", "bei ya {name}"),
    ("sw", "{name} ni bei gani"),
    ("lg", "{name} ssente meka"),
    ("lg", "{name} ya ssente mmeka"),
    ("yo", "elo ni {name}"),
    ("ha", "farashin {name}"),
    ("ha", "nawa ne {name}"),
)


def hear(text: str, stall: Stall, *locales: str) -> Understanding:
    return intents.understand(text, Context("en", ("en", *locales)), stall)


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("name", "sku"),
    [("itel 2160", "ITEL-2160"), ("Nokia 105", "NOKIA-105"), ("spark 20", "SPARK-20")],
)
@pytest.mark.parametrize(("locale", "question"), ASKED)
def test_the_number_belongs_to_the_name_and_the_name_to_no_language(locale, question, name, sku):
    heard = hear(question.format(name=name), PHONES, locale)
    assert heard.intent is Intent.ASK_PRICE
    assert [(item.sku, item.quantity) for item in heard.items] == [(sku, None)]
    assert heard.amount is None
    assert heard.locale == locale


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    "question", ["bei ya itel 2160", "prix du itel 2160", "price of itel 2160"]
)
def test_what_is_not_sold_is_named_with_its_number(question):
    heard = hear(question, MARKET, "sw", "fr")
    assert heard.intent is Intent.ASK_PRICE
    (item,) = heard.items
    assert (item.sku, item.mention, item.quantity) == (None, "itel 2160", None)


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("text", "count"), [("2 itel 2160", 2), ("nataka nokia 105 tatu", 3), ("itel 2160 x 4", 4)]
)
def test_a_number_besides_it_counts(text, count):
    (item,) = hear(text, PHONES, "sw").items
    assert (item.sku in ("ITEL-2160", "NOKIA-105"), item.quantity) == (True, count)
