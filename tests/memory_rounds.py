"""Rounds, replies and answers of the memory store."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from bot.domain.answers import creation
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Answer, Claim, PostingState, Round, StoredReply
from bot.practice.records import OccurrenceState
from tests.memory_tables import MemoryPart


class MemoryRounds(MemoryPart):
    """Implements `bot.practice.records.Rounds` and `Answers`."""

    def times_asked(self, channel: Channel) -> dict[str, int]:
        asked = (r for r in self._tables.rounds.values() if r.channel == channel)
        return dict(Counter(r.question.id for r in asked if r.posting is not PostingState.FAILED))

    def seen_by(self, member: Member) -> frozenset[str]:
        rounds = self._tables.rounds
        asked = {
            round_.question.id
            for round_ in rounds.values()
            if round_.asked_by == member and round_.posting is not PostingState.FAILED
        }
        answered = {
            rounds[member.workspace, answer.round].question.id
            for answer in self._tables.answers.values()
            if answer.member == member
        }
        return frozenset(asked | answered)

    def answered_by(self, member: Member) -> frozenset[str]:
        return frozenset(
            self._tables.rounds[member.workspace, answer.round].question.id
            for answer in self._tables.answers.values()
            if answer.member == member and answer.withdrawn_at is None
        )

    def add_round(self, round_: Round) -> None:
        key = (round_.channel.workspace, round_.id)
        if key in self._tables.rounds:
            raise ValueError(f"round {round_.id} is there already")
        self._tables.put(self._tables.rounds, key, round_)

    def round(self, workspace: Workspace, id_: str) -> Round | None:
        return self._tables.rounds.get((workspace, id_))

    def round_in(self, thread: Thread) -> Round | None:
        return next((r for r in self._tables.rounds.values() if r.thread == thread), None)

    def newest_round(self, channel: Channel) -> Round | None:
        posted = (
            round_
            for round_ in self._tables.rounds.values()
            if round_.channel == channel and round_.posting is PostingState.POSTED
        )
        return max(posted, key=lambda round_: (round_.asked_at, round_.id), default=None)

    def reclaim_round(self, round_: Round, claim: Claim) -> bool:
        known = self._posting(round_)
        if known is None or not self._may_take(known.claim.owner):
            return False
        self._put_round(replace(known, claim=claim))
        return True

    def bind_prompt(self, round_: Round, message: str, at: datetime) -> bool:
        known = self._posting(round_)
        if known is None:
            return False
        self._put_round(replace(known, posting=PostingState.POSTED, message=message))
        self._settle(known, OccurrenceState.POSTED, None, at)
        return True

    def bind_thread(self, round_: Round, thread: Thread) -> None:
        known = self._tables.rounds[round_.channel.workspace, round_.id]
        if known.posting is not PostingState.POSTED:
            raise ValueError(f"round {round_.id} has no prompt that a thread could hang under")
        self._put_round(replace(known, thread=thread))

    def fail_round(self, round_: Round, reason: str) -> bool:
        known = self._posting(round_)
        if known is None:
            return False
        self._put_round(replace(known, posting=PostingState.FAILED, reason=reason))
        self._settle(known, OccurrenceState.FAILED, reason, None)
        return True

    def stale_postings(self, now: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        stale = [
            round_
            for round_ in self._tables.rounds.values()
            if round_.posting is PostingState.POSTING
            and round_.claim.lease_until <= now
            and round_.channel.workspace.platform in served
            and self._may_take(round_.claim.owner)
        ]
        stale.sort(key=lambda round_: (round_.claim.lease_until, round_.channel.workspace.key, round_.id))
        return stale[:limit]

    def threadless(self, since: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        found = [
            round_
            for round_ in self._tables.rounds.values()
            if round_.posting is PostingState.POSTED
            and round_.thread is None
            and round_.asked_at >= since
            and round_.channel.workspace.platform in served
        ]
        found.sort(key=lambda round_: (round_.asked_at, round_.channel.workspace.key, round_.id))
        return found[:limit]

    def take_hint(self, round_: str, member: Member, upto: int) -> int:
        if upto < 1:
            return 0
        taken = self._tables.hints.get((round_, member), 0)
        if taken < upto:
            taken += 1
            self._tables.put(self._tables.hints, (round_, member), taken)
        return taken

    def keep_reply(self, stored: StoredReply) -> bool:
        key = (stored.reply.thread, stored.reply.message)
        if key in self._tables.replies:
            return False
        self._tables.rounds[stored.reply.author.workspace, stored.round]  # a reply has its round
        self._tables.put(self._tables.replies, key, stored)
        return True

    def reply(self, thread: Thread, message: str) -> StoredReply | None:
        return self._tables.replies.get((thread, message))

    def change_reply(self, stored: StoredReply) -> None:
        key = (stored.reply.thread, stored.reply.message)
        known = self._tables.replies[key]
        reply = replace(stored.reply, author=known.reply.author)
        self._tables.put(self._tables.replies, key, replace(stored, reply=reply, round=known.round))

    def replies(self, round_: str, member: Member) -> list[StoredReply]:
        own = [
            stored
            for stored in self._tables.replies.values()
            if stored.reply.author.id == member.id
            and stored.round == round_
            and stored.reply.author == member
        ]
        return sorted(own, key=creation)

    def same_words(self, stored: StoredReply) -> list[StoredReply]:
        found = sorted(self._same_text(stored), key=creation)
        earlier = [other for other in found if creation(other) < creation(stored)]
        return earlier[:1] + [other for other in found if creation(other) > creation(stored)]

    def answer(self, round_: str, member: Member) -> Answer | None:
        own = (a for a in self._tables.answers.values() if a.round == round_ and a.member == member)
        return next(own, None)

    def answer_by_id(self, workspace: Workspace, id_: str) -> Answer | None:
        return self._tables.answers.get((workspace, id_))

    def add_answer(self, answer: Answer) -> bool:
        key = (answer.member.workspace, answer.id)
        self._tables.rounds[answer.member.workspace, answer.round]  # an answer has its round
        if self.answer(answer.round, answer.member) is not None:
            return False
        if key in self._tables.answers:
            raise ValueError("two answers have one id")
        self._tables.put(self._tables.answers, key, answer)
        return True

    def change_answer(self, answer: Answer) -> None:
        key = (answer.member.workspace, answer.id)
        known = self._tables.answers[key]
        if answer.version > known.version:
            self._tables.put(self._tables.versions, (*key, known.version), known)
        self._tables.put(self._tables.answers, key, replace(answer, round=known.round, member=known.member))

    def answers_of(self, round_: str, workspace: Workspace) -> list[Answer]:
        live = [
            answer
            for (of, _), answer in self._tables.answers.items()
            if of == workspace and answer.round == round_ and answer.withdrawn_at is None
        ]
        return sorted(live, key=lambda answer: (answer.at, answer.id))

    def counted(self, member: Member, day: date) -> list[Answer]:
        of_day = [
            answer
            for answer in self._tables.answers.values()
            if answer.member == member and answer.local_date == day and answer.counts
        ]
        return sorted(of_day, key=lambda answer: (answer.at, answer.id))

    def _posting(self, round_: Round) -> Round | None:
        """The round as it is kept, if this attempt has it still; a round that was never kept is a mistake."""
        known = self._tables.rounds[round_.channel.workspace, round_.id]
        still = known.posting is PostingState.POSTING and known.claim.attempt == round_.claim.attempt
        return known if still else None

    def _put_round(self, round_: Round) -> None:
        self._tables.put(self._tables.rounds, (round_.channel.workspace, round_.id), round_)

    def _settle(self, round_: Round, state: OccurrenceState, reason: str | None, at: datetime | None) -> None:
        if round_.planned is None:
            return
        key = (round_.channel, round_.planned.slot, round_.planned.local_date)
        line = self._tables.occurrences.get(key)
        if line is not None and line.state is OccurrenceState.POSTING and line.round == round_.id:
            line = replace(line, state=state, reason=reason, posted_at=at)
            self._tables.put(self._tables.occurrences, key, line)

    def _may_take(self, owner: str) -> bool:
        """Whether what an instance claimed may be taken over: it is this one, or it is gone."""
        return owner == self._owner or owner not in self._living

    def _same_text(self, stored: StoredReply) -> list[StoredReply]:
        """What its author said with this fingerprint in other rounds, and others to the same question."""
        author = stored.reply.author
        return [
            other
            for other in self._tables.replies.values()
            if stored.fingerprint is not None
            and other.fingerprint == stored.fingerprint
            and other.reply.author.workspace == author.workspace
            and self._is_elsewhere(stored, other)
        ]

    def _is_elsewhere(self, stored: StoredReply, other: StoredReply) -> bool:
        if other.reply.author == stored.reply.author:
            return other.round != stored.round
        rounds, workspace = self._tables.rounds, stored.reply.author.workspace
        asked, theirs = rounds[workspace, stored.round], rounds[workspace, other.round]
        return asked.question.id == theirs.question.id
