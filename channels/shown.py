"""What was last shown on one line of a conversation, so that "2" has one meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from channels import interactive
from channels.interactive import Interactive


@dataclass(frozen=True, slots=True)
class Page:
    """One screen: its words, and what each answer ("1", "2") on it chooses. `labels` as shown.

    The words of a USSD page begin with its "CON " or "END ". `interactive` is what can be tapped under
    them; then the numbers are not on the screen, but may be typed all the same.
    """

    text: str
    options: Mapping[str, str]
    labels: Mapping[str, str]
    interactive: Interactive | None = None


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

    def turned(self, page: int) -> "Shown":
        """The same reply with another of its pages on the screen."""
        return replace(self, page=page)


def dump(shown: Shown) -> dict[str, object]:
    """As a JSON object with short keys, since one is stored with every conversation."""
    return {
        "r": shown.role,
        "t": shown.at.isoformat(),
        "n": shown.page,
        "p": [_dumped(page) for page in shown.pages],
    }


def load(document: Mapping[str, object]) -> Shown:
    """What `dump` wrote. Raises ValueError when it is something else."""
    match document:
        case {"r": str(role), "t": str(at), "n": int(page), "p": list(pages)} if (
            0 <= page < len(pages)
        ):
            return Shown(role, datetime.fromisoformat(at), tuple(map(_page, pages)), page)
    raise ValueError("this is not a menu as shown")


def _dumped(page: Page) -> list[object]:
    tapped = [interactive.dump(page.interactive)] if page.interactive else []
    return [page.text, dict(page.options), dict(page.labels), *tapped]


def _page(document: object) -> Page:
    match document:
        case [str(text), dict(options), dict(labels)]:
            return Page(text, _words(options), _words(labels))
        case [str(text), dict(options), dict(labels), dict(tapped)]:
            offered = interactive.load_interactive(tapped)
            return Page(text, _words(options), _words(labels), offered)
    raise ValueError("this is not a page as shown")


def _words(mapping: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in mapping.items()}
