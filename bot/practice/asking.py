"""A question reaches a channel: because a member asks, or because it is due."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b

from bot.domain.bank import APART, EmptyPool, NoSuchValue, Pool, pick
from bot.domain.places import Channel, Member, Platform
from bot.domain.questions import Filters, Question
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import Planned, Round
from bot.domain.schedules import (
    Occurrence,
    Schedule,
    ScheduleState,
    due_and_next,
    is_late,
    settle_missed,
)
from bot.practice.failures import Failures
from bot.practice.outcomes import Notice, SkipReason, Trouble
from bot.practice.ports import Ports
from bot.practice.posting import new_round, put
from bot.practice.preflight import check_open
from bot.practice.records import LedgerLine, OccurrenceState, Transaction
from bot.practice.running_low import warn_when_low
from bot.practice.superseding import newer_is_due

log = logging.getLogger(__name__)

ADVANCE_AT_ONCE = 500
"""Schedules moved in one transaction: long enough to share a commit, short enough to let others in."""
POST_AT_ONCE = 16
"""Due questions on their way at the same time; the platform's pacing stands behind it."""
_INSTANT = timedelta(microseconds=1)


async def ask(ports: Ports, channel: Channel, by: Member, filters: Filters) -> Round:
    """Pick a question that neither the channel nor the member had, and post it.

    Refuses NoSuchValue, EmptyPool, ChannelShut, PostFailed and PostUnsettled.
    """
    pool = ports.bank_for(channel.workspace).pool(filters)

    def work(tx: Transaction) -> Round:
        check_open(tx, channel, ports.clock.now())
        question = _next(ports, tx, channel, pool, tx.seen_by(by), seed_of(channel))
        round_ = new_round(ports, channel, question, ports.clock.now(), asked_by=by)
        tx.add_round(round_)
        return round_

    return await _put_asked(ports, await ports.store.write(work), by)


async def ask_this(ports: Ports, channel: Channel, by: Member, question_id: str) -> Round:
    """Post one question that the member chose, whether the channel had it before or not.

    Refuses NoSuchQuestion, ChannelShut, PostFailed and PostUnsettled.
    """
    question = ports.bank_for(channel.workspace).question(question_id)

    def work(tx: Transaction) -> Round:
        check_open(tx, channel, ports.clock.now())
        round_ = new_round(ports, channel, question, ports.clock.now(), asked_by=by)
        tx.add_round(round_)
        return round_

    return await _put_asked(ports, await ports.store.write(work), by)


async def _put_asked(ports: Ports, round_: Round, by: Member) -> Round:
    place = {"workspace": round_.channel.workspace.key, "channel": round_.channel.id}
    facts = {**place, "member": by.id, "round": round_.id, "question": round_.question.id}
    log.info("question asked", extra={"facts": facts})
    return await put(ports, round_)


def _next(
    ports: Ports, tx: Transaction, channel: Channel, pool: Pool, seen: Collection[str], seed: int
) -> Question:
    """Pick the next question of a channel, away from those that are nearly the same."""
    recent = [round_.question.id for round_ in tx.newest_rounds(channel, APART)]
    return pick(pool, tx.times_asked(channel), seen, seed, recent, ports.bank_for(channel.workspace).kin)


def seed_of(channel: Channel) -> int:
    """What orders the questions of a channel, the same on every machine."""
    text = f"{channel.workspace.key}/{channel.id}"
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


async def post_due(ports: Ports) -> None:
    """Note every occurrence that has come due, then post those that are waiting."""
    await advance(ports)
    await post_pending(ports)


async def advance(ports: Ports) -> None:
    """Turn due dates into occurrences, and move each schedule on to its next one."""
    while await ports.store.write(partial(_advance, ports)) == ADVANCE_AT_ONCE:
        pass


def _advance(ports: Ports, tx: Transaction) -> int:
    now = ports.clock.now()
    due = tx.due_schedules(now, ADVANCE_AT_ONCE)
    lines: list[LedgerLine] = []
    moved: list[Schedule] = []
    for schedule in due:
        brought, following = _brought(schedule, now, ports.rules.late_window)
        lines.extend(brought)
        moved.append(_moved(schedule, following))
    tx.add_occurrences(lines)
    tx.advance_schedules(moved)
    return len(due)


def due_lines(schedule: Schedule, now: datetime, late_window: timedelta) -> list[LedgerLine]:
    """What an active schedule has brought until now: the newest one waits if it is not too late, others are missed."""
    return _brought(schedule, now, late_window)[0]


def _brought(
    schedule: Schedule, now: datetime, late_window: timedelta
) -> tuple[list[LedgerLine], Occurrence]:
    """The same, with the occurrence that follows."""
    assert schedule.next_at is not None, "only schedules with a next instant are due"
    due, following = due_and_next(schedule, schedule.next_at - _INSTANT, now)
    newest, missed = settle_missed(due, now, late_window)
    lines = [_skipped(schedule, occurrence, SkipReason.MISSED) for occurrence in missed]
    if newest is not None:
        lines.append(_skipped(schedule, newest, None))
    return lines, following


def _skipped(schedule: Schedule, occurrence: Occurrence, reason: SkipReason | None) -> LedgerLine:
    if schedule.skip == occurrence.local_date:
        reason = SkipReason.ASKED
    state = OccurrenceState.PENDING if reason is None else OccurrenceState.SKIPPED
    return LedgerLine(occurrence, state, reason, None, None)


def _moved(schedule: Schedule, following: Occurrence) -> Schedule:
    keeps_skip = schedule.skip is not None and schedule.skip >= following.local_date
    return replace(schedule, next_at=following.at, skip=schedule.skip if keeps_skip else None)


async def post_pending(ports: Ports) -> None:
    """Claim and post the occurrences that wait; one that fails does not hold up the others, and is raised last."""
    places, failures, tried = asyncio.Semaphore(POST_AT_ONCE), Failures(), set[Occurrence]()

    async def one(occurrence: Occurrence) -> None:
        ids = {"channel": occurrence.channel.id, "slot": occurrence.slot, "date": str(occurrence.local_date)}
        workspace = occurrence.channel.workspace.key
        async with places:
            with failures.kept_apart("daily question failed", workspace=workspace, **ids):
                await _post_one(ports, occurrence)

    while True:
        late = ports.clock.now() - ports.rules.late_window
        take = partial(_waiting, ports.platforms, late)
        waiting = await ports.store.write(take)  # a write, because PostgreSQL locks the rows
        fresh = [occurrence for occurrence in waiting if occurrence not in tried]
        async with asyncio.TaskGroup() as group:
            for occurrence in fresh:
                group.create_task(one(occurrence))
        tried.update(fresh)  # one that failed before its claim waits still, for the next ring
        if not fresh or len(waiting) < ADVANCE_AT_ONCE:
            break
    failures.raise_all()


def _waiting(served: frozenset[Platform], late: datetime, tx: Transaction) -> list[Occurrence]:
    return tx.pending(served, late, ADVANCE_AT_ONCE)


async def _post_one(ports: Ports, occurrence: Occurrence) -> None:
    try:
        round_ = await ports.store.write(partial(claim, ports, occurrence))
    except (EmptyPool, NoSuchValue):
        await ports.store.write(lambda tx: tx.skip_occurrence(occurrence, SkipReason.NO_QUESTION))
        notice = Notice(Trouble.POOL_EMPTY, occurrence.slot, SkipReason.NO_QUESTION)
        await ports.chat.tell(occurrence.channel, notice)
        return
    if round_ is not None:
        await put_planned(ports, round_)
        await warn_when_low(ports, occurrence)


async def put_planned(ports: Ports, round_: Round) -> None:
    """Post a daily round; what goes wrong stands in the ledger, or is left to `recovery`."""
    try:
        await put(ports, round_)
    except (PostFailed, PostUnsettled) as refusal:
        facts = {"round": round_.id, "outcome": type(refusal).__name__}
        log.warning("daily question not posted", extra={"facts": facts})


def claim(ports: Ports, occurrence: Occurrence, tx: Transaction) -> Round | None:
    """Make a pending occurrence a round of this instance, or skip it with its reason (then None)."""
    now = ports.clock.now()
    schedule = tx.schedule(occurrence.channel, occurrence.slot)
    reason = _why_not(ports, tx, schedule, occurrence, now)
    if schedule is None or reason is not None:
        tx.skip_occurrence(occurrence, reason or SkipReason.REMOVED)
        return None
    return claim_for(ports, tx, schedule, occurrence, now)


def claim_for(
    ports: Ports, tx: Transaction, schedule: Schedule, occurrence: Occurrence, now: datetime
) -> Round | None:
    """Pick the question of a pending occurrence and claim it; None when another instance has it."""
    pool = ports.bank_for(schedule.channel.workspace).pool(schedule.filters)
    question = _next(ports, tx, occurrence.channel, pool, frozenset(), schedule.seed)
    planned = Planned(
        occurrence.slot, occurrence.local_date, occurrence.at, occurrence.zone, str(occurrence.planned)
    )
    round_ = new_round(
        ports, occurrence.channel, question, now, planned=planned, reveal_after=schedule.reveal_after
    )
    if not tx.take_occurrence(occurrence, round_.id):
        return None
    tx.add_round(round_)
    return round_


def _why_not(
    ports: Ports, tx: Transaction, schedule: Schedule | None, occurrence: Occurrence, now: datetime
) -> SkipReason | None:
    """Why a pending occurrence must not be posted any more, if so (PROMISES, "Posting", 5)."""
    if schedule is None or schedule.state is ScheduleState.REMOVED:
        return SkipReason.REMOVED
    if schedule.state is ScheduleState.PAUSED:
        return SkipReason.PAUSED
    if not is_late(occurrence, now):
        return None
    if now - occurrence.at > ports.rules.late_window:
        return SkipReason.MISSED
    newer = newer_is_due(ports, tx, occurrence.channel, occurrence.at, occurrence.slot)
    return SkipReason.NEWER if newer else None
