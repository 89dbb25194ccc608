"""Money as providers write it in JSON, read so that nothing is guessed. Every rail reads through this.

`json_object` keeps a bare decimal (48000.0, which some providers send) exactly as written; `amount_of`
makes Money of it, or None, which never counts as paid. Refused are floats, numbers with an exponent
(1e3), signs, NaN and infinity, booleans, empty text, thousands separators, letters that look like
digits, more than 10^15 minor units, and more decimals than the currency has.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from flows.money import Money, MoneyError

MOST_MINOR = 10**15
MOST_DECIMALS = 8
_NUMBER = re.compile(rf"[0-9]{{1,16}}(\.[0-9]{{1,{MOST_DECIMALS}}})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)


def json_object(raw: bytes) -> Mapping[str, object]:
    """The JSON object in a body; empty where it is none. Numbers are int or Decimal, those with an
    exponent and the like stay text."""
    try:
        body = json.loads(raw, parse_float=_decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def amount_of(value: object, currency: object, *, minor: bool = False) -> Money | None:
    """An amount in major units, or in minor ones where the provider counts so; None where it cannot
    be read."""
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        return None
    text = _written(value)
    if text is None or not _NUMBER.fullmatch(text):
        return None
    code = currency.upper()
    try:
        money = Money(_whole(text), code) if minor else Money.of(Decimal(text), code)
    except MoneyError:
        return None
    return money if money.minor <= MOST_MINOR else None


def _written(value: object) -> str | None:
    """A number as it stood in the body. A float has lost that, and a boolean is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, int) and abs(value) > MOST_MINOR:
        return None
    if isinstance(value, Decimal):
        places = value.as_tuple().exponent
        plain = isinstance(places, int) and -MOST_DECIMALS <= places <= 0
        return format(value, "f") if plain else None
    return str(value)


def _whole(text: str) -> int:
    """Minor units have no parts. Raises MoneyError."""
    whole, _, parts = text.partition(".")
    if parts.strip("0"):
        raise MoneyError(f"{text} has parts of a minor unit")
    return int(whole)


def _decimal(literal: str) -> object:
    return literal if "e" in literal.lower() else Decimal(literal)
