"""Money, hours and dates as a reader writes them. Plain spaces only, so that they fit GSM-7."""

import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency

from flows.money import Money

# CLDR knows too little of these languages (Luganda would write "48,000.00UGX").
BORROWED = {"pcm": "en", "lg": "en"}

_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_GLUED = re.compile(r"(?<=[A-Z]{3})(?=\d)|(?<=\d)(?=[A-Z]{3})")


@lru_cache(maxsize=64)
def formats(locale: str) -> Locale:
    """The CLDR locale by which `locale` writes numbers: its own, a borrowed one, or English."""
    language = re.split("[-_]", locale)[0]
    name = BORROWED.get(language, locale.replace("-", "_"))
    for candidate in (name, language):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def money(amount: Money, locale: str) -> str:
    """ "UGX 48,000": the currency by its code; decimals only where there are any."""
    cldr = formats(locale)
    pattern = cldr.currency_formats["standard"].pattern.replace("¤", "¤¤")
    if amount.major == amount.major.to_integral_value():
        pattern = re.sub(r"\.0+", "", pattern)
    text = format_currency(
        Decimal(amount.major), amount.currency, pattern, cldr, currency_digits=False
    )
    return _GLUED.sub(" ", _SPACES.sub(" ", text))


def clock(at: datetime, timezone: str) -> str:
    """ "14:05", in 24 hours as every language here writes it."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%H:%M")


def moment(at: datetime, locale: str, timezone: str) -> str:
    """ "21 Nov 14:05": day and month by name, since 3/4 means two things."""
    local = at.astimezone(ZoneInfo(timezone))
    return _SPACES.sub(" ", format_datetime(local, "d MMM HH:mm", locale=formats(locale)))
