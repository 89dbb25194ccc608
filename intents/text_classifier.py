"""A trainable spaCy component that gives a text a calibrated probability for each of its labels."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.training import Example

from intents.confidence import Calibration
from intents.errors import ModelError
from intents.features import Floats, Powers, features
from intents.left_out import Lesson, calibrate
from intents.linear import train
from intents.recipe import Recipe
from intents.vocabulary import Vocabulary

_FILE = "classifier.npz"


class TextClassifier:
    """Linear over character and word n-grams. Untrained until `fit`, `initialize` or `from_disk`."""

    least = 1
    """Fewer labels than this are a mistake in the training data."""

    def __init__(self, name: str, recipe: Recipe) -> None:
        self.name = name
        self.recipe = recipe
        self.labels: tuple[str, ...] = ()
        self._powers = Powers.make()
        self._vocabulary: Vocabulary | None = None
        self._weights: NDArray[np.float16] = np.zeros((0, 0), dtype=np.float16)
        self._calibration = Calibration()

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], groups: Sequence[int] | None = None
    ) -> None:
        """Learn from folded texts. Texts of one group are variations of one sentence."""
        if len(set(labels)) < self.least:
            raise ModelError(f"{self.name} needs sentences of {self.least} labels to learn from")
        self.labels, numbered = _numbered(labels)
        grouped = np.arange(len(texts)) if groups is None else np.array(groups, dtype=np.int64)
        known = [features(text, self.recipe.longest, self._powers) for text in texts]
        lesson = Lesson(known, numbered, grouped)
        self._vocabulary = Vocabulary.of(known, self.recipe.most)
        vectors = [self._vocabulary.vector(each, self.recipe.mixture) for each in known]
        size, cost, seed = self._vocabulary.size, self.recipe.cost, self.recipe.seed
        self._weights = train(vectors, numbered, grouped, size, cost, seed).astype(np.float16)
        self._calibration = calibrate(lesson, self.recipe)

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Pipeline) -> None:
        """spaCy's way to train, from documents that carry their label."""
        texts, labels = [], []
        for example in get_examples():
            texts.append(example.reference.text)
            labels.append(self.label_of(example.reference))
        self.fit(texts, labels)

    def label_of(self, doc: Doc) -> str:
        """The label that a training document carries: the one of `cats` with the highest value."""
        return max(doc.cats, key=lambda label: doc.cats[label])

    def probabilities(self, text: str) -> dict[str, float]:
        """A probability for each label, of a folded text. The likeliest label's is that it is right."""
        if self._vocabulary is None:
            raise ModelError(f"{self.name} has not been trained")
        if len(self.labels) == 1:
            return {self.labels[0]: 1.0}
        seen = features(text, self.recipe.longest, self._powers)
        vector = self._vocabulary.vector(seen, self.recipe.mixture)
        margins = vector.values @ self._weights[vector.rows].astype(np.float32)
        shares = self._shared(self._calibration.probabilities(margins, vector))
        return dict(zip(self.labels, shares.tolist(), strict=True))

    def _shared(self, shares: Floats) -> Floats:
        """What else must hold of the probabilities."""
        return shares

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The trained parts, as one numpy archive."""
        if self._vocabulary is None:
            raise ModelError(f"{self.name} has not been trained")
        archive = BytesIO()
        np.savez(
            archive,
            weights=self._weights,
            hashes=self._vocabulary.hashes,
            rarity=self._vocabulary.rarity,
            labels=np.array(self.labels),
            inside=np.array(self._calibration.inside),
            right=np.array(self._calibration.right),
            level=np.array(self._calibration.level),
            steepness=np.array([self._calibration.steepness]),
        )
        return archive.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Read what `to_bytes` wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            self._weights = arrays["weights"]
            self._vocabulary = Vocabulary(arrays["hashes"], arrays["rarity"])
            self.labels = tuple(arrays["labels"].tolist())
            self._calibration = Calibration(
                tuple(arrays["inside"].tolist()),
                tuple(arrays["right"].tolist()),
                tuple(arrays["level"].tolist()),
                float(arrays["steepness"][0]),
            )
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the trained parts into a folder."""
        data = self.to_bytes()
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read what `to_disk` wrote."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())


def _numbered(labels: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The distinct labels in order, and the place of each of the given ones among them."""
    distinct = tuple(sorted(set(labels)))
    places = {label: place for place, label in enumerate(distinct)}
    return distinct, np.array([places[label] for label in labels], dtype=np.int64)
