"""Personal data and secrets are taken out of everything that is logged, or kept of what staff did."""

import re
from collections.abc import Mapping
from itertools import pairwise

HIDDEN = "***"

# A key is hidden when one of its words, or two that belong together, is here.
SECRET_WORDS = frozenset(
    {
        "password",
        "token",
        "secret",
        "pin",
        "card",
        "authorization",
        "cookie",
        "apikey",
        "nationalid",
    }
)
PHONE_WORDS = frozenset({"phone", "msisdn", "partyid", "payer", "recipient"})

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

# What is not a number of a person although it is made of digits comes first and stays.
_PHONE = re.compile(
    r"(?P<kept>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|(?<![0-9A-Za-z])(?P<plus>\+|%2[Bb])?(?P<first>\d{3})\d{3,9}(?P<last>\d{3})(?![0-9A-Za-z])"
    r"|(?P<spaced>\+\d[\d ().-]{6,17}\d)",
)

_SECRETS = (
    (re.compile(r"(?i)(/webhooks/+africastalking/+)[^/\s?\"']+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{6,}"), r"\1 ***"),
    (
        re.compile(r"(?i)\b(password|token|secret|pin|api_?key)(=|\": ?\"|': ?')[^&\s\"']+"),
        r"\1\2***",
    ),
    (re.compile(r"(://[^:/@\s]*):[^@/\s]+@"), r"\1:***@"),
    # PostgreSQL repeats the values of a statement in these parts of an error.
    (
        re.compile(r"(?s)\b(DETAIL: +|LINE \d+: ).*?(?=\n(?:HINT:|CONTEXT:|\[SQL|\s*File |\n)|\Z)"),
        r"\1***",
    ),
)


def masked(text: str) -> str:
    """`text` with phone numbers shortened to their ends ("+256****003") and secrets hidden."""
    for pattern, put in _SECRETS:
        text = pattern.sub(put, text)
    return _PHONE.sub(_ends, text)


def _ends(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["spaced"]:
        digits = re.sub(r"\D", "", found["spaced"])
        return f"+{digits[:3]}****{digits[-3:]}"
    return f"{found['plus'] or ''}{found['first']}****{found['last']}"


def shown(key: str, value: object) -> object:
    """A value under its name, however deep: hidden or masked where the name or its text asks for it."""
    if value is None or isinstance(value, bool):
        return value
    words = [word.lower() for word in _WORDS.findall(key)]
    if _names(words, SECRET_WORDS):
        return HIDDEN
    if _names(words, PHONE_WORDS):
        text = str(value)
        short = masked(text)
        return short if short != text else HIDDEN
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): shown(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [shown("", inner) for inner in value]
    return masked(str(value))


def _names(words: list[str], hidden: frozenset[str]) -> bool:
    pairs = (first + second for first, second in pairwise(words))
    return not hidden.isdisjoint((*words, *pairs))
