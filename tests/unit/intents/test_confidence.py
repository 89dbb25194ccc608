import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.classifier import IntentClassifier
from intents.confidence import Calibration, Evidence, Guess
from intents.vocabulary import Vector

WISHES = ("i want", "please may i", "can you", "could i", "help me to", "i need to")
ABOUT = {
    "pay": ("pay now", "pay for it", "settle the bill", "pay by phone"),
    "track": ("see my order", "track my parcel", "know where it is", "follow the parcel"),
    "hours": ("know when you open", "know opening hours", "hear closing time", "see your hours"),
    "talk": ("talk to a person", "speak to someone", "call an agent", "chat with staff"),
    "return": ("return the shoes", "send it back", "get a refund", "give them back"),
    "cancel": ("cancel it", "stop the order", "cancel the order", "call it off"),
    "thank": ("thank you", "say thanks", "thank the rider", "say many thanks"),
    "browse": ("see what you sell", "view the list", "see the menu", "look at the list"),
    "coupon": ("use a coupon", "apply my code", "use my voucher", "enter a code"),
}
TAUGHT = [
    (f"{wish} {what}", label) for label, said in ABOUT.items() for what in said for wish in WISHES
]


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    trained = IntentClassifier()
    trained.fit(*zip(*TAUGHT, strict=True))
    return trained


def best(classifier: IntentClassifier, text: str) -> tuple[str, float]:
    shares = classifier.probabilities(text)
    label = max(shares, key=shares.__getitem__)
    return label, shares[label]


def test_what_was_taught_is_surer_than_a_mixture_and_than_other_talk(
    classifier: IntentClassifier,
) -> None:
    label, sure = best(classifier, "please can you cancel the order")
    assert label == "cancel"
    assert sure > best(classifier, "cancel the refund code list")[1]
    assert sure > 2 * best(classifier, "zoya bhavna kuch nahi mila yaar")[1]


@given(st.text(max_size=80))
def test_any_text_gets_probabilities_of_which_one_is_the_highest(
    classifier: IntentClassifier, text: str
) -> None:
    shares = sorted(classifier.probabilities(text).values())
    assert len(shares) == len(ABOUT)
    assert shares[0] >= 0
    assert shares[-2] < shares[-1] <= 1
    assert sum(shares) <= 1 + 1e-5


def test_said_chances_come_true() -> None:
    chance = np.random.default_rng(5)
    guesses = []
    for _ in range(4000):
        lead = float(chance.random())
        right = chance.random() < 1 / (1 + np.exp(2 - 6 * lead))
        margins = np.array([0.2, 0.2 - lead], dtype=np.float32)
        guesses.append(Guess(margins, Evidence(0.2, lead, 0.9), 0 if right else 1))
    fitted = Calibration.of(guesses, [], 0.0)
    for low in (0.0, 0.25, 0.5, 0.75):
        some = [g for g in guesses if low <= g.evidence.lead < low + 0.25]
        said = np.mean([1 / (1 + np.exp(-fitted.both(g.evidence)[1])) for g in some])
        assert said == pytest.approx(np.mean([g.right for g in some]), abs=0.04)


def test_the_more_other_talk_there_is_the_lower_the_chance() -> None:
    vector = Vector(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), (0.6, 0.6, 0.6))
    margins = np.array([0.1, -0.4], dtype=np.float32)
    known = [
        Guess(margins, Evidence(0.1 * step, 0.5, 0.9), step % 5 and 0) for step in range(-1, 11)
    ]
    unseen = [Guess(margins, Evidence(-0.1 * step, 0.5, 0.3), None) for step in range(-3, 11)]
    chances = [
        Calibration.of(known, unseen, share).probabilities(margins, vector).max()
        for share in (0.05, 0.3, 1.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_a_process_that_only_answers_holds_no_training_library() -> None:
    code = (
        "import sys, intents.model, intents.locales; print({'sklearn', 'scipy'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


@pytest.mark.parametrize(("groups", "meaning"), [([0] * 40, "return"), (range(40), "pay")])
def test_many_variations_of_one_sentence_count_as_one(groups: Sequence[int], meaning: str) -> None:
    said = ["money"] * 40 + ["money", "money", "send it back"]
    labels = ["pay"] * 40 + ["return"] * 3
    taught = IntentClassifier()
    taught.fit(said, labels, [*groups, 50, 51, 52])
    assert best(taught, "money")[0] == meaning
