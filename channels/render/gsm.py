"""The GSM 7-bit alphabet, and what a text costs as SMS.

Source: 3GPP TS 23.038, sections 6.2.1 (default alphabet) and 6.2.1.1 (extension table); TS 23.040,
section 9.2.3.24.1 (a concatenated part carries 153 septets or 67 UCS-2 units).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")

# What word processors and phones put in where a plain character was meant.
TYPOGRAPHY = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u3000\t", " "),
    **dict.fromkeys("\u2022\u00b7\u25cf\u2023\u2043", "-"),
    "\u2026": "...",
    "\u00d7": "x",
    "\u2192": "->",
    "\u00bd": "1/2",
    "\u00bc": "1/4",
    "\u00be": "3/4",
    "\u2044": "/",
    "\u00b0": " deg",
    "\u2122": "",
    "\u00ae": "",
    "\u00a9": "",
    # As people write them where a phone lacks the sign: "N500", "GHc 20".
    "\u20a6": "N",
    "\u20b5": "c",
    "\u20b9": "Rs",
    "\u20a8": "Rs",
}

# Letters of African and European languages that do not decompose into a base letter and an accent.
LETTERS = {
    "ŋ": "ng", "Ŋ": "Ng", "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "Ƙ": "K", "ƴ": "y",
    "Ƴ": "Y", "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ɲ": "ny", "Ɲ": "Ny", "ǝ": "e", "Ǝ": "E",
    "ə": "e", "Ə": "E", "ɣ": "g", "Ɣ": "G", "ʋ": "v", "Ʋ": "V", "œ": "oe", "Œ": "OE", "đ": "d",
    "Đ": "D", "ð": "d", "þ": "th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ẞ": "SS",
}  # fmt: skip

_TONES = re.compile("[\u0300\u0301]")
# The acute, and the dot below.
_LOST = frozenset("\u0301\u0323")
_GAPS = re.compile(" {2,}")
_EDGES = re.compile("^ +| +$", re.MULTILINE)


class Encoding(StrEnum):
    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segments:
    """`units` are septets in GSM-7 and 16-bit units in UCS-2; `count` is what the provider bills."""

    encoding: Encoding
    count: int
    units: int


def is_gsm(text: str) -> bool:
    """Whether every character is in the default alphabet or its extension."""
    return all(character in BASIC or character in EXTENSION for character in text)


def segments(text: str) -> Segments:
    """How many SMS `text` is sent as. One character outside GSM-7 makes the whole of it UCS-2."""
    if is_gsm(text):
        return _count(Encoding.GSM7, (2 if c in EXTENSION else 1 for c in text), 160, 153)
    return _count(Encoding.UCS2, (2 if ord(c) > 0xFFFF else 1 for c in text), 70, 67)


def _count(encoding: Encoding, widths: Iterable[int], alone: int, joined: int) -> Segments:
    # A character of two units never straddles two parts: the gap it leaves is counted.
    units, parts, room = 0, 1, joined
    for width in widths:
        units += width
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return Segments(encoding, min(units, 1) if units <= alone else parts, units)


def fits(text: str, most: int = 1) -> bool:
    """Whether `text` costs no more than `most` segments."""
    return segments(text).count <= most


def transliterate(text: str, *, accents: bool, tones: bool = False) -> str:
    """`text` with typographic characters made plain, and without pictures and invisible characters.

    With `accents` everything becomes GSM-7: letters that it lacks are written with those it has, and
    "?" stands for a letter of another script. `tones`: marks tell tones in this language. GSM-7 has "à"
    and "è", but neither "á" nor "ẹ", so none is left where one may be lost: of tones that stand here
    and there a reader would make other words.
    """
    composed = unicodedata.normalize("NFC", text)
    if accents and (tones or loses_tones(composed)):
        bare = _TONES.sub("", unicodedata.normalize("NFD", composed))
        composed = unicodedata.normalize("NFC", bare)
    return "".join(_plain(character, accents) for character in composed)


def tidy(text: str) -> str:
    """`text` without the gaps that left-out characters leave in and around its lines."""
    return _EDGES.sub("", _GAPS.sub(" ", text))


def plain(text: str, *, tones: bool = False) -> str:
    """`text` in letters that an SMS of 160 characters has."""
    return tidy(transliterate(text, accents=True, tones=tones))


def loses_tones(text: str) -> bool:
    """Whether there are letters of a language with tones among those that GSM-7 lacks."""
    lacking = (c for c in unicodedata.normalize("NFC", text) if c > "\x7f" and c not in BASIC)
    return any(not _LOST.isdisjoint(unicodedata.normalize("NFD", c)) for c in lacking)


def _plain(character: str, accents: bool) -> str:
    if character in TYPOGRAPHY:
        return TYPOGRAPHY[character]
    if character in BASIC or character in EXTENSION:
        return "" if character in "\r\f" else character
    category = unicodedata.category(character)
    # Variation selectors and the keycap count as marks, but belong to emoji.
    if category in {"So", "Sk", "Me"} or category[0] in "CZ" or "\ufe00" <= character <= "\ufe0f":
        return " " if category[0] == "Z" else ""
    if not accents:
        return character
    return _latin(character, category)


def _latin(character: str, category: str) -> str:
    if character in LETTERS:
        return LETTERS[character]
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(LETTERS.get(part, part) for part in parts)
    kept = "".join(part for part in plain if part in BASIC or part in EXTENSION)
    return kept or ("?" if category[0] == "L" else "")
