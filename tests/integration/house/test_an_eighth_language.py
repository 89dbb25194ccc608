"""A language that nobody has taught yet is a folder: the program that reads it is copied as it stands."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.languages import KnownLanguages
from scripts.catalogues.faults import faults
from scripts.catalogues.texts import write
from tests.fakes.eighth_language import FILES, TEXTS

ROOT = Path(__file__).parents[3]
PACKAGES = ("intents", "flows", "channels")
# Of English, which is mixed into every chat, as many sentences as a small model learns quickly from.
SENTENCES = 12

ASKS = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path

import intents
from channels.channel import Medium
from channels.render import Reader, Words, render
from flows.message import Message
from flows.money import Money
from flows.reply import Reply
from intents.choices import read_choice, read_place
from intents.commands.reading import read_command
from intents.folding import tidy, tokenise
from intents.keywords import is_stop, read_navigation
from intents.language_files import speech
from intents.numbers import read_number
from intents.train import main
from intents.understanding import Context, Entry

class Shelf:
    key = "shelf"
    entries = (Entry("rice", "Umuceri"), Entry("beans", "Ibishyimbo"), Entry("soap", "Isabune"))

def number(words):
    language = speech(("rw",))
    return str(read_number(tokenise(tidy(words), language), 0, language.numbers).value)

def understood(text):
    found = intents.understand(text, Context(locale="rw", locales=("rw",)), Shelf())
    return [found.intent.value, found.locale, [[i.sku, str(i.quantity)] for i in found.items]]

def told(message, medium, gsm_only=True):
    reader = Reader("rw", "Africa/Kigali", "customer", gsm_only=gsm_only)
    words = Words(Path("locales"), strict=False)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    return render(Reply((message,), ends=True), medium, reader, words, now, provider="x").texts[0].text

sys.stdout = sys.stderr
assert main(["--output", "model"]) == 0
sys.stdout = sys.__stdout__
intents.load(Path("model"))
total = Message("order-placed", number=1001, total=Money(48000, "RWF"))
print(json.dumps({
    "numbers": [number(w) for w in ("kabiri", "makumyabiri na gatanu", "magana atatu", "2k")],
    "stop": is_stop("Hagarika!", ("rw",)),
    "way": read_navigation("subira inyuma", ("rw",)).value,
    "choice": sorted(read_choice("amafaranga mu ntoki", ("rw",))),
    "place": read_place("icya kabiri", ("rw",)),
    "command": [getattr(read_command("emeza 1001", "seller", ("rw",)), name) for name in ("word", "number")],
    "yes": understood("yego"),
    "greeting": understood("muraho neza"),
    "wish": understood("mumpe umuceri kabiri na isabune gatatu"),
    "price": understood("ibishyimbo bigura angahe"),
    "sms": told(total, Medium.SMS),
    "own": told(total, Medium.SMS, gsm_only=False),
    "ussd": told(total, Medium.USSD),
    "whatsapp": told(total, Medium.WHATSAPP),
    "plural": [told(Message("option-take-left", count=n), Medium.WHATSAPP) for n in (1, 3)],
    "not yet": told(Message("cart-empty"), Medium.SMS),
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The language engine and the renderers with English and one language more."""
    house = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, house / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copytree(ROOT / "locales" / "en", house / "locales" / "en")
    for path in (house / "locales/en/utterances").glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()[:SENTENCES]
        path.write_text("\n".join(lines), encoding="utf-8")
    for name, text in FILES.items():
        path = house / "locales" / "rw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write(house / "locales/rw/LC_MESSAGES/messages.po", TEXTS, "rw")
    return house


@pytest.fixture(scope="module")
def answers(house: Path) -> dict[str, Any]:
    asked = subprocess.run(
        [sys.executable, "-c", ASKS], cwd=house, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    answers: dict[str, Any] = json.loads(asked.stdout)
    return answers


def test_its_numbers_are_read(answers: dict[str, Any]) -> None:
    assert answers["numbers"] == ["2", "25", "300", "2000"]


def test_its_words_for_stopping_turning_back_and_choosing_are_known(
    answers: dict[str, Any],
) -> None:
    assert answers["stop"] is True
    assert answers["way"] == "back"
    assert "cash" in answers["choice"]
    assert answers["place"] == 2
    assert answers["command"] == ["OK", 1001]


def test_what_is_said_in_it_is_understood(answers: dict[str, Any]) -> None:
    assert answers["yes"][0] == "affirm"
    assert answers["greeting"][:2] == ["greet", "rw"]
    assert answers["wish"] == ["add_to_cart", "rw", [["rice", "2"], ["soap", "3"]]]
    assert (answers["price"][0], answers["price"][2][0][0]) == ("ask_price", "beans")


def test_it_is_written_on_every_medium(answers: dict[str, Any]) -> None:
    assert (
        answers["whatsapp"]
        == "Murakoze! Twakiriye komande 1001. Yose hamwe: RWF 48.000 – mûrabeho."
    )
    assert answers["own"] == "Murakoze! Komande 1001, RWF 48.000, mûrabeho."
    assert answers["sms"] == "Murakoze! Komande 1001, RWF 48.000, murabeho."
    assert answers["ussd"] == "END Murakoze! Komande 1001, RWF 48.000, murabeho."
    assert answers["plural"] == ["Fata 1", "Fata zose 3"]


def test_what_it_does_not_say_yet_is_said_in_english(answers: dict[str, Any]) -> None:
    assert answers["not yet"] == "Your cart is empty."


def test_the_check_tells_what_it_lacks(house: Path) -> None:
    found = list(faults(house))
    assert "rw: no text 'cart-empty'" in found
    assert not any(fault.startswith("rw: 'order-placed'") for fault in found)


def test_it_is_offered_by_its_own_name(house: Path) -> None:
    assert KnownLanguages(house / "locales").names(["rw", "so"]) == [("rw", "Ikinyarwanda")]
