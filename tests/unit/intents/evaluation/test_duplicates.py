"""Test messages that the engine could have learned by heart are found."""

import json
from pathlib import Path

import pytest

from intents.evaluation.duplicates import Text, main, near, near_one_another

KNOWN = [Text("en/greet:1", "good morning madam"), Text("en/pay:1", "i want to pay now")]


def test_only_what_is_near_is_named_with_the_nearest() -> None:
    tested = [
        Text("en-1", "good morning madame"),
        Text("en-2", "where is my order"),
        Text("en-3", "i want to pay now please now"),
    ]
    assert [(each.id, each.other) for each in near(tested, KNOWN)] == [("en-1", "en/greet:1")]
    assert list(near(tested, [])) == []


def test_two_test_messages_that_are_alike_are_named_once() -> None:
    tested = [
        Text("en-1", "two milk please"),
        Text("en-2", "hello"),
        Text("en-3", "two milk pleas"),
    ]
    assert [each[:2] for each in near_one_another(tested)] == [("en-3", "en-1")]


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    folder = tmp_path / "locales/en"
    (folder / "utterances").mkdir(parents=True)
    for name in ("words.toml", "numbers.toml"):
        (folder / name).write_bytes(Path("locales/en", name).read_bytes())
    (folder / "slots.toml").write_text('product = ["sugar"]\n')
    lines = "# A comment\n\nput {product} in my basket\nbring {product} to my house\n"
    (folder / "utterances/add_to_cart.txt").write_text(lines)
    return tmp_path / "locales"


@pytest.mark.parametrize("text", ["Bring sugar to my HOUSE!", "bring {product} to my house"])
def test_a_template_is_near_as_written_and_as_filled(
    text: str, locales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = tmp_path / "sets"
    sets.mkdir()
    lines = [{"id": "en-1", "text": text}, {"id": "en-2", "text": "where do you live"}]
    (sets / "en.jsonl").write_text("\n".join(map(json.dumps, lines)))
    given = ["--sets", str(sets), "--locales", str(locales), "--dev", str(tmp_path / "none")]
    assert main(given) == 1
    told = capsys.readouterr().out
    assert told.startswith("en-1\ten/add_to_cart:2\t")
    assert "en-2" not in told
    assert "bring" not in told.lower()
