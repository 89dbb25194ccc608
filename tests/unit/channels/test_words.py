import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from channels.channel import Medium
from channels.render import MissingTextError, Reader, Words
from channels.render.amounts import counted, moment, money
from channels.render.gsm import plain, transliterate
from channels.render.words import Squeeze
from flows.message import Clock, Elastic, Message, verbatim
from flows.money import Money

HELLO = Message("hello", name="Achan")


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        (Medium.WHATSAPP, "Hello Achan, welcome."),
        (Medium.SMS, "Hello Achan."),
        (Medium.USSD, "Hi Achan"),
    ],
)
def test_short_media_take_the_short_text(
    words: Words, reader: Reader, medium: Medium, text: str
) -> None:
    assert words.text(HELLO, reader, medium) == text


def test_ussd_takes_the_short_text_where_it_has_none_of_its_own(
    words: Words, reader: Reader
) -> None:
    assert words.text(Message("page-previous"), reader, Medium.USSD) == "Prev"


@pytest.mark.parametrize(
    ("locale", "count", "text"),
    [
        ("en", 1, "1 is left."),
        ("en", 0, "0 are left."),
        ("en-UG", 2, "2 are left."),
        ("fr", 0, "Il en reste 0."),
        ("fr_CM", 2, "Il en restent 2."),
        ("lg", 1, "1 is left."),
    ],
)
def test_plurals_follow_the_language(words: Words, locale: str, count: int, text: str) -> None:
    reader = Reader(locale, "Africa/Kampala", "customer")
    assert words.text(Message("left", count=count), reader, Medium.SMS) == text


def test_a_missing_key_is_never_shown(words: Words, reader: Reader) -> None:
    with pytest.raises(MissingTextError):
        words.text(Message("no-such-key"), reader, Medium.SMS)


def test_a_language_that_lacks_a_key_fails_tests_but_speaks_english_in_production(
    catalogues: Path, words: Words
) -> None:
    reader = Reader("fr", "Africa/Douala", "customer")
    with pytest.raises(MissingTextError):
        words.text(HELLO, reader, Medium.SMS)
    assert Words(catalogues, strict=False).text(HELLO, reader, Medium.SMS) == "Hello Achan."


def test_a_value_that_the_text_names_must_be_there(words: Words, reader: Reader) -> None:
    with pytest.raises(MissingTextError):
        words.text(Message("hello"), reader, Medium.SMS)


def test_what_a_person_wrote_is_never_read_as_a_placeholder(words: Words, reader: Reader) -> None:
    assert words.text(Message("hello", name="{name}"), reader, Medium.SMS) == "Hello {name}."


def test_verbatim_words_stay_as_they_are(words: Words, reader: Reader) -> None:
    assert words.text(verbatim("Rice {5kg}"), reader, Medium.USSD) == "Rice {5kg}"


def test_nested_messages_are_lines_in_the_same_language(words: Words, reader: Reader) -> None:
    lines = (Message("left", count=1), Message("left", count=2))
    basket = Message("lines", lines=lines, total=Money(48000, "UGX"))
    assert (
        words.text(basket, reader, Medium.SMS)
        == "Basket:\n1 is left.\n2 are left.\nTotal UGX 48,000"
    )


def test_hours_are_those_of_the_readers_clock(words: Words, reader: Reader) -> None:
    at = datetime(2026, 11, 21, 21, 5, tzinfo=UTC)
    ready = Message("at", hour=Clock(at), day=at)
    assert words.text(ready, reader, Medium.SMS) == "Ready at 00:05, written 22 Nov 00:05."


@pytest.mark.parametrize(
    ("locale", "amount", "text"),
    [
        ("en", Money(48000, "UGX"), "UGX 48,000"),
        ("en", Money(120050, "KES"), "KSh 1,200.50"),
        ("en", Money(120000, "KES"), "KSh 1,200"),
        ("en", Money(-48000, "UGX"), "-UGX 48,000"),
        ("en", Money(48000, "RWF"), "RWF 48,000"),
        ("lg", Money(48000, "UGX"), "UGX 48,000"),
        ("pcm", Money(500050, "NGN"), "₦5,000.50"),
        ("ha", Money(500000, "NGN"), "₦5,000"),
        ("yo", Money(500000, "NGN"), "₦5,000"),
        ("sw", Money(120000, "KES"), "KSh 1,200"),
        ("sw-TZ", Money(120000000, "TZS"), "TSh 1,200,000"),
        ("fr", Money(4800000, "NGN"), "48 000 ₦"),
        ("fr", Money(48000, "XAF"), "48 000 FCFA"),
        ("fr_SN", Money(1250000, "XOF"), "1 250 000 FCFA"),
        ("ha", Money(48000, "XOF"), "48,000 FCFA"),
        ("en", Money(48000, "XAF"), "48,000 FCFA"),
        ("xx", Money(5, "UGX"), "UGX 5"),
    ],
)
def test_money_names_its_currency_and_uses_plain_spaces(
    locale: str, amount: Money, text: str
) -> None:
    assert money(amount, locale) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(500050, "NGN"), "Ready N5,000.50"),
        (Money(120000, "KES"), "Ready KSh 1,200"),
        (Money(48000, "XAF"), "Ready 48,000 FCFA"),
    ],
)
@pytest.mark.parametrize("gsm_only", [True, False])
def test_no_currency_makes_an_sms_dear(amount: Money, text: str, gsm_only: bool) -> None:
    letters = plain if gsm_only else partial(transliterate, accents=False)
    assert letters(f"Ready {money(amount, 'en')}") == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "21 Oct 14:05"),
        ("fr", "21 oct. 14:05"),
        ("sw", "21 Okt 14:05"),
        ("lg", "21 Oki 14:05"),
        ("ha", "21 Okt 14:05"),
        ("pcm", "21 Oct 14:05"),
        ("yo", "21 Oct 14:05"),
        ("yo-NG", "21 Oct 14:05"),
        ("xx", "21 Oct 14:05"),
    ],
)
def test_months_are_those_that_people_write(locale: str, text: str) -> None:
    at = datetime(2026, 10, 21, 11, 5, tzinfo=UTC)
    assert moment(at, locale, "Africa/Kampala") == text


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("locale", ["en", "fr", "ha", "lg", "pcm", "sw", "yo"])
def test_a_date_is_short_in_every_language(locale: str, month: int) -> None:
    assert len(moment(datetime(2026, month, 23, 11, 5, tzinfo=UTC), locale, "UTC")) <= 14


def test_an_elastic_list_says_how_many_it_leaves_out() -> None:
    elastic = Elastic(("2 Rice", "1 Oil", "3 Soap"))
    assert Squeeze().elastic(elastic) == "2 Rice, 1 Oil, 3 Soap"
    assert Squeeze(parts=1).elastic(elastic) == "2 Rice +2"
    assert Squeeze(parts=0).elastic(elastic) == "+3"


def test_a_compiled_catalogue_is_read_alike_and_an_edited_source_wins(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "hi"\nmsgstr "Compiled"\n\nmsgctxt "short"\nmsgid "hi"\nmsgstr "C"\n\n'
        'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "one"\nmsgstr[1] "many"\n'
    )
    with source.open("rb") as read, (folder / "messages.mo").open("wb") as write:
        write_mo(write, read_po(read, locale="en"))
    os.utime(source, (0, 0))
    reader = Reader("en", "UTC", "customer")
    words = Words(tmp_path)
    assert words.text(Message("hi"), reader, Medium.WHATSAPP) == "Compiled"
    assert words.text(Message("hi"), reader, Medium.SMS) == "C"
    assert words.text(Message("n", count=2), reader, Medium.SMS) == "many"
    source.write_text(source.read_text().replace("Compiled", "Edited"))
    os.utime(folder / "messages.mo", (0, 0))
    assert Words(tmp_path).text(Message("hi"), reader, Medium.WHATSAPP) == "Edited"


@pytest.mark.parametrize(
    ("number", "locale", "written"),
    [
        (12, "en", "12"),
        (2500, "en", "2,500"),
        (2500, "sw", "2,500"),
        (2500, "lg", "2,500"),
        (2500, "fr", "2 500"),
        (1_000_000, "ha", "1,000,000"),
    ],
)
def test_thousands_stand_apart_in_what_is_counted(number: int, locale: str, written: str) -> None:
    assert counted(number, locale) == written
