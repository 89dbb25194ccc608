"""Everything that a customer can meet, in every language: it fits, and costs no more than in English."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from channels.channel import Medium
from channels.interactive import (
    LONGEST_BUTTON,
    LONGEST_DESCRIPTION,
    LONGEST_OPENER,
    LONGEST_ROW,
    Buttons,
    Rows,
)
from channels.render import Reader, Rendered, Words, render
from channels.render.gsm import is_gsm, plain, segments
from channels.render.tappable import CUT
from channels.render.ussd import question
from channels.render.whatsapp import width
from flows.message import Message
from flows.reply import Reply
from tests.fakes.customer_walk import walk
from tests.fakes.ports import NOW, FakeShop
from tests.fakes.wordy import wordy_shop

LOCALES = Path(__file__).parents[4] / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())
OTHERS = [language for language in LANGUAGES if language != "en"]
# The longest label that most handsets show without wrapping.
ROW = 26
# Of the walk through the shop of long names; the whole of it is walked in English elsewhere.
EVERY = 15


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(LOCALES, strict=True)


def replies(medium: Medium, shop: Callable[[], FakeShop] = FakeShop) -> Sequence[Reply]:
    met = [reply for _, _, reply in walk(medium.value, shop).replies]
    return met if shop is FakeShop else met[::EVERY]


def read(reply: Reply, medium: Medium, language: str, words: Words) -> Rendered:
    reader = Reader(language, "Africa/Kampala", "customer")
    return render(reply, medium, reader, words, NOW, provider="meta")


def cost(reply: Reply, language: str, words: Words) -> int:
    return sum(draft.segments for draft in read(reply, Medium.SMS, language, words).texts)


def screens(reply: Reply, language: str, words: Words) -> Sequence[str]:
    shown = read(reply, Medium.USSD, language, words).shown
    assert shown is not None
    return [page.text for page in shown.pages]


def test_all_languages_are_looked_at() -> None:
    assert set(LANGUAGES) >= {"en", "fr", "ha", "lg", "pcm", "sw", "yo"}


@pytest.mark.parametrize("shop", [FakeShop, wordy_shop])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ussd_page_is_160_plain_characters_at_most(
    language: str, shop: Callable[[], FakeShop], words: Words
) -> None:
    for reply in replies(Medium.USSD, shop):
        pages = screens(reply, language, words)
        for page in pages:
            assert page.startswith(("CON ", "END "))
            assert is_gsm(page), page
            assert segments(page).units <= 160, page
        assert len(pages) == 1 or not reply.ends


@pytest.mark.parametrize("language", OTHERS)
def test_in_a_shop_of_usual_names_nothing_takes_more_ussd_pages_than_in_english(
    language: str, words: Words
) -> None:
    for reply in replies(Medium.USSD):
        pages = screens(reply, language, words)
        assert len(pages) <= len(screens(reply, "en", words)), pages


@pytest.mark.parametrize("language", OTHERS)
def test_in_a_shop_of_usual_names_nothing_takes_more_sms_than_in_english(
    language: str, words: Words
) -> None:
    for reply in replies(Medium.SMS):
        dear = read(reply, Medium.SMS, language, words).texts
        assert cost(reply, language, words) <= cost(reply, "en", words), dear


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ussd_label_fits_a_row(language: str, words: Words) -> None:
    reader = Reader(language, "Africa/Kampala", "customer")
    labels = {
        plain(words.text(option.label, reader, Medium.USSD))
        for reply in replies(Medium.USSD)
        if reply.menu
        for option in reply.menu.options
    }
    assert {label for label in labels if len(label) > ROW} == set()


@pytest.mark.parametrize("shop", [FakeShop, wordy_shop])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatsapp_takes_every_title_and_description(
    language: str, shop: Callable[[], FakeShop], words: Words
) -> None:
    for reply in replies(Medium.WHATSAPP, shop):
        for draft in read(reply, Medium.WHATSAPP, language, words).texts:
            match draft.interactive:
                case Buttons(buttons):
                    assert all(0 < width(button.title) <= LONGEST_BUTTON for button in buttons)
                case Rows(opener, rows):
                    assert 0 < width(opener) <= LONGEST_OPENER
                    assert opener != CUT
                    assert all(0 < width(row.title) <= LONGEST_ROW for row in rows)
                    assert all(width(row.description or "") <= LONGEST_DESCRIPTION for row in rows)


@pytest.mark.parametrize("language", OTHERS)
def test_what_english_offers_as_buttons_are_buttons(language: str, words: Words) -> None:
    for reply in replies(Medium.WHATSAPP):
        for english, draft in zip(
            read(reply, Medium.WHATSAPP, "en", words).texts,
            read(reply, Medium.WHATSAPP, language, words).texts,
            strict=True,
        ):
            if isinstance(english.interactive, Buttons):
                assert isinstance(draft.interactive, Buttons), draft.interactive


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ["ussd-which-extension", "ussd-unknown-extension"])
def test_the_page_of_a_shared_code_is_one_screen(asked: str, language: str, words: Words) -> None:
    shops = [Message("ussd-extension", extension=str(n), name="Mama Njeri") for n in range(5)]
    reader = Reader(language, "Africa/Kampala", "customer")
    page = question(Reply((Message(asked), *shops)), reader, words)
    assert is_gsm(page)
    assert segments(page).units <= 160
    assert page.count("Mama Njeri") == 5
