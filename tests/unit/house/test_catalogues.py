"""The catalogue script, on small trees of its own."""

import gettext
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.catalogues.faults import faults
from scripts.catalogues.lengths import table
from scripts.catalogues.texts import ROOT, CatalogueError, catalogues, read, read_head, write
from scripts.catalogues.upkeep import compile_all, tidy
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
YO = "locales/yo/LC_MESSAGES/messages.po"


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


COUNTED = 'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "{count} {a}"\nmsgstr[1] "{count} {a}s"\n'
COUNTING = 'from flows.message import Message\n\nN = Message("n", count=2, a="egg")\n'


def headed(*lines: str) -> str:
    """More of a catalogue's head."""
    return "".join(f'"{line}\\n"\n' for line in lines) + "\n"


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
    "a sign that no SMS has, in a language with letters of its own": (
        {
            EN: HELLO,
            YO: HELLO + '\nmsgctxt "short"\nmsgid "hello"\nmsgstr "Ẹ kú \u2013 {name}"\n',
            "flows/greet.py": CODE,
        },
        "yo: 'hello' (short) has letters that no SMS has: \u2013",
    ),
    "a letter of its own where plain ones are wanted": (
        {
            EN: HELLO,
            YO: HELLO + '\nmsgctxt "gsm"\nmsgid "hello"\nmsgstr "Ẹ kú {name}"\n',
            "flows/greet.py": CODE,
        },
        "yo: 'hello' (gsm) has letters that no SMS has: ú Ẹ",
    ),
    "a letter of its own in a language that says it has none": (
        {
            EN: HELLO,
            YO: headed("X-Letters: plain")
            + HELLO
            + '\nmsgctxt "ussd"\nmsgid "hello"\nmsgstr "Kú {name}"\n',
            "flows/greet.py": CODE,
        },
        "yo: 'hello' (ussd) has letters that no SMS has: ú",
    ),
    "letters of no kind that is known": (
        {EN: headed("X-Letters: some") + HELLO, "flows/greet.py": CODE},
        "en: X-Letters is 'some', which is none of plain, own",
    ),
    "a context that nothing looks into": (
        {
            EN: HELLO,
            FR: HELLO + '\nmsgctxt "tiny"\nmsgid "hello"\nmsgstr "{name}"\n',
            "flows/greet.py": CODE,
        },
        "fr: 'hello' is for 'tiny', which is none of gsm, short, ussd",
    ),
    "a plural form that is missing": (
        {EN: COUNTED, FR: COUNTED.replace("{count} {a}s", ""), "flows/count.py": COUNTING},
        "fr: 'n' is empty",
    ),
    "a plural form that was forgotten altogether": (
        {EN: COUNTED, "flows/count.py": COUNTING}
        | {FR: headed("Plural-Forms: nplurals=3; plural=(n > 2 ? 2 : n > 1);") + COUNTED},
        "fr: 'n' is empty",
    ),
    "a text that counts only in English": (
        {EN: COUNTED, FR: 'msgid "n"\nmsgstr "{count} {a}"\n', "flows/count.py": COUNTING},
        "fr: 'n' is not like en, which counts",
    ),
    "a rule that says one form for what the language tells apart": (
        {EN: COUNTED, "flows/count.py": COUNTING}
        | {FR: headed("Plural-Forms: nplurals=2; plural=(n != 1);") + COUNTED},
        "fr: Plural-Forms gives one and other one form (1)",
    ),
    "a rule that is none": (
        {EN: headed("Plural-Forms: nplurals=2; plural=(n is odd);") + HELLO},
        "en: Plural-Forms is no rule: nplurals=2; plural=(n is odd);",
    ),
    "one form of two that lacks a placeholder": (
        {EN: COUNTED, FR: COUNTED.replace("{count} {a}s", "{count}"), "flows/count.py": COUNTING},
        "fr: 'n' has other placeholders",
    ),
    "a text of its own with a placeholder of its own": (
        {
            EN: HELLO,
            FR: HELLO + '\nmsgctxt "gsm"\nmsgid "hello"\nmsgstr "{nom}"\n',
            "flows/greet.py": CODE,
        },
        "fr: 'hello' (gsm) has other placeholders",
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


def test_what_the_head_says_of_plurals_and_letters_is_kept(tree: Tree) -> None:
    rule = "nplurals=2; plural=(n > 1);"
    root = tree({EN: headed(f"Plural-Forms: {rule}", "X-Letters: plain") + HELLO})
    list(tidy(root))
    head = read_head(root / EN, "en")
    assert (head.plural_forms, head.letters) == (rule, "plain")
    assert list(tidy(root)) == []


PAGES = "".join(
    f'\nmsgid "page-{name}"\nmsgstr "{name}"\n' for name in ("back", "home", "more", "previous")
)
DEAR = 'msgid "hello"\nmsgstr "Bonjour {name}. ' + "Ê" * 150 + '"\n'


def test_what_costs_more_than_english_is_marked(tree: Tree) -> None:
    head, columns, hello, *_, plain, own, screens = table(
        tree({EN: HELLO + PAGES, FR: DEAR + PAGES}), []
    )
    assert "*" in head
    assert columns.split() == ["key", "en", "fr"]
    assert hello.split() == ["hello", "1/1", "2(3)/2*"]
    assert [line.split()[-2:] for line in (plain, own, screens)] == [
        ["5", "6"],
        ["5", "7"],
        ["5", "6"],
    ]


def test_only_languages_that_are_there_can_be_looked_at(tree: Tree) -> None:
    root = tree({EN: HELLO + PAGES, FR: DEAR + PAGES})
    assert next(line for line in table(root, ["fr"]) if line.startswith("hello")).endswith("*")
    with pytest.raises(CatalogueError, match="xx"):
        list(table(root, ["xx"]))


def test_every_language_has_every_text() -> None:
    known = {locale: read(path, locale) for locale, path in catalogues(ROOT)}
    assert set(known) >= {"en", "fr", "ha", "lg", "pcm", "sw", "yo"}
    wanted = {key for context, key in known["en"] if not context}
    assert len(wanted) > 500
    for locale, texts in known.items():
        assert wanted == {key for context, key in texts if not context}, locale


def test_the_projects_own_catalogues_and_code_agree() -> None:
    assert list(faults(ROOT)) == []
