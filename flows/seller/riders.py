"""Which of several riders a seller names: by a name or a part of it, or by phone."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from rapidfuzz.distance import OSA

from intents.folding import fold

# So many of a phone's last digits tell it from others, however it is written.
LAST_DIGITS = 9


class Named(Protocol):
    """Somebody with a name and a phone."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...


N = TypeVar("N", bound=Named)


def named(who: str, among: Sequence[N]) -> tuple[Sequence[N], bool]:
    """Whom these words mean, and whether they are written as the name or the phone is."""
    written = digits(who)
    if len(written) >= LAST_DIGITS:
        end = written[-LAST_DIGITS:]
        return [each for each in among if each.phone.endswith(end)], True
    words = fold(who).split()
    exact = [each for each in among if set(words) <= set(fold(each.name).split())]
    if exact:
        return exact, True
    return [each for each in among if _near(words, fold(each.name).split())], False


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _near(words: Sequence[str], name: Sequence[str]) -> bool:
    """Every word is one of the name's with a slip."""
    return all(any(OSA.distance(word, part) <= 1 for part in name) for word in words)
