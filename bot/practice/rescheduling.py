"""Inside a transaction: what every change of a schedule has in common."""

from datetime import date, datetime, timedelta

from bot.domain.places import Workspace
from bot.domain.schedules import Occurrence, Schedule, ScheduleState, due_between, next_after
from bot.domain.streaks import NeutralReason
from bot.practice.asking import due_lines
from bot.practice.keeping import default_zone
from bot.practice.outcomes import SkipReason
from bot.practice.ports import Ports
from bot.practice.records import LedgerLine, OccurrenceState, Transaction

LEDGER_LOOK = 20
"""Lines of a channel's ledger among which a slot's newest date is looked for."""


def following_of(tx: Transaction, schedule: Schedule, now: datetime) -> tuple[Occurrence, date | None]:
    """The next occurrence for a date that has none yet, and the newest date that has one."""
    lines = (line.occurrence for line in tx.ledger(schedule.channel, LEDGER_LOOK))
    newest = max((o.local_date for o in lines if o.slot == schedule.slot), default=None)
    return next_after(schedule, now, beyond=newest), newest


def settle_due(ports: Ports, tx: Transaction, schedule: Schedule, now: datetime) -> None:
    """Before a schedule changes, what it brought until now goes to the ledger, so that nothing due is forgotten."""
    if schedule.next_at is None or schedule.state is ScheduleState.REMOVED:
        return
    if schedule.state is ScheduleState.ACTIVE:
        tx.add_occurrences(due_lines(schedule, now, ports.rules.late_window))
        return
    missed = due_between(schedule, schedule.next_at - timedelta(microseconds=1), now)
    reason = SkipReason.PAUSED
    tx.add_occurrences([LedgerLine(o, OccurrenceState.SKIPPED, reason, None, None) for o in missed])


def put_schedule(ports: Ports, tx: Transaction, schedule: Schedule) -> None:
    """Keep a schedule; when the zone of members who chose none changes by it, their streaks are derived anew."""
    workspace = schedule.channel.workspace
    before = default_zone(ports, tx, workspace)
    tx.put_schedule(schedule)
    if default_zone(ports, tx, workspace) != before:
        tx.drop_checkpoints(workspace)


def end_pause(tx: Transaction, workspace: Workspace, now: datetime) -> None:
    """A schedule runs: a missed day is a missed day again."""
    for why in (NeutralReason.PAUSED, NeutralReason.CHANNEL_GONE):
        tx.close_neutral(workspace, why, now)
