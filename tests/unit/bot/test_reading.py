"""What a message says, and to whom it says it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.reader import Ambiguous, Goods, Reading, read
from bot.talk import CUSTOMER, RIDER, SELLER, Talk
from channels.render.answer import PageTurn
from channels.shown import Page, Shown, dump
from flows.heard import Attachment, Choice, Dialled, MediaKind, Stale
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Understanding
from store.models import InboxRow
from tests.fakes.market import MARKET
from tests.unit.bot.conftest import HERE, NOW, Stand

MENU = Shown(
    CUSTOMER,
    NOW,
    (
        Page("1. Rice 98. More", {"1": "show:rice"}, {"1": "Rice"}),
        Page("2. Oil", {"2": "show:oil"}, {"2": "Oil"}),
    ),
)
SELLERS = replace(MENU, role=SELLER, pages=(Page("1. Yes", {"1": "yes"}, {"1": "Yes"}),))
# What the place in a flow is, with a question open.
ASKED = {SELLER: {"at": ["home", {}], "trail": [], "misses": 0, "asks": "reason"}}


def _row(text: str, medium: str = "sms", **payload: object) -> InboxRow:
    return InboxRow(address_id=HERE, medium=medium, text=text, payload=payload, received_at=NOW)


def _read(talk: Talk, text: str, medium: str = "sms", **payload: object):
    return read(talk, _row(text, medium, **payload), Goods(MARKET))


def _shown(shown: Shown) -> dict[str, object]:
    return {str(HERE): dump(shown)}


def _said(reading) -> tuple[str, object]:
    """The role, and the intent or word that was heard."""
    assert isinstance(reading, Reading), reading
    heard = reading.heard
    if isinstance(heard, Understanding):
        return reading.role, heard.intent
    return reading.role, heard.word if isinstance(heard, Command) else heard


def test_a_number_chooses_from_the_menu_on_the_screen(stand: Stand) -> None:
    talk = stand(shown=_shown(MENU))
    assert _read(talk, "1") == Reading(CUSTOMER, Choice("show:rice"))
    assert _read(talk, "98") == PageTurn(1)
    assert _read(talk, "more") == PageTurn(1)


@pytest.mark.parametrize(
    "text", ["first", "the first one please", "option 1", "One.", "number one"]
)
def test_an_option_may_be_pointed_at_by_its_place(stand: Stand, text: str) -> None:
    talk = stand(shown=_shown(MENU))
    assert _read(talk, text) == Reading(CUSTOMER, Choice("show:rice"))


def test_a_place_that_the_screen_does_not_have_chooses_nothing(stand: Stand) -> None:
    assert not isinstance(_said(_read(stand(shown=_shown(MENU)), "the third one"))[1], Choice)


def test_a_place_named_before_the_menu_came_is_no_answer_to_it(stand: Stand) -> None:
    talk = stand(shown=_shown(replace(MENU, at=NOW + timedelta(seconds=1))))
    assert _read(talk, "the first one") == Reading(CUSTOMER, Stale("Rice"))


def test_a_number_typed_before_the_menu_came_is_not_taken_for_an_answer_to_it(stand: Stand) -> None:
    talk = stand(shown=_shown(replace(MENU, at=NOW + timedelta(seconds=1))))
    assert _read(talk, "1") == Reading(CUSTOMER, Stale("Rice"))


def test_a_button_means_what_its_id_says_whatever_is_on_the_screen(stand: Stand) -> None:
    assert _read(stand(), "Pay now", choice="pay") == Reading(CUSTOMER, Choice("pay"))


def test_a_menu_that_cannot_be_read_back_is_as_good_as_none(stand: Stand) -> None:
    talk = stand(shown={str(HERE): {"r": "customer", "n": 3}})
    assert _said(_read(talk, "I want rice"))[1] is Intent.ADD_TO_CART


@pytest.mark.parametrize(("word", "intent"), [("STOP", Intent.OPT_OUT), ("start", Intent.OPT_IN)])
def test_stop_and_start_are_heard_in_every_state_and_role(
    stand: Stand, word: str, intent: Intent
) -> None:
    talk = stand(sells=True, rides=True, shown=_shown(SELLERS), held_by="human")
    assert _said(_read(talk, word)) == (CUSTOMER, intent)


def test_a_picture_is_a_customers_whatever_it_says_below(stand: Stand) -> None:
    described = {"kind": "picture", "url": "u", "caption": "1", "latitude": None, "longitude": None}
    reading = _read(stand(shown=_shown(MENU)), "1", attachment=described)
    assert reading == Reading(CUSTOMER, Attachment(MediaKind.PICTURE, "u", "1"))


@pytest.mark.parametrize(
    ("role", "said", "read_as"),
    [(None, "picture", SELLER), (RIDER, "picture", CUSTOMER), (None, "voice", CUSTOMER)],
)
def test_a_picture_from_whoever_sells_here_is_of_goods(
    stand: Stand, role: str | None, said: str, read_as: str
) -> None:
    kinds = {"kind": said, "url": None, "caption": "", "latitude": None, "longitude": None}
    talk = stand(sells=True)
    talk.shop.settings = {}
    payload = {"attachment": {**kinds, "media": "4471"}, **({"role": role} if role else {})}
    reading = _read(talk, "", "whatsapp", **payload)
    assert reading == Reading(read_as, Attachment(MediaKind(said), media=f"{HERE} 4471"))


def test_the_keyword_of_a_shared_address_is_no_part_of_what_stands_under_a_picture(
    stand: Stand,
) -> None:
    said = {"kind": "picture", "url": None, "caption": "NJERI gown 9000", "media": "4471"}
    talk = stand(sells=True)
    talk.shop.settings = {}
    described = {**said, "latitude": None, "longitude": None}
    reading = _read(talk, "gown 9000", "whatsapp", attachment=described)
    assert isinstance(reading, Reading)
    assert reading.heard == Attachment(MediaKind.PICTURE, None, "gown 9000", media=f"{HERE} 4471")


def test_where_people_open_shops_nobodys_picture_is_of_goods(stand: Stand) -> None:
    kinds = {"kind": "picture", "url": None, "caption": "", "latitude": None, "longitude": None}
    talk = stand(sells=True)
    talk.shop.settings = {"platform": {}}
    reading = _read(talk, "", "whatsapp", attachment=kinds)
    assert reading == Reading(CUSTOMER, Attachment(MediaKind.PICTURE))


def test_while_people_talk_a_number_may_be_for_them(stand: Stand) -> None:
    reading = _read(stand(shown=_shown(MENU), held_by="human"), "1")
    assert isinstance(reading, Reading)
    assert isinstance(reading.heard, Understanding)


@pytest.mark.parametrize(
    ("who", "text", "said"),
    [
        ({"sells": True}, "OK 1001", (SELLER, Word.OK)),
        ({"sells": True}, "ok1001", (SELLER, Word.OK)),
        ({"rides": True}, "YES 1001", (RIDER, Word.YES)),
        ({"rides": True}, "jobs", (RIDER, Word.JOBS)),
        ({}, "OK 1001", (CUSTOMER, None)),
        ({"sells": True, "rides": True}, "STOCK rice 40", (SELLER, Word.STOCK)),
        ({"sells": True, "rides": True}, "JOBS", (RIDER, Word.JOBS)),
        ({"sells": True}, "add 2 bags of rice to my cart", (CUSTOMER, Intent.ADD_TO_CART)),
        ({"sells": True}, "asdkjh qwe", (SELLER, None)),
    ],
)
def test_words_are_those_of_what_the_person_is_here(stand: Stand, who, text, said) -> None:
    role, word = _said(_read(stand(**who), text))
    assert role == said[0]
    if said[1] is not None:
        assert word == said[1]


@pytest.mark.parametrize("text", ["PICKED 1001", "DELIVERED 1001 1234", "NO 1001"])
def test_a_word_that_sellers_and_riders_share_is_asked_about(stand: Stand, text: str) -> None:
    asked = _read(stand(sells=True, rides=True), text)
    assert isinstance(asked, Ambiguous)
    assert asked.reply.menu is not None
    ids = [option.id for option in asked.reply.menu.options]
    assert ids == [f"as-seller:{text}", f"as-rider:{text}"]
    for role in (SELLER, RIDER):
        answered = _read(stand(sells=True, rides=True), "", choice=f"as-{role}:{text}")
        assert isinstance(answered, Reading)
        assert answered.role == role
        assert isinstance(answered.heard, Command)


def test_where_routing_knew_the_role_nothing_is_asked(stand: Stand) -> None:
    reading = _read(stand(sells=True, rides=True), "NO 1001", role=RIDER)
    assert _said(reading) == (RIDER, Word.NO)


@pytest.mark.parametrize("role", [SELLER, RIDER])
def test_a_forged_button_makes_nobody_a_seller_or_rider(stand: Stand, role: str) -> None:
    reading = _read(stand(), "", choice=f"as-{role}:OK 1001")
    assert isinstance(reading, Reading)
    assert reading.role == CUSTOMER
    assert not isinstance(reading.heard, Command)


def test_a_sellers_menu_answers_only_to_who_still_sells(stand: Stand) -> None:
    assert _read(stand(sells=True, shown=_shown(SELLERS)), "1").role == SELLER
    assert _read(stand(shown=_shown(SELLERS)), "1").role == CUSTOMER


def test_an_answer_in_words_goes_to_the_role_that_asked(stand: Stand) -> None:
    talk = stand(sells=True, shown=_shown(SELLERS), places=ASKED)
    assert _read(talk, "because it is finished").role == SELLER


def _dial(talk: Talk, text: str, session: str = "s1"):
    return _read(talk, text, "ussd", session=session)


def _in_session(text: str) -> dict[str, object]:
    return {str(HERE): {"id": "s1", "text": text}}


@pytest.mark.parametrize(
    ("before", "text", "chosen"),
    [
        ("", "1", "show:rice"),
        ("2", "2*1", "show:rice"),
        ("2*1", "2*1*1", "show:rice"),
        ("1", "1*1", "show:rice"),
    ],
)
def test_a_hop_is_what_was_typed_after_the_last_one(
    stand: Stand, before: str, text: str, chosen: str
) -> None:
    talk = stand(shown=_shown(MENU), ussd=_in_session(before))
    assert _dial(talk, text) == Reading(CUSTOMER, Choice(chosen))


def test_what_is_typed_on_a_dialled_page_may_hold_stars(stand: Stand) -> None:
    reading = _dial(stand(shown=_shown(MENU), ussd=_in_session("2")), "2*flat 4*block b")
    assert isinstance(reading.heard, Understanding)
    assert reading.heard.text == "flat 4*block b"


def test_a_new_session_is_a_dial_that_may_go_on_where_an_old_one_broke_off(stand: Stand) -> None:
    place = {CUSTOMER: {"at": ["home", {}], "trail": [], "misses": 0, "asks": None}}
    earlier = {"places": place, "ussd": _in_session("2"), "shown": _shown(MENU)}
    soon = stand(**earlier, last_inbound_at=NOW - timedelta(hours=23))
    late = stand(**earlier, last_inbound_at=NOW - timedelta(hours=25))
    assert _dial(soon, "12", "s2") == Reading(CUSTOMER, Dialled("12", True))
    assert _dial(late, "12", "s2") == Reading(CUSTOMER, Dialled("12", False))
    assert _dial(stand(), "", "s2") == Reading(CUSTOMER, Dialled("", False))
