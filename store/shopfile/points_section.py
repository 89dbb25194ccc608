"""[points]: what brings points, what they are worth, and the tiers."""

from collections.abc import Sequence
from decimal import Decimal

from store.loyalty.terms import TIERS, TIMES, PointsTerms, Tier
from store.shopfile.table import Table

MOST_POINTS = 1_000_000_000
MOST_DAYS = 3_650
MOST_TIMES = 100


def read_points(table: Table | None, currency: str) -> PointsTerms | None:
    """None where a file has no such section: the shop counts no points."""
    if table is None:
        return None
    usual = PointsTerms(1, 1)
    days = table.whole("days", 1, MOST_DAYS) or usual.days
    warned = table.whole("warned", 0, MOST_DAYS)
    terms = PointsTerms(
        per=_amount(table, "per", currency),
        worth=_amount(table, "worth", currency),
        least=table.whole("least", 1, MOST_POINTS) or usual.least,
        share=_share(table, usual.share),
        days=days,
        warned=min(usual.warned, days - 1) if warned is None else warned,
        tiers=_tiers(table.tables("tiers")),
    )
    if terms.warned >= days:
        table.wrong("warned", "must be fewer than days")
    table.close()
    return terms


def _amount(table: Table, key: str, currency: str) -> int:
    amount = table.amount(key, currency, required=True)
    if amount == 0:
        table.wrong(key, "is nothing")
    return amount or 1


def _share(table: Table, usual: int) -> int:
    """Percent in the file, hundredths of a percent out."""
    percent = table.decimal("share")
    if percent is None:
        return usual
    if not 0 < percent <= 100:
        table.wrong("share", "must be more than 0, and at most 100 percent")
    return int(percent * 100)


def _tiers(tables: Sequence[Table]) -> Sequence[Tier]:
    """The usual ones where none are written; the first of them begins at nothing."""
    tiers: list[Tier] = []
    for table in tables:
        name = table.needed("name", longest=20)
        since = table.whole("from", 0, MOST_POINTS) or 0
        times = table.decimal("times")
        if times is None or not 0 < times <= MOST_TIMES:
            table.wrong("times", f"must be a number up to {MOST_TIMES}, like 1.5")
        if tiers and since <= tiers[-1].since:
            table.wrong("from", "must be more than that of the tier before")
        if not tiers and since:
            table.wrong("from", "must be 0 for the first tier")
        key = name.casefold() if name.casefold() in {t.name for t in TIERS} else name
        tiers.append(Tier(key, since, int((times or Decimal(1)) * TIMES)))
        table.close()
    return tuple(tiers) or TIERS
