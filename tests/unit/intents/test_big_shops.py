"""Names that are looked up for each message: what is asked for, and that it is read as from the whole."""

from dataclasses import dataclass, field

import pytest

import intents
from intents.folding import tidy, tokenise
from intents.frames import to_frame
from intents.language_files import speech
from intents.names.index import Names
from intents.names.likeness import alike_among, slips_among
from intents.nearby import said
from intents.understanding import Context, Entry, Nearby, Said, VastCatalogue
from intents.writing import spelling, written
from tests.fakes.market import MARKET
from tests.unit.intents.conftest import Understand

ENGLISH = speech(("en",))


@dataclass
class Cellar(VastCatalogue):
    """Keeps families by their keys, as a database would, and gives what shares one."""

    whole: tuple[Entry, ...]
    asked: list[Said] = field(default_factory=list)

    @property
    def key(self) -> str:
        return "cellar"

    @property
    def entries(self) -> tuple[Entry, ...]:
        raise AssertionError("all of the shop was asked for")

    def near(self, said: Said) -> Nearby:
        self.asked.append(said)
        families = list(written(self.whole, ("en",)))
        keys = {key for family in families for key in family.keys}
        wanted = set(said.words).union(*said.translated.values())
        wanted.update(other for word in said.unsure for other in slips_among(word, keys))
        names = {name for family in families for name in family.together}
        near = {name for compact in said.together for name in alike_among(compact, names)}
        found = [
            entry
            for family in families
            if family.keys & wanted
            or family.together & near
            or any(entry.sku in said.skus for entry in family.entries)
            for entry in family.entries
        ]
        return Nearby(tuple(found), frozenset(keys & {*said.words, *said.figures}))


def asks(text: str, **context: object) -> Said:
    made = Context(**context)  # type: ignore[arg-type]
    return said(tokenise(tidy(text), ENGLISH), ENGLISH, ENGLISH, made)


def test_words_are_asked_for_as_names_have_them_and_little_ones_only_have_to_be_known() -> None:
    asked = asks("I want the two Sodas, 5kg rice")
    assert {"soda", "rice", "sodas"} <= set(asked.words)
    assert not {"i", "the"} & set(asked.words)
    assert {"weight:5000", "2", "the"} <= set(asked.figures)


def test_short_and_everyday_words_are_never_taken_for_misspelt_ones() -> None:
    asked = asks("please give me pepsy a14 tea")
    assert "pepsy" in asked.unsure
    assert not {"please", "give", "tea", "a14"} & asked.unsure


def test_words_side_by_side_may_be_one_name_but_not_across_a_comma() -> None:
    asked = asks("coka kola, pepsy").together
    assert asked["cokakola"] == ("coka", "kola")
    assert not any("kolapepsy" in compact for compact in asked)


def test_what_was_spoken_of_and_what_is_in_the_cart_belongs_to_it() -> None:
    assert asks("make it 5", last_sku="RICE-5", in_cart=("OIL-1", "RICE-5")).skus == (
        "RICE-5",
        "OIL-1",
    )


def test_a_long_message_does_not_ask_for_ever_more() -> None:
    asked = asks("zorb flib " * 300)
    assert len(asked.together) <= 60


def test_what_is_known_elsewhere_is_known_here() -> None:
    names = Names((), ENGLISH, frozenset({"weight:5000"}))
    assert names.knows("weight:5000")
    assert names.like("weight:5000") == {"weight:5000": 1.0}
    assert not names.knows("weight:1000")


def test_what_is_written_down_is_read_as_the_names_themselves() -> None:
    families = list(written(MARKET.entries, ("en",)))
    ready = [entry for family in families for entry in family.entries]
    assert all(entry.keyed is not None for entry in ready)
    fresh, kept = Names(MARKET.entries, ENGLISH), Names(ready, ENGLISH)
    assert kept.families == fresh.families
    assert (kept.by_word, kept.by_compact, kept.whole) == (
        fresh.by_word,
        fresh.by_compact,
        fresh.whole,
    )


def test_names_are_written_otherwise_in_other_languages() -> None:
    assert spelling(("en",)) != spelling(("sw", "en"))
    assert spelling(("en",)) == spelling(("en",))


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("2 rice 5kg and a suger please", {}),
        ("how much is coka cola", {}),
        ("cocacola 3", {}),
        ("samsung a14 and a15", {}),
        ("not the 5kg, the 25kg", {"last_sku": "RICE-5", "in_cart": ("RICE-5",)}),
        ("make it 4", {"last_sku": "MILK"}),
        ("powderd milk, brown bred", {}),
        ("flobber", {}),
        ("sukari kilo mbili", {"locales": ("en", "sw")}),
        ("where is my order", {}),
        ("\U0001f600", {}),
        ("", {}),
    ],
)
def test_a_message_is_understood_as_with_all_names_at_hand(
    model: None, understand: Understand, text: str, context: dict[str, object]
) -> None:
    cellar = Cellar(tuple(MARKET.entries))
    found = intents.understand(text, Context(**context), cellar)  # type: ignore[arg-type]
    assert to_frame(found) == to_frame(understand(text, **context))
    assert len(cellar.asked) == 1
