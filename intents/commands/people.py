"""Words with which people or their phones stand: "STAFF Nakato 0772123456", "RIDER Okello 0772123457
Ntinda", "REMOVE Okello", "SETPAYOUT MTN 0772123456"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intents.command import Command, Word
from intents.commands.parts import Part, unpointed
from intents.language import Language

# A name has no more words: what is longer is a sentence.
LONGEST_NAME = 4
_PHONE = re.compile(r"\+?\d(?:[ -]?\d){7,14}(?!\d)")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to work at the shop: `phone` as it was written, `zone` where a rider is to ride, "" for
    everywhere."""

    name: str
    phone: str
    zone: str = ""


def read_newcomer(rest: str) -> Newcomer | None:
    """A name and a phone, in either order, and what stands behind both. None where one is missing."""
    found = _PHONE.search(rest)
    if found is None:
        return None
    before, after = rest[: found.start()].strip(" ,"), rest[found.end() :].strip(" ,")
    name, zone = (before, after) if before else (after, "")
    if not name or len(name.split()) > LONGEST_NAME:
        return None
    return Newcomer(name, found.group(), zone)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A phone as it was written, and the words beside it: "MTN"."""

    phone: str
    beside: str


def read_own_number(rest: str) -> OwnNumber | None:
    """None where there is no phone, or a whole sentence."""
    found = _PHONE.search(rest)
    if found is None:
        return None
    beside = f"{rest[: found.start()]} {rest[found.end() :]}".strip(" ,")
    return OwnNumber(found.group(), beside) if len(beside.split()) <= LONGEST_NAME else None


def newcoming(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """A name with a phone, or nothing: who works here. "rider is late" is talk."""
    rest = unpointed(text, after)
    if rest and _PHONE.search(rest) is None:
        return None
    return Command(word, rest=rest, exact=exact and bool(rest))


def numbering(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """A phone, or nothing: which one it is now."""
    rest = unpointed(text, after)
    if rest and read_own_number(rest) is None:
        return None
    return Command(word, rest=rest, exact=exact)


def leaving(
    word: Word, _exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """Never exact: to a seller who is buying, "remove rice" is about the cart."""
    rest = unpointed(text, after)
    return Command(word, rest=rest, exact=False) if len(rest.split()) <= LONGEST_NAME else None
