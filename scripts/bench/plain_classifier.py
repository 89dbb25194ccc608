"""The yardstick for understanding: what one would reach for first, and that only tells the intent."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from intents.folding import folded
from intents.language import Language
from intents.utterances import utterances

_PLAIN = Language("und")


class PlainClassifier:
    """Character n-grams within words, weighed by rarity, and a linear machine, trained on the same
    sentences as the product's model."""

    def __init__(self) -> None:
        sentences = utterances()
        self._pipeline: Pipeline = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True), LinearSVC()
        )
        self._pipeline.fit([each.text for each in sentences], [each.intent for each in sentences])

    def intent(self, text: str) -> str:
        """One message's intent, folded as the engine folds it."""
        return str(self._pipeline.predict([folded(text, _PLAIN)])[0])

    def accuracy(self, texts: Sequence[str], intents: Sequence[str]) -> float:
        """The share of texts with the right intent."""
        said = [self.intent(text) for text in texts]
        return sum(one == other for one, other in zip(said, intents, strict=True)) / len(texts)
