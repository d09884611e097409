"""Dates, instants and counts in words that nobody can misread, in any locale of the machine."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.chat.literal import cut, shown

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SAID = 60


def day(when: date) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def weekdays(days: Iterable[int]) -> str:
    """`Sat and Sun`, from days of the week that count from Monday as 0."""
    return listed([_WEEKDAYS[number] for number in sorted(days)])


def clock(at: datetime, zone: str) -> str:
    """`09:00`, as the zone's clocks show an instant."""
    return f"{_local(at, zone):%H:%M}"


def moment(at: datetime, zone: str) -> str:
    """`Mon 23 Nov 2026, 09:00 (Europe/Berlin)`."""
    return f"{day(_local(at, zone).date())}, {clock(at, zone)} ({zone})"


def month(text: str) -> str:
    """`2026-11` as `November 2026`."""
    year, _, number = text.partition("-")
    return f"{_MONTH_NAMES[int(number) - 1]} {year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 day`, `2 days`, `0 days`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """`a, b and c`; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def said(text: str) -> str:
    """What somebody typed, quoted within a sentence: harmless, in one line, and not for pages."""
    return f"“{shown(cut(shown(' '.join(text[: _SAID * 20].split())), _SAID))}”"


def words(id_: str) -> str:
    """An id such as `system-design` in words."""
    return id_.replace("-", " ")


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))
