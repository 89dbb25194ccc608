"""What stands in a message besides goods: a phone number, an order's number, a coupon."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from intents.folding import Token, fold, is_word
from intents.language import Language
from intents.phrases import length_at

_PHONE = re.compile(r"(?<![\w.,])\+?\d[\d \-()]{6,18}\d(?!\w)")
_COUPON = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,19}")
_ORDER = re.compile(r"\d{4,7}$")
_FIRST_ORDER = 1001


@dataclass(frozen=True, slots=True)
class Detail:
    """A value, and the tokens that it took."""

    value: str
    tokens: frozenset[int]


def find_phone(text: str, tokens: Sequence[Token], country: str) -> Detail | None:
    """The first valid phone number, in E.164. National numbers are read as the country's."""
    for found in _PHONE.finditer(text):
        try:
            parsed = phonenumbers.parse(found.group(), country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            return Detail(shown, _covered(tokens, found.start(), found.end()))
    return None


def find_order(tokens: Sequence[Token], language: Language) -> Detail | None:
    """The number of an order that is called one: "order 1003", "#1003"."""
    for at, token in enumerate(tokens):
        if not _ORDER.match(token.word) or int(token.word) < _FIRST_ORDER:
            continue
        marked = any(
            length_at(tokens[:at], at - length, language.order_marks) == length
            for length in (1, 2)
            if at >= length
        )
        if marked and not _opens_goods(tokens, at + 1, language):
            return Detail(token.word, frozenset({at}))
    return None


def bare_order(tokens: Sequence[Token], taken: frozenset[int]) -> Detail | None:
    """The first number that could be an order's, where the talk is of orders."""
    for at, token in enumerate(tokens):
        if at not in taken and _ORDER.match(token.word) and int(token.word) >= _FIRST_ORDER:
            return Detail(token.word, frozenset({at}))
    return None


def find_coupon(text: str, tokens: Sequence[Token], language: Language) -> Detail | None:
    """The code after "coupon" or "code", in upper case."""
    for at in range(len(tokens)):
        length = length_at(tokens, at, language.coupon_marks)
        follows = at + length
        while length and follows < len(tokens) and not is_word(tokens[follows]):
            if tokens[follows].word.isdigit():
                break
            follows += 1
        if length and follows < len(tokens) and (found := _code(text, tokens, follows, language)):
            return found
    return None


def bare_coupon(text: str, tokens: Sequence[Token], language: Language) -> Detail | None:
    """A word that looks like a code, where the talk is of coupons: "use SAVE10"."""
    for at in range(len(tokens)):
        if found := _code(text, tokens, at, language):
            return found
    return None


def _code(text: str, tokens: Sequence[Token], at: int, language: Language) -> Detail | None:
    """A code at this token: letters with figures, capitals, or a word that nobody says otherwise."""
    found = _COUPON.match(text, tokens[at].start)
    if found is None:
        return None
    raw = found.group()
    looks = any(c.isdigit() for c in raw) and any(c.isalpha() for c in raw)
    shouted = raw.isupper() and not text.isupper() and len(raw) > 3
    plain = fold(raw) in language.familiar or fold(raw) in language.carriers
    if looks or shouted or (raw.isalpha() and not plain and _after_mark(tokens, at, language)):
        return Detail(raw.upper(), _covered(tokens, found.start(), found.end()))
    return None


def _after_mark(tokens: Sequence[Token], at: int, language: Language) -> bool:
    return any(
        length_at(tokens[:at], at - length, language.coupon_marks) == length
        for length in (1, 2, 3)
        if at >= length
    )


def _opens_goods(tokens: Sequence[Token], at: int, language: Language) -> bool:
    return (
        at < len(tokens)
        and is_word(tokens[at])
        and tokens[at].word not in (language.carriers | language.separators)
    )


def _covered(tokens: Sequence[Token], start: int, end: int) -> frozenset[int]:
    return frozenset(i for i, t in enumerate(tokens) if start <= t.start < end)
