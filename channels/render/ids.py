"""Option ids on their way through a provider, and what comes back for them."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from channels.interactive import LONGEST_ID
from channels.shown import Shown

HASHED = "#"
TURN = "page"


def wire_id(option: str) -> str:
    """`option` as a provider takes it: a digest in place of what is too long, or has blanks at its
    ends, which buttons may not have."""
    if 0 < len(option.encode("utf-8", "surrogatepass")) <= LONGEST_ID and option == option.strip():
        return option
    return HASHED + hashlib.sha256(option.encode("utf-8", "surrogatepass")).hexdigest()


def turn_id(page: int, at: datetime) -> str:
    """The id of what leads to another page of the menu that was rendered at `at`, and of no other."""
    return f"{TURN}:{page}:{at.timestamp():.6f}"


def turned_page(chosen: str, shown: Shown) -> int | None:
    """The page that `chosen` leads to; None where it belongs to another menu."""
    pages = range(len(shown.pages))
    return next((page for page in pages if chosen == turn_id(page, shown.at)), None)


def meant(chosen: str, shown: Shown) -> str | None:
    """The option that a digest stands for; None where it belongs to another menu."""
    return next((option for option in _options(shown) if wire_id(option) == chosen), None)


def _options(shown: Shown) -> Iterator[str]:
    return (option for page in shown.pages for option in page.options.values())
