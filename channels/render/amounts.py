"""Money, hours and dates as a reader writes them. Plain spaces only, so that they fit GSM-7."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency, format_decimal

from flows.money import Money

# CLDR knows too little of how these write numbers (Luganda would write "48,000.00UGX").
NUMBERS_OF: Mapping[str, str] = {"pcm": "en", "lg": "en"}
# Months go by their English names in Nigeria; CLDR's Yoruba ones ("Oṣù Bélú") are of the old calendar,
# and its Pidgin is spelt as nobody types it.
DATES_OF: Mapping[str, str] = {"pcm": "en", "yo": "en"}
# What people write on a price tag. Other currencies go by their code there too: "UGX", "RWF".
WRITTEN: Mapping[str, str] = {
    "NGN": "₦",
    "KES": "KSh",
    "TZS": "TSh",
    "XAF": "FCFA",
    "XOF": "FCFA",
}
# Stands after the amount in every language.
LAST = frozenset({"FCFA"})

_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
# Letters stand apart from digits, a sign beside them.
_GLUED = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


@lru_cache(maxsize=64)
def formats(locale: str, borrowed: str | None = None) -> Locale:
    """The CLDR locale by which `locale` writes: `borrowed`, its own, or English."""
    for candidate in (borrowed or locale.replace("-", "_"), _language(locale)):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def money(amount: Money, locale: str) -> str:
    """ "UGX 48,000", "₦48,000", "48 000 FCFA"; decimals only where there are any."""
    cldr = formats(locale, NUMBERS_OF.get(_language(locale)))
    name = WRITTEN.get(amount.currency, amount.currency)
    pattern = cldr.currency_formats["standard"].pattern.replace("¤", "¤¤")
    if name in LAST:
        pattern = pattern.replace("¤¤", "").strip(" \u00a0") + " ¤¤"
    if not name.isalpha():
        pattern = pattern.replace("¤¤\u00a0", "¤¤")
    if amount.major == amount.major.to_integral_value():
        pattern = re.sub(r"\.0+", "", pattern)
    text = format_currency(
        Decimal(amount.major), amount.currency, pattern, cldr, currency_digits=False
    )
    return _GLUED.sub(" ", _SPACES.sub(" ", text.replace(amount.currency, name)))


def counted(number: int, locale: str) -> str:
    """ "12", "2,500", "2 500": how many there are of something. Numbers of orders and codes are no counts."""
    cldr = formats(locale, NUMBERS_OF.get(_language(locale)))
    return _SPACES.sub(" ", format_decimal(number, locale=cldr))


def clock(at: datetime, timezone: str) -> str:
    """ "14:05", in 24 hours as every language here writes it. Swahili, Luganda and others count from
    six in the morning when they speak of an hour in words; digits are read as they stand."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%H:%M")


def moment(at: datetime, locale: str, timezone: str) -> str:
    """ "21 Nov 14:05": day and month by name, since 3/4 means two things."""
    cldr = formats(locale, DATES_OF.get(_language(locale)))
    local = at.astimezone(ZoneInfo(timezone))
    return _SPACES.sub(" ", format_datetime(local, "d MMM HH:mm", locale=cldr))


def day(at: datetime, locale: str, timezone: str) -> str:
    """ "21 Nov"."""
    cldr = formats(locale, DATES_OF.get(_language(locale)))
    local = at.astimezone(ZoneInfo(timezone))
    return _SPACES.sub(" ", format_datetime(local, "d MMM", locale=cldr))


def _language(locale: str) -> str:
    return re.split("[-_]", locale)[0]
