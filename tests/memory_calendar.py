"""Schedules, occurrences, heartbeats and the local chat of the memory store."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.schedules import Occurrence, Schedule, ScheduleState
from bot.practice.records import LedgerLine, LocalMessage, OccurrenceState
from tests.memory_tables import MemoryPart

_OPEN = (OccurrenceState.PENDING, OccurrenceState.POSTING)


class MemoryCalendar(MemoryPart):
    """Implements `bot.practice.records.Calendar`, `Upkeep` and `LocalChat`."""

    def schedules(self, workspace: Workspace) -> list[Schedule]:
        found = [
            schedule
            for schedule in self._tables.schedules.values()
            if schedule.channel.workspace == workspace and schedule.state is not ScheduleState.REMOVED
        ]
        return sorted(found, key=lambda schedule: (schedule.channel.id, schedule.slot))

    def schedule(self, channel: Channel, slot: str) -> Schedule | None:
        return self._tables.schedules.get((channel, slot))

    def put_schedule(self, schedule: Schedule) -> None:
        self._tables.put(self._tables.schedules, (schedule.channel, schedule.slot), schedule)

    def due_schedules(self, now: datetime, limit: int) -> list[Schedule]:
        due = [
            (schedule.next_at, number, schedule)
            for number, schedule in enumerate(self._tables.schedules.values())
            if schedule.state is ScheduleState.ACTIVE
            and schedule.next_at is not None
            and schedule.next_at <= now
        ]
        return [schedule for _, _, schedule in sorted(due)[:limit]]

    def advance_schedules(self, moved: Sequence[Schedule]) -> None:
        for schedule in moved:
            key = (schedule.channel, schedule.slot)
            known = self._tables.schedules[key]
            self._tables.put(
                self._tables.schedules, key, replace(known, next_at=schedule.next_at, skip=schedule.skip)
            )

    def add_occurrences(self, lines: Sequence[LedgerLine]) -> list[bool]:
        return [self._add_occurrence(line) for line in lines]

    def pending(self, served: Collection[Platform], late: datetime, limit: int) -> list[Occurrence]:
        waiting = [
            line.occurrence
            for line in self._tables.occurrences.values()
            if line.state is OccurrenceState.PENDING
            and (line.occurrence.channel.workspace.platform in served or line.occurrence.at < late)
        ]
        return sorted(waiting, key=lambda occurrence: occurrence.at)[:limit]

    def take_occurrence(self, occurrence: Occurrence, round_: str) -> bool:
        return self._leave_pending(occurrence, OccurrenceState.POSTING, None, round_)

    def skip_occurrence(self, occurrence: Occurrence, reason: str) -> bool:
        return self._leave_pending(occurrence, OccurrenceState.SKIPPED, reason, None)

    def reopen_occurrence(self, occurrence: Occurrence) -> bool:
        key = (occurrence.channel, occurrence.slot, occurrence.local_date)
        line = self._tables.occurrences.get(key)
        if line is None or line.state is not OccurrenceState.FAILED:
            return False
        again = replace(line.occurrence, at=occurrence.at)
        self._tables.put(
            self._tables.occurrences, key, LedgerLine(again, OccurrenceState.PENDING, None, None, None)
        )
        return True

    def occurrence(self, channel: Channel, slot: str, day: date) -> LedgerLine | None:
        return self._tables.occurrences.get((channel, slot, day))

    def ledger(self, channel: Channel, limit: int) -> list[LedgerLine]:
        lines = [line for (of, _, _), line in self._tables.occurrences.items() if of == channel]
        lines.sort(key=lambda line: (line.occurrence.at, line.occurrence.slot), reverse=True)
        return lines[:limit]

    def overdue(self, before: datetime) -> int:
        lines = self._tables.occurrences.values()
        return sum(line.state in _OPEN and line.occurrence.at < before for line in lines)

    def beat(self, instance: str, at: datetime) -> None:
        newest = max(at, self._tables.beats.get(instance, at))
        self._tables.put(self._tables.beats, instance, newest)

    def beat_of(self, instance: str) -> datetime | None:
        return self._tables.beats.get(instance)

    def last_beat(self) -> datetime | None:
        return max(self._tables.beats.values(), default=None)

    def join_person(self, workspace: Workspace, name: str, at: datetime) -> bool:
        people = self._tables.people
        if (workspace, name) not in people:
            managed = any(manager for (of, _), (manager, _) in people.items() if of == workspace)
            self._tables.put(people, (workspace, name), (not managed, at))
        return self._tables.people[workspace, name][0]

    def person_is_manager(self, member: Member) -> bool | None:
        known = self._tables.people.get((member.workspace, member.id))
        return None if known is None else known[0]

    def people(self, workspace: Workspace) -> list[str]:
        return [name for of, name in self._tables.people if of == workspace]

    def channels(self, workspace: Workspace) -> list[str]:
        return sorted({m.channel.id for (of, _), m in self._tables.messages.items() if of == workspace})

    def add_message(self, message: LocalMessage) -> int:
        workspace = message.channel.workspace
        known = message.marker and self.marked_message(workspace, message.marker)
        if known:
            return known.seq
        seq = max((seq for of, seq in self._tables.messages if of == workspace), default=0) + 1
        self._tables.put(self._tables.messages, (workspace, seq), replace(message, seq=seq))
        return seq

    def message(self, workspace: Workspace, seq: int) -> LocalMessage | None:
        return self._tables.messages.get((workspace, seq))

    def change_message(self, message: LocalMessage) -> None:
        key = (message.channel.workspace, message.seq)
        changed = replace(
            self._tables.messages[key],
            text=message.text,
            card=message.card,
            edited_at=message.edited_at,
            deleted_at=message.deleted_at,
        )
        self._tables.put(self._tables.messages, key, changed)

    def marked_message(self, workspace: Workspace, marker: str) -> LocalMessage | None:
        marked = (m for (of, _), m in self._tables.messages.items() if of == workspace and m.marker == marker)
        return next(marked, None)

    def messages(self, channel: Channel, reader: str, before: int | None, limit: int) -> list[LocalMessage]:
        seen = [
            message
            for message in self._seen(channel.workspace, reader)
            if message.channel == channel and (before is None or message.seq < before)
        ]
        return seen[-limit:] if limit > 0 else []

    def channel_messages(
        self, channel: Channel, reader: str, before: int | None, limit: int
    ) -> list[LocalMessage]:
        everything = self.messages(channel, reader, before, len(self._tables.messages))
        seen = [message for message in everything if message.thread is None]
        return seen[-limit:] if limit > 0 else []

    def thread_messages(self, thread: Thread, reader: str, limit: int) -> list[LocalMessage]:
        everything = self.messages(thread.channel, reader, None, len(self._tables.messages))
        seen = [one for one in everything if one.thread == thread.id and one.deleted_at is None]
        return seen[-limit:] if limit > 0 else []

    def thread_sizes(self, channel: Channel, after: int) -> dict[str, int]:
        return dict(
            Counter(
                message.thread
                for message in self._tables.messages.values()
                if message.channel == channel and message.seq > after and message.thread is not None
                if message.author is not None and message.deleted_at is None
            )
        )

    def messages_after(self, workspace: Workspace, reader: str, after: int, limit: int) -> list[LocalMessage]:
        return [message for message in self._seen(workspace, reader) if message.seq > after][:limit]

    def _seen(self, workspace: Workspace, reader: str) -> list[LocalMessage]:
        seen = [
            message
            for (of, _), message in self._tables.messages.items()
            if of == workspace and message.only_for in (None, reader)
        ]
        return sorted(seen, key=lambda message: message.seq)

    def _add_occurrence(self, line: LedgerLine) -> bool:
        occurrence = line.occurrence
        key = (occurrence.channel, occurrence.slot, occurrence.local_date)
        if key in self._tables.occurrences:
            return False
        self._tables.put(self._tables.occurrences, key, line)
        return True

    def _leave_pending(
        self, occurrence: Occurrence, state: OccurrenceState, reason: str | None, round_: str | None
    ) -> bool:
        key = (occurrence.channel, occurrence.slot, occurrence.local_date)
        line = self._tables.occurrences.get(key)
        if line is None or line.state is not OccurrenceState.PENDING:
            return False
        changed = replace(line, state=state, reason=reason, round=round_)
        self._tables.put(self._tables.occurrences, key, changed)
        return True
