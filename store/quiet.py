"""Quiet hours: when nothing that only promotes may reach a phone, by the shop's own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.models import ShopRow


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` until just before `ends`, past midnight where `ends` is the earlier of the two. The
    same time twice: never quiet."""

    begins: time = time(21)
    ends: time = time(8)


QUIET = Quiet()


def next_allowed(shop: ShopRow, now: datetime, quiet: Quiet = QUIET) -> datetime:
    """`now` itself, or in quiet hours the moment at which they end (UTC)."""
    for begins, ends in _nights(shop, now, quiet):
        if begins <= now < ends:
            return ends
    return now


def is_quiet(shop: ShopRow, now: datetime, quiet: Quiet = QUIET) -> bool:
    """Whether what only promotes must wait now."""
    return next_allowed(shop, now, quiet) > now


def _nights(shop: ShopRow, now: datetime, quiet: Quiet) -> Sequence[tuple[datetime, datetime]]:
    """The quiet hours that began yesterday and those that begin today, in UTC."""
    zone = ZoneInfo(shop.timezone)
    today = now.astimezone(zone).date()
    length = timedelta(days=1 if quiet.ends < quiet.begins else 0)
    return [
        (
            datetime.combine(day, quiet.begins, tzinfo=zone).astimezone(UTC),
            datetime.combine(day + length, quiet.ends, tzinfo=zone).astimezone(UTC),
        )
        for day in (today - timedelta(days=1), today)
    ]
