"""The badge of a verified shop, where there is room for it."""

from dataclasses import replace

import pytest

from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import SHOP, FakeShop


def talk(medium: str, *, verified: bool) -> Conversation:
    shop = FakeShop()
    shop.info = replace(SHOP, verified=verified)
    return Conversation(shop, medium=medium)


@pytest.mark.parametrize(
    ("medium", "intent", "shown"),
    [
        ("whatsapp", Intent.GREET, True),
        ("sms", Intent.GREET, False),
        ("ussd", Intent.GREET, False),
        ("whatsapp", Intent.ASK_LOCATION, True),
        ("sms", Intent.ASK_LOCATION, True),
        ("ussd", Intent.ASK_LOCATION, True),
    ],
)
def test_the_badge_is_shown_where_there_is_room(medium: str, intent: Intent, shown: bool) -> None:
    for verified in (True, False):
        said = talk(medium, verified=verified)
        said.say(intent)
        assert ("shop-verified" in said.keys) is (shown and verified)
