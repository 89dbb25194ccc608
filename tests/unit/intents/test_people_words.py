"""STAFF, RIDER and REMOVE, as sellers write them."""

import pytest

from intents.command import Command, Word
from intents.commands.people import Newcomer, read_newcomer
from intents.commands.reading import read_command


@pytest.mark.parametrize(
    ("text", "word", "name", "phone", "zone"),
    [
        ("STAFF Nakato 0772123456", Word.STAFF, "Nakato", "0772123456", ""),
        ("staff Nakato Sarah +256772123456.", Word.STAFF, "Nakato Sarah", "+256772123456", ""),
        ("RIDER Okello 0772 123 456 Ntinda", Word.RIDER, "Okello", "0772 123 456", "Ntinda"),
        ("rider 0772-123-456 Okello", Word.RIDER, "Okello", "0772-123-456", ""),
        (
            "My rider Okello 0772123456 Old Kampala",
            Word.RIDER,
            "Okello",
            "0772123456",
            "Old Kampala",
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_a_newcomer_has_a_name_a_phone_and_perhaps_a_zone(text, word, name, phone, zone):
    heard = read_command(text.replace("My rider", "my riders"), "seller", ("en",))
    assert heard is not None
    assert heard.word is word
    assert read_newcomer(heard.rest) == Newcomer(name, phone, zone)


@pytest.mark.parametrize("rest", ["Okello", "0772123456", "a b c d e 0772123456", ""])
def test_what_has_no_name_or_no_phone_is_nobody(rest: str) -> None:
    assert read_newcomer(rest) is None


@pytest.mark.parametrize("text", ["rider is late again", "staff are away today"])
def test_talk_is_no_word(text: str) -> None:
    assert read_command(text, "seller", ("en",)) is None


def test_remove_is_never_sure_because_buyers_say_it_too() -> None:
    heard = read_command("REMOVE Okello", "seller", ("en",))
    assert heard == Command(Word.REMOVE, rest="Okello", exact=False)
    assert read_command("remove one of the two sugars please", "seller", ("en",)) is None


@pytest.mark.parametrize("text", ["STAFF Okello 0772123456", "REMOVE Okello"])
def test_riders_have_no_such_words(text: str) -> None:
    assert read_command(text, "rider", ("en",)) is None
