import json
from pathlib import Path

import pytest

from intents.evaluate import macro_f1, main, matthews

TRAIN = "sentence,label\n" + "".join(
    f"{text},{label}\n"
    for label, texts in {
        "HOURS": ("when do you open", "are you open today", "closing time", "opening hours please"),
        "RETURN": ("i want to return this", "take it back", "return my bed", "how to return it"),
        "OFFER": ("any offers", "is there a discount", "offers please", "what discount is there"),
    }.items()
    for text in texts
)
TEST = [("when do you close", "HOURS"), ("return the bed", "RETURN"), ("zzqq vvxx", "NONE")]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    train, test = tmp_path / "train.csv", tmp_path / "test.jsonl"
    train.write_text(TRAIN)
    lines = (json.dumps({"text": text, "intent": intent}) for text, intent in TEST)
    test.write_text("\n".join(lines))
    return train, test


def test_one_json_object_with_all_figures(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train, test = files
    said = tmp_path / "said.jsonl"
    arguments = ["--train", str(train), "--test", str(test), "--oos", "NONE"]
    assert main([*arguments, "--predictions", str(said)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures.keys() == {
        "accuracy", "macro_f1", "in_scope_accuracy", "mcc", "oos_recall", "ms_per_message",
        "train_seconds",
    }  # fmt: skip
    assert figures["in_scope_accuracy"] == 1
    assert list(figures["mcc"]) == [f"{step * 0.05:.2f}" for step in range(1, 20)]
    recall = list(figures["oos_recall"].values())
    assert recall == sorted(recall)
    predictions = [json.loads(line) for line in said.read_text().splitlines()]
    assert [p["predicted"] for p in predictions[:2]] == ["HOURS", "RETURN"]


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("wrong,columns\n1,2\n")
    assert main(["--train", str(tmp_path / "a.csv"), "--test", str(tmp_path / "b.csv")]) == 2
    assert "a.csv" in capsys.readouterr().err


def test_correlation_is_one_for_all_right_and_nothing_for_one_answer() -> None:
    assert matthews(["a", "b", "c"], ["a", "b", "c"]) == pytest.approx(1)
    assert matthews(["a", "b"], ["a", "a"]) == 0
    assert matthews(["a", "b"] * 5, ["b", "a"] * 5) == pytest.approx(-1)


def test_f1_is_the_mean_over_the_true_labels() -> None:
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b")]) == pytest.approx(2 / 3)
    assert macro_f1([("a", "a"), ("b", "c")]) == pytest.approx(0.5)
