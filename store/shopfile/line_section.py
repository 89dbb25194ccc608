"""[[lines]]: the addresses on which the shop is reached."""

import re
from collections.abc import Mapping

from store.shopfile.table import Table, as_phone
from store.shopfile.values import LineEntry

PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "whatsapp": ("twilio", "meta"),
    "sms": ("twilio", "africastalking"),
    "ussd": ("africastalking",),
}

# What a line's own account is given by, at each provider: these together, or alone.
CREDENTIALS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "twilio": (("account_sid", "auth_token"),),
    "africastalking": (("username", "api_key"), ("webhook_secret",)),
    "meta": (("access_token",), ("app_secret", "access_token"), ("verify_token",)),
}

SHORTCODE = r"\d{3,8}"
SERVICE_CODE = r"\*\d+(\*\d+)*#"
PHONE_NUMBER_ID = r"\d{5,20}"
KEYWORD = r"[A-Za-z0-9]{2,20}"
# An extension is typed on a page where 0 goes back.
EXTENSION = r"[1-9]\d{0,5}"
RESERVED = frozenset({"STOP", "START", "HELP"})
FASTEST = 1000


def read_line(table: Table, country: str) -> LineEntry:
    """Read one line; its mistakes are written down in the table."""
    channel = table.one_of("channel", PROVIDERS)
    everyone = sorted({name for names in PROVIDERS.values() for name in names})
    provider = table.one_of("provider", PROVIDERS.get(channel, everyone))
    line = LineEntry(
        channel=channel,
        provider=provider,
        address=_address(table, channel, provider, country),
        keyword=_keyword(table, channel),
        extension=_extension(table, channel),
        tps=_tps(table),
        number=_number(table, provider, country),
        credentials=_credentials(table, provider),
    )
    table.close()
    return line


def _address(table: Table, channel: str, provider: str, country: str) -> str:
    written = table.needed("address").removeprefix("whatsapp:")
    if not written:
        return ""
    if channel == "ussd":
        table.check_form("address", written, SERVICE_CODE, 'a service code, like "*284*77#"')
        return written
    if provider == "meta":
        table.check_form("address", written, PHONE_NUMBER_ID, "a phone_number_id, digits only")
        return written
    if channel == "sms" and re.fullmatch(SHORTCODE, written):
        return written
    phone = as_phone(written, country)
    if phone is None:
        table.wrong("address", f'"{written}" is not a phone number' + _or_shortcode(channel))
    return phone or ""


def _or_shortcode(channel: str) -> str:
    return " or a shortcode" if channel == "sms" else ""


def _keyword(table: Table, channel: str) -> str | None:
    keyword = table.matching("keyword", KEYWORD, "one word of 2 to 20 letters and digits")
    if keyword is None:
        return None
    if channel == "ussd":
        table.wrong("keyword", "a USSD code is shared by extension")
    if keyword.upper() in RESERVED:
        table.wrong("keyword", f'"{keyword}" already means something to everybody')
    return keyword.upper()


def _extension(table: Table, channel: str) -> str | None:
    extension = table.matching("extension", EXTENSION, "1 to 6 digits, not beginning with 0")
    if extension is not None and channel != "ussd":
        table.wrong("extension", "only a USSD code is shared by extension; use keyword")
    return extension


def _credentials(table: Table, provider: str) -> Mapping[str, str]:
    """A name that means nothing, or half of what belongs together, would be left out in silence."""
    given = table.strings("credentials")
    groups = CREDENTIALS.get(provider)
    if groups is None:
        return given
    whole = {name for group in groups if given.keys() >= set(group) for name in group}
    for name in given:
        group = next((g for g in groups if name in g), None)
        if group is None:
            known = ", ".join(dict.fromkeys(name for group in groups for name in group))
            table.wrong(f"credentials.{name}", f"unknown key; {provider} has {known}")
        elif name not in whole:
            table.wrong(f"credentials.{name}", f"needs {' and '.join(group)} together")
        elif not given[name].strip():
            table.wrong(f"credentials.{name}", "is empty")
    return given


def _number(table: Table, provider: str, country: str) -> str | None:
    """The phone number that a phone_number_id stands for: links and posters need it."""
    if not table.has("number"):
        return None
    if provider != "meta":
        table.wrong("number", "only Meta's addresses are no numbers themselves")
    return table.phone("number", country)


def _tps(table: Table) -> float | None:
    speed = table.decimal("tps")
    if speed is None:
        return None
    if not 0 < speed <= FASTEST:
        table.wrong("tps", f"must be above 0 and at most {FASTEST} messages a second")
    return float(speed)
