"""The command that measures the engine on the project's own sets."""

import json
from pathlib import Path

import pytest

from intents.evaluate import main
from intents.evaluation.figures import ALL
from intents.evaluation.tables import BEGIN, END

SHOP = """
[shop]
country = "UG"
[[products]]
sku = "milk"
name = "Fresh milk"
unit = "packet"
"""
ROWS = (
    {"id": "en-1", "text": "add 2 milk", "frame": {"intent": "add_to_cart", "items": [
        {"sku": "milk", "quantity": 2}]}},
    {"id": "en-2", "text": "hello", "frame": {"intent": "goodbye"}},
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "stall.toml").write_text(SHOP)
    lines = (json.dumps({"shop": "stall", **row}) for row in ROWS)
    (tmp_path / "en.jsonl").write_text("\n".join(lines))
    return tmp_path


def arguments(folder: Path, *more: str) -> list[str]:
    return ["--sets", str(folder), "--shops", str(folder), *more]


def test_one_json_object_holds_all_figures(
    model: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failures = folder / "wrong.jsonl"
    assert main(arguments(folder, "--json", "--failures", str(failures))) == 0
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {
        "sets", "messages", "sure_to_change", "figures", "calibration", "stress", "faults", "confusions",
        "milliseconds",
    }  # fmt: skip
    assert found["figures"].keys() == {"all", "en"}
    assert found["figures"]["en"].keys() == ALL.keys()
    assert found["figures"]["en"]["frame_accuracy"]["value"] == 0.5
    assert found["figures"]["en"]["out_of_scope_recall"]["value"] is None
    assert found["stress"].keys() == {"no_diacritics", "noise", "three_words"}
    assert found["stress"]["three_words"]["all"].keys() == {"intent_accuracy"}
    assert found["confusions"] == [
        {"meant": "goodbye", "said": "greet", "count": 1, "ids": ["en-2"]}
    ]
    assert {part: n for part, n in found["faults"]["en"].items() if n} == {"intent": 1}
    wrong = [json.loads(line) for line in failures.read_text().splitlines()]
    assert [(line["id"], line["frame"]["intent"]) for line in wrong] == [("en-2", "greet")]


def test_tables_go_between_the_markers_of_a_document(
    model: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = folder / "figures.md"
    document.write_text(f"Before\n{BEGIN}\nold\n{END}\nAfter\n")
    for _ in range(2):
        assert main(arguments(folder, "--document", str(document))) == 0
    text = document.read_text()
    assert text.startswith(f"Before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nAfter\n")
    assert "old" not in text
    assert "| goodbye | greet" in text
    assert "whole frame" in capsys.readouterr().out


def test_only_one_language_is_measured_where_one_is_named(
    model: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sw.jsonl").write_text(json.dumps({"shop": "stall", **ROWS[0], "id": "sw-1"}))
    assert main(arguments(folder, "--json", "--language", "sw")) == 0
    assert json.loads(capsys.readouterr().out)["messages"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "en-1", "shop": "stall", "text": "hi"}, "en.jsonl:1: KeyError('frame')"),
        ({**ROWS[1], "shop": "stall", "frame": {"intent": "hm"}}, "'hm' is not a valid Intent"),
        ({**ROWS[1], "shop": "stall", "aksed": "product"}, "unknown keys: aksed"),
        ({**ROWS[1], "shop": "nowhere"}, "en-2: there is no shop file nowhere.toml"),
    ],
)
def test_a_mistake_in_a_set_is_named(
    line: dict[str, object],
    said: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "en.jsonl").write_text(json.dumps(line))
    assert main(arguments(folder)) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_sets_and_a_broken_shop_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments(folder, "--language", "yo")) == 2
    assert "yo.jsonl" in capsys.readouterr().err
    (folder / "broken.toml").write_text("[[products]]\nsku = 'x'\n")
    assert main(arguments(folder)) == 2
    assert "broken.toml" in capsys.readouterr().err
