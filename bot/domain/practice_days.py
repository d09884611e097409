"""Practice days: which local date an answer counts for, which dates ask nothing, and one member's facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

NEUTRAL_AT_LEAST = timedelta(minutes=10)
NO_SUCH_DATE = "no-such-date"
_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """A member's choice of a time zone, in force from the instant `at`; `zone` is a canonical IANA name.

    `told`: the platform told it, and the member did not choose.
    """

    at: datetime
    zone: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class RestChoice:
    """A member's weekly rest, in force from a local date on; Monday is 0, Sunday is 6.

    Whoever stores it gives tomorrow's date, so that nobody rests a day that is already going badly.
    """

    from_date: date
    weekdays: frozenset[int]


class NeutralReason(StrEnum):
    """Why nothing could be practiced for a while, through no fault of the member."""

    PAUSED = "paused"
    DOWN = "down"
    CHANNEL_GONE = "channel-gone"


@dataclass(frozen=True, slots=True)
class NeutralSpan:
    """A stretch of time in which nothing could be practiced; one without an end still lasts."""

    start: datetime
    end: datetime | None
    reason: NeutralReason


@dataclass(frozen=True, slots=True)
class Credit:
    """A member's practiced date, one for each; `at` is when its earliest answer that counts was created."""

    local_date: date
    at: datetime
    zone: str
    withdrawn_at: datetime | None = None


class MendKind(StrEnum):
    """How a missed date was made good: by the member within the rules, or by a manager without bounds."""

    REPAIR = "repair"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Mend:
    """A missed date made good at the instant `at`; `by` is the id of the manager who restored it."""

    local_date: date
    kind: MendKind
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a member's streak is derived from; every tuple may be in any order."""

    credits: tuple[Credit, ...]
    zones: tuple[ZoneChoice, ...]
    default_zone: str
    rests: tuple[RestChoice, ...] = ()
    neutral: tuple[NeutralSpan, ...] = ()
    mends: tuple[Mend, ...] = ()


def zone_at(instant: datetime, zones: Iterable[ZoneChoice], default_zone: str) -> str:
    """The zone in force at an instant: the latest choice until then, else the default (the schedule's zone).

    The choices may come in any order; of two at one instant the later in the order given rules.
    """
    ruling: ZoneChoice | None = None
    for choice in zones:
        if choice.at <= instant and (ruling is None or choice.at >= ruling.at):
            ruling = choice
    return default_zone if ruling is None else ruling.zone


def practice_day(at: datetime, zones: Iterable[ZoneChoice], default_zone: str) -> date:
    """The local date that an answer counts for (PROMISES, Streaks 1).

    `at` is when the platform says that the message was created, never when it arrived. The zone is the one
    in force at that instant, so a later change of zone never rewrites a past day.
    """
    return at.astimezone(ZoneInfo(zone_at(at, zones, default_zone))).date()


def zone_of_day(day: date, zones: Iterable[ZoneChoice], default_zone: str) -> str:
    """The zone that judges a date without a credit: the one in force at noon UTC of that date."""
    return zone_at(datetime.combine(day, _NOON), zones, default_zone)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a local date and the first one after it, in UTC: 23 to 25 hours apart as a rule.

    Midnight in a gap means the instant after the gap, a midnight that comes twice means the first one. For a
    date that the zone leaves out (Pacific/Apia, 2011-12-30) both are the same instant.
    """
    tz = ZoneInfo(zone)
    start, end = (datetime.combine(d, time(), tz).astimezone(UTC) for d in (day, day + timedelta(days=1)))
    return start, end


def neutral_reason(day: date, zone: str, spans: Iterable[NeutralSpan], now: datetime) -> str | None:
    """Why a date asks nothing of a member, or None if it is an ordinary one (PROMISES, Streaks 6).

    A date is neutral when one span takes at least ten minutes of the local day, or when the zone leaves the
    date out. A span without an end is taken to end at `now`. Of several reasons the one that began first is
    given.
    """
    start, end = day_bounds(day, zone)
    if start >= end:
        return NO_SUCH_DATE
    found = [
        (span.start, span.reason)
        for span in spans
        if min(end, span.end or now) - max(start, span.start) >= NEUTRAL_AT_LEAST
    ]
    return min(found)[1] if found else None


def is_rest(day: date, rests: Iterable[RestChoice]) -> bool:
    """Whether a date is a rest day: the latest choice in force on that date names its weekday.

    The choices may come in any order; of two from the same date the later in the order given rules.
    """
    ruling: RestChoice | None = None
    for choice in rests:
        if choice.from_date <= day and (ruling is None or choice.from_date >= ruling.from_date):
            ruling = choice
    return ruling is not None and day.weekday() in ruling.weekdays


def zone_changed(zones: Iterable[ZoneChoice], default_zone: str, since: datetime, until: datetime) -> bool:
    """Whether the zone became another one between two instants, both included.

    Choosing the zone that is in force already is no change; the first choice is one when it differs from
    the default, because the member had lived by another clock until then.
    """
    before = default_zone
    for choice in sorted(zones, key=lambda one: one.at):
        if choice.zone != before and since <= choice.at <= until:
            return True
        before = choice.zone
    return False
