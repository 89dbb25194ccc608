from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from intents import classifier, locales
from intents.recipe import Recipe

SAID = {
    "en": {"greet": ("good morning", "hello there"), "pay": ("i will pay now", "take my money")},
    "sw": {"greet": ("habari za asubuhi", "hujambo"), "pay": ("nitalipa sasa", "chukua pesa")},
}
NAMES = [classifier.NAME, locales.NAME]


def initialized(**recipe: float) -> spacy.Language:
    """Both components, taught spaCy's way."""
    nlp = spacy.blank("xx")
    for name in NAMES:
        nlp.add_pipe(name, config={"recipe": recipe})
    examples = []
    for locale, intents in SAID.items():
        for intent, texts in intents.items():
            for text in texts:
                doc: Doc = nlp.make_doc(text)
                doc.cats = {intent: 1.0}
                doc._.set(locales.SCORES, {locale: 1.0})
                examples.append(Example(nlp.make_doc(text), doc))
    nlp.initialize(lambda: examples)
    return nlp


def answers(nlp: spacy.Language, text: str) -> tuple[dict[str, float], dict[str, float]]:
    doc = nlp(text)
    return doc.cats, doc._.get(locales.SCORES)


def test_spacy_itself_can_train_them() -> None:
    intents, languages = answers(initialized(), "hujambo habari")
    assert intents["greet"] > intents["pay"]
    assert languages["sw"] > languages["en"]


def test_what_is_written_to_disk_or_bytes_answers_the_same(tmp_path: Path) -> None:
    nlp = initialized()
    nlp.to_disk(tmp_path)
    from_bytes = spacy.blank("xx")
    for name in NAMES:
        from_bytes.add_pipe(name)
    from_bytes.from_bytes(nlp.to_bytes())
    assert answers(spacy.load(tmp_path), "hello money") == answers(nlp, "hello money")
    assert answers(from_bytes, "hello money") == answers(nlp, "hello money")


def test_the_pipelines_config_holds_the_recipe_also_on_disk(tmp_path: Path) -> None:
    initialized(longest=2, words=0.9).to_disk(tmp_path)
    recipe = spacy.load(tmp_path).get_pipe(classifier.NAME).recipe
    assert (recipe.longest, recipe.mixture.words) == (2, 0.9)
    assert recipe.cost == classifier.RECIPE.cost
    assert Recipe.of(recipe.settings()) == recipe


def test_longer_pieces_make_a_larger_vocabulary() -> None:
    sizes = [
        len(initialized(longest=longest).get_pipe(classifier.NAME).to_bytes()) for longest in (2, 5)
    ]
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_that_no_recipe_has_is_refused(name: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        spacy.blank("xx").add_pipe(name, config={"recipe": {"layers": 12}})
