"""Schedules: wall times, weekdays and zones, and the instants at which their questions are due.

A date has exactly one occurrence, at the instant that `wall_time` gives for it; one that a zone left out altogether
(Apia, 2011-12-30) has none. All instants are UTC datetimes with their time zone set.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum

from bot.domain.places import Channel, Member
from bot.domain.questions import Filters
from bot.domain.refusals import Refusal
from bot.domain.wall_time import Shift, WallTime, instant_of, zone_of

LATE_AFTER = timedelta(minutes=5)
"""A post within this time after its instant is on time, and needs no word about it."""

_DAY = timedelta(days=1)

Weekdays = frozenset[int]
"""Days of the week, Monday 0 to Sunday 6."""

EVERY_DAY: Weekdays = frozenset(range(7))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SETS: dict[str, Weekdays] = {
    "daily": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
}


@dataclass(eq=False)
class BadWeekdays(Refusal):
    """The text names no weekdays; `nearest` are known words that look like the first unknown one."""

    text: str
    nearest: tuple[str, ...]


class ScheduleState(StrEnum):
    """Whether a schedule posts."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A question for a channel at a wall time on some weekdays; unique by channel and slot.

    `skip` is one date that a manager left out: its occurrence is still due, and is skipped with that reason.
    `next_at` is the next instant as it was last worked out; `None` when it has to be worked out anew.
    """

    channel: Channel
    slot: str
    time: WallTime
    weekdays: Weekdays
    zone: str
    filters: Filters
    state: ScheduleState
    pause_reason: str | None
    skip: date | None
    next_at: datetime | None
    reveal_after: timedelta
    seed: int
    created_by: Member

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError(f"weekdays must be some of 0 to 6, not {sorted(self.weekdays)}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due date of a schedule; unique by channel, slot and local date, whatever its instant becomes."""

    channel: Channel
    slot: str
    local_date: date
    at: datetime
    zone: str
    planned: WallTime
    shift: Shift | None


@dataclass(frozen=True, slots=True)
class Preview:
    """One date of a schedule, looked at beforehand; `at` is `None` where the zone left the date out."""

    local_date: date
    at: datetime | None
    zone: str
    planned: WallTime
    shift: Shift | None


def parse_weekdays(text: str) -> Weekdays:
    """Read `mon-fri`, `mon,wed,fri`, `sat-mon`, `daily`, `weekdays` or `weekends`; raises BadWeekdays.

    Letter case does not count, and blanks separate like commas. A range may run over the end of the week.
    """
    words = re.sub(r"\s*[-–]\s*", "-", text.strip().casefold())  # a telephone writes the dash for two hyphens
    parts = [part for part in re.split(r"[\s,]+", words) if part]
    if not parts:
        raise BadWeekdays(text, ())
    return frozenset[int]().union(*(_days_of(part, text) for part in parts))


def _days_of(part: str, text: str) -> Weekdays:
    if part in _SETS:
        return _SETS[part]
    ends = part.split("-", 1)
    for word in ends:
        if word not in _DAYS:
            raise BadWeekdays(text, tuple(get_close_matches(word[:16], (*_DAYS, *_SETS), n=3, cutoff=0.5)))
    first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
    return frozenset(day % 7 for day in range(first, first + (last - first) % 7 + 1))


def weekdays_text(weekdays: Weekdays) -> str:
    """Write weekdays so that `parse_weekdays` reads the same ones: `daily`, `mon-fri`, `mon,wed,sat`."""
    if weekdays == EVERY_DAY:
        return "daily"
    runs: list[list[int]] = []
    for day in sorted(weekdays):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run_text([_DAYS[day] for day in run]) for run in runs)


def _run_text(names: list[str]) -> str:
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else ",".join(names)


def occurrences(
    planned: WallTime, weekdays: Weekdays, zone: str, first: date, days: int
) -> Iterator[Preview]:
    """What a schedule would bring on the `days` calendar dates from `first` on, oldest first."""
    for day in (first + _DAY * number for number in range(days)):
        if day.weekday() in weekdays:
            at, shift = instant_of(day, planned, zone) or (None, None)
            yield Preview(day, at, zone, planned, shift)


def next_after(schedule: Schedule, after: datetime, beyond: date | None = None) -> Occurrence:
    """The first occurrence later than `after`; with `beyond`, the first one for a later date than that, too.

    `beyond` is the newest date that already has its occurrence: after a change of zone or time the same date
    would come again, and is not posted again. State and `skip` of the schedule do not count here.
    """
    first = after.astimezone(zone_of(schedule.zone)).date()
    if beyond is not None:
        first = max(first, beyond + _DAY)
    return next(_from_date(schedule, first, after))


def due_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[Occurrence, ...]:
    """The occurrences later than `after` and not later than `until`, oldest first.

    State and `skip` of the schedule do not count: what was due is known, and skipped with its reason.
    """
    return due_and_next(schedule, after, until)[0]


def due_and_next(
    schedule: Schedule, after: datetime, until: datetime
) -> tuple[tuple[Occurrence, ...], Occurrence]:
    """The same as `due_between`, with the first occurrence that is later than `until`, and than `after`."""
    first = after.astimezone(zone_of(schedule.zone)).date()
    coming = _from_date(schedule, first, after)
    due: list[Occurrence] = []
    while (found := next(coming)).at <= until:
        due.append(found)
    return tuple(due), found


def _from_date(schedule: Schedule, first: date, after: datetime) -> Iterator[Occurrence]:
    """The occurrences for `first` and the dates behind it that are later than `after`, without end.

    The local date of `after` is early enough a start: what an earlier date planned was reached before it.
    """
    day = first
    while True:
        if day.weekday() in schedule.weekdays:
            found = instant_of(day, schedule.time, schedule.zone)
            if found is not None and found[0] > after:
                at, shift = found
                yield Occurrence(
                    schedule.channel, schedule.slot, day, at, schedule.zone, schedule.time, shift
                )
        day += _DAY


def settle_missed(
    due: Sequence[Occurrence], now: datetime, late_window: timedelta
) -> tuple[Occurrence | None, tuple[Occurrence, ...]]:
    """Of due occurrences, in any order: the one to post, and the others to skip, oldest first.

    The newest is posted if `late_window` is not over for it (PROMISES, "Posting", 5). For at most one late
    question in a channel, give it all that are due there. One that is later than `now` is left out of both.
    """
    by_age = sorted((found for found in due if found.at <= now), key=lambda found: found.at)
    if by_age and now - by_age[-1].at <= late_window:
        return by_age[-1], tuple(by_age[:-1])
    return None, tuple(by_age)


def is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Whether a post at `now` has to say when it was planned: more than five minutes after its instant."""
    return now - occurrence.at > LATE_AFTER
