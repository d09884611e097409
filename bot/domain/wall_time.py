"""Wall times, and the instants at which a zone's clock reaches them.

The rule (PROMISES, "Posting", 2): the instant of a date's wall time is the first at which the wall clock of the zone
shows the planned time of that date, or later. So in a repeated hour it is the first of the two, in a missing hour the
first instant after the gap, also where that is the next date already (Nuuk, 23:30). A date that a zone left out
altogether (Apia, 2011-12-30) has no instant. All instants are UTC datetimes with their time zone set.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.refusals import Refusal

_SECOND = timedelta(seconds=1)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(eq=False)
class BadTime(Refusal):
    """The text is no time of a day such as `09:00`."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class WallTime:
    """What a clock on the wall shows: hour 0 to 23, minute 0 to 59."""

    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


class Shift(StrEnum):
    """Why an instant is not simply the planned time: a change of the clocks falls on it."""

    GAP = "gap"
    FOLD = "fold"


def parse_time(text: str) -> WallTime:
    """Read `09:00` or `9:00`, on a clock of 24 hours; raises BadTime."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadTime(text)
    return WallTime(int(found[1]), int(found[2]))


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """A zone, kept: zoneinfo itself keeps eight, and reads the others from the disk again."""
    return ZoneInfo(name)


@lru_cache(maxsize=1 << 15)
def instant_of(day: date, planned: WallTime, zone: str) -> tuple[datetime, Shift | None] | None:
    """The instant of a wall time on a date in a zone, by the rule above; `None` if there is no such date."""
    if not _exists(day, zone):
        return None
    return _reach(datetime.combine(day, time(planned.hour, planned.minute)), zone)


@lru_cache(maxsize=1 << 15)
def _exists(day: date, zone: str) -> bool:
    """Whether the zone's calendar has the date: its midnight, or the first instant after, falls on it."""
    first, _ = _reach(datetime.combine(day, time.min), zone)
    return first.astimezone(zone_of(zone)).date() == day


def _reach(wall: datetime, zone: str) -> tuple[datetime, Shift | None]:
    """The first instant at which the zone's clock shows `wall` or later."""
    tz = zone_of(zone)
    before = wall.replace(tzinfo=tz).utcoffset() or timedelta()
    after = wall.replace(tzinfo=tz, fold=1).utcoffset() or timedelta()
    by_before, by_after = (wall - before).replace(tzinfo=UTC), (wall - after).replace(tzinfo=UTC)
    if before == after:
        return by_before, None
    if before > after:  # the clock was set back: `wall` comes twice, first by the offset from before
        return by_before, Shift.FOLD
    early, late = by_after, by_before  # the clock was set forward between these two, over `wall`
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        if middle.astimezone(tz).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late, Shift.GAP
