"""Every text that a customer can meet exists, and can be shown."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.gsm import is_gsm
from tests.fakes.customer_walk import walk
from tests.fakes.ports import NOW

ROOT = Path(__file__).parents[4]
SOURCES = [*sorted((ROOT / "flows/customer").glob("*.py")), ROOT / "flows/explain.py"]

# The longest label that most handsets show without wrapping.
ROW = 26


def english() -> Catalog:
    with (ROOT / "locales/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def keys_in(source: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(n, ast.Call))
    messages = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Message"]
    literals = [call.args[0] for call in messages]
    assert all(isinstance(literal, ast.Constant) for literal in literals), source
    return {str(literal.value) for literal in literals if isinstance(literal, ast.Constant)}


def used() -> set[str]:
    return set().union(*map(keys_in, SOURCES)) - {"verbatim"}


def name_of(entry: object) -> str:
    return entry if isinstance(entry, str) else entry[0]  # type: ignore[index]


def test_every_key_has_its_english() -> None:
    known = {name_of(entry.id) for entry in english()}
    assert used() - known == set()


def test_all_texts_are_plain_letters() -> None:
    for entry in english():
        forms = (entry.string,) if isinstance(entry.string, str) else entry.string
        assert all(is_gsm(form.replace("{", "").replace("}", "")) for form in forms), entry.id


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(ROOT / "locales", strict=True)


@pytest.mark.parametrize("medium", list(Medium))
def test_whatever_is_said_can_be_shown(medium: Medium, words: Words) -> None:
    reader = Reader("en", "Africa/Kampala", "customer")
    for state, heard, reply in walk(medium.value).replies:
        rendered = render(reply, medium, reader, words, NOW, provider="twilio")
        assert rendered.texts or reply.silent, (state, heard)


@pytest.mark.parametrize("medium", [Medium.SMS, Medium.USSD])
def test_most_of_the_conversation_takes_one_screen_or_few_segments(
    medium: Medium, words: Words
) -> None:
    reader = Reader("en", "Africa/Kampala", "customer")
    pages = [
        len(rendered.shown.pages) if rendered.shown else 1
        for _, _, reply in walk(medium.value).replies
        if (rendered := render(reply, medium, reader, words, NOW, provider="twilio"))
    ]
    assert sum(count == 1 for count in pages) / len(pages) > (0.95 if medium is Medium.SMS else 0.6)


def test_labels_on_ussd_fit_a_row(words: Words) -> None:
    reader = Reader("en", "Africa/Kampala", "customer")
    long = {
        label
        for _, _, reply in walk("ussd").replies
        if reply.menu
        for option in reply.menu.options
        if len(label := words.text(option.label, reader, Medium.USSD)) > ROW
    }
    assert long == set()
