"""Schedules, their occurrences, and the ledger."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.domain.places import Channel, Platform, Workspace
from bot.domain.schedules import Occurrence, Schedule
from bot.practice.records import LedgerLine
from bot.store.rows import (
    Row,
    filters_text,
    iso_or_none,
    line_of,
    micros,
    micros_or_none,
    occurrence_of,
    platform_patterns,
    schedule_of,
    weekdays_digits,
)
from bot.store.statements import Part


class CalendarPart(Part):
    """Implements `bot.practice.records.Calendar`."""

    def schedules(self, workspace: Workspace) -> list[Schedule]:
        return [schedule_of(row) for row in self._all("schedules", workspace.key)]

    def schedule(self, channel: Channel, slot: str) -> Schedule | None:
        row = self._one("schedule", channel.workspace.key, channel.id, slot)
        return None if row is None else schedule_of(row)

    def put_schedule(self, schedule: Schedule) -> None:
        values = (
            schedule.channel.workspace.key,
            schedule.channel.id,
            schedule.slot,
            str(schedule.time),
            weekdays_digits(schedule.weekdays),
            schedule.zone,
            filters_text(schedule.filters),
            schedule.state,
            schedule.pause_reason,
            iso_or_none(schedule.skip),
            micros_or_none(schedule.next_at),
            int(schedule.reveal_after.total_seconds() * 1_000_000),
            schedule.seed,
            schedule.created_by.id,
        )
        self._count("put_schedule", *values)

    def due_schedules(self, now: datetime, limit: int) -> list[Schedule]:
        return [schedule_of(row) for row in self._all("due_schedules", micros(now), limit)]

    def advance_schedules(self, moved: Sequence[Schedule]) -> None:
        lines: list[Row] = [
            (
                micros_or_none(schedule.next_at),
                iso_or_none(schedule.skip),
                schedule.channel.workspace.key,
                schedule.channel.id,
                schedule.slot,
            )
            for schedule in moved
        ]
        self._counts("advance_schedule", lines)

    def add_occurrences(self, lines: Sequence[LedgerLine]) -> list[bool]:
        return [
            count == 1 for count in self._counts("add_occurrence", [_line_values(line) for line in lines])
        ]

    def pending(self, served: Collection[Platform], late: datetime, limit: int) -> list[Occurrence]:
        rows = self._all("pending", *platform_patterns(served), micros(late), limit)
        return [occurrence_of(row) for row in rows]

    def take_occurrence(self, occurrence: Occurrence, round_: str) -> bool:
        return self._count("take_occurrence", *_key(occurrence), round_) == 1

    def skip_occurrence(self, occurrence: Occurrence, reason: str) -> bool:
        return self._count("skip_occurrence", *_key(occurrence), reason) == 1

    def reopen_occurrence(self, occurrence: Occurrence) -> bool:
        return self._count("reopen_occurrence", *_key(occurrence), micros(occurrence.at)) == 1

    def occurrence(self, channel: Channel, slot: str, day: date) -> LedgerLine | None:
        row = self._one("occurrence", channel.workspace.key, channel.id, slot, day.isoformat())
        return None if row is None else line_of(row)

    def ledger(self, channel: Channel, limit: int) -> list[LedgerLine]:
        return [line_of(row) for row in self._all("ledger", channel.workspace.key, channel.id, limit)]

    def overdue(self, before: datetime) -> int:
        row = self._one("overdue", micros(before))
        assert row is not None, "a count gives a row"
        return int(row[0])


def _key(occurrence: Occurrence) -> Row:
    channel = occurrence.channel
    return channel.workspace.key, channel.id, occurrence.slot, occurrence.local_date.isoformat()


def _line_values(line: LedgerLine) -> Row:
    occurrence = line.occurrence
    return (
        *_key(occurrence),
        micros(occurrence.at),
        occurrence.zone,
        str(occurrence.planned),
        occurrence.shift,
        line.state,
        line.reason,
        line.round,
        micros_or_none(line.posted_at),
    )
