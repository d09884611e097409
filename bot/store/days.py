"""The stored facts that streaks are derived from, and the cached folds of older days."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.places import Member, Workspace
from bot.domain.practice_days import NeutralReason, NeutralSpan, RestChoice, ZoneChoice
from bot.domain.streaks import Facts, Mend, MendKind, StreakState
from bot.store.folds import fold_of, fold_text
from bot.store.rows import (
    credit_of,
    instant,
    instant_or_none,
    micros,
    micros_or_none,
    weekdays_digits,
    weekdays_of,
)
from bot.store.tallies import TalliesPart

_REACH = timedelta(days=2)
"""A fold holds while no fact dated up to two days after its end changes (`bot.domain.streaks.checkpoint`)."""

_ANY_DAY = "0001-01-01"


class DaysPart(TalliesPart):
    """Implements `bot.practice.records.Days`, with the board from `TalliesPart`."""

    def zones(self, member: Member, default_zone: str) -> tuple[tuple[ZoneChoice, ...], str]:
        choices: list[ZoneChoice] = []
        for at, zone, told in self._all("zones", member.workspace.key, member.id):
            if at is not None:
                choices.append(ZoneChoice(instant(at), zone, bool(told)))
            elif zone is not None:
                default_zone = zone
        return tuple(sorted(choices, key=lambda choice: choice.at)), default_zone

    def choose_zone(self, member: Member, choice: ZoneChoice) -> None:
        values = (micros(choice.at), choice.zone, int(choice.told))
        self._count("choose_zone", member.workspace.key, member.id, *values)
        self._touch(member, _earliest_date(choice.at))

    def choose_rest(self, member: Member, choice: RestChoice) -> None:
        day, digits = choice.from_date, weekdays_digits(choice.weekdays)
        self._count("choose_rest", member.workspace.key, member.id, day.isoformat(), digits)
        self._touch(member, day)

    def facts(self, member: Member, default_zone: str, after: date | None, now: datetime) -> Facts:  # noqa: ARG002 - nothing here ends with time
        key = (member.workspace.key, member.id)
        since = (
            None if after is None else datetime.combine(max(after, date.min + _REACH) - _REACH, time(), UTC)
        )
        zones, default_zone = self.zones(member, default_zone)
        return Facts(
            credits=tuple(
                credit_of(row)
                for row in self._all("credits_after", *key, _ANY_DAY if after is None else after.isoformat())
            ),
            zones=zones,
            default_zone=default_zone,
            rests=tuple(
                RestChoice(date.fromisoformat(day), weekdays_of(digits))
                for day, digits in self._all("rest_choices", *key)
            ),
            neutral=tuple(
                NeutralSpan(instant(start), instant_or_none(end), NeutralReason(reason))
                for start, end, reason in self._all(
                    "neutral_spans", key[0], -(2**62) if since is None else micros(since)
                )
            ),
            mends=tuple(
                Mend(date.fromisoformat(day), MendKind(kind), instant(at), by)
                for day, kind, at, by in self._all("mends", *key)
            ),
        )

    def begin_credit(self, member: Member, day: date, at: datetime, zone: str) -> bool:
        key = (member.workspace.key, member.id, day.isoformat())
        if self._count("add_credit", *key, micros(at), zone, None) == 0:
            return False
        self._touch(member, day)
        self._tally(member, day, days=1)
        return True

    def put_credit(
        self, member: Member, day: date, at: datetime, zone: str, withdrawn_at: datetime | None
    ) -> None:
        key = (member.workspace.key, member.id, day.isoformat())
        values = (micros(at), zone, micros_or_none(withdrawn_at))
        was_live = False
        if self._count("add_credit", *key, *values) == 0:
            before = self._one("credit", *key)
            assert before is not None, "a credit that cannot be added is there"
            if before == values:
                return
            was_live = before[2] is None
            self._count("change_credit", *key, *values)
        self._touch(member, day)
        if was_live is not (withdrawn_at is None):
            self._tally(member, day, days=-1 if was_live else 1)

    def drop_credit(self, member: Member, day: date) -> None:
        key = (member.workspace.key, member.id, day.isoformat())
        before = self._one("credit", *key)
        if before is None:
            return
        self._count("drop_credit", *key)
        self._touch(member, day)
        if before[2] is None:
            self._tally(member, day, days=-1)

    def add_mend(self, member: Member, day: date, kind: MendKind, at: datetime, by: str | None) -> None:
        self._count("add_mend", member.workspace.key, member.id, day.isoformat(), kind, micros(at), by)
        self._touch(member, day)

    def new_freeze_uses(self, member: Member, days: Collection[date], at: datetime) -> tuple[date, ...]:
        ordered = sorted(days)
        many = [(member.workspace.key, member.id, day.isoformat(), micros(at)) for day in ordered]
        added = self._counts("add_freeze_use", many)
        return tuple(day for day, count in zip(ordered, added, strict=True) if count)

    def checkpoint(self, member: Member) -> StreakState | None:
        row = self._one("checkpoint", member.workspace.key, member.id)
        return None if row is None else fold_of(row[0])

    def put_checkpoint(self, member: Member, state: StreakState) -> None:
        if state.through is None:  # an empty fold saves nothing
            return
        through = state.through.isoformat()
        self._count("put_checkpoint", member.workspace.key, member.id, through, fold_text(state))

    def drop_checkpoints(self, workspace: Workspace) -> None:
        self._count("drop_checkpoints", workspace.key, _ANY_DAY)

    def open_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        self._count("open_neutral", workspace.key, reason, micros(at))
        self._touch_all(workspace, _earliest_date(at))

    def close_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        self._count("close_neutral", workspace.key, reason, micros(at))
        self._touch_all(workspace, _earliest_date(at))

    def practice_days(self, member: Member, first: date) -> tuple[date, ...]:
        rows = self._all("practice_days", member.workspace.key, member.id, first.isoformat())
        return tuple(date.fromisoformat(day) for (day,) in rows)

    def _touch(self, member: Member, day: date) -> None:
        """A fact of this date changed: a fold that may rest on it goes."""
        self._count("drop_checkpoint", member.workspace.key, member.id, _touched(day))

    def _touch_all(self, workspace: Workspace, day: date) -> None:
        self._count("drop_checkpoints", workspace.key, _touched(day))


def _touched(day: date) -> str:
    return (day - _REACH).isoformat() if day > date.min + _REACH else _ANY_DAY


def _earliest_date(at: datetime) -> date:
    """The earliest local date that an instant falls on anywhere."""
    return (at - timedelta(hours=12)).date()
