"""What was begun and not finished: postings of unknown outcome, missing threads, time we were down."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.places import Platform
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import Claim, Round
from bot.domain.schedules import Schedule, due_between
from bot.domain.streaks import NeutralReason
from bot.practice.failures import Failures
from bot.practice.outcomes import SkipReason
from bot.practice.ports import LookupFailed, Ports
from bot.practice.posting import bind, give_thread, is_late, put
from bot.practice.records import Transaction
from bot.practice.superseding import newer_is_due

log = logging.getLogger(__name__)

AT_ONCE = 100
THREAD_WANTED_FOR = timedelta(hours=24)
"""After so long a prompt without a thread gets none any more, so that newer ones do not wait behind it."""
DOWN_AT_LEAST = timedelta(minutes=3)
"""A silence longer than this between two heartbeats (one a minute) means that the bot was down."""
_MOVES_AT_MOST = timedelta(hours=4)
"""No change of a zone's rules moves an instant by more than this, and no two dates are so near to each other."""


async def settle(ports: Ports) -> None:
    """Look for every prompt whose posting nobody finished: adopt it, post it again, or give it up with a reason.

    A round that fails does not hold up the others; what it raised is raised in the end.
    """
    now, served, failures = ports.clock.now(), ports.platforms, Failures()
    for round_ in await ports.store.read(lambda tx: tx.stale_postings(now, served, AT_ONCE)):
        with failures.kept_apart("posting not settled", round=round_.id):
            await _settle_one(ports, round_)
    for posted in await ports.store.read(lambda tx: tx.threadless(now - THREAD_WANTED_FOR, served, AT_ONCE)):
        with failures.kept_apart("thread not given", round=posted.id):
            await _give_missing_thread(ports, posted)
    failures.raise_all()


async def _give_missing_thread(ports: Ports, posted: Round) -> None:
    if posted.id not in ports.in_flight:  # else its thread is being opened just now
        with ports.in_flight.under_way(posted):
            await give_thread(ports, posted)


async def _settle_one(ports: Ports, round_: Round) -> None:
    if round_.id in ports.in_flight or ports.clock.now() < _landed_by(ports, round_):
        return
    try:
        message = await ports.chat.find(round_)
    except LookupFailed as fault:
        log.warning("look-up failed", extra={"facts": {"round": round_.id, "fault": str(fault)}})
        return
    if message is not None:
        with ports.in_flight.under_way(round_):
            await bind(ports, round_, message)
    elif is_expired(ports, round_, ports.clock.now()):
        await ports.store.write(lambda tx: tx.fail_round(round_, SkipReason.EXPIRED))
    else:
        await _post_again(ports, round_)


def _landed_by(ports: Ports, round_: Round) -> datetime:
    """When the last request of a round can have landed at the latest.

    A request may have begun until the lease ended, also that of an owner which is gone: it may have stood still
    between its claim and its request, and have ended after it.
    """
    return round_.claim.lease_until + ports.chat.landing(round_.channel)


def is_expired(ports: Ports, round_: Round, now: datetime) -> bool:
    """Whether a prompt that never arrived comes too late to be posted now."""
    if round_.planned is None:
        return now - round_.asked_at > ports.rules.give_up_asking
    return now - round_.planned.at > ports.rules.late_window


async def _post_again(ports: Ports, round_: Round) -> None:
    claim = Claim(ports.owner, round_.claim.attempt + 1, ports.clock.now() + ports.rules.lease)

    def work(tx: Transaction) -> bool:
        if _gives_way(ports, tx, round_):
            tx.fail_round(round_, SkipReason.NEWER)
            return False
        return tx.reclaim_round(round_, claim)

    if await ports.store.write(work):
        try:
            await put(ports, replace(round_, claim=claim))
        except (PostFailed, PostUnsettled) as refusal:
            log.warning(
                "posting again", extra={"facts": {"round": round_.id, "outcome": type(refusal).__name__}}
            )


def _gives_way(ports: Ports, tx: Transaction, round_: Round) -> bool:
    """Whether a daily prompt would come late beside a newer one of its channel."""
    planned = round_.planned
    if planned is None or not is_late(round_, ports.clock.now()):
        return False
    return newer_is_due(ports, tx, round_.channel, planned.at, planned.slot)


async def note_downtime(ports: Ports) -> None:
    """At start: a silence of the heartbeat is time in which nobody could practice."""

    def work(tx: Transaction) -> timedelta | None:
        now, last = ports.clock.now(), tx.last_beat()
        if last is None or now - last < DOWN_AT_LEAST:
            return None
        for workspace in tx.workspaces():
            tx.open_neutral(workspace, NeutralReason.DOWN, last)
            tx.close_neutral(workspace, NeutralReason.DOWN, now)
        tx.beat(ports.owner, now)  # at once, or an end before the next heartbeat would leave a part of it out
        return now - last

    if down := await ports.store.write(work):
        log.warning("was down", extra={"facts": {"seconds": int(down.total_seconds())}})


async def beat_platform(ports: Ports, platform: Platform) -> None:
    """Note that a platform is connected; called once a minute while it is.

    After a silence nobody could practice there, however well the program itself was (PROMISES, "Streaks", 6).
    """
    name = f"platform {platform}"

    def work(tx: Transaction) -> timedelta | None:
        now, last = ports.clock.now(), tx.beat_of(name)
        tx.beat(name, now)
        if last is None or now - last < DOWN_AT_LEAST:
            return None
        for workspace in tx.workspaces():
            if workspace.platform is platform:
                tx.open_neutral(workspace, NeutralReason.DOWN, last)
                tx.close_neutral(workspace, NeutralReason.DOWN, now)
        return now - last

    if down := await ports.store.write(work):
        facts = {"platform": str(platform), "seconds": int(down.total_seconds())}
        log.warning("platform was away", extra={"facts": facts})


async def replan(ports: Ports) -> int:
    """At start: schedules' next instants by the zone data of today; gives how many moved.

    New zone data can bring a date forward. Then its stored instant would be too late, and by that time the date
    would seem to lie behind; what was due or posted before stays as it is.
    """

    def work(tx: Transaction) -> int:
        moved = [replanned for w in tx.workspaces() for s in tx.schedules(w) if (replanned := _replanned(s))]
        tx.advance_schedules(moved)
        return len(moved)

    moved = await ports.store.write(work)
    if moved:
        log.warning("instants moved", extra={"facts": {"schedules": moved}})
    return moved


def _replanned(schedule: Schedule) -> Schedule | None:
    """The schedule with the instant that its next date has now; None if that is the stored one."""
    if schedule.next_at is None:
        return None
    stored = schedule.next_at
    near = due_between(schedule, stored - _MOVES_AT_MOST, stored + _MOVES_AT_MOST)
    instants = [occurrence.at for occurrence in near]
    if not instants or stored in instants:
        return None
    return replace(schedule, next_at=min(instants, key=lambda at: abs(at - stored)))


async def beat(ports: Ports) -> None:
    """Note that this instance is alive; called once a minute by `run`."""
    await ports.store.write(lambda tx: tx.beat(ports.owner, ports.clock.now()))
