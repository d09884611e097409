"""Managers set when a channel gets its question, and see what came of it."""

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
    due_between,
    next_after,
    parse_weekdays,
)
from bot.domain.streaks import NeutralReason
from bot.domain.wall_time import parse_time
from bot.domain.zones import canonical_zones, parse_zone
from bot.practice.asking import claim_for, due_lines, seed_of
from bot.practice.keeping import default_zone
from bot.practice.outcomes import SkipReason
from bot.practice.ports import Ports
from bot.practice.posting import note_pause, put
from bot.practice.records import LedgerLine, OccurrenceState, RecordLine, Transaction

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

    Refuses BadTime, BadWeekdays, NoSuchZone, NoSuchValue, EmptyPool and BadSlot.
    """
    if not _SLOT.fullmatch(wish.slot):
        raise BadSlot(wish.slot)
    ports.bank.pool(wish.filters)

    def work(tx: Transaction) -> Planning:
        now, old = ports.clock.now(), tx.schedule(channel, wish.slot)
        schedule = _wished(ports, tx, channel, by, wish, old)
        if old is not None:
            _settle_due(ports, tx, old, now)
        _end_pause(tx, channel.workspace, now)
        following, newest = _following(tx, schedule, now)
        kept = replace(schedule, next_at=following.at)
        _put(ports, tx, kept)
        _record(tx, now, by, "daily set", f"{channel.id} {wish.slot} {schedule.time} {schedule.zone}")
        today = next_after(schedule, now)
        posted_today = newest is not None and today.local_date <= newest
        return Planning(
            kept, following, old is not None and old.state is not ScheduleState.REMOVED, posted_today
        )

    return await ports.store.write(work)


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


def _following(tx: Transaction, schedule: Schedule, now: datetime) -> tuple[Occurrence, date | None]:
    """The next occurrence for a date that has none yet, and the newest date that has one."""
    lines = (line.occurrence for line in tx.ledger(schedule.channel, LOG_LINES * 2))
    newest = max((o.local_date for o in lines if o.slot == schedule.slot), default=None)
    return next_after(schedule, now, beyond=newest), newest


def _settle_due(ports: Ports, tx: Transaction, schedule: Schedule, now: datetime) -> None:
    """Before a schedule changes, what it brought until now goes to the ledger, so that nothing due is forgotten."""
    if schedule.next_at is None or schedule.state is ScheduleState.REMOVED:
        return
    if schedule.state is ScheduleState.ACTIVE:
        tx.add_occurrences(due_lines(schedule, now, ports.rules.late_window))
        return
    missed = due_between(schedule, schedule.next_at - timedelta(microseconds=1), now)
    reason = SkipReason.PAUSED
    tx.add_occurrences([LedgerLine(o, OccurrenceState.SKIPPED, reason, None, None) for o in missed])


def _put(ports: Ports, tx: Transaction, schedule: Schedule) -> None:
    """Keep a schedule; when the zone of members who chose none changes by it, their streaks are derived anew."""
    workspace = schedule.channel.workspace
    before = default_zone(ports, tx, workspace)
    tx.put_schedule(schedule)
    if default_zone(ports, tx, workspace) != before:
        tx.drop_checkpoints(workspace)


def _end_pause(tx: Transaction, workspace: Workspace, now: datetime) -> None:
    """A schedule runs: a missed day is a missed day again."""
    for why in (NeutralReason.PAUSED, NeutralReason.CHANNEL_GONE):
        tx.close_neutral(workspace, why, now)


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
        _settle_due(ports, tx, schedule, now)
        following, _ = _following(tx, schedule, now)
        paused = replace(
            schedule, state=ScheduleState.PAUSED, pause_reason=f"paused by {by.id}", next_at=following.at
        )
        tx.put_schedule(paused)
        note_pause(tx, channel.workspace, NeutralReason.PAUSED, now)
        _record(tx, now, by, "daily pause", f"{channel.id} {slot}")
        return paused

    return await ports.store.write(work)


async def resume(ports: Ports, channel: Channel, by: Member, slot: str) -> Planning:
    """Let a paused schedule run again; the dates it missed stand in the ledger. Refuses NoSuchSchedule, NotPaused."""

    def work(tx: Transaction) -> Planning:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        if schedule.state is not ScheduleState.PAUSED:
            raise NotPaused(slot)
        _settle_due(ports, tx, schedule, now)
        active = replace(schedule, state=ScheduleState.ACTIVE, pause_reason=None)
        following, _ = _following(tx, active, now)
        active = replace(active, next_at=following.at)
        tx.put_schedule(active)
        _end_pause(tx, channel.workspace, now)
        _record(tx, now, by, "daily resume", f"{channel.id} {slot}")
        return Planning(active, following)

    return await ports.store.write(work)


async def skip(ports: Ports, channel: Channel, by: Member, slot: str) -> tuple[date, Occurrence]:
    """Leave out the next date; gives it, and the one that comes after. Refuses NoSuchSchedule, AlreadyPaused."""

    def work(tx: Transaction) -> tuple[date, Occurrence]:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        coming = _next_of(schedule)
        if coming is None:
            raise AlreadyPaused(slot)
        tx.put_schedule(replace(schedule, skip=coming.local_date))
        _record(tx, now, by, "daily skip", f"{channel.id} {slot} {coming.local_date}")
        return coming.local_date, next_after(schedule, coming.at)

    return await ports.store.write(work)


async def remove(ports: Ports, channel: Channel, by: Member, slot: str) -> Schedule:
    """End a schedule; its ledger stays. Refuses NoSuchSchedule."""

    def work(tx: Transaction) -> Schedule:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        _settle_due(ports, tx, schedule, now)
        removed = replace(schedule, state=ScheduleState.REMOVED, next_at=None)
        _put(ports, tx, removed)
        if not tx.schedules(channel.workspace):
            _end_pause(tx, channel.workspace, now)
        else:
            note_pause(tx, channel.workspace, NeutralReason.PAUSED, now)
        _record(tx, now, by, "daily remove", f"{channel.id} {slot}")
        return removed

    return await ports.store.write(work)


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

    Refuses NoSuchSchedule, AlreadyPosted, EmptyPool, PostFailed and PostUnsettled.
    """

    def work(tx: Transaction) -> Round:
        now, schedule = ports.clock.now(), find(tx, channel, slot)
        today = now.astimezone(ZoneInfo(schedule.zone)).date()
        _settle_due(ports, tx, schedule, now)
        occurrence = Occurrence(channel, slot, today, now, schedule.zone, schedule.time, None)
        tx.add_occurrences([LedgerLine(occurrence, OccurrenceState.PENDING, None, None, None)])
        line = tx.occurrence(channel, slot, today)
        assert line is not None, "it was there or has been added"
        round_ = None
        if line.state is OccurrenceState.PENDING:
            round_ = claim_for(ports, tx, schedule, line.occurrence, now)
        if round_ is None:
            raise AlreadyPosted(slot, today, line.state)
        following, _ = _following(tx, schedule, now)
        if schedule.state is ScheduleState.ACTIVE:
            tx.put_schedule(replace(schedule, next_at=following.at))
        _record(tx, now, by, "daily now", f"{channel.id} {slot} {today}")
        return round_

    return await put(ports, await ports.store.write(work))


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
