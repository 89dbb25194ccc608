from datetime import datetime, timedelta

import pytest

from channels.render.answer import PageTurn, resolve
from channels.shown import Page, Shown
from flows.heard import Choice, Stale


@pytest.fixture
def shown(now: datetime) -> Shown:
    first = Page("...", {"1": "product:rice", "2": "product:oil"}, {"1": "Rice 5kg", "2": "Oil"})
    second = Page("...", {"3": "pay", "0": "back"}, {"3": "Pay now", "0": "Back"})
    return Shown("customer", now, (first, second))


@pytest.mark.parametrize(
    "text", ["2", " 2 ", "2.", "#2", "2)", "# 2", "２", "oil", " OIL ", "2 oil", "2. Oil"]
)
def test_an_option_is_chosen_by_number_or_by_its_words(
    shown: Shown, now: datetime, text: str
) -> None:
    assert resolve(text, None, shown, now) == Choice("product:oil")


@pytest.mark.parametrize("text", ["7", "", "  ", "2 oils", "rice", "two", "98", "1.5", "22222"])
def test_anything_else_is_for_the_language_to_understand(
    shown: Shown, now: datetime, text: str
) -> None:
    assert resolve(text, None, shown, now) is None


def test_pages_are_turned_both_ways_and_never_past_the_ends(shown: Shown, now: datetime) -> None:
    assert resolve("99", None, shown, now) == PageTurn(1)
    assert resolve("98", None, shown.turned(1), now) == PageTurn(0)
    assert resolve("99", None, shown.turned(1), now) is None
    assert resolve("98", None, shown, now) is None


def test_a_number_counts_on_pages_that_were_read_but_not_on_those_to_come(
    shown: Shown, now: datetime
) -> None:
    assert resolve("1", None, shown.turned(1), now) == Choice("product:rice")
    assert resolve("3", None, shown, now) is None


def test_a_number_typed_before_the_menu_was_shown_is_asked_again(
    shown: Shown, now: datetime
) -> None:
    earlier = now - timedelta(seconds=1)
    assert resolve("2", None, shown, earlier) == Stale("Oil")
    assert resolve("oil", None, shown, earlier) == Choice("product:oil")
    assert resolve("7", None, shown, earlier) is None


def test_a_button_means_what_its_id_says_however_old_it_is(shown: Shown, now: datetime) -> None:
    assert resolve("Pay", "pay", shown, now - timedelta(days=2)) == Choice("pay")
    assert resolve("Pay", "product:gone", None, now) == Choice("product:gone")


def test_without_a_menu_a_number_is_only_a_number(now: datetime) -> None:
    assert resolve("2", None, None, now) is None


def test_two_options_with_the_same_words_are_not_guessed_between(now: datetime) -> None:
    page = Page("...", {"1": "a", "2": "b"}, {"1": "Rice", "2": "rice"})
    assert resolve("rice", None, Shown("customer", now, (page,)), now) is None
