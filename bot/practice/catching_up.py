"""After a gap (a restart, a lost session): open threads are read again, with what was edited and deleted meanwhile.

A thread is read whole while it is short, since an edit moves nothing forward; of a long one, what came from a day
before its watermark on. The watermark is where the last reading ended without a fault.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.places import Platform, Thread
from bot.domain.rounds import Reply, Round, StoredReply
from bot.practice import answering
from bot.practice.outcomes import Kept, Verdict
from bot.practice.ports import LookupFailed, Ports
from bot.practice.records import Transaction

log = logging.getLogger(__name__)

READ_WHOLE = 1000
"""Kept messages up to which a thread is read from its beginning."""
OVERLAP = timedelta(days=1)
LATE_FOR = timedelta(days=1)
"""A round that closed so short a time ago is read as well: what was said while the bot was down may be in time."""
PROGRESS_EVERY = 1000
LANDS_WITHIN = 120.0
"""Seconds that a reading waits for questions on their way, whose threads would be missed otherwise."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person's message as it stands in a thread now; `edited_at` is the platform's time of its last edit."""

    reply: Reply
    edited_at: datetime | None = None


History = Callable[[Thread, datetime], AsyncIterator[Sequence[Found]]]
"""People's messages of a thread created at or after an instant, oldest first, a page at a time; raises LookupFailed."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How many messages of a thread were new, edited and deleted."""

    new: int = 0
    edited: int = 0
    deleted: int = 0


async def open_threads(ports: Ports, platform: Platform) -> list[Round]:
    """The rounds of a platform whose threads may have news, those that close first at the front.

    It waits until the questions that are on their way have arrived.
    """
    await ports.in_flight.landed(ports.in_flight.on_platform(platform), LANDS_WITHIN)
    after = ports.clock.now() - LATE_FOR
    return await ports.store.read(lambda tx: tx.open_threads(platform, after))


async def read_again(ports: Ports, round_: Round, history: History) -> CaughtUp:
    """Read a round's thread and follow what happened in it; raises LookupFailed, and what was read stays read."""
    thread = round_.thread
    if thread is None:
        return CaughtUp()
    began = ports.clock.now()
    since, known = await ports.store.read(lambda tx: _known(tx, round_, thread))
    left = dict(known)
    new = edited = read = 0
    async for page in history(thread, since):
        for found in page:
            before = left.pop(found.reply.message, None)
            verdict = await _follow(ports, found, before)
            new += before is None
            edited += before is not None and verdict is not Verdict.KNOWN
        read += len(page)
        if page:
            await _mark(ports, thread, page[-1].reply.at)
        if read >= PROGRESS_EVERY and read % PROGRESS_EVERY < len(page):
            log.info("catching up", extra={"facts": {"round": round_.id, "read": read}})
    deleted = await _follow_deletions(ports, left, began)
    caught = CaughtUp(new, edited, deleted)
    if caught != CaughtUp():
        facts = {"round": round_.id, "new": new, "edited": edited, "deleted": deleted}
        log.info("caught up", extra={"facts": facts})
    return caught


def _known(tx: Transaction, round_: Round, thread: Thread) -> tuple[datetime, dict[str, StoredReply]]:
    """From when on a thread is read, and the kept messages from then on by their ids."""
    since, kept = round_.asked_at, tx.replies_in(thread, round_.asked_at)
    watermark = tx.watermark(thread)
    if len(kept) > READ_WHOLE and watermark is not None:
        since = max(since, watermark - OVERLAP)
    return since, {stored.reply.message: stored for stored in kept if stored.reply.at >= since}


async def _follow(ports: Ports, found: Found, before: StoredReply | None) -> Verdict:
    """Make of a message what it would have been had it come in time."""
    reply = found.reply
    if before is None:
        kept = await answering.receive(ports, reply)
        if found.edited_at is not None:
            kept = _later(kept, await answering.edited(ports, reply, found.edited_at))
    elif before.deleted_at is None and found.edited_at is not None and before.reply.text != reply.text:
        kept = await answering.edited(ports, reply, found.edited_at)
    else:
        return Verdict.KNOWN
    # A sign on each of thousands of comments would be noise.
    if kept.verdict is not Verdict.COMMENT or kept.first:
        await ports.chat.acknowledge(reply, kept)
    return kept.verdict


def _later(first: Kept, second: Kept) -> Kept:
    """What to say of a message that was kept and edited at one time: the news, if the edit brought any."""
    return first if second.verdict is Verdict.KNOWN else second


async def _follow_deletions(ports: Ports, left: dict[str, StoredReply], began: datetime) -> int:
    """What is kept and stands in the thread no more was deleted; the platform does not say when."""
    gone = 0
    for stored in left.values():
        reply = stored.reply
        if stored.deleted_at is not None or reply.at >= began:
            continue
        kept = await answering.deleted(ports, reply.thread, reply.message, reply.author, reply.at, began)
        await ports.chat.acknowledge(reply, kept)
        gone += 1
    return gone


async def _mark(ports: Ports, thread: Thread, at: datetime) -> None:
    await ports.store.write(lambda tx: tx.put_watermark(thread, at))


async def read_all_again(ports: Ports, platform: Platform, history: History) -> bool:
    """Read every open thread of a platform; gives whether all could be read. One that fails holds up no other."""
    whole = True
    for round_ in await open_threads(ports, platform):
        try:
            await read_again(ports, round_, history)
        except LookupFailed as fault:
            whole = False
            log.warning("thread not read", extra={"facts": {"round": round_.id, "fault": str(fault)}})
    return whole
