"""A seller says when the shop does business: a pause, and the hours of the week."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.ports.refusals import NotTaking, Refusal
from flows.ports.shop import Standing
from intents.times_said import Until
from store import standing
from store.audit.trail import audited
from store.hours import WEEKDAYS, HoursError, as_written, read_day
from store.scope import Scope


class ShopOpening:
    """Implements flows.ports.opening.OpeningPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @audited(answered=True)
    def pause(self, until: Until) -> datetime | Refusal | None:
        shop, now = self._scope.shop, self._scope.now
        found = standing.standing_of(shop, now)
        if found not in (Standing.LIVE, Standing.PAUSED):
            return NotTaking(found.value)
        ends = _end(until, now, ZoneInfo(shop.timezone))
        standing.pause(shop, ends)
        return ends

    def hours(self) -> Sequence[str]:
        return as_written(self._scope.shop.hours)

    @audited(answered=True)
    def set_hours(self, week: Mapping[str, str]) -> Sequence[str] | None:
        try:
            for said in week.values():
                read_day(said)
        except HoursError:
            return None
        kept = {**self._scope.shop.hours, **week}
        written = {day: kept[day] for day in WEEKDAYS if kept.get(day)}
        if not written:
            # A shop without any hours would be one that never closes.
            return None
        self._scope.shop.hours = written
        return as_written(written)

    @audited()
    def always(self) -> None:
        self._scope.shop.hours = {}


def _end(until: Until, now: datetime, zone: ZoneInfo) -> datetime | None:
    if until.span is not None:
        return now + until.span
    if until.weekday is None:
        return None
    here = now.astimezone(zone)
    days = (until.weekday - here.weekday() - 1) % 7 + 1
    return datetime.combine(here.date() + timedelta(days=days), time(), zone).astimezone(now.tzinfo)
