from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.features import Features, Powers, features
from intents.vocabulary import Mixture, Vocabulary

POWERS = Powers.make()
WORDS = st.lists(st.text("abcdu", min_size=1, max_size=6), min_size=1, max_size=8)


def seen(text: str) -> Features:
    return features(text, 5, POWERS)


@given(WORDS)
def test_every_different_piece_of_a_text_has_a_hash_of_its_own(words: list[str]) -> None:
    padded = f" {' '.join(words)} "
    pieces = {
        padded[start : start + length]
        for length in range(1, 6)
        for start in range(len(padded) - length + 1)
        if " " not in padded[start + 1 : start + length - 1]
    } - {" "}
    found = seen(" ".join(words))
    assert np.bincount(found.kinds, minlength=3).tolist() == [
        len(pieces),
        len(set(words)),
        len(set(pairwise(words))),
    ]
    assert found.counts.sum() >= len(found.hashes)


def test_a_word_is_the_same_wherever_it_stands() -> None:
    first, last = seen("sugar for me please"), seen("please bring me some more sugar")
    words = [set(text.hashes[text.kinds == 1].tolist()) for text in (first, last)]
    assert len(words[0] & words[1]) == 3


def test_figures_are_alike() -> None:
    assert (seen("send 25 bags").hashes == seen("send 73 bags").hashes).all()


def test_a_text_of_any_length_is_read() -> None:
    assert len(seen("").hashes) > 0
    assert len(seen("a " * 5000).hashes) < 20


def test_rarer_pieces_weigh_more_and_beyond_a_number_the_rarest_are_left_out() -> None:
    texts = [seen(text) for text in ("rice", "rice", "rice", "beans")]
    everything = Vocabulary.of(texts, most=1000)
    vector = everything.vector(seen("rice beans"), Mixture())
    weights = dict(zip(vector.rows.tolist(), vector.values.tolist(), strict=True))
    places = {
        word: int(np.searchsorted(everything.hashes, text.hashes[text.kinds == 1][0]))
        for word, text in (("rice", texts[0]), ("beans", texts[3]))
    }
    assert weights[places["beans"]] > weights[places["rice"]]
    fewer = Vocabulary.of(texts, most=len(texts[0].hashes))
    assert set(fewer.hashes.tolist()) == set(texts[0].hashes.tolist())


def test_unknown_words_make_the_known_ones_count_less() -> None:
    vocabulary = Vocabulary.of([seen("how much is rice"), seen("where is my order")], most=1000)
    alone = vocabulary.vector(seen("how much"), Mixture())
    among = vocabulary.vector(seen("how much zzxqv wwkkyz"), Mixture())
    assert alone.known[0] > 0.9 > among.known[0]
    assert max(among.values[:-1]) < max(alone.values[:-1])
    assert vocabulary.vector(seen("zzxqv"), Mixture()).known[1] == pytest.approx(0)
