"""A text that is not yet in a language. It becomes words when it is rendered for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from flows.money import Money


@dataclass(frozen=True, slots=True)
class Elastic:
    """A list that may be shortened to "a, b +3" where its text would not fit one SMS segment."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment of which the reader needs the hour ("14:05"), in the shop's time zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something ("2,500"), besides the `count` that picks the plural form."""

    number: int


@dataclass(frozen=True, slots=True)
class Day:
    """A moment of which the reader needs the day ("21 Nov"), in the shop's time zone."""

    at: datetime


Value: TypeAlias = (
    "str | int | Count | Money | datetime | Clock | Day | Elastic | Message | tuple[Message, ...]"
)


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """`key` names the text in the gettext catalogues; `values` fill its named placeholders.

    `count` picks the plural form and is itself available as `{count}`. Values that are Messages are
    rendered in the same language; a tuple of Messages becomes lines. Texts use `{name}` placeholders.
    The catalogue may hold a second text with the context "short" (SMS and USSD) or "ussd", and one with
    "gsm" where plain letters would make other words of it.
    """

    key: str
    count: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def __init__(self, key: str, /, *, count: int | None = None, **values: Value) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "values", values)


def verbatim(text: str) -> Message:
    """Words that are nobody's to translate: a product's name, what a person wrote."""
    return Message("verbatim", text=text)
