"""Rows to domain values and back: one reader for each table, beside the columns that it expects."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Filters, Kind, Level, Question, SampleAnswer, TimeBox
from bot.domain.rounds import Answer, Claim, Planned, PostingState, Reply, Round, StoredReply
from bot.domain.schedules import Occurrence, Schedule, ScheduleState
from bot.domain.streaks import Credit
from bot.domain.wall_time import Shift, WallTime
from bot.practice.records import LedgerLine, LocalMessage, OccurrenceState

Row = tuple[Any, ...]

COLUMNS = {
    "round_columns": "workspace, id, channel, question, version, asked_by, asked_at, reveal_at, closes_at,"
    " slot, planned_date, planned_at, planned_zone, planned_time,"
    " posting, owner, attempt, lease_until, message, thread, reason",
    "reply_columns": "workspace, channel, thread, message, author, text, at, by_form,"
    " round, edited_at, deleted_at, enough_at, fingerprint",
    "answer_columns": "workspace, id, round, member, message, text, at, local_date, zone, late, counts, chosen,"
    " version, changed_at, withdrawn_at",
    "suggestion_columns": "workspace, id, member, at, body, state, decided_at, decided_by, reason",
    "schedule_columns": "workspace, channel, slot, wall_time, weekdays, zone, filters, state, pause_reason,"
    " skip, next_at, reveal_after, seed, created_by",
    "occurrence_columns": "workspace, channel, slot, local_date, at, zone, wall_time, shift",
    "message_columns": "workspace, seq, channel, thread, author, text, card, only_for, marker,"
    " at, edited_at, deleted_at",
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def platform_patterns(served: Collection[Platform]) -> tuple[str, ...]:
    """What the keys of workspaces on some platforms look like, one for each platform there is; '' fits none."""
    return tuple(f"{platform}:%" if platform in served else "" for platform in Platform)


def micros(at: datetime) -> int:
    """An instant as it is stored: whole microseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    """An instant that may be missing."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def instant(stored: int) -> datetime:
    """A stored instant, in UTC."""
    return _EPOCH + stored * _MICROSECOND


def instant_or_none(stored: int | None) -> datetime | None:
    """A stored instant that may be missing."""
    return None if stored is None else _EPOCH + stored * _MICROSECOND


def day_or_none(stored: str | None) -> date | None:
    """A stored date that may be missing."""
    return None if stored is None else date.fromisoformat(stored)


def iso_or_none(day: date | None) -> str | None:
    """A date that may be missing, as it is stored."""
    return None if day is None else day.isoformat()


@lru_cache(maxsize=1024)
def workspace_of(key: str) -> Workspace:
    """A workspace by its key."""
    return Workspace.of_key(key)


@lru_cache(maxsize=1024)
def question_text(question: Question) -> tuple[str, str]:
    """A question as JSON text, and the version that names exactly this text."""
    body = json.dumps(asdict(question), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(body.encode(), digest_size=16).hexdigest(), body


def question_of(body: str) -> Question:
    """A question from its JSON text."""
    fields: dict[str, Any] = json.loads(body)
    fields["level"], fields["kind"] = Level(fields["level"]), Kind(fields["kind"])
    fields["time_box"] = TimeBox(**fields["time_box"])
    fields["sample_answer"] = SampleAnswer(**fields["sample_answer"])
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(value)
    return Question(**fields)


def round_of(row: Row, question: Question) -> Round:
    """A round; `question` is the one that the row's question and version name."""
    workspace = workspace_of(row[0])
    channel = Channel(workspace, row[2])
    slot, day, planned_at, zone, wall_time = row[9:14]
    return Round(
        id=row[1],
        channel=channel,
        question=question,
        asked_by=None if row[5] is None else Member(workspace, row[5]),
        asked_at=instant(row[6]),
        reveal_at=instant(row[7]),
        closes_at=instant(row[8]),
        planned=None
        if slot is None
        else Planned(slot, date.fromisoformat(day), instant(planned_at), zone, wall_time),
        posting=PostingState(row[14]),
        claim=Claim(row[15], row[16], instant(row[17])),
        message=row[18],
        thread=None if row[19] is None else Thread(channel, row[19]),
        reason=row[20],
    )


def reply_of(row: Row) -> StoredReply:
    """A kept reply."""
    workspace = workspace_of(row[0])
    thread = Thread(Channel(workspace, row[1]), row[2])
    reply = Reply(thread, row[3], Member(workspace, row[4]), row[5], instant(row[6]), bool(row[7]))
    return StoredReply(
        reply, row[8], instant_or_none(row[9]), instant_or_none(row[10]), instant_or_none(row[11]), row[12]
    )


def answer_of(row: Row) -> Answer:
    """An answer."""
    return Answer(
        id=row[1],
        round=row[2],
        member=Member(workspace_of(row[0]), row[3]),
        message=row[4],
        text=row[5],
        at=instant(row[6]),
        local_date=date.fromisoformat(row[7]),
        zone=row[8],
        late=bool(row[9]),
        counts=bool(row[10]),
        chosen=bool(row[11]),
        version=row[12],
        changed_at=instant_or_none(row[13]),
        withdrawn_at=instant_or_none(row[14]),
    )


@lru_cache(maxsize=1 << 14)
def credit_of(row: Row) -> Credit:
    """A credit; those of the last days are read again with every answer of their member."""
    day, at, zone, withdrawn_at = row
    return Credit(date.fromisoformat(day), instant(at), zone, instant_or_none(withdrawn_at))


@lru_cache(maxsize=1024)
def filters_of(text: str) -> Filters:
    """Filters from their JSON text."""
    return Filters(**json.loads(text))


@lru_cache(maxsize=1024)
def filters_text(filters: Filters) -> str:
    """Filters as JSON text, without those that let everything through."""
    return json.dumps({name: value for name, value in asdict(filters).items() if value is not None})


@lru_cache(maxsize=2048)
def wall_time_of(text: str) -> WallTime:
    """A wall time from `09:00`."""
    return WallTime(int(text[:2]), int(text[3:]))


@lru_cache(maxsize=128)
def weekdays_of(digits: str) -> frozenset[int]:
    """Weekdays from their digits, Monday 0."""
    return frozenset(map(int, digits))


def weekdays_digits(weekdays: frozenset[int]) -> str:
    """Weekdays as they are stored."""
    return "".join(map(str, sorted(weekdays)))


def schedule_of(row: Row) -> Schedule:
    """A schedule."""
    workspace = workspace_of(row[0])
    return Schedule(
        channel=Channel(workspace, row[1]),
        slot=row[2],
        time=wall_time_of(row[3]),
        weekdays=weekdays_of(row[4]),
        zone=row[5],
        filters=filters_of(row[6]),
        state=ScheduleState(row[7]),
        pause_reason=row[8],
        skip=day_or_none(row[9]),
        next_at=instant_or_none(row[10]),
        reveal_after=timedelta(microseconds=row[11]),
        seed=row[12],
        created_by=Member(workspace, row[13]),
    )


def occurrence_of(row: Row) -> Occurrence:
    """An occurrence."""
    return Occurrence(
        Channel(workspace_of(row[0]), row[1]),
        row[2],
        date.fromisoformat(row[3]),
        instant(row[4]),
        row[5],
        wall_time_of(row[6]),
        None if row[7] is None else Shift(row[7]),
    )


def line_of(row: Row) -> LedgerLine:
    """An occurrence with what became of it."""
    state, reason, round_, posted_at = row[8:12]
    return LedgerLine(occurrence_of(row), OccurrenceState(state), reason, round_, instant_or_none(posted_at))


def message_of(row: Row) -> LocalMessage:
    """A message of the local chat."""
    key, seq, channel, thread, author, text, card, only_for, marker, at, edited_at, deleted_at = row
    return LocalMessage(
        seq,
        Channel(workspace_of(key), channel),
        thread,
        author,
        text,
        card,
        only_for,
        marker,
        instant(at),
        instant_or_none(edited_at),
        instant_or_none(deleted_at),
    )
