"""What was last shown on one line of a conversation, so that "2" has one meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One screen: its words, and what each answer ("1", "2") on it chooses. `labels` as shown."""

    text: str
    options: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """All pages of one reply as rendered for one medium, and which of them is on the screen.

    `role` is whose place it belongs to ("customer", "seller", "rider"); `at` is when it was rendered.
    """

    role: str
    at: datetime
    pages: tuple[Page, ...]
    page: int = 0

    @property
    def current(self) -> Page:
        return self.pages[self.page]
