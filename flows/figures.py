"""Goods and a figure: "rice 5kg +5", "rice-5kg 48,000", "beans 48k"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from intents.command import Command

# How people write a currency in front of an amount.
_MARKS = (
    r"ugx|ngn|kes|ghs|xaf|xof|rwf|tzs|zmw|usd|ushs?|shs?|kshs?|tshs?|naira|cedis?|fcfa|frs?|n(?=\d)"
)

_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_SHELVING = re.compile(
    rf"""^(?P<goods>.*?)                          # as little as leaves a figure
        (?:^|[\s:=]+) (?:(?:{_MARKS})\.?\s*)?
        (?P<sign>[+-]?) \s*
        (?P<figure>[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d+(?:,\d{{3}})*(?:\.\d+)?) (?P<kilo>k?)
        \s* (?:/=|/-)? \s*$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shelving:
    """`figure` carries its sign; `sign` is "+", "-" or "" as written. `written` is the figure's text. `why`
    is a Loss where goods are gone that nobody bought."""

    goods: str
    sign: str = ""
    figure: Decimal | None = None
    written: str = ""
    why: str = ""


def read_shelving(command: Command) -> Shelving:
    """What STOCK or PRICE names. A product whose sku is digits may have been read as a number."""
    text = " ".join(
        filter(None, ("" if command.number is None else str(command.number), command.rest))
    )
    found = _SHELVING.match(text.strip())
    if found is None:
        return Shelving(text.strip())
    figure = plain(found["figure"]) * (1000 if found["kilo"] else 1)
    if found["sign"] == "-":
        figure = -figure
    written = f"{found['sign']}{found['figure']}{found['kilo']}"
    return Shelving(found["goods"].strip(), found["sign"], figure, written)


def plain(written: str) -> Decimal:
    """Digits with thousands apart by commas or by points: "15,000", "15.000", "1,500.50". What has three
    digits behind one point is thousands: nobody here sells for thousandths."""
    if _POINTED.fullmatch(written):
        return Decimal(written.replace(".", ""))
    return Decimal(written.replace(",", ""))


def whole(figure: Decimal) -> int | None:
    """As a count of pieces; None where it has a fraction."""
    return int(figure) if figure == figure.to_integral_value() else None
