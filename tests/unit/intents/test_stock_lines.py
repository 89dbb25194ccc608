"""What sellers write after STOCK."""

import pytest

from intents.command import Command, Word
from intents.commands.reading import read_command
from intents.commands.stock_words import LEVELS, REASONS, level_words, loss_words
from intents.language_files import LOCALES

ALL = ("en", "fr", "sw", "pcm", "lg", "ha", "yo")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("STOCK rice 40", "rice 40"),
        ("STOCK rice=40", "rice 40"),
        ("STOCK rice +5", "rice +5"),
        ("STOCK rice -2 damaged", "rice -2 damaged"),
        ("STOCK rice 2 expired", "rice -2 expired"),
        ("stock rice 5kg 3 spoilt.", "rice 5kg -3 damaged"),
        ("STOCK rice 40\nSTOCK oil 12", "rice 40\noil 12"),
        ("STOCK rice 40\noil 12", "rice 40\noil 12"),
        ("STOCK rice 40, oil 12", "rice 40\noil 12"),
        ("STOCK rice 40; stock oil 12; milk -1 broken", "rice 40\noil 12\nmilk -1 damaged"),
        ("STOCK rice 48,000", "rice 48,000"),
        ("STOCK rice 48,000, oil 12", "rice 48,000\noil 12"),
        ("STOCK rice 40\nhow are you\noil 12", "rice 40\nhow are you\noil 12"),
        ("STOCK rice 40\r\n\r\noil 12\n", "rice 40\noil 12"),
        ("STOCK sukari 2 imeharibika", "sukari -2 damaged"),
        ("STOCK rice LOW 20", "rice LOW 20"),
        ("STOCK rice 5kg critical off", "rice 5kg CRITICAL OFF"),
        ("STOCK rice 40, rice low 20", "rice 40\nrice LOW 20"),
        ("STOCK riz critique 8", "riz CRITICAL 8"),
        ("STOCK mchele chini 20", "mchele LOW 20"),
        ("STOCK riz 2 périmés", "riz -2 expired"),
        ("STOCK rice 3 don spoil", "rice -3 damaged"),
        ("STOCK omuceere 3 byonoonese", "omuceere -3 damaged"),
        ("STOCK shinkafa 3 ya lalace", "shinkafa -3 damaged"),
        ("STOCK iresi 3 ti bàjẹ́", "iresi -3 damaged"),
    ],
)
def test_each_thing_becomes_a_line(text: str, lines: str) -> None:
    assert read_command(text, "seller", ALL) == Command(Word.STOCK, rest=lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("STOCK rice 40 bags", "rice 40"),
        ("STOCK rice 5kg 40 pieces.", "rice 5kg 40"),
        ("STOCK rice 40 bags\nbar soap 12 pcs\noil 3", "rice 40\nbar soap 12\noil 3"),
    ],
)
def test_what_is_counted_may_stand_behind_the_count(text: str, lines: str) -> None:
    assert read_command(text, "seller", ("en",)) == Command(Word.STOCK, rest=lines)


@pytest.mark.parametrize(
    "text",
    [
        "STOCK rice +2 damaged", "STOCK 40", "STOCK 40 rice", "STOCK rice forty",
        "STOCK rice 1e9", "STOCK rice 1/2", "STOCK rice 40 today",
    ],
)  # fmt: skip
def test_a_count_that_nobody_can_read_asks_how(text: str) -> None:
    assert read_command(text, "seller", ("en",)) == Command(Word.STOCK, exact=False)


@pytest.mark.parametrize(
    "text", ["STOCK rice", "stock is low", "STOCK rice 5kg", "stock of 2 rice?"]
)
def test_what_is_no_count_of_anything_is_no_such_word(text: str) -> None:
    found = read_command(text, "seller", ("en",))
    assert found is None or found.word is not Word.STOCK


def test_every_language_has_words_for_every_reason() -> None:
    assert set(loss_words().values()) == set(REASONS)
    with_words = {path.parent.name for path in LOCALES.glob("*/losses.toml")}
    assert with_words == set(ALL)
    assert set(level_words().values()) == set(LEVELS)
    assert {path.parent.name for path in LOCALES.glob("*/levels.toml")} == set(ALL)
