"""Whatever people send, there is an answer, soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import intents
from intents.understanding import Asked, Context, Understanding
from tests.fakes.market import MARKET
from tests.unit.intents.conftest import Understand

SCRAPS = st.sampled_from(
    ["2 ", "rice", "5kg ", "not ", ", ", "and ", "sugar ", "0772123456 ", "#1003 ", "a ", "half ",
     "coupon ", "x3 ", "of ", "instead of ", "5k ", "deliver to ", "remove ", "😀", "שלום ", "ሰላም "]
)  # fmt: skip
texts = st.text(max_size=120) | st.lists(SCRAPS, max_size=25).map("".join)
contexts = st.builds(
    Context,
    asked=st.none() | st.sampled_from(Asked),
    last_sku=st.sampled_from([None, "RICE", "RICE-5", "SUGAR", "gone"]),
    in_cart=st.sampled_from([(), ("RICE-5",), ("gone", "DRESS-RED-M")]),
    country=st.sampled_from(["UG", "NG", "KE"]),
    locales=st.sampled_from([("en",), ("sw", "en"), ()]),
)


@settings(max_examples=300, deadline=None)
@given(text=texts, context=contexts)
def test_any_text_is_understood_somehow(model: None, text: str, context: Context) -> None:
    understood = intents.understand(text, context, MARKET)
    assert isinstance(understood, Understanding)
    assert 0 <= understood.confidence <= 1
    known = {entry.sku for entry in MARKET.entries} | {context.last_sku, None}
    for item in understood.items:
        assert item.sku in known
        assert set(item.candidates) <= known


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00\x00", "a" * 10_000, "1" * 10_000, "1 " * 5_000, "rice " * 2_000,
        "ricee sugr " * 1_000, "😀" * 5_000, "שלום " * 2_000, "2 rice and " * 1_000, "not " * 3_000,
        "(" * 10_000, "half " * 2_000, "zq " * 3_000, "a1" * 5_000, "\u202e" * 100, "ẹ́" * 4_000,
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_long_and_odd_texts_take_no_time(understand: Understand, text: str) -> None:
    began = time.perf_counter()
    understand(text)
    assert time.perf_counter() - began < 1


def test_pictures_alone_have_a_meaning_or_none(understand: Understand) -> None:
    assert understand("👍").intent == "affirm"
    assert understand("🙏🏿🙏🏿").intent == "thanks"
    assert understand("🦒🦒").confidence == 0


def test_ordinary_messages_are_understood_in_milliseconds(understand: Understand) -> None:
    texts = ["2 bags of rice", "how much is suger", "remove the bread and add 2 coke"] * 20
    understand("hello")
    began = time.perf_counter()
    for text in texts:
        understand(text)
    assert (time.perf_counter() - began) / len(texts) < 0.02
