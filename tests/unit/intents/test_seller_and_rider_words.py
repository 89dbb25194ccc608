import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.figures import read_shelving
from intents.command import Command, Word
from intents.commands.further_words import further_words
from intents.commands.reading import read_command
from intents.commands.rules import RULES
from intents.keywords import Navigation, is_start, is_stop, read_navigation, words_for_navigation
from intents.language_files import speech

EN = ("en",)


def said(text: str, role: str = "seller") -> Command | None:
    return read_command(text, role, EN)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("OK 1001", Command(Word.OK, 1001)),
        ("ok #1001", Command(Word.OK, 1001)),
        ("OK1001", Command(Word.OK, 1001)),
        ("1001 ok", Command(Word.OK, 1001)),
        ("Okay 1001.", Command(Word.OK, 1001)),
        ("ok order 1001", Command(Word.OK, 1001)),
        ("NO 1003 out of stock", Command(Word.NO, 1003, "out of stock")),
        ("#1001 no finished", Command(Word.NO, 1001, "finished")),
        ("READY 1002", Command(Word.READY, 1002)),
        ("REDY 1002", Command(Word.READY, 1002, exact=False)),
        ("OK S12", Command(Word.SUPPLY, 12, "OK")),
        ("ok order s 12", Command(Word.SUPPLY, 12, "OK")),
        ("s12 packed", Command(Word.SUPPLY, 12, "READY")),
        ("REDY S12", Command(Word.SUPPLY, 12, "READY", exact=False)),
        ("no S12 sold out, sorry", Command(Word.SUPPLY, 12, "NO sold out, sorry")),
        ("S12", Command(Word.SUPPLY, 12)),
        ("SUPPLY", Command(Word.SUPPLY, exact=False)),
        ("PICKED S12", None),
        ("S12 we are coming", None),
        ("STOCK rice +5", Command(Word.STOCK, rest="rice +5")),
        ("stock rice 5kg 20", Command(Word.STOCK, rest="rice 5kg 20")),
        ("PRICE rice 48,000", Command(Word.PRICE, rest="rice 48,000")),
        ("FLOOR rice 20,000", Command(Word.FLOOR, rest="rice 20,000")),
        ("floor rice 5kg 10%", Command(Word.FLOOR, rest="rice 5kg 10%")),
        ("floor rice = 10 %", Command(Word.FLOOR, rest="rice 10%")),
        ("Floor rice off.", Command(Word.FLOOR, rest="rice OFF")),
        ("floor", Command(Word.FLOOR, exact=False)),
        ("AREA Mukono 8000", Command(Word.AREA, rest="Mukono 8000")),
        ("area old kampala off", Command(Word.AREA, rest="old kampala OFF")),
        ("areas", Command(Word.AREAS)),
        ("WEATHER rain", Command(Word.WEATHER, rest="rain")),
        ("orders", Command(Word.ORDERS)),
        ("ordres", Command(Word.ORDERS, exact=False)),
        ("Sales", Command(Word.SALES)),
        ("Score", Command(Word.SCORE)),
        ("my score", Command(Word.SCORE)),
        ("open", Command(Word.OPEN)),
        ("CLOSE", Command(Word.CLOSE)),
        ("REPLY 1001 We're coming, soon!", Command(Word.REPLY, 1001, "We're coming, soon!")),
        ("bot 1001", Command(Word.BOT, 1001)),
        ("balance", Command(Word.BALANCE)),
        ("payout 50,000", Command(Word.PAYOUT, rest="50,000")),
        ("payot 50k", Command(Word.PAYOUT, rest="50k", exact=False)),
        ("cash out 5000", Command(Word.PAYOUT, rest="5000")),
        ("CASH", Command(Word.CASH, exact=False)),
        ("cash Moses", Command(Word.CASH, rest="Moses")),
        ("Cash Moses Okello 50,000.", Command(Word.CASH, rest="Moses Okello 50,000")),
        ("CODE 482190", Command(Word.CODE, rest="482190")),
        ("code 482 190", Command(Word.CODE, rest="482190")),
        ("picked 1003", Command(Word.PICKED, 1003)),
        ("Delivered 1003 4321", Command(Word.DELIVERED, 1003, "4321")),
    ],
)
def test_what_sellers_write(text: str, command: Command) -> None:
    assert said(text) == command


@pytest.mark.parametrize(
    "text",
    ["PRICE soap 4600/=", "price soap 4600 shs", "PRICE soap 4600 each", "PRICE soap 4600 per bar",
     "PRICE soap = 4600/= each"],
)  # fmt: skip
def test_what_stands_behind_a_price_changes_nothing(text: str) -> None:
    command = said(text)
    assert command is not None
    assert (command.word, command.exact) == (Word.PRICE, True)
    shelving = read_shelving(command)
    assert (shelving.goods.rstrip(" ="), shelving.figure) == ("soap", 4600)


@pytest.mark.parametrize("text", ["PRICE 4600 soap", "PRICE soap 1e3", "PRICE soap four thousand"])
def test_a_price_that_nobody_can_read_asks_how(text: str) -> None:
    assert said(text) == Command(Word.PRICE, exact=False)


@pytest.mark.parametrize("text", ["price of 2 soap", "price soap", "price rice 5kg"])
def test_a_question_about_a_price_is_a_customers(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize("text", ["flour 2kg 20", "flour 10%", "floor tiles", "floor is wet"])
def test_flour_and_other_talk_set_no_floor(text: str) -> None:
    command = said(text)
    assert command is None or command.word is not Word.FLOOR


@pytest.mark.parametrize(
    "text", ["are you open?", "area code please", "whether it rains", "arrears"]
)
def test_talk_that_sounds_like_a_place_changes_none(text: str) -> None:
    command = said(text)
    assert command is None or command.word not in (Word.AREA, Word.AREAS, Word.WEATHER)


@pytest.mark.parametrize(
    "text", ["OK 1001 1002", "ok 1001, 1002 and 1003", "READY 1001 & order 1002"]
)
def test_of_several_orders_at_once_the_first_is_meant(text: str) -> None:
    found = said(text)
    assert found is not None
    assert (found.number, found.rest, found.exact) == (1001, "", True)


@pytest.mark.parametrize("text", ["OK 1001 thanks my dear", "READY 1001 in 10 minutes"])
def test_an_order_and_other_words_are_no_such_word(text: str) -> None:
    assert said(text) is None


def test_one_word_may_be_said_in_several() -> None:
    assert read_command("i don drop am 1003 4321", "rider", ("pcm", "en")) == Command(
        Word.DELIVERED, 1003, "4321"
    )
    assert read_command("i don carry am", "rider", ("pcm", "en")) == Command(
        Word.PICKED, exact=False
    )
    assert read_command("i don carry", "seller", ("en",)) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("ON", Command(Word.ON)),
        ("off", Command(Word.OFF)),
        ("yes 1001", Command(Word.YES, 1001)),
        ("NO 1001", Command(Word.NO, 1001)),
        ("picked1001", Command(Word.PICKED, 1001)),
        ("deliverd 1001 4321", Command(Word.DELIVERED, 1001, "4321", exact=False)),
        ("DELIVERED 4321", Command(Word.DELIVERED, 4321)),
        ("fail 1001 nobody home", Command(Word.FAIL, 1001, "nobody home")),
        ("fail nobody home", Command(Word.FAIL, None, "nobody home")),
        ("jobs", Command(Word.JOBS)),
        ("undo", Command(Word.UNDO)),
    ],
)
def test_what_riders_write(text: str, command: Command) -> None:
    assert said(text, "rider") == command


@pytest.mark.parametrize("text", ["ok", "no", "READY", "help", "picked"])
def test_a_bare_word_that_people_also_say_is_marked(text: str) -> None:
    command = said(text)
    assert command is not None
    assert (command.number, command.exact) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "no thanks", "yes please", "ok thanks", "hello", "2 rice", "1001", "stock of rice?",
        "what is the price of rice", "price is 5000", "are you open", "on my way", "orders please", "",
    ],
)  # fmt: skip
def test_sentences_are_no_commands(text: str) -> None:
    assert said(text) is None
    assert said(text, "rider") is None


def test_every_word_is_read_by_its_keyword() -> None:
    keywords = {**further_words(EN), **speech(EN).commands}
    for phrase, word in keywords.items():
        (role, *_) = RULES[Word(word)].roles
        digits = ("482190",) if word == Word.CODE else ()
        command = said(" ".join((*phrase, *digits)), role)
        assert command is not None, phrase
        assert command.word == word
    assert set(keywords.values()) == set(Word) == RULES.keys()


@given(st.text(max_size=60))
def test_any_text_is_a_command_or_none(text: str) -> None:
    for role in ("seller", "rider"):
        assert said(text, role) is None or isinstance(said(text, role), Command)


@pytest.mark.parametrize(
    ("text", "stop", "start"),
    [
        ("STOP", True, False),
        (" stop. ", True, False),
        ("Unsubscribe", True, False),
        ("START", False, True),
        ("stop my order", False, False),
        ("please stop", False, False),
        ("start again", False, False),
        ("cancel", False, False),
    ],
)
def test_stop_and_start_are_whole_messages(text: str, stop: bool, start: bool) -> None:
    assert (is_stop(text, EN), is_start(text, EN)) == (stop, start)


def test_ways_through_menus() -> None:
    assert read_navigation("Main menu", EN) is Navigation.HOME
    assert read_navigation("back", EN) is Navigation.BACK
    assert read_navigation("more.", EN) is Navigation.MORE
    assert read_navigation("more rice", EN) is None
    assert set(words_for_navigation(EN).values()) == set(Navigation)
