"""A linear model of many classes: one against the rest, squared hinge loss."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from intents.features import Floats
from intents.vocabulary import Vector

_SETTLED = 0.01
_MOST_ROUNDS = 200


def train(
    vectors: Sequence[Vector],
    labels: NDArray[np.int64],
    groups: NDArray[np.int64],
    size: int,
    cost: float,
    seed: int,
) -> Floats:
    """Weights of shape (size, classes); labels are 0, 1, ... Repeatable for the same seed.

    Texts of one group count together as much as any other group.
    scikit-learn is imported here, and so in no process that only answers.
    """
    from scipy.sparse import csr_matrix
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    classes = int(labels.max()) + 1
    if classes == 1:
        return np.ones((size, 1), dtype=np.float32)
    ends = np.cumsum([0, *(len(vector.rows) for vector in vectors)])
    values = np.concatenate([vector.values for vector in vectors]).astype(np.float64)
    rows = np.concatenate([vector.rows for vector in vectors])
    texts = csr_matrix((values, rows, ends), shape=(len(vectors), size))
    machine = LinearSVC(
        C=cost,
        dual=True,
        tol=_SETTLED,
        max_iter=_MOST_ROUNDS,
        fit_intercept=False,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # The last digits of the weights change no answer.
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(texts, labels, sample_weight=_shares(groups))
    found = machine.coef_ if classes > 2 else np.concatenate([-machine.coef_, machine.coef_])
    weights: Floats = np.ascontiguousarray(found.T, dtype=np.float32)
    return weights


def _shares(groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weight of each text, 1 on average."""
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    shares: NDArray[np.float64] = len(groups) / len(counts) / counts[inverse]
    return shares
