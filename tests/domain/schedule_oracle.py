"""An independent reading of the rule for wall times: look at the zone's clock minute by minute.

Nothing here is shared with `bot.domain.schedules`. It never turns a wall time into an instant: it walks along
the instants, reads the clock of the zone at each, and takes the first that shows the planned time or later.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)


def clock(at: datetime, tz: ZoneInfo) -> datetime:
    """What a clock in the zone shows at an instant, without its offset."""
    return at.astimezone(tz).replace(tzinfo=None)


def changes(tz: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants, to the second, from which a zone's offset is another one."""
    low = start
    while low < end:
        high = low + 12 * HOUR
        if low.astimezone(tz).utcoffset() != high.astimezone(tz).utcoffset():
            yield _bisected(tz, low, high)
        low = high


def _bisected(tz: ZoneInfo, low: datetime, high: datetime) -> datetime:
    offset = low.astimezone(tz).utcoffset()
    seconds = int((high - low).total_seconds())
    return low + timedelta(
        seconds=bisect_left(
            range(seconds),
            True,
            key=lambda s: (low + timedelta(seconds=s)).astimezone(tz).utcoffset() != offset,
        )
    )


@dataclass(frozen=True)
class Clock:
    """What the clock of a zone showed at the instants around a change of its offset."""

    instants: list[datetime]
    shown: list[datetime]
    highest: list[datetime]
    dates: frozenset[date]

    def first_reaching(self, wall: datetime) -> datetime | None:
        """The first instant whose clock shows `wall` or later; `None` if the zone has no such date."""
        if wall.date() not in self.dates:
            return None
        return self.instants[bisect_left(self.highest, wall)]

    def times_shown(self, wall: datetime) -> int:
        """How often the clock shows `wall`: 0 in a gap, 2 in a fold, else 1."""
        return self.shown.count(wall)


def _clock(tz: ZoneInfo, instants: list[datetime]) -> Clock:
    shown = [clock(at, tz) for at in instants]
    return Clock(instants, shown, list(accumulate(shown, max)), frozenset(wall.date() for wall in shown))


def clock_around(tz: ZoneInfo, change: datetime) -> Clock:
    """Read the clock each minute near a change, and each quarter of an hour for 50 hours on both sides."""
    assert change.second == 0, "the walk goes by whole minutes"
    near = [change + MINUTE * n for n in range(-150, 151)]
    far = [change + QUARTER * n for n in range(-200, 201)]
    return _clock(tz, sorted({*near, *far}))


def clock_of_days(tz: ZoneInfo, day: date) -> Clock:
    """Read the clock each minute of a date and of much of its neighbors."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - 36 * HOUR
    return _clock(tz, [start + MINUTE * n for n in range(96 * 60)])
