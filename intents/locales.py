"""Which language a text is in, as a spaCy component: `doc._.locale_scores` by locale code."""

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from intents.errors import ModelError
from intents.features import Floats
from intents.recipe import Recipe
from intents.text_classifier import TextClassifier

NAME = "sokoni_locales"
SCORES = "locale_scores"


RECIPE = Recipe(longest=4, most=150_000, unseen=0.0)


@Pipeline.factory(NAME, assigns=[f"doc._.{SCORES}"], default_config={"recipe": RECIPE.settings()})
def make_locales(nlp: Pipeline, name: str, recipe: dict[str, float]) -> "LocaleClassifier":
    """The factory that spaCy calls, by its registered name, with the recipe that the config holds."""
    if not Doc.has_extension(SCORES):
        Doc.set_extension(SCORES, default=None)
    return LocaleClassifier(name, Recipe.of(recipe))


class LocaleClassifier(TextClassifier):
    """The language of a sentence, as the code of its locale. With one locale, that one for certain."""

    def __init__(self, name: str = NAME, recipe: Recipe = RECIPE) -> None:
        super().__init__(name, recipe)

    def __call__(self, doc: Doc) -> Doc:
        """The probability of each locale."""
        doc._.set(SCORES, self.probabilities(doc.text))
        return doc

    def _shared(self, shares: Floats) -> Floats:
        """They add up to 1, as every text is in one of the languages."""
        whole: Floats = shares / shares.sum()
        return whole

    def label_of(self, doc: Doc) -> str:
        """A training document carries its locale in the extension, or else as its vocabulary's language."""
        scores = doc._.get(SCORES)
        return max(scores, key=lambda locale: scores[locale]) if scores else str(doc.lang_)


def add_locales(nlp: Pipeline) -> LocaleClassifier:
    """An untrained component at the end of a pipeline."""
    component = nlp.add_pipe(NAME)
    if not isinstance(component, LocaleClassifier):
        raise ModelError(f"spaCy made {type(component).__name__} for {NAME}")
    return component
