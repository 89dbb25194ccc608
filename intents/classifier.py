"""The intent classifier as a spaCy component: `doc.cats` holds a probability for each intent."""

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from intents.errors import ModelError
from intents.recipe import Recipe
from intents.text_classifier import TextClassifier

NAME = "sokoni_intents"


RECIPE = Recipe()


@Pipeline.factory(NAME, assigns=["doc.cats"], default_config={"recipe": RECIPE.settings()})
def make_classifier(nlp: Pipeline, name: str, recipe: dict[str, float]) -> "IntentClassifier":
    """The factory that spaCy calls, by its registered name, with the recipe that the config holds."""
    return IntentClassifier(name, Recipe.of(recipe))


class IntentClassifier(TextClassifier):
    """What a sentence wants. Trained by `fit` on sentences of at least two intents."""

    least = 2

    def __init__(self, name: str = NAME, recipe: Recipe = RECIPE) -> None:
        super().__init__(name, recipe)

    def __call__(self, doc: Doc) -> Doc:
        """The likeliest intent gets the probability that it is right; the others share the rest."""
        doc.cats = self.probabilities(doc.text)
        return doc


def pipeline() -> tuple[Pipeline, IntentClassifier]:
    """A blank pipeline, and the untrained classifier in it."""
    nlp = spacy.blank("xx")
    classifier = nlp.add_pipe(NAME)
    if not isinstance(classifier, IntentClassifier):
        raise ModelError(f"spaCy made {type(classifier).__name__} for {NAME}")
    return nlp, classifier
