"""When a provider is asked, and for how long its money is waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from payments.rail import Rail

EVERY_FIVE_MINUTES = timedelta(minutes=5)
CLOSELY_UNTIL = timedelta(minutes=35)
SWEEP_EVERY = timedelta(minutes=30)
SWEEP_UNTIL = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`poll_seconds` count from submission; after them every 5 min to 35 min, then every 30 min to
    24 h. `window` replaces every rail's own approval window. `grace` is added to it for the hold on
    the stock. `after_ussd`: a prompt asked for by USSD waits this long, so that the session's END
    page was answered before the PIN prompt displaces it. `lease`: a poll whose process died is taken
    up again after this."""

    poll_seconds: tuple[float, ...] = (10.0, 30.0, 60.0, 120.0, 180.0, 300.0)
    window: timedelta | None = None
    grace: timedelta = timedelta(minutes=2)
    after_ussd: timedelta = timedelta(seconds=3)
    lease: timedelta = timedelta(seconds=45)

    def window_of(self, rail: Rail) -> timedelta:
        return self.window or rail.window

    def submit_after(self, medium: str, now: datetime) -> datetime:
        return now + self.after_ussd if medium == "ussd" else now

    def next_poll(
        self, submitted_at: datetime, now: datetime, expires_at: datetime | None = None
    ) -> datetime | None:
        """When to ask again after `now`; also at `expires_at`, where that is still to come. None when
        24 h have passed."""
        following = next((at for at in self._moments(submitted_at) if at > now), None)
        if expires_at is not None and expires_at > now:
            return expires_at if following is None else min(following, expires_at)
        return following

    def gives_up(self, submitted_at: datetime) -> datetime:
        """Until then a provider that does not answer at all is believed to have the money still."""
        return submitted_at + CLOSELY_UNTIL

    def _moments(self, submitted_at: datetime) -> Iterator[datetime]:
        for seconds in self.poll_seconds:
            yield submitted_at + timedelta(seconds=seconds)
        last = timedelta(seconds=self.poll_seconds[-1])
        after = (last // EVERY_FIVE_MINUTES + 1) * EVERY_FIVE_MINUTES
        yield from _every(EVERY_FIVE_MINUTES, submitted_at, after, CLOSELY_UNTIL)
        after = max(last, CLOSELY_UNTIL) + SWEEP_EVERY
        yield from _every(SWEEP_EVERY, submitted_at, after, SWEEP_UNTIL)


def _every(
    step: timedelta, start: datetime, first: timedelta, last: timedelta
) -> Iterator[datetime]:
    at = first
    while at <= last:
        yield start + at
        at += step
