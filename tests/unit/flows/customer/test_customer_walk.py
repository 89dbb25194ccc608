"""Every way through the conversation, by choices alone and by words, on every medium."""

from copy import deepcopy

import pytest

from flows.customer import customer
from flows.heard import Attachment, Choice, Dialled, Heard, MediaKind, Stale
from intents.intent import Intent
from tests.fakes.conversation import item, said
from tests.fakes.customer_walk import walk

MEDIA = ("whatsapp", "sms", "ussd")


@pytest.mark.parametrize("medium", MEDIA)
def test_every_state_is_reached(medium: str) -> None:
    unreachable = set(customer.states) - walk(medium).states
    # Nobody dials but on USSD, and nobody can chat with the seller there.
    assert unreachable == ({"human"} if medium == "ussd" else {"resume"})


@pytest.mark.parametrize("medium", MEDIA)
def test_every_option_offered_is_taken(medium: str) -> None:
    for _, heard, reply in walk(medium).replies:
        assert not any(message.key == "older-choice" for message in reply.messages), heard


@pytest.mark.parametrize("medium", MEDIA)
def test_no_reply_is_a_dead_end(medium: str) -> None:
    for state, heard, reply in walk(medium).replies:
        goes_on = reply.menu or reply.asks or reply.ends or state == "human"
        assert goes_on, (state, heard)


@pytest.mark.parametrize("medium", MEDIA)
def test_no_reply_is_silent_or_offers_one_thing_twice(medium: str) -> None:
    for state, heard, reply in walk(medium).replies:
        assert reply.messages, (state, heard)
        ids = [option.id for option in reply.menu.options] if reply.menu else []
        assert len(ids) == len(set(ids)), (state, heard, ids)


@pytest.mark.parametrize("medium", MEDIA)
def test_whatever_is_said_in_any_state_is_answered(medium: str) -> None:
    heard: tuple[Heard, ...] = (
        *(said(intent) for intent in Intent),
        *(said(intent, item("milk", 2)) for intent in Intent),
        *(said(intent, confidence=0.55) for intent in Intent),
        Stale("Rice"),
        *(Attachment(kind) for kind in MediaKind),
        Dialled("12"),
        Dialled("99999"),
        Choice("nobody-knows-this"),
    )
    for state, talk in walk(medium).talks.items():
        for one in heard:
            fresh = deepcopy(talk)
            reply = fresh.hear(one)
            assert reply.messages or state == "human", (state, one)


def test_digits_are_quantities_where_a_quantity_is_asked() -> None:
    for medium in MEDIA:
        for state, _, reply in walk(medium).replies:
            if state == "quantity":
                assert reply.menu is None


def test_on_ussd_only_a_session_that_is_over_ends() -> None:
    for medium in ("whatsapp", "sms"):
        ended = {state for state, _, reply in walk(medium).replies if reply.ends}
        assert ended == set()
