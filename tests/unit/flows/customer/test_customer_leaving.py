"""FORGET ME, as customers say it."""

import tomllib

import pytest

from flows.heard import Choice
from flows.ports.refusals import MoneyLeft, MoneyMoving, OrderOpen, Refusal, WorksHere
from intents.intent import Intent
from intents.keywords import is_stop
from intents.language_files import LOCALES
from intents.wish import Wish, Wished
from intents.wishes import read_wish
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import FakeShop, ugx

FORGET_ME = said(Intent.OUT_OF_SCOPE, text="forget me", wish=Wished(Wish.FORGET_ME))
PHRASES = [
    (code.name, phrase)
    for code in sorted(LOCALES.iterdir())
    for phrase in tomllib.loads((code / "wishes.toml").read_text())["forget_me"]
]


@pytest.fixture
def talk() -> Conversation:
    return Conversation(FakeShop())


@pytest.mark.parametrize(("code", "phrase"), PHRASES)
def test_every_wording_is_understood_and_none_is_a_stop(code: str, phrase: str) -> None:
    assert read_wish(f"{phrase.capitalize()}.", (code,)) == Wished(Wish.FORGET_ME)
    assert not is_stop(phrase, (code,))


def test_what_is_lost_is_said_before_the_yes(talk: Conversation) -> None:
    talk.shop.forgetting.lost = 120
    talk.hear(FORGET_ME)
    assert talk.keys[:2] == ("forget-ask", "forget-points")
    assert not talk.shop.forgetting.asked
    talk.hear(Choice("yes"))
    assert talk.shop.forgetting.asked
    assert talk.keys == ("forget-goodbye",)


def test_a_doubtful_yes_is_asked_again_and_a_no_changes_nothing(talk: Conversation) -> None:
    talk.hear(FORGET_ME)
    talk.hear(said(Intent.AFFIRM, confidence=0.6))
    assert not talk.shop.forgetting.asked
    talk.hear(said(Intent.DENY))
    assert (talk.state, talk.keys[0]) == ("home", "forget-kept")
    assert not talk.shop.forgetting.asked


@pytest.mark.parametrize(
    ("why", "key"),
    [
        (WorksHere("Mama Njeri"), "refused-works-here"),
        (OrderOpen(1001, "Mama Njeri"), "refused-order-open"),
        (MoneyMoving(), "refused-money-moving"),
        (MoneyLeft(ugx(500), "Mama Njeri"), "refused-money-left"),
    ],
)
def test_what_must_end_first_is_said_before_and_after_the_question(
    talk: Conversation, why: Refusal, key: str
) -> None:
    talk.hear(FORGET_ME)
    talk.shop.forgetting.why = why
    talk.hear(Choice("yes"))
    assert (talk.state, talk.keys[0]) == ("home", key)
    talk.hear(FORGET_ME)
    assert (talk.state, talk.keys[0]) == ("home", key)
