"""STAFF, RIDER and REMOVE: nothing changes before the owner's code is back."""

from typing import cast

import pytest

from flows.ports.refusals import AlreadyHere, NotAllowed, NotTaking, Refusal, RiderBusy, UnknownZone
from flows.ports.team import Invited, Member, Part, TeamChange
from tests.fakes.team import FakeTeam
from tests.fakes.till import CODE_SENT
from tests.fakes.trade_talk import Phone

MOSES = Member("rider:7", "Okello Moses", "+256772000007", Part.RIDER)
OTHER = Member("rider:8", "Okello Peter", "+256772000008", Part.RIDER)
NEW = Member("invited:9", "Zuri", "+256772000009", Part.SELLER, waiting=True)


@pytest.fixture
def team(seller: Phone) -> FakeTeam:
    made = cast(FakeTeam, seller.ports.team)
    made.people += [MOSES, OTHER, NEW]
    return made


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("STAFF Nakato 0772123456", Invited("Nakato", "+256772123456", Part.SELLER)),
        ("RIDER Kato 0772123456 Far", Invited("Kato", "+256772123456", Part.RIDER, "Far")),
    ],
    ids=["staff", "rider"],
)
def test_an_invitation_waits_for_the_code(
    seller: Phone, team: FakeTeam, text: str, asked: Invited
) -> None:
    assert "6-digit code" in seller.say(text)
    assert team.asked == asked
    assert not team.done
    assert "once they say yes" in seller.say(CODE_SENT)
    assert team.done == [TeamChange(asked.name, asked.phone)]


def test_the_code_is_taken_with_its_word_and_after_a_look_elsewhere(
    seller: Phone, team: FakeTeam
) -> None:
    seller.say("STAFF Nakato 0772123456")
    seller.say("ORDERS")
    assert "once they say yes" in seller.say(f"CODE {CODE_SENT}")
    seller.say("REMOVE Zuri")
    seller.say("ORDERS")
    assert "does not work here" in seller.say(CODE_SENT)


def test_a_slip_may_be_written_again_or_left(seller: Phone, team: FakeTeam) -> None:
    seller.say("REMOVE Moses")
    seller.say("111111")
    assert not team.done
    assert "does not work here" in seller.say(CODE_SENT)
    seller.say("REMOVE Moses")
    assert "code" in seller.press(1)
    assert "nothing" in seller.press(2).lower()


@pytest.mark.parametrize(
    "said", ["Okello Moses", "moses", "0772000007", "rider:7"], ids=["whole", "part", "phone", "id"]
)
def test_somebody_is_removed_by_any_name_they_have(
    seller: Phone, team: FakeTeam, said: str
) -> None:
    seller.say(f"REMOVE {said}")
    assert team.asked == MOSES.id


def test_of_several_one_is_chosen(seller: Phone, team: FakeTeam) -> None:
    said = seller.say("REMOVE Okello")
    assert "Which" in said
    assert "Okello Peter" in said
    assert team.asked is None
    seller.press(2)
    assert team.asked == OTHER.id


def test_nobody_is_said_to_be_nobody(seller: Phone, team: FakeTeam) -> None:
    assert "Nobody called rice" in seller.say("REMOVE rice")
    assert team.asked is None


@pytest.mark.parametrize("word", ["STAFF", "RIDER", "riders"])
def test_alone_the_word_lists_who_works_here(seller: Phone, team: FakeTeam, word: str) -> None:
    said = seller.say(word)
    assert "Okello Moses +256772000007 rides" in said
    assert "Zuri +256772000009 no answer yet" in said


def test_what_cannot_be_read_asks_how(seller: Phone, team: FakeTeam) -> None:
    assert "RIDER Okello" in seller.say("STAFF 0772123456")
    assert "RIDER Okello" in seller.say("REMOVE")
    assert "RIDER Okello" in seller.say("HELP 5")
    assert "not a phone number" in seller.say("STAFF Nakato 07721234561234")
    assert team.asked is None


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (NotAllowed("owner"), "Only the owner can do this"),
        (AlreadyHere("Nakato"), "works here already"),
        (UnknownZone("Mars"), "do not deliver to Mars"),
        (RiderBusy("Kato"), "still has jobs"),
        (NotTaking("pending"), "not verified yet"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Refusal) else None,
)
def test_a_refusal_says_why(seller: Phone, team: FakeTeam, refusal: Refusal, said: str) -> None:
    team.refusal = refusal
    assert said in seller.say("RIDER Kato 0772123456 Mars")
