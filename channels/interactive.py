"""What a message carries besides its words: things to tap, or the template that it fills in.

The limits are WhatsApp's, where alone these exist. Source: Meta, WhatsApp Business Platform,
"Interactive reply buttons messages" and "Interactive list messages", request parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

MOST_BUTTONS = 3
LONGEST_BUTTON = 20
MOST_ROWS = 10
LONGEST_ROW = 24
LONGEST_DESCRIPTION = 72
# The button under a message that opens its list.
LONGEST_OPENER = 20
# Buttons would take 256; one option has one id, wherever it stands.
LONGEST_ID = 200
LONGEST_BODY = 1024
LONGEST_TEXT = 4096


@dataclass(frozen=True, slots=True)
class Button:
    """`id` comes back when it is pressed."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """Stand under the message, one to three."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of one to ten rows, which the button `opener` opens."""

    opener: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A text that Meta has approved, by its `name` and `language` there; `values` fill its
    placeholders in order."""

    name: str
    language: str
    values: tuple[str, ...] = ()


Interactive: TypeAlias = Buttons | Rows
Payload: TypeAlias = Buttons | Rows | Template


def dump(payload: Payload) -> dict[str, object]:
    """As a JSON object with short keys, since one is stored with every message."""
    match payload:
        case Buttons(buttons):
            return {"buttons": [[button.id, button.title] for button in buttons]}
        case Rows(opener, rows):
            return {"list": opener, "rows": [[r.id, r.title, r.description] for r in rows]}
        case Template(name, language, values):
            return {"template": name, "language": language, "values": list(values)}


def load(document: Mapping[str, object]) -> Payload:
    """What `dump` wrote. Raises ValueError when it is something else."""
    match document:
        case {"buttons": list(buttons)}:
            return Buttons(tuple(map(_button, buttons)))
        case {"list": str(opener), "rows": list(rows)}:
            return Rows(opener, tuple(map(_row, rows)))
        case {"template": str(name), "language": str(language), "values": list(values)}:
            return Template(name, language, tuple(map(str, values)))
    raise ValueError("nothing that a message carries")


def load_interactive(document: Mapping[str, object]) -> Interactive:
    """The same, of what can be tapped."""
    payload = load(document)
    if isinstance(payload, Template):
        raise ValueError("a template has nothing to tap")
    return payload


def _button(document: object) -> Button:
    match document:
        case [str(option), str(title)]:
            return Button(option, title)
    raise ValueError("no button")


def _row(document: object) -> Row:
    match document:
        case [str(option), str(title), str() | None as description]:
            return Row(option, title, description)
    raise ValueError("no row")
