"""Text made comparable: case, diacritics, stretched letters, chat spellings; each word knows its place."""

import re
import unicodedata
from typing import NamedTuple

from intents.language import Language

PRODUCT = "\ue000"
"""Stands for a product in what the classifier reads, so that it learns sentences and no goods."""

READ_AT_MOST = 500
"""Characters of a message that are read; the rest of a longer one is ignored."""

# Letters that carry their hook or stroke inside the letter, so that decomposition leaves them alone.
_HOOKED = str.maketrans(
    {**dict(zip("ɓɗƙƴɛɔəøđłıŋ", "bdkyeoeodlin", strict=True)), "œ": "oe", "æ": "ae"}
)
_MARKS = "\u0300-\u036f"
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
# "A14" is one word, a model; "x3" and the naira's "N4500" are numbers with a sign before them.
_MODEL = r"(?<![^\W_])[A-MO-WYZa-mo-wyz]\d{1,4}[^\W\d_]?(?![^\W_])"
# "26 000": thousands apart, as in French. Only sums that end like prices, and never "20 128" or "2 500 ml".
_APART = (
    r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})*(?: \d(?:00|50))(?![\w.,]|\s*(?:k?g|gr|[mc]?l|mg|[gm]b)\b)"
)
_TOKEN = re.compile(
    rf"{_MODEL}|{_APART}|"
    rf"\d+[/\u2044]\d+"
    rf"|\d+(?:[.,]\d+)*"
    rf"|[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}][^\W\d_]*)*(?:['\u2019`][^\W\d_]+)*"
    rf"|\n"
    rf"|[^\s\w]"
)
# Private characters mean something to the engine alone: nobody can write them.
_PRIVATE = ("\ue000", "\uf8ff")
_SILENT = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f\x00\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
)


class Token(NamedTuple):
    """A word, number or sign. `word` is folded; `start` and `end` are its place in the tidied text."""

    word: str
    start: int
    end: int


def tidy(text: str) -> str:
    """Compatible characters unified, invisible ones dropped, and cut to what is read."""
    shortened = unicodedata.normalize("NFKC", text[: READ_AT_MOST * 2])[:READ_AT_MOST]
    return "".join(c for c in shortened if c not in _SILENT and not _PRIVATE[0] <= c <= _PRIVATE[1])


def fold(word: str) -> str:
    """One word without case, diacritics, apostrophes and stretched letters."""
    lower = word.casefold()
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_HOOKED)
    lower = lower.replace("'", "").replace("\u2019", "").replace("`", "")
    return _STRETCHED.sub(r"\1", lower)


def tokenise(text: str, language: Language) -> list[Token]:
    """The tokens of a tidied text. A chat spelling that stands for several words gives several tokens."""
    tokens: list[Token] = []
    spellings = language.spellings
    for found in _TOKEN.finditer(text):
        word = fold(found.group().replace(" ", ""))
        if word:
            plain = spellings.get(word, (word,))
            tokens.extend(Token(part, found.start(), found.end()) for part in plain)
    return tokens


def is_word(token: Token) -> bool:
    """Whether it is made of letters."""
    return token.word[0].isalpha()


def folded(text: str, language: Language) -> str:
    """A text's folded tokens, one space between them: what the classifier reads."""
    return " ".join(token.word for token in tokenise(tidy(text), language))
