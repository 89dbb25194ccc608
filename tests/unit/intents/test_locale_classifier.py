from pathlib import Path

import pytest

from intents.errors import ModelError
from intents.locales import NAME, SCORES, LocaleClassifier
from intents.model import load_pipeline
from intents.train import save, train
from intents.utterances import Utterance

ENGLISH = ("how much is the rice", "where is my order", "i want to pay now", "good morning to you")
SWAHILI = ("mchele ni bei gani", "oda yangu iko wapi", "nataka kulipa sasa", "habari za asubuhi")
FRENCH = ("le riz coute combien", "ou est ma commande", "je veux payer", "bonjour a vous")


def spoken(**locales: tuple[str, ...]) -> list[Utterance]:
    return [
        Utterance(text, ("ask_price", "track_order", "pay", "greet")[at], 10 * number + at, locale)
        for number, (locale, texts) in enumerate(locales.items())
        for at, text in enumerate(texts)
    ]


def test_new_sentences_are_known_by_their_language() -> None:
    pipe = train(spoken(en=ENGLISH, sw=SWAHILI, fr=FRENCH)).get_pipe(NAME)
    for text, locale in {
        "where is the rice": "en",
        "bei ya mchele ni gani": "sw",
        "combien coute ma commande": "fr",
    }.items():
        scores = pipe.probabilities(text)
        assert max(scores, key=scores.__getitem__) == locale
        assert sum(scores.values()) == pytest.approx(1)


def test_with_one_language_every_text_is_in_it() -> None:
    pipe = train(spoken(en=ENGLISH)).get_pipe(NAME)
    assert pipe.probabilities("nataka mchele") == {"en": 1.0}


def test_a_document_carries_its_scores_also_from_disk(tmp_path: Path) -> None:
    nlp = train(spoken(en=ENGLISH, sw=SWAHILI))
    save(nlp, tmp_path / "model")
    doc = load_pipeline(tmp_path / "model")("nataka kulipa")
    assert doc._.get(SCORES) == pytest.approx(nlp("nataka kulipa")._.get(SCORES), abs=0.01)
    assert doc._.get(SCORES)["sw"] > 0.5


def test_it_needs_something_to_learn_from() -> None:
    with pytest.raises(ModelError, match=NAME):
        LocaleClassifier().fit([], [])
