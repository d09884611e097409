"""Streak facts, the board, and what is kept about a member, in the memory store.

The board is counted anew from the facts on every call, so that it also judges the sums of the real stores.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time

from bot.domain.places import Member, Workspace
from bot.domain.practice_days import NeutralReason, NeutralSpan, RestChoice, ZoneChoice
from bot.domain.schedules import ScheduleState
from bot.domain.streaks import Credit, Facts, Mend, MendKind, StreakState
from bot.practice.records import RecordLine, Standing
from tests.memory_review_privacy import forget_reviews, shared_reviews
from tests.memory_tables import DAY, MemoryPart, Tables


class MemoryMembers(MemoryPart):
    """Implements `bot.practice.records.Days` and `Membership`."""

    def zones(self, member: Member, default_zone: str) -> tuple[tuple[ZoneChoice, ...], str]:
        own = [choice for (of, _), choice in self._tables.zones.items() if of == member]
        first = min(
            (
                (channel.id, slot, schedule.zone)
                for (channel, slot), schedule in self._tables.schedules.items()
                if channel.workspace == member.workspace and schedule.state is not ScheduleState.REMOVED
            ),
            default=("", "", default_zone),
        )
        return tuple(sorted(own, key=lambda choice: choice.at)), first[-1]

    def choose_zone(self, member: Member, choice: ZoneChoice) -> None:
        self._tables.put(self._tables.zones, (member, choice.at), choice)
        self._touch(member, choice.at.date() - DAY)

    def choose_rest(self, member: Member, choice: RestChoice) -> None:
        self._tables.put(self._tables.rests, (member, choice.from_date), choice)
        self._touch(member, choice.from_date)

    def facts(self, member: Member, default_zone: str, after: date | None, now: datetime) -> Facts:
        tables = self._tables
        since = None if after is None else datetime.combine(after, time(), UTC) - 2 * DAY
        zones, default_zone = self.zones(member, default_zone)
        return Facts(
            credits=tuple(
                credit
                for (of, day), credit in sorted(tables.credits.items(), key=lambda item: item[0])
                if of == member and (after is None or day > after)
            ),
            zones=zones,
            default_zone=default_zone,
            rests=tuple(
                rest
                for (of, day), rest in sorted(tables.rests.items(), key=lambda item: item[0])
                if of == member
            ),
            neutral=tuple(
                span
                for (of, _, _), span in tables.neutral.items()
                if of == member.workspace and (since is None or span.end is None or span.end >= since)
            ),
            mends=tuple(mend for (of, _, _), mend in tables.mends.items() if of == member),
        )

    def begin_credit(self, member: Member, day: date, at: datetime, zone: str) -> bool:
        if (member, day) in self._tables.credits:
            return False
        self.put_credit(member, day, at, zone, None)
        return True

    def put_credit(
        self, member: Member, day: date, at: datetime, zone: str, withdrawn_at: datetime | None
    ) -> None:
        credit = Credit(day, at, zone, withdrawn_at)
        if self._tables.credits.get((member, day)) != credit:
            self._tables.put(self._tables.credits, (member, day), credit)
            self._touch(member, day)

    def drop_credit(self, member: Member, day: date) -> None:
        if (member, day) in self._tables.credits:
            self._tables.drop(self._tables.credits, (member, day))
            self._touch(member, day)

    def add_mend(self, member: Member, day: date, kind: MendKind, at: datetime, by: str | None) -> None:
        self._tables.put(self._tables.mends, (member, day, kind), Mend(day, kind, at, by))
        self._touch(member, day)

    def new_freeze_uses(self, member: Member, days: Collection[date], at: datetime) -> tuple[date, ...]:
        new = tuple(day for day in sorted(days) if (member, day) not in self._tables.freezes)
        for day in new:
            self._tables.put(self._tables.freezes, (member, day), at)
        return new

    def checkpoint(self, member: Member) -> StreakState | None:
        return self._tables.checkpoints.get(member)

    def put_checkpoint(self, member: Member, state: StreakState) -> None:
        if state.through is not None:
            self._tables.put(self._tables.checkpoints, member, state)

    def drop_checkpoints(self, workspace: Workspace) -> None:
        for member in [each for each in self._tables.checkpoints if each.workspace == workspace]:
            self._tables.drop(self._tables.checkpoints, member)

    def open_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        key = (workspace, reason, at)
        if self._open_span(workspace, reason) is None and key not in self._tables.neutral:
            self._tables.put(self._tables.neutral, key, NeutralSpan(at, None, reason))
        self._touch_all(workspace, at)

    def close_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        span = self._open_span(workspace, reason)
        if span is not None:
            key = (workspace, reason, span.start)
            self._tables.put(self._tables.neutral, key, replace(span, end=max(at, span.start)))
        self._touch_all(workspace, at)

    def practice_days(self, member: Member, first: date) -> tuple[date, ...]:
        return tuple(sorted(day for day in self._live_days(member) if day >= first))

    def board(self, workspace: Workspace, month: str, limit: int) -> list[Standing]:
        lines = [self._standing(member, month, upto=month) for member in self.members(workspace)]
        shown = [line for line in lines if line.recent_days > 0]
        return sorted(shown, key=lambda line: (-line.recent_days, -line.days, line.member.id))[:limit]

    def standing(self, member: Member, month: str) -> Standing:
        return self._standing(member, month, upto="9999-12")

    def rebuild_tallies(self, workspace: Workspace) -> None:
        """There are none."""

    def export_member(self, member: Member) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        for table, _, row in _kept(self._tables, member):
            found.setdefault(table, []).append(row)
        for name, row in shared_reviews(self._tables, member):
            found.setdefault(name, []).append(row)
        return found

    def count_member(self, member: Member) -> dict[str, int]:
        return {table: len(rows) for table, rows in self.export_member(member).items()}

    def delete_member(self, member: Member, at: datetime) -> int:
        gone = [*_kept(self._tables, member), *shared_reviews(self._tables, member)]
        forget_reviews(self._tables, member, at)
        self._empty_newest(member)
        for table, key, _ in _kept(self._tables, member):
            if table != "tally":
                self._tables.drop(getattr(self._tables, _TABLES[table]), key)
        self._forget(member)
        self._appoint_manager(member.workspace)
        return len(gone)

    def _appoint_manager(self, workspace: Workspace) -> None:
        """The table is in order of joining."""
        people = {key: row for key, row in self._tables.people.items() if key[0] == workspace}
        if people and not any(manager for manager, _ in people.values()):
            key, (_, joined_at) = next(iter(people.items()))
            self._tables.put(self._tables.people, key, (True, joined_at))

    def _empty_newest(self, member: Member) -> None:
        """The newest message keeps its number, so that no other one is ever given it."""
        messages = self._tables.messages
        key = max((key for key in messages if key[0] == member.workspace), default=None)
        if key is not None and member.id in (messages[key].author, messages[key].only_for):
            emptied = replace(
                messages[key],
                author=None,
                only_for=None,
                text="",
                card=None,
                marker=None,
                deleted_at=messages[key].at,
            )
            self._tables.put(messages, key, emptied)

    def record(self, workspace: Workspace, line: RecordLine) -> None:
        seq = max((seq for of, seq in self._tables.records if of == workspace), default=0) + 1
        self._tables.put(self._tables.records, (workspace, seq), line)

    def records(self, workspace: Workspace, limit: int) -> list[RecordLine]:
        lines = [(seq, line) for (of, seq), line in self._tables.records.items() if of == workspace]
        return [line for _, line in sorted(lines, key=lambda item: item[0], reverse=True)[:limit]]

    def workspaces(self) -> list[Workspace]:
        tables = self._tables
        found = {
            key[0]
            for table in (tables.rounds, tables.neutral, tables.records, tables.people, tables.messages)
            for key in table
        }
        found |= {channel.workspace for channel, _ in tables.schedules}
        found |= {key[0].workspace for table in (tables.credits, tables.zones, tables.rests) for key in table}
        return sorted(found, key=lambda workspace: workspace.key)

    def members(self, workspace: Workspace) -> list[Member]:
        found = {member for member, _ in self._tables.credits}
        found |= {answer.member for answer in self._tables.answers.values()}
        return sorted(member for member in found if member.workspace == workspace)

    def _open_span(self, workspace: Workspace, reason: NeutralReason) -> NeutralSpan | None:
        spans = (span for key, span in self._tables.neutral.items() if key[:2] == (workspace, reason))
        return next((span for span in spans if span.end is None), None)

    def _live_days(self, member: Member) -> list[date]:
        credits = self._tables.credits.items()
        return [day for (of, day), credit in credits if of == member and credit.withdrawn_at is None]

    def _standing(self, member: Member, month: str, upto: str) -> Standing:
        months = [_month(day) for day in self._live_days(member)]
        answered = [
            _month(answer.local_date)
            for answer in self._tables.answers.values()
            if answer.member == member and answer.withdrawn_at is None
        ]
        return Standing(
            member,
            months.count(month),
            sum(each <= upto for each in months),
            sum(each <= upto for each in answered),
        )

    def _forget(self, member: Member) -> None:
        """Take the member's name off what stays."""
        tables = self._tables
        for key, round_ in list(tables.rounds.items()):
            if round_.asked_by == member:
                tables.put(tables.rounds, key, replace(round_, asked_by=None))
        for place, schedule in list(tables.schedules.items()):
            if schedule.created_by == member:
                nobody = Member(member.workspace, "")
                tables.put(tables.schedules, place, replace(schedule, created_by=nobody))
        for whose, mend in list(tables.mends.items()):
            if (whose[0].workspace, mend.by) == (member.workspace, member.id):
                tables.put(tables.mends, whose, replace(mend, by=None))
        self._forget_in_packs(member)
        self._forget_in_texts(member)
        self._forget_in_cards(member)

    def _forget_in_packs(self, member: Member) -> None:
        tables = self._tables
        for key, (pack, by, at) in list(tables.packs.items()):
            if (key[0], by) == (member.workspace, member.id):
                tables.put(tables.packs, key, (pack, None, at))
        for which, suggestion in list(tables.suggestions.items()):
            if (which[0], suggestion.decided_by) == (member.workspace, member.id):
                tables.put(tables.suggestions, which, replace(suggestion, decided_by=None))
        for event, (at, _) in list(tables.events.items()):
            if event[0] == member.workspace:
                tables.put(tables.events, event, (at, None))

    def _forget_in_texts(self, member: Member) -> None:
        tables = self._tables
        for place, schedule in list(tables.schedules.items()):
            if (place[0].workspace, schedule.pause_reason) == (member.workspace, f"paused by {member.id}"):
                tables.put(tables.schedules, place, replace(schedule, pause_reason=None))
        for number, line in list(tables.records.items()):
            if number[0] == member.workspace:
                detail = line.detail
                if line.action == "restore":
                    detail = detail.removesuffix(f" for {member.id}")
                by = None if line.by == member.id else line.by
                tables.put(tables.records, number, replace(line, by=by, detail=detail))

    def _forget_in_cards(self, member: Member) -> None:
        """Cards as the chat writes them: without a blank, in ASCII."""
        name = json.dumps({"member": [member.workspace.key, member.id]}, separators=(",", ":"))
        for key, message in list(self._tables.messages.items()):
            if key[0] == member.workspace and message.card is not None and name in message.card:
                card = message.card.replace(name, json.dumps("a former member"))
                self._tables.put(self._tables.messages, key, replace(message, card=card))


_TABLES = {
    "answer_version": "versions",
    "answer": "answers",
    "reply": "replies",
    "hint_use": "hints",
    "credit": "credits",
    "freeze_use": "freezes",
    "mend": "mends",
    "zone_choice": "zones",
    "rest_choice": "rests",
    "checkpoint": "checkpoints",
    "suggestion": "suggestions",
    "review_offer": "offers",
    "gold_review": "gold_reviews",
    "vote": "votes",
    "closed_account": "closed",
    "reminder": "reminders",
    "local_message": "messages",
    "local_person": "people",
}


def _kept(tables: Tables, member: Member) -> Iterator[tuple[str, object, dict[str, object]]]:
    """Every row about a member: its table as the real stores name it, its key, and what is shown of it."""
    for name, attribute in _TABLES.items():
        for key, row in list(getattr(tables, attribute).items()):
            if _is_own(name, key, row, member):
                yield name, key, _shown(row)
    months = {_month(day) for of, day in tables.credits if of == member}
    months |= {_month(answer.local_date) for answer in tables.answers.values() if answer.member == member}
    for month in sorted(months):
        yield "tally", month, {"month": month}


def _is_own(table: str, key: object, row: object, member: Member) -> bool:
    if table in ("answer", "answer_version", "suggestion"):
        return bool(getattr(row, "member") == member)  # noqa: B009 - the rows are of many types
    if table == "reply":
        return bool(getattr(row, "reply").author == member)  # noqa: B009
    if table == "local_message":
        people = (getattr(row, "author"), getattr(row, "only_for"))  # noqa: B009
        return isinstance(key, tuple) and key[0] == member.workspace and member.id in people
    if table == "local_person":
        return key == (member.workspace, member.id)
    return key == member or (isinstance(key, tuple) and member in key)


def _shown(row: object) -> dict[str, object]:
    """A row as values that JSON knows."""
    fields = asdict(row) if hasattr(row, "__dataclass_fields__") else {"value": row}  # type: ignore[call-overload]
    return {
        name: value if isinstance(value, str | int | bool | None) else str(value)
        for name, value in fields.items()
    }


def _month(day: date) -> str:
    return day.isoformat()[:7]
