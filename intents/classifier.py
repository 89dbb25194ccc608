"""The intent classifier as a spaCy component: `doc.cats` holds a probability for each intent."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.training import Example

from intents.confidence import Calibration, calibrate
from intents.errors import ModelError
from intents.features import Floats, Powers, features
from intents.linear import Vocabulary, train

NAME = "sokoni_intents"
_SEED = 20
_ARRAYS = "weights.npz"
_REST = "labels.json"


@Pipeline.factory(NAME, assigns=["doc.cats"])
def make_classifier(nlp: Pipeline, name: str) -> "IntentClassifier":
    """The factory that spaCy calls, by its registered name."""
    return IntentClassifier(name)


class IntentClassifier:
    """Linear over character and word n-grams. Untrained until `fit`, `initialize` or `from_disk`."""

    def __init__(self, name: str = NAME) -> None:
        self.name = name
        self.labels: tuple[str, ...] = ()
        self._powers = Powers.make()
        self._vocabulary: Vocabulary | None = None
        self._weights: Floats = np.zeros((0, 0), dtype=np.float32)
        self._calibration = Calibration()

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], groups: Sequence[int] | None = None
    ) -> None:
        """Learn from folded texts. Texts of one group are variations of one sentence."""
        if len(set(labels)) < 2:
            raise ModelError("training needs sentences of at least two intents")
        random = np.random.default_rng(_SEED)
        self.labels = tuple(sorted(set(labels)))
        places = {label: index for index, label in enumerate(self.labels)}
        numbered = np.array([places[label] for label in labels], dtype=np.int64)
        known = [features(text, self._powers) for text in texts]
        self._vocabulary = Vocabulary.of(known)
        vectors = [self._vocabulary.vector(each) for each in known]
        size = self._vocabulary.size
        self._weights = train(vectors, numbered, len(self.labels), size, random)
        grouped = np.arange(len(texts)) if groups is None else np.array(groups, dtype=np.int64)
        self._calibration = calibrate(known, numbered, grouped, random)

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Pipeline) -> None:
        """spaCy's way to train: each example's reference carries its intent with value 1 in `cats`."""
        texts, labels = [], []
        for example in get_examples():
            cats = example.reference.cats
            texts.append(example.reference.text)
            labels.append(max(cats, key=lambda label: cats[label]))
        self.fit(texts, labels)

    def __call__(self, doc: Doc) -> Doc:
        """The likeliest intent gets the probability that it is right; the others share the rest."""
        doc.cats = self.probabilities(doc.text)
        return doc

    def probabilities(self, text: str) -> dict[str, float]:
        """A probability for each intent, of a folded text."""
        if self._vocabulary is None:
            raise ModelError("the intent classifier has not been trained")
        vector = self._vocabulary.vector(features(text, self._powers))
        margins = vector.values @ self._weights[vector.rows]
        sure = self._calibration.probability(margins, vector)
        best = int(margins.argmax())
        shares = np.exp(2 * (margins - margins[best]))
        shares[best] = 0.0
        shares *= (1 - sure) / max(float(shares.sum()), 1e-9)
        # However unsure the guess is, it stays the likeliest.
        shares = np.minimum(shares, sure)
        shares[best] = sure
        return dict(zip(self.labels, shares.tolist(), strict=True))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the trained parts into a folder."""
        if self._vocabulary is None:
            raise ModelError("the intent classifier has not been trained")
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(
            folder / _ARRAYS,
            weights=self._weights.astype(np.float16),
            characters=self._vocabulary.characters,
            character_weights=self._vocabulary.character_weights,
            words=self._vocabulary.words,
            word_weights=self._vocabulary.word_weights,
        )
        rest = {"labels": self.labels, "calibration": self._calibration.weights}
        (folder / _REST).write_text(json.dumps(rest), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "IntentClassifier":
        """Read what `to_disk` wrote."""
        folder = Path(path)
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            self._weights = arrays["weights"].astype(np.float32)
            self._vocabulary = Vocabulary(
                arrays["characters"],
                arrays["character_weights"],
                arrays["words"],
                arrays["word_weights"],
            )
        rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
        self.labels = tuple(rest["labels"])
        self._calibration = Calibration(tuple(rest["calibration"]))
        return self


def pipeline() -> tuple[Pipeline, IntentClassifier]:
    """A blank pipeline, and the untrained classifier in it."""
    nlp = spacy.blank("xx")
    classifier = nlp.add_pipe(NAME)
    if not isinstance(classifier, IntentClassifier):
        raise ModelError(f"spaCy made {type(classifier).__name__} for {NAME}")
    return nlp, classifier
