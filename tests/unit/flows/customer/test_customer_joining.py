"""Whoever was invited to work at the shop says yes or no, on any medium."""

import pytest

from flows.heard import Choice
from flows.ports.team import Invitation, Part
from intents.intent import Intent
from tests.fakes.conversation import Conversation


@pytest.fixture
def talk() -> Conversation:
    made = Conversation()
    made.shop.joining.open = Invitation("i-1", Part.RIDER)
    return made


@pytest.mark.parametrize(
    ("option", "key", "joined"),
    [("join:i-1", "joined-rider", True), ("join-no:i-1", "join-declined", False)],
    ids=["yes", "no"],
)
def test_the_offered_answers(talk: Conversation, option: str, key: str, joined: bool) -> None:
    talk.hear(Choice(option))
    assert talk.keys == (key,)
    assert talk.shop.joining.answers == [("i-1", joined)]
    talk.hear(Choice(option))
    assert talk.keys == ("refused-invitation-over",)


@pytest.mark.parametrize(
    ("intent", "joined"), [(Intent.AFFIRM, True), (Intent.DENY, False)], ids=["yes", "no"]
)
def test_words_answer_where_nothing_else_was_asked(
    talk: Conversation, intent: Intent, joined: bool
) -> None:
    talk.say(intent)
    assert talk.shop.joining.answers == [("i-1", joined)]


def test_a_yes_to_something_else_is_not_taken(talk: Conversation) -> None:
    talk.say(Intent.CLEAR_CART)
    talk.say(Intent.BROWSE)
    assert talk.state != "home"
    talk.say(Intent.AFFIRM)
    assert talk.shop.joining.answers == []


def test_who_was_not_invited_joins_nothing(talk: Conversation) -> None:
    talk.shop.joining.open = None
    talk.say(Intent.AFFIRM)
    assert talk.shop.joining.answers == []
    talk.hear(Choice("join:i-9"))
    assert talk.keys == ("refused-invitation-over",)
