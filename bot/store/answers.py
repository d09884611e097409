"""Replies as they came, and the answers derived from them."""

from datetime import date

from bot.domain.answers import creation
from bot.domain.places import Member, Thread, Workspace
from bot.domain.rounds import Answer, StoredReply
from bot.store.rows import Row, answer_of, micros, micros_or_none, reply_of
from bot.store.tallies import TalliesPart


class AnswersPart(TalliesPart):
    """Implements `bot.practice.records.Answers`."""

    def keep_reply(self, stored: StoredReply) -> bool:
        reply, channel = stored.reply, stored.reply.thread.channel
        values = (
            channel.workspace.key,
            channel.id,
            reply.thread.id,
            reply.message,
            stored.round,
            reply.author.id,
            reply.text,
            micros(reply.at),
            int(reply.by_form),
            micros_or_none(stored.edited_at),
            micros_or_none(stored.deleted_at),
            micros_or_none(stored.enough_at),
            stored.fingerprint,
        )
        return self._count("keep_reply", *values) == 1

    def reply(self, thread: Thread, message: str) -> StoredReply | None:
        row = self._one("reply", thread.channel.workspace.key, thread.channel.id, thread.id, message)
        return None if row is None else reply_of(row)

    def change_reply(self, stored: StoredReply) -> None:
        reply, channel = stored.reply, stored.reply.thread.channel
        values = (
            channel.workspace.key,
            channel.id,
            reply.thread.id,
            reply.message,
            reply.text,
            micros(reply.at),
            int(reply.by_form),
            micros_or_none(stored.edited_at),
            micros_or_none(stored.deleted_at),
            micros_or_none(stored.enough_at),
            stored.fingerprint,
        )
        self._count("change_reply", *values)

    def replies(self, round_: str, member: Member) -> list[StoredReply]:
        return [reply_of(row) for row in self._all("replies", member.workspace.key, member.id, round_)]

    def same_words(self, stored: StoredReply) -> list[StoredReply]:
        if stored.fingerprint is None:
            return []
        reply = stored.reply
        workspace, at = reply.author.workspace.key, micros(reply.at)
        values = (workspace, stored.fingerprint, at, reply.message, reply.author.id, stored.round)
        found = [reply_of(row) for row in self._all("same_words", *values)]
        return sorted(found, key=creation)

    def answer(self, round_: str, member: Member) -> Answer | None:
        return _answer(self._one("answer", member.workspace.key, round_, member.id))

    def answer_by_id(self, workspace: Workspace, id_: str) -> Answer | None:
        return _answer(self._one("answer_by_id", workspace.key, id_))

    def add_answer(self, answer: Answer) -> bool:
        member = answer.member
        key = (member.workspace.key, answer.id, answer.round, member.id)
        added = self._count("add_answer", *key, *_answer_values(answer)) == 1
        if added and answer.withdrawn_at is None:
            self._tally(member, answer.local_date, answers=1)
        return added

    def change_answer(self, answer: Answer) -> None:
        workspace = answer.member.workspace.key
        before = _answer(self._one("answer_by_id", workspace, answer.id))
        if before is None:
            return
        if answer.version > before.version:
            self._count("keep_version", workspace, answer.id, answer.version)
        self._count("change_answer", workspace, answer.id, *_answer_values(answer))
        for each, sign in ((before, -1), (answer, 1)):
            if each.withdrawn_at is None:
                self._tally(each.member, each.local_date, answers=sign)

    def answers_of(self, round_: str, workspace: Workspace) -> list[Answer]:
        return [answer_of(row) for row in self._all("answers_of", workspace.key, round_)]

    def counted(self, member: Member, day: date) -> list[Answer]:
        rows = self._all("counted", member.workspace.key, member.id, day.isoformat())
        return [answer_of(row) for row in rows]


def _answer(row: Row | None) -> Answer | None:
    return None if row is None else answer_of(row)


def _answer_values(answer: Answer) -> Row:
    return (
        answer.message,
        answer.text,
        micros(answer.at),
        answer.local_date.isoformat(),
        answer.zone,
        int(answer.late),
        int(answer.counts),
        int(answer.chosen),
        answer.version,
        micros_or_none(answer.changed_at),
        micros_or_none(answer.withdrawn_at),
    )
