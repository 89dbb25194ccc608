"""What a seller writes of a coupon: "FRIDAY 10%", "FRIDAY 5,000 30d", "FRIDAY free", "FRIDAY off"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_MAKING = re.compile(
    r"""(?P<code>[a-z0-9][a-z0-9_-]{2,19}) [\s:=]+
        (?: (?P<figure>\d{1,3}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+|\d+(?:\.\d+)?) \s* (?P<unit>%|percent|k)?
            | (?P<word>off|free) )
        (?: [\s,]+ (?P<days>\d{1,4}) \s* (?:d|days?) )?""",
    re.VERBOSE | re.IGNORECASE,
)


class Worth(StrEnum):
    """What is said of it. OFF ends it."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FREE = "free"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Making:
    """`code` in capitals; `figure` is a percentage or an amount in major units; `days` None: not said."""

    code: str
    worth: Worth
    figure: Decimal = Decimal(0)
    days: int | None = None


def read_making(text: str) -> Making | None:
    """None for anything else."""
    found = _MAKING.fullmatch(text.strip())
    if found is None:
        return None
    code, days = found["code"].upper(), found["days"]
    until = int(days) if days else None
    if found["word"]:
        return Making(code, Worth(found["word"].lower()), days=until)
    figure, unit = _plain(found["figure"]), (found["unit"] or "").lower()
    if unit in ("%", "percent"):
        return Making(code, Worth.PERCENT, figure, until)
    return Making(code, Worth.AMOUNT, figure * 1000 if unit == "k" else figure, until)


def _plain(written: str) -> Decimal:
    """Thousands may stand apart by points as well: "5.000"."""
    pointed = "." in written and all(len(part) == 3 for part in written.split(".")[1:])
    return Decimal(
        written.replace(",", "").replace(".", "") if pointed else written.replace(",", "")
    )
