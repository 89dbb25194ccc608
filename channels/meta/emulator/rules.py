"""Which requests Meta refuses, by the code that it gives.

Source: as in channels/interactive.py; Meta, "Text messages" (body up to 4,096 characters), "Image
messages" (caption up to 1,024), "Error codes".
"""

from collections.abc import Sequence

from channels.interactive import (
    LONGEST_BODY,
    LONGEST_BUTTON,
    LONGEST_DESCRIPTION,
    LONGEST_OPENER,
    LONGEST_ROW,
    LONGEST_TEXT,
    MOST_BUTTONS,
    MOST_ROWS,
    Button,
    Buttons,
    Interactive,
    Row,
    Rows,
    Template,
)
from channels.meta.fields import Fields
from channels.meta.people import USER_ID

MISSING = 131008
WRONG = 131009
PARAMETER = 100
UNKNOWN_KIND = 131051
LONGEST_BUTTON_ID = 256
LONGEST_ROW_ID = 200
LONGEST_LINK = 2000


class RefusedError(Exception):
    """Meta would answer with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def recipient(asked: Fields) -> str:
    """E.164, or a business-scoped user id. `to` goes before `recipient`."""
    if to := asked.text("to"):
        digits = to.removeprefix("+")
        if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
            raise RefusedError(WRONG)
        return f"+{digits}"
    user_id = asked.text("recipient")
    if not user_id:
        raise RefusedError(PARAMETER)
    if not USER_ID.fullmatch(user_id):
        raise RefusedError(WRONG)
    return user_id


def words(text: str, most: int, *, fewest: int = 1) -> str:
    """Text that Meta takes. Blanks at either end are no text."""
    if len(text.strip()) < fewest:
        raise RefusedError(MISSING)
    if len(text) > most:
        raise RefusedError(WRONG)
    return text


def interactive(asked: Fields) -> tuple[str, Interactive, str | None]:
    """The body, what can be tapped under it, and the picture above it."""
    body = words(asked.under("body").text("text"), LONGEST_BODY)
    action, header = asked.under("action"), _header(asked)
    if asked.text("type") == "button":
        return body, _buttons(action), header
    if asked.text("type") == "list":
        if header is not None:
            raise RefusedError(WRONG)
        return body, _rows(action), None
    raise RefusedError(UNKNOWN_KIND)


def _header(asked: Fields) -> str | None:
    header = asked.under("header")
    kind = header.text("type")
    if not kind:
        return None
    if kind != "image":
        raise RefusedError(UNKNOWN_KIND)
    return link(header.under("image"))


def link(image: Fields) -> str:
    """Where Meta is to fetch a picture from."""
    named = words(image.text("link"), LONGEST_LINK)
    if not named.startswith(("https://", "http://")):
        raise RefusedError(WRONG)
    return named


def _buttons(action: Fields) -> Buttons:
    replies = [button.under("reply") for button in action.each("buttons")]
    made = tuple(
        Button(
            words(reply.text("id"), LONGEST_BUTTON_ID), words(reply.text("title"), LONGEST_BUTTON)
        )
        for reply in replies
    )
    _count(made, MOST_BUTTONS)
    _differ([button.id for button in made])
    _differ([button.title for button in made])
    if any(button.id != button.id.strip() for button in made):
        raise RefusedError(WRONG)
    return Buttons(made)


def _rows(action: Fields) -> Rows:
    listed = [row for section in action.each("sections") for row in section.each("rows")]
    made = tuple(
        Row(
            words(row.text("id"), LONGEST_ROW_ID),
            words(row.text("title"), LONGEST_ROW),
            words(row.text("description"), LONGEST_DESCRIPTION, fewest=0) or None,
        )
        for row in listed
    )
    _count(made, MOST_ROWS)
    _differ([row.id for row in made])
    return Rows(words(action.text("button"), LONGEST_OPENER), made)


def _count(made: Sequence[object], most: int) -> None:
    if not 1 <= len(made) <= most:
        raise RefusedError(WRONG)


def _differ(names: Sequence[str]) -> None:
    if len(set(names)) != len(names):
        raise RefusedError(WRONG)


def text(asked: Fields) -> str:
    return words(asked.under("text").text("body"), LONGEST_TEXT)


def template(asked: Fields) -> Template:
    values = tuple(
        parameter.text("text")
        for component in asked.each("components")
        if component.text("type") == "body"
        for parameter in component.each("parameters")
    )
    # Meta takes neither line breaks nor runs of blanks in a value.
    if any(not value or "\n" in value or "\t" in value or "     " in value for value in values):
        raise RefusedError(132012)
    return Template(asked.text("name"), asked.under("language").text("code"), values)
