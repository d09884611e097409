"""A reply becomes an answer; it is amended, withdrawn, restored."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import answers
from bot.domain.answers_text import own_text, visible_length
from bot.domain.places import Member, Thread
from bot.domain.refusals import AnswerGone, NoSuchAnswer, NoSuchReply, NoSuchRound, TooLong, TooShort
from bot.domain.rounds import Answer, Reply, Round, StoredReply
from bot.practice import keeping, standing
from bot.practice.crediting import settle_credit
from bot.practice.outcomes import Kept, Verdict
from bot.practice.ports import Ports, StoreUnavailable
from bot.practice.records import Transaction

log = logging.getLogger(__name__)

RESTORE_WITHIN = timedelta(hours=24)
"""How long a withdrawn answer can be taken back (PROMISES, Streaks 8)."""
TOLD_WITHIN = 0.5
TOLD_AT_MOST = 60.0
"""Seconds that somebody else waits until an author is told, and after which that is given up."""


class Use(StrEnum):
    """What a later reply is to the answer: instead of it, or an addition to it."""

    REPLACE = "replace"
    ADD = "add"


async def receive(ports: Ports, reply: Reply) -> Kept:
    """Keep a message of a thread; never refuses. Kept on disk when this returns.

    Like `edited` and `deleted` it raises StoreUnavailable also where a question has been on its way in the channel
    for so long that nobody knows yet whose thread it is: then it is to be told, or read, again. A caller that asks
    about edits and deletions only in threads that are noted (Discord's) waits for none; those are read after a gap.
    """
    kept = _noted(await _follow(ports, reply.thread, lambda round_: _read(ports, round_, reply)))
    return await standing.with_streak(ports, reply.author, kept)


async def edited(ports: Ports, reply: Reply, edited_at: datetime) -> Kept:
    """Follow an edit; `reply.at` is when the message was created, `reply.text` is the new text."""
    kept = _noted(await _follow(ports, reply.thread, lambda round_: _read(ports, round_, reply, edited_at)))
    return await standing.with_streak(ports, reply.author, kept)


async def deleted(
    ports: Ports, thread: Thread, message: str, author: Member, created_at: datetime, at: datetime
) -> Kept:
    """Follow the deletion of a message that was created at `created_at`; a deleted one never comes back."""
    reply = Reply(thread, message, author, "", created_at)
    kept = await _follow(ports, thread, lambda round_: answers.deleted_reply(reply, round_.id, at))
    if kept.answer is not None and kept.answer.withdrawn_at == at:  # and not some other message beside it
        _note("answer withdrawn", kept)
    return kept


async def _follow(ports: Ports, thread: Thread, news: Callable[[Round], StoredReply]) -> Kept:
    """Keep news of a thread, if it is a round's; one whose question is on its way still is looked for again.

    People see a question, and reply, before its thread is noted. Only this instance's own posts are waited for: what
    comes to one instance between the post and the bind of another is read after the next gap.
    """

    def work(tx: Transaction) -> Kept:
        round_ = tx.round_in(thread)
        return Kept(Verdict.ELSEWHERE) if round_ is None else keeping.keep(ports, tx, round_, news(round_))

    # Asked before the look: one that ends after it has its thread noted by then, and is found below.
    under_way, now = ports.in_flight.maybe_of(thread), ports.clock.now()
    kept = await ports.store.write(work)
    if kept.verdict is not Verdict.ELSEWHERE:
        return kept
    ports.in_flight.note_elsewhere(thread, now)
    if not under_way:
        return kept
    landed = await ports.in_flight.landed(under_way)
    kept = await ports.store.write(work)
    if kept.verdict is Verdict.ELSEWHERE and not landed:
        raise StoreUnavailable("a question is on its way in the channel")
    return kept


async def tell_author(ports: Ports, reply: Reply, kept: Kept) -> None:
    """Tell an author what became of a reply while somebody else waits: after half a second it goes on by itself."""
    telling = asyncio.ensure_future(ports.chat.acknowledge(reply, kept))
    # The loop holds the timer, and the timer the task, which nobody else would keep alive.
    timer = asyncio.get_running_loop().call_later(TOLD_AT_MOST, telling.cancel)

    def ended(told: asyncio.Future[None]) -> None:
        timer.cancel()
        fault = None if told.cancelled() else told.exception()
        if fault is not None or told.cancelled():
            ids = {"workspace": reply.author.workspace.key, "message": reply.message}
            log.error("author not told", exc_info=fault, extra={"facts": ids})

    telling.add_done_callback(ended)
    await asyncio.wait({telling}, timeout=TOLD_WITHIN)


async def submit(ports: Ports, round_id: str, member: Member, text: str, form_id: str, at: datetime) -> Kept:
    """Keep a filled-in Answer form: the member's answer, or its new text if there is one.

    Refuses NoSuchRound, TooShort and TooLong; the same `form_id` again changes nothing.
    """

    def work(tx: Transaction) -> Kept:
        round_ = _round(tx, round_id, member)
        _check_length(ports, round_, text)
        news = _read(ports, round_, Reply(_place(round_), form_id, member, text, at, by_form=True))
        kept = keeping.keep(ports, tx, round_, news)
        current = kept.answer
        if current is None or current.withdrawn_at is not None or kept.verdict is not Verdict.COMMENT:
            return kept
        return _choose(ports, tx, round_, current, form_id, text, at)

    kept = _noted(await ports.store.write(work))
    return await standing.with_streak(ports, member, kept)


async def use_reply(ports: Ports, thread: Thread, message: str, member: Member, how: Use) -> Kept:
    """Make the member's later reply their answer, or add it to the answer; refuses NoSuchReply."""

    def work(tx: Transaction) -> Kept:
        round_, stored = tx.round_in(thread), tx.reply(thread, message)
        if round_ is None or stored is None or stored.deleted_at or stored.reply.author != member:
            raise NoSuchReply
        current = tx.answer(round_.id, member)
        if current is None or current.withdrawn_at is not None:
            raise NoSuchReply
        there = (current.message,) if how is Use.REPLACE else answers.sources(current)
        if message in there:
            return Kept(Verdict.KNOWN, round_, current)
        if how is Use.REPLACE:
            return _choose(ports, tx, round_, current, message, stored.reply.text, ports.clock.now())
        source = f"{current.message}+{message}"
        text = f"{current.text}\n\n{stored.reply.text}"
        return _choose(ports, tx, round_, current, source, text, ports.clock.now())

    return _noted(await ports.store.write(work))


async def count_reply(ports: Ports, reply: Reply, by: Member) -> Kept:
    """Make one's own message of a round's thread one's answer, whether it was heard before or not.

    Refuses NoSuchReply for somebody else's message and outside of such threads.
    """
    if reply.author != by:
        raise NoSuchReply
    kept = await receive(ports, reply)
    if kept.verdict is Verdict.ELSEWHERE:
        raise NoSuchReply
    if kept.verdict not in (Verdict.COMMENT, Verdict.KNOWN):
        return kept
    return await use_reply(ports, reply.thread, reply.message, by, Use.REPLACE)


async def own_answer(ports: Ports, round_id: str, member: Member) -> Answer | None:
    """What stands as the member's answer in a round, unless withdrawn. Refuses NoSuchRound."""
    return (await open_answer(ports, round_id, member))[1]


async def open_answer(ports: Ports, round_id: str, member: Member) -> tuple[Round, Answer | None]:
    """A round, and what stands as the member's answer in it, unless withdrawn. Refuses NoSuchRound."""

    def work(tx: Transaction) -> tuple[Round, Answer | None]:
        round_ = _round(tx, round_id, member)
        answer = tx.answer(round_.id, member)
        return round_, answer if answer is not None and answer.withdrawn_at is None else None

    return await ports.store.read(work)


async def withdraw(ports: Ports, answer_id: str, member: Member) -> Kept:
    """Take one's own answer back; its text is kept for a day, in case. Refuses NoSuchAnswer."""

    def work(tx: Transaction) -> Kept:
        answer, round_ = _own(tx, answer_id, member)
        if answer.withdrawn_at is not None:
            return Kept(Verdict.KNOWN, round_, answer)
        now = ports.clock.now()
        withdrawal = answers.withdrawal(answer, _place(round_), now)
        if not tx.keep_reply(withdrawal):
            tx.change_reply(withdrawal)
        return keeping.withdraw(ports, tx, round_, answer, now)

    kept = await ports.store.write(work)
    if kept.verdict is Verdict.REMOVED:
        _note("answer withdrawn", kept)
    return kept


async def restore(ports: Ports, answer_id: str, member: Member) -> Kept:
    """Take back a withdrawal within a day; refuses NoSuchAnswer and AnswerGone."""

    def work(tx: Transaction) -> Kept:
        answer, round_ = _own(tx, answer_id, member)
        if answer.withdrawn_at is None:
            return Kept(Verdict.KNOWN, round_, answer)
        now = ports.clock.now()
        if now - answer.withdrawn_at > RESTORE_WITHIN or not answer.text:
            raise AnswerGone
        back = _taken_back(tx, round_, replace(answer, withdrawn_at=None, changed_at=now))
        tx.change_answer(back)
        tx.call_for_showing(member.workspace, back.id, now)
        credited = settle_credit(tx, member, back.local_date) if back.counts else None
        return Kept(Verdict.AMENDED, round_, back, None, credited)

    kept = await ports.store.write(work)
    if kept.verdict is Verdict.AMENDED:
        _note("answer restored", kept)
    return await standing.with_streak(ports, member, kept)


def _taken_back(tx: Transaction, round_: Round, answer: Answer) -> Answer:
    """An answer as it stands again; where its message is gone the text alone is left, and follows nothing."""
    withdrawal = answers.withdrawal(answer, _place(round_), answer.at)
    if tx.reply(_place(round_), withdrawal.reply.message) is not None:
        tx.change_reply(answers.taken_back(withdrawal))
    replies = tx.replies(round_.id, answer.member)
    stands = answers.standing(replies)
    if not answer.chosen and stands is not None and stands.reply.message == answer.message:
        grown = answer.version + (stands.reply.text != answer.text)
        return replace(answer, text=stands.reply.text, version=grown)
    if any(s.deleted_at for s in replies if s.reply.message in answers.sources(answer)):
        return replace(answer, chosen=True, message=f"kept-{answer.id}")
    return replace(answer, chosen=True)


def _read(ports: Ports, round_: Round, reply: Reply, edited_at: datetime | None = None) -> StoredReply:
    return answers.read_reply(reply, round_.id, round_.question.text, ports.rules.minimum_length, edited_at)


def _round(tx: Transaction, round_id: str, member: Member) -> Round:
    round_ = tx.round(member.workspace, round_id)
    if round_ is None or round_.message is None:
        raise NoSuchRound
    return round_


def _place(round_: Round) -> Thread:
    """Where a round's replies are kept: its thread, or the place under its prompt when none could be opened."""
    return round_.thread or Thread(round_.channel, str(round_.message))


def _own(tx: Transaction, answer_id: str, member: Member) -> tuple[Answer, Round]:
    answer = tx.answer_by_id(member.workspace, answer_id)
    if answer is None or answer.member != member:
        raise NoSuchAnswer
    return answer, _round(tx, answer.round, member)


def _check_length(ports: Ports, round_: Round, text: str) -> None:
    length = visible_length(own_text(text, round_.question.text))
    if length < ports.rules.minimum_length:
        raise TooShort(length, ports.rules.minimum_length)
    if len(text) > answers.FORM_LIMIT:
        raise TooLong(len(text), answers.FORM_LIMIT)


def _choose(
    ports: Ports, tx: Transaction, round_: Round, current: Answer, source: str, text: str, at: datetime
) -> Kept:
    """Give an answer the text that its author chose; date and credit stay those of the first reply."""
    chosen = replace(
        current, message=source, text=text, chosen=True, version=current.version + 1, changed_at=at
    )
    tx.change_answer(chosen)
    keeping.tell_reviews(ports, tx, chosen)
    return Kept(Verdict.AMENDED, round_, chosen, minimum=ports.rules.minimum_length)


def _noted(kept: Kept) -> Kept:
    """The same, with a line in the log if it is news about an answer."""
    if kept.verdict is Verdict.ACCEPTED:
        _note("answer kept", kept)
    elif kept.verdict is Verdict.AMENDED:
        _note("answer amended", kept)
    return kept


def _note(what: str, kept: Kept) -> None:
    """Log what became of an answer, by ids: nobody's words stand in a log."""
    if kept.answer is not None:
        member = kept.answer.member
        ids = {"workspace": member.workspace.key, "member": member.id, "round": kept.answer.round}
        log.info(what, extra={"facts": {**ids, "answer": kept.answer.id}})
