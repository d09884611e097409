"""`daily preview`: the dates of a schedule beforehand, with what the clock changes do to them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from typer import echo

from bot.app import rules_of
from bot.chat.wording.refusals import sentence
from bot.commandline.errors import MEND_FIRST, explained, settings_for
from bot.domain.refusals import Refusal
from bot.domain.schedules import Preview, occurrences, parse_weekdays
from bot.domain.wall_time import Shift, parse_time
from bot.domain.zones import canonical_zones, parse_zone

EARLIEST, LATEST = date(1970, 1, 1), date(9998, 12, 31)
"""Dates whose instants can be told in every zone."""
OUT_OF_BOUNDS = f"--from and --days must stay between {EARLIEST} and {LATEST}. Choose other dates."

WHY = {
    Shift.GAP: "the clocks go forward over it: the first instant after the gap",
    Shift.FOLD: "it comes twice that day: the first one",
}
NO_DATE = "the zone leaves this date out: nothing is posted"


def previews(zone: str, time: str, weekdays: str, first: date, days: int) -> Iterator[Preview]:
    """The dates as they will come; raises BadTime, BadWeekdays and NoSuchZone."""
    known = parse_zone(zone, canonical_zones())
    return occurrences(parse_time(time), parse_weekdays(weekdays), known, first, days)


def as_json(preview: Preview) -> str:
    """One date as a JSON line."""
    return json.dumps(
        {
            "date": preview.local_date.isoformat(),
            "planned": str(preview.planned),
            "local": _local(preview),
            "utc": preview.at.strftime("%Y-%m-%dT%H:%M:%SZ") if preview.at else None,
            "shift": preview.shift,
        }
    )


def as_line(preview: Preview) -> str:
    """One date as a line to read: date, local time with its offset, the instant in UTC, and why it is shifted."""
    if preview.at is None:
        return f"{preview.local_date:%Y-%m-%d %a}  {preview.planned}  {'-':22}  {NO_DATE}"
    why = f"  {preview.planned}: {WHY[preview.shift]}" if preview.shift else ""
    return f"{preview.local_date:%Y-%m-%d %a}  {_local(preview)}  {preview.at:%Y-%m-%d %H:%MZ}{why}"


def _local(preview: Preview) -> str | None:
    if preview.at is None:
        return None
    local = preview.at.astimezone(ZoneInfo(preview.zone))
    offset = local.strftime("%z")
    shown = f"{local:%H:%M} {offset[:3]}:{offset[3:5]}"
    return shown if local.date() == preview.local_date else f"{local:%Y-%m-%d} {shown}"


def run_preview(
    config: Path | None,
    zone: str | None,
    time: str,
    weekdays: str,
    first: date,
    days: int,
    *,
    as_json_lines: bool,
) -> int:
    """Print the dates; gives the exit code."""
    if first < EARLIEST or first > LATEST or (LATEST - first).days < days - 1:
        echo(OUT_OF_BOUNDS, err=True)
        return MEND_FIRST
    try:
        with explained():
            wanted = zone if zone is not None else rules_of(settings_for(config)).default_zone
        for preview in previews(wanted, time, weekdays, first, days):
            echo(as_json(preview) if as_json_lines else as_line(preview))
    except Refusal as refused:
        echo(sentence(refused), err=True)
        return MEND_FIRST
    return 0
