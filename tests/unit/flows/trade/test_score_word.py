"""SCORE by SMS: the grade, and what would help most."""

from dataclasses import replace
from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.gsm import Encoding, segments
from flows.message import Message
from flows.ports.scores import Grade, Part, points
from flows.reply import Reply
from flows.score_words import ADVICE, GRADES
from tests.fakes.scores import GOOD, FakeScores
from tests.fakes.trade import NOW
from tests.fakes.trade_talk import Phone

LOCALES = Path(__file__).parents[4] / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


@pytest.fixture
def scores(seller: Phone) -> FakeScores:
    made = FakeScores()
    seller.ports = replace(seller.ports, scores=made)
    return made


def test_a_seller_asks_for_the_score(seller: Phone, scores: FakeScores) -> None:
    scores.score = GOOD
    text = seller.say("SCORE")
    assert "4.32 of 5, gold" in text
    assert "answer new orders fast" in text
    assert "week ago" not in text
    scores.score = replace(GOOD, before=405)
    assert "A week ago: 4.05" in seller.say("my score")


def test_a_new_shop_hears_what_is_wanting(seller: Phone, scores: FakeScores) -> None:
    text = seller.say("score")
    assert "5 orders in 30 days" in text
    assert "You have 0" in text


def test_where_nothing_is_wanting_there_is_praise(seller: Phone, scores: FakeScores) -> None:
    scores.score = replace(GOOD, score=500, parts=dict.fromkeys(Part, 500))
    assert "Well done" in seller.say("SCORE")


def test_every_grade_and_every_part_has_its_words() -> None:
    assert set(GRADES) == set(Grade) - {Grade.NEW}
    assert set(ADVICE) == set(Part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_one_sms_in_every_language(language: str) -> None:
    words = Words(LOCALES, strict=True)
    for part, grade in zip(Part, GRADES.values(), strict=False):
        said = Message("score-said", points=points(432), grade=grade, orders=1250, days=30)
        before = Message("score-before", points=points(405))
        reply = Reply((said, before, ADVICE[part]))
        reader = Reader(language, "Africa/Lagos", "seller", gsm_only=True)
        (draft,) = render(reply, Medium.SMS, reader, words, NOW, provider="twilio").texts
        counted = segments(draft.text)
        assert (counted.encoding, counted.count) == (Encoding.GSM7, 1), draft.text
