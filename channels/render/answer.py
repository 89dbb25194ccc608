"""What a person chose, read against what was shown to them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from channels.render.ids import HASHED, TURN, meant, turned_page
from channels.render.pages import MORE, PREVIOUS
from channels.shown import Page, Shown
from flows.heard import Choice, Stale

_NUMBER = re.compile(r"#?\s*(\d{1,4})\s*[.):#]?")


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Another page of the same reply is wanted: `page` is its index in `Shown.pages`."""

    page: int


Answer: TypeAlias = Choice | Stale | PageTurn


def resolve(
    text: str, choice: str | None, shown: Shown | None, received_at: datetime
) -> Answer | None:
    """What `text`, or the id of a pressed button, chooses; None when the words must be understood.

    A button's id says what it means, however old the button is. A number only means something in the
    menu it was typed against: one received before the present menu was rendered is Stale.
    """
    if choice:
        return _by_id(choice, text, shown)
    if shown is None:
        return None
    words = _folded(text)
    number = _NUMBER.fullmatch(words)
    if number is None:
        return _by_label(words, shown)
    return _by_number(number[1], shown, received_at)


def _by_id(chosen: str, title: str, shown: Shown | None) -> Answer:
    """Only what has no meaning of its own needs the menu in which it stood."""
    if chosen.startswith(f"{TURN}:"):
        page = turned_page(chosen, shown) if shown is not None else None
        return Stale(title.strip()) if page is None else PageTurn(page)
    if chosen.startswith(HASHED):
        option = meant(chosen, shown) if shown is not None else None
        return Stale(title.strip()) if option is None else Choice(option)
    return Choice(chosen)


def _by_number(number: str, shown: Shown, received_at: datetime) -> Answer | None:
    turn = {MORE: shown.page + 1, PREVIOUS: shown.page - 1}.get(number)
    if turn is not None and 0 <= turn < len(shown.pages):
        return PageTurn(turn)
    page = _holding(number, shown)
    if page is None:
        return None
    if received_at < shown.at:
        return Stale(page.labels[number])
    return Choice(page.options[number])


def _holding(number: str, shown: Shown) -> Page | None:
    """The page that has `number`: the present one, or one that was read before it."""
    seen = shown.pages[: shown.page + 1]
    return next((page for page in reversed(seen) if number in page.options), None)


def _by_label(words: str, shown: Shown) -> Choice | None:
    """A label typed as it stands, with or without its number; two options may share one: no guess."""
    ids = {
        page.options[number]
        for page in shown.pages
        for number, label in page.labels.items()
        if words in {form.format(number, _folded(label)) for form in ("{1}", "{0} {1}", "{0}. {1}")}
    }
    return Choice(ids.pop()) if len(ids) == 1 and words else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
