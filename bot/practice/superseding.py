"""Whether a late question gives way to a newer one of its channel (PROMISES, "Posting", 3)."""

from datetime import datetime, timedelta

from bot.domain.bank import EmptyPool, NoSuchValue
from bot.domain.places import Channel
from bot.domain.schedules import Schedule, ScheduleState, due_between
from bot.practice.ports import Ports
from bot.practice.records import LedgerLine, OccurrenceState, Transaction

LEDGER_LOOK = 20
_INSTANT = timedelta(microseconds=1)


def newer_is_due(ports: Ports, tx: Transaction, channel: Channel, at: datetime, slot: str) -> bool:
    """Whether the channel has a question planned after this one, posted already or due by now.

    One that waits counts only if its schedule runs and has a question to post, because nobody shall lose the older
    question to a newer one that never comes. Due dates that nobody has turned into occurrences yet count as well:
    after a start `recovery` looks before `asking.advance` does.
    """
    mine = (at, slot)
    lines = [line for line in tx.ledger(channel, LEDGER_LOOK) if _place(line) > mine]
    if any(_has_come(line) for line in lines):
        return True
    waiting = {line.occurrence.slot for line in lines if line.state is OccurrenceState.PENDING}
    now = ports.clock.now()
    return any(
        schedule.channel == channel
        and schedule.state is ScheduleState.ACTIVE
        and (schedule.slot in waiting or _is_due_after(schedule, mine, now))
        and _has_question(ports, schedule)
        for schedule in tx.schedules(channel.workspace)
    )


def _place(line: LedgerLine) -> tuple[datetime, str]:
    return line.occurrence.at, line.occurrence.slot


def _has_come(line: LedgerLine) -> bool:
    return line.state not in (OccurrenceState.SKIPPED, OccurrenceState.PENDING)


def _is_due_after(schedule: Schedule, mine: tuple[datetime, str], now: datetime) -> bool:
    """Whether a schedule has brought something later than `mine` that is not in the ledger yet."""
    if schedule.next_at is None or schedule.next_at > now:
        return False
    due = due_between(schedule, schedule.next_at - _INSTANT, now)
    return any((found.at, found.slot) > mine and found.local_date != schedule.skip for found in due)


def _has_question(ports: Ports, schedule: Schedule) -> bool:
    try:
        ports.bank_for(schedule.channel.workspace).pool(schedule.filters)
    except (EmptyPool, NoSuchValue):
        return False
    return True
