"""How people find their way: by what an option is called, in any of the languages they may read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from channels.channel import Medium
from channels.render import Reader, Words
from channels.render.words import MissingTextError
from flows.message import Message
from scripts.simulate.files import LANGUAGES

# A line of a cart ("1 x Soap") is none.
_OPTION = re.compile(r"^(\d+)[.)]? (?!x )(.+)$", re.MULTILINE)
_MORE = re.compile(r"^99 ", re.MULTILINE)
_VALUE = "zzvaluezz"
_MANY = 7777777
_LETTERS = {"ɓ": "b", "ɗ": "d", "ƙ": "k", "œ": "oe"}
# Texts that all of this reads are spoken on these.
WAYS_BACK = ("0", "00", "99")
MEDIA = (Medium.WHATSAPP, Medium.SMS, Medium.USSD)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it is read: what is typed to choose it, and what it is called."""

    typed: str
    label: str


def choices(text: str) -> Sequence[Choice]:
    """What leads on: the ways back (0, 00) and to the next page are left out."""
    found = (Choice(typed, label) for typed, label in _OPTION.findall(text))
    return [choice for choice in found if choice.typed not in WAYS_BACK]


def goes_on(text: str) -> bool:
    """Whether a page has another one behind it."""
    return _MORE.search(text) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """Knows what the catalogues call things."""

    words: Words

    def option(self, text: str, key: str) -> str | None:
        """What is typed to choose the option that is called `key`; None where it is not offered."""
        pattern = _pattern(self.words, key)
        found = (c.typed for c in choices(text) if pattern.match(_plain(c.label)))
        return next(found, None)

    def says(self, text: str, key: str) -> bool:
        """Whether the text says `key` in any language."""
        return _pattern(self.words, key).search(_plain(text)) is not None


@lru_cache(maxsize=512)
def _pattern(words: Words, key: str) -> re.Pattern[str]:
    forms = {
        form
        for locale in LANGUAGES
        for medium in MEDIA
        if (form := _form(words, key, locale, medium)).replace(".*?", "").strip()
    }
    return re.compile("|".join(f"(?:{form})" for form in sorted(forms, key=len, reverse=True)))


def _form(words: Words, key: str, locale: str, medium: Medium) -> str:
    try:
        names = words.placeholders(key)
    except MissingTextError:
        names = ("count",)
    values = dict.fromkeys((name for name in names if name != "count"), _VALUE)
    message = Message(key, count=_MANY if "count" in names else None, **values)
    said = words.text(message, Reader(locale, "UTC", "customer"), medium)
    fixed = _plain(said).replace(str(_MANY), _VALUE)
    return ".*?".join(re.escape(part.strip()) for part in fixed.split(_VALUE))


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    bare = "".join(
        _LETTERS.get(c, c)
        for c in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(c)
    )
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "").replace("’", "")).split())
