"""[shop]: who the seller is, where, when it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel.core import get_global
from babel.numbers import get_territory_currencies, list_currencies

from flows.money import Money
from store.hours import WEEKDAYS, HoursError, read_day
from store.shopfile.floor_key import read_bargain
from store.shopfile.presets import DEFAULT_MODEL, PRESETS
from store.shopfile.table import Table, as_phone

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
LOCALE = r"[a-z]{2,3}([-_][A-Za-z]{2,4})?"

# In which letters its SMS are written: those of GSM-7, or the language's own at twice the price and more.
LETTERS = ("plain", "own")


@dataclass(frozen=True, slots=True)
class ShopSection:
    """`owner` is a name or an E.164 phone; both commissions, `bargain` and `tax` in hundredths
    of a percent."""

    slug: str
    name: str
    model: str
    country: str
    currency: str
    locales: tuple[str, ...]
    timezone: str
    location: str | None
    owner: str | None
    owner_phone: str | None
    alerts: tuple[str, ...]
    hours: Mapping[str, str]
    minimum_order: int | None
    commission: int
    wholesale_commission: int | None
    most_of_one: int | None
    accept_each: bool
    sms_letters: str
    bargain: int
    tax: int


def read_shop(table: Table) -> ShopSection:
    """Read [shop]; its mistakes are written down in the table."""
    country = table.one_of("country", sorted(phonenumbers.SUPPORTED_REGIONS))
    model = table.one_of("model", sorted(PRESETS), default=DEFAULT_MODEL)
    currency = _currency(table, country)
    preset = PRESETS.get(model, PRESETS[DEFAULT_MODEL])
    owner, owner_phone = _owner(table, country)
    section = ShopSection(
        slug=table.matching("slug", SLUG, 'like "mama-njeri"', required=True) or "",
        name=table.needed("name", longest=60),
        model=model,
        country=country,
        currency=currency,
        locales=_locales(table),
        timezone=_timezone(table, country),
        location=table.text("location"),
        owner=owner,
        owner_phone=owner_phone,
        alerts=_alerts(table, country),
        hours=_hours(table),
        minimum_order=_minimum(table, currency, preset.minimum_order),
        commission=_percent(table, "commission", preset.commission),
        wholesale_commission=_wholesale_commission(table, preset.wholesale_commission),
        most_of_one=table.whole("most_of_one", 1, 999) or preset.most_of_one,
        accept_each=table.truth("accept_each", default=preset.accept_each),
        sms_letters=table.one_of("sms_letters", LETTERS, default=LETTERS[0]),
        bargain=read_bargain(table, "bargain"),
        tax=_percent(table, "tax", Decimal(0)),
    )
    table.close()
    return section


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _currency(table: Table, country: str) -> str:
    used = get_territory_currencies(country) if country else []
    currency = table.text("currency") or (used[0] if used else None)
    if currency is None:
        if country:
            table.wrong("currency", "is missing")
    elif currency not in _currencies():
        table.wrong("currency", f'"{currency}" is not an ISO 4217 currency, like UGX')
    else:
        return currency
    return ""


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(table: Table, country: str) -> str:
    """The country's own where it has only one."""
    zones = get_global("territory_zones").get(country, [])
    name = table.text("timezone") or (zones[0] if len(zones) == 1 else None)
    if name is None:
        if country:
            table.wrong("timezone", 'is missing; write one like "Africa/Kampala"')
    elif name not in _timezones():
        table.wrong("timezone", f'"{name}" is not a time zone, like "Africa/Kampala"')
    return name or "UTC"


def _locales(table: Table) -> tuple[str, ...]:
    locales = table.texts("locales") or ("en",)
    for place, locale in enumerate(locales):
        table.check_form(f"locales[{place}]", locale, LOCALE, 'a language, like "en" or "sw"')
    return locales


def _owner(table: Table, country: str) -> tuple[str | None, str | None]:
    """A name, or a phone that is then the owner's."""
    written = table.text("owner")
    if written is None or not any(c.isdigit() for c in written):
        return written, None
    phone = as_phone(written, country)
    if phone is None:
        table.wrong("owner", f'"{written}" is not a phone number')
    return phone, phone


def _alerts(table: Table, country: str) -> tuple[str, ...]:
    phones = []
    for place, written in enumerate(table.texts("alerts")):
        phone = as_phone(written, country)
        if phone is None:
            table.wrong(f"alerts[{place}]", f'"{written}" is not a phone number')
        else:
            phones.append(phone)
    return tuple(dict.fromkeys(phones))


def _hours(table: Table) -> dict[str, str]:
    inner = table.table("hours")
    if inner is None:
        return {}
    hours = {}
    for day in WEEKDAYS:
        written = inner.text(day)
        if written is None:
            continue
        try:
            read_day(written)
        except HoursError as error:
            inner.wrong(day, str(error))
        hours[day] = written
    inner.close()
    if inner.empty:
        table.wrong("hours", "no day is open; leave hours out for a shop that never closes")
    return hours


def _minimum(table: Table, currency: str, preset: Mapping[str, int]) -> int | None:
    if table.has("minimum_order"):
        return table.amount("minimum_order", currency) or None
    return Money.of(preset[currency], currency).minor if currency in preset else None


def _wholesale_commission(table: Table, preset: Decimal | None) -> int | None:
    """Where a file names only one commission, it is that of everything."""
    key = "wholesale_commission"
    if preset is None or table.has("commission"):
        return _percent(table, key, Decimal(0)) if table.has(key) else None
    return _percent(table, key, preset)


def _percent(table: Table, key: str, preset: Decimal) -> int:
    """In hundredths of a percent."""
    percent = table.decimal(key)
    if percent is not None and percent > 100:
        table.wrong(key, "is more than 100 percent")
    return int(((preset if percent is None else percent) * 100).quantize(Decimal(1), ROUND_HALF_UP))
