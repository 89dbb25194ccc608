"""What a text of the catalogues looks like when it is read: its words, with anything for its values."""

import re
import unicodedata

from channels.channel import Medium
from channels.render import Reader, Words
from channels.render.words import MissingTextError
from flows.message import Message

# Stands for a value while a text is turned into a pattern; no catalogue says it.
_VALUE = "zzvaluezz"
_MANY = 7777777
# However a language parts its thousands.
_COUNTED = "7 777 777"
_LETTERS = {"œ": "oe", "ɓ": "b", "ɗ": "d", "ƙ": "k"}


def plain(text: str) -> str:
    """Letters and digits alone, as an SMS, a page and a chat have in common: "UGX 44,500" and
    "44 500 UGX" carry the same figures."""
    bare = "".join(
        _LETTERS.get(c, c)
        for c in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(c)
    )
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "").replace("’", "")).split())


def pattern_of(words: Words, key: str, locale: str, medium: Medium) -> re.Pattern[str]:
    """Matches the plain text of whatever says `key` in this language."""
    names = _placeholders(words, key)
    values = dict.fromkeys((name for name in names if name != "count"), _VALUE)
    message = Message(key, count=_MANY if "count" in names else None, **values)
    said = words.text(message, Reader(locale, "UTC", "customer"), medium)
    fixed = plain(said).replace(_COUNTED, _VALUE)
    parts = [re.escape(part.strip()) for part in fixed.split(_VALUE)]
    assert "".join(parts), f"{key} says nothing of its own"
    return re.compile(".*?".join(parts))


def _placeholders(words: Words, key: str) -> tuple[str, ...]:
    try:
        return words.placeholders(key)
    except MissingTextError:
        # Only its plural forms stand in the catalogue.
        return ("count",)
