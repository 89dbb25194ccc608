"""A message that breaks its turn: its person is apologised to once, whoever runs the server sees it, and
once the cause is mended it is taken again."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import Result
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.replay import Replayed, replay
from store.models import ConversationRow, InboxRow
from tests.e2e.house import House, Phone, eventually

pytestmark = pytest.mark.databases("sqlite", "postgres")

AMINA = "+256772300001"
BINTI = "+256772300002"
# What no version has ever written where the talk stands: whatever is said next raises.
BROKEN = {"customer": "torn"}


def command(house: House, *words: str) -> Result:
    return house.app.test_cli_runner().invoke(args=["dead", *words])


def listed(house: House) -> list[dict[str, object]]:
    return json.loads(command(house, "list", "--json").stdout)


def _break(house: House) -> None:
    house.in_books(lambda s: s.execute(update(ConversationRow).values(places=BROKEN)))


def _mend(house: House) -> None:
    house.in_books(lambda s: s.execute(update(ConversationRow).values(places={})))


def _dead(house: House, phone: Phone, text: str) -> int:
    """The number of a message that broke its turn, and was apologised for."""
    phone.say(text, "our side")
    return int(listed(house)[-1]["number"])


@pytest.fixture
def amina(house: House) -> Phone:
    phone = house.whatsapp(AMINA)
    phone.say("hi", "Mama")
    _break(house)
    return phone


def test_it_is_listed_and_shown_with_what_was_raised_and_without_a_whole_number(
    house: House, amina: Phone
) -> None:
    number = _dead(house, amina, "2 soap please")
    (letter,) = listed(house)
    assert letter["shop"] == "mama"
    assert letter["sender"] == "+256****001"
    assert "text" not in letter
    brief = command(house, "list").stdout
    assert str(number) in brief
    assert "soap" not in brief
    shown = command(house, "show", str(number)).stdout
    assert str(letter["trace"]) in shown
    assert "2 soap please" in shown
    assert "bot/talk.py:" in shown
    assert AMINA not in shown + brief
    assert listed(house) == json.loads(command(house, "list", "--shop", "mama", "--json").stdout)
    assert json.loads(command(house, "list", "--shop", "joy", "--json").stdout) == []


def test_once_the_cause_is_mended_it_is_answered(house: House, amina: Phone) -> None:
    number = _dead(house, amina, "add 2 soap")
    _mend(house)
    replayed = command(house, "replay", str(number))
    assert (replayed.exit_code, replayed.stdout) == (0, f"{number}  answered\n")
    amina.read("9,000")
    assert listed(house) == []
    assert "not put aside" in command(house, "replay", str(number)).stdout


def test_what_raises_again_is_put_aside_again_without_a_second_apology(
    house: House, amina: Phone
) -> None:
    number = _dead(house, amina, "add 2 soap")
    before = len(amina.inbox())
    replayed = command(house, "replay", str(number))
    assert replayed.exit_code == 1
    assert "raised again" in replayed.stdout
    (letter,) = listed(house)
    assert (letter["number"], letter["tries"]) == (number, 2)
    _mend(house)
    # What is written after it is answered, and nothing was said in between.
    amina.say("hi", "Mama")
    assert len(amina.inbox()) == before + 1


def test_two_who_take_it_again_at_once_have_it_answered_once(house: House, amina: Phone) -> None:
    number = _dead(house, amina, "add 2 soap")
    _mend(house)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: replay(house.world, number), range(4)))
    assert Replayed.ANSWERED in told
    assert set(told) <= {Replayed.ANSWERED, Replayed.NOT_ASIDE, Replayed.WAITS}
    amina.read("9,000")
    amina.say("cart", "9,000")
    assert sum("9,000" in text for text in amina.inbox()) == 2


def test_what_is_older_than_ten_minutes_is_asked_again_and_not_done(
    house: House, amina: Phone
) -> None:
    number = _dead(house, amina, "add 2 soap")

    def age(session: Session) -> None:
        row = session.scalars(select(InboxRow).where(InboxRow.id == number)).one()
        row.received_at -= timedelta(minutes=11)

    house.in_books(age)
    _mend(house)
    assert "answered" in command(house, "replay", str(number)).stdout
    assert "add 2 soap" in amina.read("add 2 soap")
    amina.say("cart", "empty|nothing")


def test_all_of_a_shop_are_taken_again_in_the_order_in_which_they_came(
    house: House, amina: Phone
) -> None:
    binti = house.whatsapp(BINTI)
    binti.say("hi", "Mama")
    _break(house)
    for text in ("add 1 soap", "make soap 3"):
        _dead(house, amina, text)
    _dead(house, binti, "add 2 soap")
    _mend(house)
    assert command(house, "replay", "--all", "--shop", "mama").stdout.count("answered") == 3
    amina.read("13,500")
    binti.read("9,000")
    assert listed(house) == []


def test_what_is_dropped_is_not_shown_any_more_and_its_reason_is_kept(
    house: House, amina: Phone
) -> None:
    number = str(_dead(house, amina, "add 2 soap"))
    assert command(house, "drop", number).exit_code != 0
    assert command(house, "drop", number, "--reason", "she came to the shop").exit_code == 0
    assert listed(house) == []
    assert "dropped: she came to the shop" in command(house, "show", number).stdout
    assert "not put aside" in command(house, "replay", number).stdout
    assert command(house, "drop", number, "--reason", "again").exit_code == 1


def test_a_page_that_broke_is_not_answered_behind_the_callers_back(house: House) -> None:
    session = house.dial("*284*77#", AMINA)

    house.in_books(lambda s: s.execute(update(ConversationRow).values(ussd=["torn"])))
    session.reply("1")
    assert "END" in session.answer.body
    (letter,) = eventually(lambda: listed(house), "the message put aside")

    def age(session: Session) -> None:
        row = session.scalars(select(InboxRow).where(InboxRow.id == letter["number"])).one()
        row.received_at -= timedelta(minutes=1)

    house.in_books(age)
    house.in_books(lambda s: s.execute(update(ConversationRow).values(ussd={})))
    assert "nobody waits" in command(house, "replay", str(letter["number"])).stdout
    assert listed(house) == []


def test_what_the_spool_could_not_hand_over_is_listed_too(house: House, amina: Phone) -> None:
    spool = house.world.spool.directory
    spool.mkdir(parents=True, exist_ok=True)
    (spool / "01790000000000000000-0a.aside").write_text("{}")
    (file,) = listed(house)
    assert str(file["file"]).endswith("01790000000000000000-0a.aside")
    assert file["kept_at"] == "2026-09-21T14:13:20Z"
    assert "0a.aside" in command(house, "list").stdout


@pytest.mark.parametrize(
    "words", [(), ("--all",), ("3", "--all", "--shop", "mama"), ("3", "--shop", "mama")]
)
def test_which_messages_are_meant_must_be_said(house: House, words: tuple[str, ...]) -> None:
    said = command(house, "replay", *words)
    assert said.exit_code == 2
    assert "--all --shop SLUG" in said.stderr


def test_a_number_that_nobody_knows_is_said(house: House) -> None:
    assert "`dead list`" in command(house, "show", "999").stderr
    assert "no shop 'nobody'" in command(house, "list", "--shop", "nobody").stderr
