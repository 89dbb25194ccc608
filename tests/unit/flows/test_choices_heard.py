import pytest

from flows.heard import Choice
from flows.spoken import spoken
from intents.command import Command, Word


def test_a_choice_names_an_order() -> None:
    assert Choice("track:1001").number == 1001


@pytest.mark.parametrize("argument", ["", "²", "٣", "-1", "1.5", "1e9", "9" * 10, "9" * 5000, "1 "])
def test_what_no_order_can_be_called_names_none(argument: str) -> None:
    assert Choice(f"cancel:{argument}").number is None


def test_a_number_beyond_every_order_is_not_read_from_an_option() -> None:
    assert spoken("OK 1001") == Command(Word.OK, 1001)
    assert spoken("OK " + "9" * 20) == Command(Word.OK, rest="9" * 20)
