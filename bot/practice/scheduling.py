"""Managers set when a channel gets its question, and see what came of it."""

import logging
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import accumulate, repeat
from zoneinfo import ZoneInfo

from bot.domain.places import Channel, Member, Workspace
from bot.domain.questions import Filters
from bot.domain.refusals import (
    AlreadyPaused,
    AlreadyPosted,
    AlreadySkipped,
    BadSlot,
    NoSuchSchedule,
    NotPaused,
)
from bot.domain.rounds import Round
from bot.domain.schedules import (
    EVERY_DAY,
    Occurrence,
    Schedule,
    ScheduleState,
    next_after,
    parse_weekdays,
)
from bot.domain.streaks import NeutralReason
from bot.domain.wall_time import parse_time
from bot.domain.zones import canonical_zones, parse_zone
from bot.practice.asking import claim_for, seed_of
from bot.practice.keeping import default_zone
from bot.practice.ports import Ports
from bot.practice.posting import note_pause, put
from bot.practice.preflight import check_rights
from bot.practice.records import LedgerLine, OccurrenceState, RecordLine, Transaction
from bot.practice.rescheduling import end_pause, following_of, put_schedule, settle_due

_log = logging.getLogger(__name__)

_SLOT = re.compile(r"[a-z0-9-]{1,32}")
UPCOMING = 3
LOG_LINES = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What a manager typed for `/daily set`; what is None stays as it was, or takes its default."""

    time: str
    weekdays: str | None = None
    zone: str | None = None
    filters: Filters = field(default_factory=Filters)
    slot: str = "daily"
    reveal_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """A schedule and its next occurrence; `posted_today` when today's question cannot come a second time."""

    schedule: Schedule
    next: Occurrence | None
    replaced: bool = False
    posted_today: bool = False


async def set_daily(ports: Ports, channel: Channel, by: Member, wish: Wish) -> Planning:
    """Keep a schedule for a channel's slot, new or changed; a date that had its question gets no second one.

    Refuses BadTime, BadWeekdays, NoSuchZone, NoSuchValue, EmptyPool, BadSlot and MissingRights.
    """
    if not _SLOT.fullmatch(wish.slot):
        raise BadSlot(wish.slot)
    ports.bank_for(channel.workspace).pool(wish.filters)
    await check_rights(ports, channel)

    def work(tx: Transaction) -> Planning:
        now, old = ports.clock.now(), tx.schedule(channel, wish.slot)
        schedule = _wished(ports, tx, channel, by, wish, old)
        if old is not None:
            settle_due(ports, tx, old, now)
        end_pause(tx, channel.workspace, now)
        following, newest = following_of(tx, schedule, now)
        kept = replace(schedule, next_at=following.at)
        put_schedule(ports, tx, kept)
        _record(tx, now, by, "daily set", f"{channel.id} {wish.slot} {schedule.time} {schedule.zone}")
        today = next_after(schedule, now)
        posted_today = newest is not None and today.local_date <= newest
        return Planning(
            kept, following, old is not None and old.state is not ScheduleState.REMOVED, posted_today
        )

    planning = await ports.store.write(work)
    _happened("schedule set", channel, by, wish.slot)
    return planning


def _wished(
    ports: Ports, tx: Transaction, channel: Channel, by: Member, wish: Wish, old: Schedule | None
) -> Schedule:
    """The schedule that the wish asks for, read strictly."""
    live = old if old is not None and old.state is not ScheduleState.REMOVED else None
    if wish.zone is not None:
        zone = parse_zone(wish.zone, canonical_zones())
    else:
        zone = live.zone if live else default_zone(ports, tx, channel.workspace)
    weekdays = live.weekdays if live else EVERY_DAY
    if wish.weekdays is not None:
        weekdays = parse_weekdays(wish.weekdays)
    reveal = ports.rules.reveal_after if wish.reveal_hours is None else timedelta(hours=wish.reveal_hours)
    return Schedule(
        channel=channel,
        slot=wish.slot,
        time=parse_time(wish.time),
        weekdays=weekdays,
        zone=zone,
        filters=wish.filters,
        state=ScheduleState.ACTIVE,
        pause_reason=None,
        skip=live.skip if live else None,
        next_at=None,
        reveal_after=reveal,
        seed=seed_of(channel),
        created_by=by,
    )


async def schedules(ports: Ports, workspace: Workspace) -> tuple[Planning, ...]:
    """The workspace's schedules with their next occurrences; a paused one has none."""
    found = await ports.store.read(lambda tx: tx.schedules(workspace))
    return tuple(Planning(schedule, _next_of(schedule)) for schedule in found)


def _next_of(schedule: Schedule) -> Occurrence | None:
    if schedule.next_at is None or schedule.state is not ScheduleState.ACTIVE:
        return None
    return next_after(schedule, schedule.next_at - timedelta(microseconds=1))


async def pause(ports: Ports, channel: Channel, by: Member, slot: str) -> Schedule:
    """Stop a schedule until it is resumed; when none runs any more, no streak suffers.

    Refuses NoSuchSchedule and AlreadyPaused.
    """

    def work(tx: Transaction) -> Schedule:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        if schedule.state is ScheduleState.PAUSED:
            raise AlreadyPaused(slot)
        settle_due(ports, tx, schedule, now)
        following, _ = following_of(tx, schedule, now)
        paused = replace(
            schedule, state=ScheduleState.PAUSED, pause_reason=f"paused by {by.id}", next_at=following.at
        )
        tx.put_schedule(paused)
        note_pause(tx, channel.workspace, NeutralReason.PAUSED, now)
        _record(tx, now, by, "daily pause", f"{channel.id} {slot}")
        return paused

    paused = await ports.store.write(work)
    _happened("schedule paused", channel, by, slot)
    return paused


async def resume(ports: Ports, channel: Channel, by: Member, slot: str) -> Planning:
    """Let a paused schedule run again; the dates it missed stand in the ledger.

    Refuses NoSuchSchedule, NotPaused and MissingRights.
    """
    await check_rights(ports, channel)

    def work(tx: Transaction) -> Planning:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        if schedule.state is not ScheduleState.PAUSED:
            raise NotPaused(slot)
        settle_due(ports, tx, schedule, now)
        active = replace(schedule, state=ScheduleState.ACTIVE, pause_reason=None)
        following, _ = following_of(tx, active, now)
        active = replace(active, next_at=following.at)
        tx.put_schedule(active)
        end_pause(tx, channel.workspace, now)
        _record(tx, now, by, "daily resume", f"{channel.id} {slot}")
        return Planning(active, following)

    planning = await ports.store.write(work)
    _happened("schedule resumed", channel, by, slot)
    return planning


async def skip(ports: Ports, channel: Channel, by: Member, slot: str) -> tuple[date, Occurrence]:
    """Leave out the next date; gives it, and the one that comes after.

    Refuses NoSuchSchedule, AlreadyPaused and AlreadySkipped.
    """

    def work(tx: Transaction) -> tuple[date, Occurrence]:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        coming = _next_of(schedule)
        if coming is None:
            raise AlreadyPaused(slot)
        if schedule.skip == coming.local_date:
            raise AlreadySkipped(slot, coming.local_date)
        tx.put_schedule(replace(schedule, skip=coming.local_date))
        _record(tx, now, by, "daily skip", f"{channel.id} {slot} {coming.local_date}")
        return coming.local_date, next_after(schedule, coming.at)

    skipped = await ports.store.write(work)
    _happened("date skipped", channel, by, slot)
    return skipped


async def remove(ports: Ports, channel: Channel, by: Member, slot: str) -> Schedule:
    """End a schedule; its ledger stays. Refuses NoSuchSchedule."""

    def work(tx: Transaction) -> Schedule:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        settle_due(ports, tx, schedule, now)
        removed = replace(schedule, state=ScheduleState.REMOVED, next_at=None)
        put_schedule(ports, tx, removed)
        if not tx.schedules(channel.workspace):
            end_pause(tx, channel.workspace, now)
        else:
            note_pause(tx, channel.workspace, NeutralReason.PAUSED, now)
        _record(tx, now, by, "daily remove", f"{channel.id} {slot}")
        return removed

    removed = await ports.store.write(work)
    _happened("schedule removed", channel, by, slot)
    return removed


async def upcoming(
    ports: Ports, channel: Channel, slot: str, count: int = UPCOMING
) -> tuple[Occurrence, ...]:
    """The next occurrences of a schedule, skipped ones left out. Refuses NoSuchSchedule, AlreadyPaused."""
    schedule = await ports.store.read(lambda tx: find(tx, channel, slot))
    first = _next_of(schedule)
    if first is None:
        raise AlreadyPaused(slot)
    dates = accumulate(repeat(first, count + 1), lambda last, _: next_after(schedule, last.at))
    return tuple(o for o in dates if o.local_date != schedule.skip)[:count]


async def post_now(ports: Ports, channel: Channel, by: Member, slot: str) -> Round:
    """Bring today's question forward; its planned time then brings no second one.

    One that failed today is tried once more, as if it were planned for now: nothing of it reached the channel.
    Refuses NoSuchSchedule, AlreadyPosted, EmptyPool, PostFailed and PostUnsettled.
    """

    def work(tx: Transaction) -> Round:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        today = now.astimezone(ZoneInfo(schedule.zone)).date()
        settle_due(ports, tx, schedule, now)
        occurrence = Occurrence(channel, slot, today, now, schedule.zone, schedule.time, None)
        tx.add_occurrences([LedgerLine(occurrence, OccurrenceState.PENDING, None, None, None)])
        tx.reopen_occurrence(occurrence)
        line = tx.occurrence(channel, slot, today)
        assert line is not None, "it was there or has been added"
        round_ = None
        if line.state is OccurrenceState.PENDING:
            round_ = claim_for(ports, tx, schedule, line.occurrence, now)
        if round_ is None:
            raise AlreadyPosted(slot, today, line.state)
        following, _ = following_of(tx, schedule, now)
        if schedule.state is ScheduleState.ACTIVE:
            tx.put_schedule(replace(schedule, next_at=following.at))
        _record(tx, now, by, "daily now", f"{channel.id} {slot} {today}")
        return round_

    round_ = await ports.store.write(work)
    _happened("daily question brought forward", channel, by, slot)
    return await put(ports, round_)


async def log(ports: Ports, channel: Channel, limit: int = LOG_LINES) -> tuple[LedgerLine, ...]:
    """The ledger: what was posted, and why not, newest first."""
    return tuple(await ports.store.read(lambda tx: tx.ledger(channel, limit)))


def find(tx: Transaction, channel: Channel, slot: str) -> Schedule:
    """A schedule of a channel that is not removed; raises NoSuchSchedule."""
    schedule = tx.schedule(channel, slot)
    if schedule is None or schedule.state is ScheduleState.REMOVED:
        known = tuple(s.slot for s in tx.schedules(channel.workspace) if s.channel == channel)
        raise NoSuchSchedule(slot, known)
    return schedule


def _record(tx: Transaction, now: datetime, by: Member, action: str, detail: str) -> None:
    tx.record(by.workspace, RecordLine(now, by.id, action, detail))


def _happened(what: str, channel: Channel, by: Member, slot: str) -> None:
    ids = {"workspace": channel.workspace.key, "channel": channel.id, "slot": slot, "by": by.id}
    _log.info(what, extra={"facts": ids})
