"""The catalogue script, on small trees of its own."""

import gettext
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.catalogues import ROOT, CatalogueError, compile_all, faults, read, tidy, write
from scripts.message_keys import read_keys

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HELLO = 'msgid "hello"\nmsgstr "Hello {name}."\n'
CODE = 'from flows.message import Message\n\nGREETING = Message("hello", name="Ada")\n'

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    def made(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((HEADER if name.endswith(".po") else "") + text, encoding="utf-8")
        return tmp_path

    return made


EN = "locales/en/LC_MESSAGES/messages.po"
FR = "locales/fr/LC_MESSAGES/messages.po"


def test_a_catalogue_is_sorted_and_keeps_its_words_and_comments(tree: Tree) -> None:
    root = tree(
        {
            EN: 'msgid "c"\nmsgid_plural "c"\nmsgstr[0] "{count} c"\nmsgstr[1] "{count} cs"\n\n'
            'msgid "b"\nmsgstr "B"\n\nmsgctxt "short"\nmsgid "a"\nmsgstr "A!"\n\n'
            '#. Said first.\nmsgid "a"\nmsgstr "A"\n',
        }
    )
    assert list(tidy(root)) == [f"{EN}: sorted"]
    texts = read(root / EN, "en")
    assert {key: text.forms for key, text in texts.items()} == {
        ("", "a"): ("A",),
        ("short", "a"): ("A!",),
        ("", "b"): ("B",),
        ("", "c"): ("{count} c", "{count} cs"),
    }
    written = (root / EN).read_text(encoding="utf-8")
    assert "#. Said first." in written
    assert written.index('msgid "a"') < written.index('msgid "b"') < written.index('msgid "c"')
    assert list(tidy(root)) == []


def test_a_broken_catalogue_is_named(tree: Tree) -> None:
    root = tree({EN: "nonsense here\n"})
    with pytest.raises(CatalogueError, match=r"messages\.po"):
        list(compile_all(root))


def test_only_what_is_older_than_its_source_is_compiled(tree: Tree) -> None:
    root = tree({EN: HELLO})
    compiled = (root / EN).with_suffix(".mo")
    assert list(compile_all(root)) == ["locales/en/LC_MESSAGES/messages.mo compiled"]
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("hello") == "Hello {name}."
    assert list(compile_all(root)) == []
    newer = compiled.stat().st_mtime + 10
    os.utime(root / EN, (newer, newer))
    assert len(list(compile_all(root))) == 1


def test_code_and_catalogues_that_agree_have_no_faults(tree: Tree) -> None:
    french = 'msgid "hello"\nmsgstr "Bonjour {name}."\n'
    assert list(faults(tree({EN: HELLO, FR: french, "flows/greet.py": CODE}))) == []


DISAGREEMENTS = {
    "a key that no catalogue has": ({"flows/greet.py": CODE}, "no text 'hello'"),
    "a key that nothing uses": ({EN: HELLO}, "nothing uses 'hello'"),
    "a placeholder that the code does not fill": (
        {EN: HELLO, "flows/greet.py": CODE.replace(', name="Ada"', "")},
        "'hello' wants a value 'name'",
    ),
    "a language without the key": (
        {EN: HELLO, FR: "", "flows/greet.py": CODE},
        "fr: no text 'hello'",
    ),
    "a language with another placeholder": (
        {EN: HELLO, FR: 'msgid "hello"\nmsgstr "Bonjour {nom}."\n', "flows/greet.py": CODE},
        "fr: 'hello' has other placeholders",
    ),
    "a language with a key of its own": (
        {EN: "", FR: HELLO},
        "fr: en does not know 'hello'",
    ),
    "a letter that no SMS has": (
        {
            EN: HELLO + '\nmsgctxt "short"\nmsgid "hello"\nmsgstr "Hi \u2013 {name}"\n',
            "flows/greet.py": CODE,
        },
        "'hello' (short) has letters that no SMS has: \u2013",
    ),
    "a short text without a general one": (
        {EN: 'msgctxt "ussd"\nmsgid "hello"\nmsgstr "Hi {name}"\n', "flows/greet.py": CODE},
        "'hello' has a text for ussd and none in general",
    ),
    "a key that cannot be read from the source": (
        {"flows/greet.py": "def say(key: str):\n    return Message(key)\n"},
        "flows/greet.py:2: write the key here",
    ),
}


@pytest.mark.parametrize("case", DISAGREEMENTS)
def test_the_check_finds(tree: Tree, case: str) -> None:
    files, expected = DISAGREEMENTS[case]
    assert any(expected in fault for fault in faults(tree(files)))


WAYS_TO_NAME_A_KEY = [
    'Message("hello", name="x")',
    'Message("hello" if True else "bye", name="x")',
    'WORDS = {1: "hello"}\nMessage(WORDS[1], name="x")',
    'WORDS = {1: "other"}\nMessage(WORDS.get(1, "hello"), name="x")',
    'KIND = "lo"\nMessage(f"hel{KIND}", name="x")',
    'values = {"name": "x"}\nMessage("hello", **values)',
    'def say(late):\n    key = "hello" if late else "hello"\n    return Message(key, name="x")',
    'def say(key):\n    return Message(key, name="x")\n\ndef both():\n    say("hello")\n    say(key="hello")',
    'ACTS = {1: ((2, "hello"),)}\nALL = [Message(key, name="x") for word, key in ACTS.get(1, ())]',
    'WAYS = {"id": (1, "hello")}\ndef say(way):\n    act, key = WAYS[way]\n    Message(key, name="x")',
    'def say():\n    for word, key in ((1, "hello"),):\n        Message(key, name="x")',
]


@pytest.mark.parametrize("code", WAYS_TO_NAME_A_KEY)
def test_a_key_is_found_however_it_is_named(tree: Tree, code: str) -> None:
    found = list(faults(tree({EN: HELLO, "flows/greet.py": code})))
    assert [fault for fault in found if "other" not in fault and "bye" not in fault] == []
    keys = read_keys(tree({"flows/greet.py": code}))
    assert "hello" in {use.key for use in keys.uses} or "hel" in keys.prefixes


def test_what_is_written_reads_back(tmp_path: Path, tree: Tree) -> None:
    root = tree({EN: HELLO + '\nmsgctxt "short"\nmsgid "hello"\nmsgstr "Hi \\"{name}\\"\\n"\n'})
    texts = read(root / EN, "en")
    write(tmp_path / "copy.po", texts, "en")
    assert read(tmp_path / "copy.po", "en") == texts


def test_the_projects_own_catalogues_and_code_agree() -> None:
    assert list(faults(ROOT)) == []
