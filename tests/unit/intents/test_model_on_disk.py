import json
from pathlib import Path

import pytest

from intents.classifier import pipeline
from intents.errors import LanguageDataError, ModelError
from intents.folding import PRODUCT
from intents.language_files import LOCALES, read_language
from intents.model import STAMP, default_folder, load_pipeline
from intents.train import save, train
from intents.utterances import Utterance, utterances

FEW = [
    Utterance(text, intent, number, "en")
    for number, (text, intent) in enumerate(
        [("good morning", "greet"), ("hello", "greet"), ("bye", "goodbye"), ("see you", "goodbye")]
        * 3
    )
]


def test_a_missing_model_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"python -m intents\.train"):
        load_pipeline(tmp_path / "none")


def test_a_model_of_other_sentences_is_refused(tmp_path: Path) -> None:
    save(train(FEW), tmp_path / "model")
    stamp = tmp_path / "model" / STAMP
    stamp.write_text(json.dumps({"fingerprint": "of older data"}))
    with pytest.raises(ModelError, match=r"python -m intents\.train"):
        load_pipeline(tmp_path / "model")


def test_a_model_reads_back_as_it_was_saved_over_an_older_one(tmp_path: Path) -> None:
    trained = train(FEW)
    for _ in range(2):
        save(trained, tmp_path / "model")
    loaded = load_pipeline(tmp_path / "model")
    before, after = trained("hello there").cats, loaded("hello there").cats
    assert after == pytest.approx(before, abs=0.01)
    assert max(after, key=lambda label: after[label]) == "greet"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_training_twice_gives_the_same_answers() -> None:
    assert train(FEW)("morning").cats == train(FEW)("morning").cats
    assert utterances() == utterances()


def test_an_untrained_classifier_says_so() -> None:
    _, classifier = pipeline()
    with pytest.raises(ModelError):
        classifier.probabilities("hello")


def test_goods_are_masked_in_some_sentences_and_named_in_others() -> None:
    prices = [u.text for u in utterances() if u.intent == "ask_price"]
    assert any(PRODUCT in text for text in prices)
    assert any(PRODUCT not in text and "how much is" in text for text in prices)


def test_a_language_is_a_folder(tmp_path: Path) -> None:
    # English is read beside every language.
    (tmp_path / "en").mkdir()
    for file in ("words.toml", "numbers.toml", "slots.toml"):
        (tmp_path / "en" / file).write_text("")
    folder = tmp_path / "xx"
    (folder / "utterances").mkdir(parents=True)
    (folder / "words.toml").write_text('polite = ["jo"]\n[commands]\nOK = ["ee"]\n')
    (folder / "numbers.toml").write_text("[values]\nbiri = 2\n")
    (folder / "slots.toml").write_text('product = ["emmere"]\n')
    (folder / "utterances" / "greet.txt").write_text("# a note\noli otya\n\n{product} otya\n")
    language = read_language("xx", tmp_path)
    assert set(language.numbers.pieces) == {("biri",)}
    assert language.familiar == {"oli", "otya"}
    assert {u.text for u in utterances(tmp_path)} == {
        "oli otya",
        f"{PRODUCT} otya",
        "emmere otya",
    }


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("words.toml", "[whole]\nfly = ['up']"),
        ("words.toml", "polite = 'x'"),
        ("numbers.toml", "a ="),
    ],
)
def test_a_mistake_in_language_data_names_the_file(tmp_path: Path, file: str, content: str) -> None:
    folder = tmp_path / "xy"
    folder.mkdir()
    (folder / "words.toml").write_text("")
    (folder / "numbers.toml").write_text("")
    (folder / file).write_text(content)
    with pytest.raises(LanguageDataError, match="xy"):
        read_language("xy", tmp_path)


def test_a_file_named_like_no_intent_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "xz" / "utterances"
    folder.mkdir(parents=True)
    (folder / "dance.txt").write_text("shake it\n")
    (tmp_path / "xz" / "words.toml").write_text("")
    (tmp_path / "xz" / "numbers.toml").write_text("")
    with pytest.raises(LanguageDataError, match="dance"):
        read_language("xz", tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("model")
def test_the_model_that_setup_trained_is_whole() -> None:
    assert load_pipeline(default_folder()).pipe_names == ["sokoni_intents", "sokoni_locales"]


def test_every_language_of_the_house_loads() -> None:
    for path in LOCALES.glob("*/words.toml"):
        assert read_language(path.parent.name).whole
