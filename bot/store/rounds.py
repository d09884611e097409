"""Rounds and the protocol by which their prompts are posted."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Question
from bot.domain.rounds import Claim, Round
from bot.store.rows import (
    Row,
    iso_or_none,
    micros,
    micros_or_none,
    platform_patterns,
    question_of,
    question_text,
    round_of,
)
from bot.store.statements import Part

_QUESTIONS_KEPT = 4096
_questions: dict[str, Question] = {}  # by version, which names exactly one text
_ROUNDS_KEPT = 1024
_rounds: dict[Row, Round] = {}  # by all columns, so that a changed row is another one


class RoundsPart(Part):
    """Implements `bot.practice.records.Rounds`."""

    _owner: str

    def times_asked(self, channel: Channel) -> dict[str, int]:
        return dict(self._all("times_asked", channel.workspace.key, channel.id))

    def seen_by(self, member: Member) -> frozenset[str]:
        return frozenset(row[0] for row in self._all("seen_by", member.workspace.key, member.id))

    def answered_by(self, member: Member) -> frozenset[str]:
        return frozenset(row[0] for row in self._all("answered_by", member.workspace.key, member.id))

    def add_round(self, round_: Round) -> None:
        workspace = round_.channel.workspace.key
        version, body = question_text(round_.question)
        self._count("keep_question", workspace, round_.question.id, version, body)
        self._count(
            "add_round",
            workspace,
            round_.id,
            round_.channel.id,
            round_.question.id,
            version,
            round_.asked_by.id if round_.asked_by else None,
            micros(round_.asked_at),
            micros(round_.reveal_at),
            micros(round_.closes_at),
            *_planned_values(round_),
            round_.posting,
            round_.claim.owner,
            round_.claim.attempt,
            micros(round_.claim.lease_until),
            round_.message,
            round_.thread.id if round_.thread else None,
            round_.reason,
        )

    def round(self, workspace: Workspace, id_: str) -> Round | None:
        return self._round(self._one("round_by_id", workspace.key, id_))

    def round_in(self, thread: Thread) -> Round | None:
        channel = thread.channel
        return self._round(self._one("round_in", channel.workspace.key, channel.id, thread.id))

    def newest_round(self, channel: Channel) -> Round | None:
        return self._round(self._one("newest_round", channel.workspace.key, channel.id))

    def reclaim_round(self, round_: Round, claim: Claim) -> bool:
        workspace, expected = round_.channel.workspace.key, round_.claim.attempt
        lease = micros(claim.lease_until)
        values = (workspace, round_.id, expected, claim.owner, claim.attempt, lease)
        return self._count("reclaim_round", *values) == 1

    def bind_prompt(self, round_: Round, message: str, at: datetime) -> bool:
        workspace = round_.channel.workspace.key
        values = (workspace, round_.id, round_.claim.attempt, message, micros(at))
        bound = self._count("bind_prompt", *values) == 1
        if bound:
            self._settle_occurrence(round_, "posted", None, at)
        return bound

    def bind_thread(self, round_: Round, thread: Thread) -> None:
        self._count("bind_thread", round_.channel.workspace.key, round_.id, thread.id)

    def fail_round(self, round_: Round, reason: str) -> bool:
        workspace = round_.channel.workspace.key
        failed = self._count("fail_round", workspace, round_.id, round_.claim.attempt, reason) == 1
        if failed:
            self._settle_occurrence(round_, "failed", reason, None)
        return failed

    def stale_postings(self, now: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        values = (micros(now), self._owner, *platform_patterns(served), limit)
        return [self._known(row) for row in self._all("stale_postings", *values)]

    def threadless(self, since: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        rows = self._all("threadless", micros(since), *platform_patterns(served), limit)
        return [self._known(row) for row in rows]

    def take_hint(self, round_: str, member: Member, upto: int) -> int:
        if upto < 1:
            return 0
        taken = self._one("take_hint", member.workspace.key, member.id, round_, upto)
        assert taken is not None, "an upsert gives its row"
        return int(taken[0])

    def _settle_occurrence(
        self, round_: Round, state: str, reason: str | None, posted_at: datetime | None
    ) -> None:
        if round_.planned is None:
            return
        planned, channel = round_.planned, round_.channel
        key = (channel.workspace.key, channel.id, planned.slot, planned.local_date.isoformat())
        self._count("settle_occurrence", *key, round_.id, state, reason, micros_or_none(posted_at))

    def _round(self, row: Row | None) -> Round | None:
        return None if row is None else self._known(row)

    def _known(self, row: Row) -> Round:
        """The round of a row; what was met before is neither read nor made again."""
        known = _rounds.get(row)
        if known is None:
            known = round_of(row, self._question(row[0], row[3], row[4]))
            if len(_rounds) >= _ROUNDS_KEPT:
                _rounds.clear()
            _rounds[row] = known
        return known

    def _question(self, workspace: str, question: str, version: str) -> Question:
        known = _questions.get(version)
        if known is None:
            body = self._one("question_body", workspace, question, version)
            assert body is not None, "a round's question is kept with it"
            if len(_questions) >= _QUESTIONS_KEPT:
                _questions.clear()
            known = _questions[version] = question_of(body[0])
        return known


def _planned_values(round_: Round) -> tuple[Any, ...]:
    planned = round_.planned
    if planned is None:
        return (None,) * 5
    return planned.slot, iso_or_none(planned.local_date), micros(planned.at), planned.zone, planned.wall_time
