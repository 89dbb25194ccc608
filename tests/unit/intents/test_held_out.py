"""How well sentences are understood that training has not seen."""

from pathlib import Path

from intents.folding import folded
from intents.intent import Intent
from intents.language_files import LOCALES, read_language
from intents.templates import templates
from tests.unit.intents.conftest import Understand

HELD_OUT = Path(__file__).parent / "held_out.txt"
FLOOR = 0.85


def sentences() -> list[tuple[Intent, str]]:
    lines = HELD_OUT.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ", 1) for line in lines if not line.startswith("#")]
    return [(Intent(intent), text) for intent, text in pairs]


def test_most_unseen_sentences_are_understood(understand: Understand) -> None:
    wrong = [
        f"{text}: {got.intent} ({got.confidence:.2f}), not {intent}"
        for intent, text in sentences()
        if (got := understand(text)).intent is not intent
    ]
    assert 1 - len(wrong) / len(sentences()) >= FLOOR, "\n".join(wrong)


def test_what_is_sure_is_nearly_always_right(understand: Understand) -> None:
    sure = [(i, u) for i, text in sentences() if (u := understand(text)).confidence >= 0.75]
    right = [u for intent, u in sure if u.intent is intent]
    assert len(sure) > len(sentences()) / 2
    assert len(right) / len(sure) >= 0.92


def test_no_held_out_sentence_is_taught() -> None:
    english = read_language("en")
    taught = {folded(t, english) for ts in templates(LOCALES / "en").values() for t in ts}
    assert not [text for _, text in sentences() if folded(text, english) in taught]


def test_every_intent_has_thirty_distinct_sentences_in_english() -> None:
    english = read_language("en")
    counts = {
        i: len({folded(t, english) for t in ts}) for i, ts in templates(LOCALES / "en").items()
    }
    assert counts.keys() == set(Intent)
    assert {i: n for i, n in counts.items() if n < 30} == {}
