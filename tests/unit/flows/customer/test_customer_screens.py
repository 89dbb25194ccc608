"""Every page that anybody can meet on a feature phone, in the words of the real catalogue."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Rendered, Words, render
from channels.render.answer import PageTurn, resolve
from channels.render.gsm import is_gsm, segments
from channels.render.ussd import question
from channels.shown import Shown
from flows.heard import Choice
from flows.message import Message
from flows.reply import Reply
from tests.fakes.customer_walk import walk
from tests.fakes.ports import NOW, FakeShop
from tests.fakes.wordy import NAME, wordy_shop

LOCALES = Path(__file__).parents[4] / "locales"
ALWAYS = {"back", "home"}
READER = Reader("en", "Africa/Kampala", "customer")
SHOPS: tuple[Callable[[], FakeShop], ...] = (FakeShop, wordy_shop)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(LOCALES, strict=True)


def screens(shop: Callable[[], FakeShop], words: Words) -> Iterator[tuple[str, Reply, Rendered]]:
    for state, _, reply in walk("ussd", shop).replies:
        yield (
            state,
            reply,
            render(reply, Medium.USSD, READER, words, NOW, provider="africastalking"),
        )


def turned(shown: Shown) -> Iterator[Shown]:
    """Every page, turned to as people turn them."""
    yield shown
    while isinstance(turn := resolve("99", None, shown, NOW), PageTurn):
        shown = shown.turned(turn.page)
        yield shown


@pytest.mark.parametrize("shop", SHOPS)
def test_every_page_fits_a_screen_of_plain_letters(
    shop: Callable[[], FakeShop], words: Words
) -> None:
    for state, _, rendered in screens(shop, words):
        assert rendered.shown is not None
        [draft] = rendered.texts
        assert draft.text == rendered.shown.pages[0].text
        for page in rendered.shown.pages:
            assert page.text.startswith(("CON ", "END ")), (state, page.text)
            assert is_gsm(page.text), (state, page.text)
            assert segments(page.text).units <= 160, (state, page.text)
            assert not set(page.text) & set("[]{}|\\~^"), (state, page.text)


@pytest.mark.parametrize("shop", SHOPS)
def test_every_option_can_be_chosen_by_the_number_before_it(
    shop: Callable[[], FakeShop], words: Words
) -> None:
    for state, reply, rendered in screens(shop, words):
        assert rendered.shown is not None
        chosen = set()
        for shown in turned(rendered.shown):
            lines = shown.current.text.removeprefix("CON ").split("\n")
            for number, option in shown.current.options.items():
                assert resolve(number, None, shown, NOW) == Choice(option)
                assert any(line.startswith(f"{number} ") for line in lines), (state, number, lines)
                chosen.add(option)
        offered = {option.id for option in reply.menu.options} if reply.menu else set()
        assert chosen == (offered | ALWAYS if not reply.ends else set()), state


@pytest.mark.parametrize("shop", SHOPS)
def test_every_page_but_the_last_of_a_session_has_a_way_on(
    shop: Callable[[], FakeShop], words: Words
) -> None:
    for state, reply, rendered in screens(shop, words):
        assert rendered.shown is not None
        pages = list(turned(rendered.shown))
        assert len(pages) == len(rendered.shown.pages), state
        for shown in pages:
            text = shown.current.text
            if text.startswith("END "):
                assert shown is pages[-1]
                assert reply.ends
                continue
            further = "99 " in text or set(shown.current.options) - {"0", "00"}
            assert further or reply.asks or "98 " in text, (state, text)


@pytest.mark.parametrize("shop", SHOPS)
def test_the_page_that_ends_a_session_is_one_page(
    shop: Callable[[], FakeShop], words: Words
) -> None:
    ends = [r for _, reply, r in screens(shop, words) if reply.ends]
    assert ends
    for rendered in ends:
        assert rendered.shown is not None
        assert len(rendered.shown.pages) == 1, rendered.shown.pages


def test_an_sms_stays_within_three_segments_however_long_the_names_are(words: Words) -> None:
    for state, _, reply in walk("sms", wordy_shop).replies:
        rendered = render(reply, Medium.SMS, READER, words, NOW, provider="twilio")
        pages = [page.text for page in rendered.shown.pages] if rendered.shown else []
        for text in (*pages, *(draft.text for draft in rendered.texts)):
            assert is_gsm(text), (state, text)
            assert segments(text).count <= 3, (state, text)


@pytest.mark.parametrize("asked", ["ussd-which-extension", "ussd-unknown-extension"])
def test_a_shared_codes_first_page_names_its_shops_on_one_screen(asked: str, words: Words) -> None:
    shops = [
        Message("ussd-extension", extension=str(n), name=f"{NAME} {n}") for n in range(101, 106)
    ]
    page = question(Reply((Message(asked), *shops)), READER, words)
    assert page.startswith("CON ")
    assert is_gsm(page)
    assert segments(page).units <= 160
    rows = page.split("\n")[1:]
    assert [row.split()[0] for row in rows] == ["101", "102", "103", "104", "105"]
    assert all(len(row) > 10 for row in rows)
