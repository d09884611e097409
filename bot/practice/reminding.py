"""Members who asked for it are reminded that answers wait: three times at most, two days apart, by day."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.places import Member
from bot.domain.practice_days import zone_at
from bot.domain.wall_time import zone_of
from bot.practice.keeping import zones_of
from bot.practice.ports import OutcomeUnknown, Ports, PostRefused
from bot.practice.records import Transaction
from bot.practice.review_queue import has_enough, known_channels, waiting_in
from bot.practice.review_records import Reminders

log = logging.getLogger(__name__)

MOST = 3
"""Reminders between two reviews of a member."""
APART = timedelta(hours=48)
LOOK_AGAIN = timedelta(hours=3)
"""When nothing waits, it is looked again after so long."""
AWAKE = (time(9), time(20))
"""Wall times of the member's zone between which reminders are sent."""
AT_ONCE = 50


async def choose_reminders(ports: Ports, member: Member, on: bool) -> bool:
    """Turn a member's reminders on or off; gives whether that changed anything."""

    def work(tx: Transaction) -> bool:
        if not on:
            return tx.drop_reminders(member)
        if tx.reminders(member) is not None:
            return False
        tx.put_reminders(
            Reminders(member, 0, ports.clock.now() + APART)
        )  # so that off and on again is no short cut
        return True

    changed = await ports.store.write(work)
    if changed:
        log.info("reminders chosen", extra={"facts": {"member": member.id, "on": on}})
    return changed


def begin_again(ports: Ports, tx: Transaction, member: Member) -> None:
    """A member gave a review: they may be reminded again, two days from now at the earliest."""
    kept = tx.reminders(member)
    if kept is not None:
        tx.put_reminders(Reminders(member, 0, ports.clock.now() + APART))


async def remind_due(ports: Ports) -> int:
    """Send the reminders that are due; gives how many. Each is noted before it is sent, so none comes twice."""
    now = ports.clock.now()
    due = await ports.store.read(lambda tx: tx.reminders_due(now, ports.platforms, MOST, AT_ONCE))
    return sum([await _remind(ports, reminders) for reminders in due])


async def _remind(ports: Ports, seen: Reminders) -> bool:
    waiting = await ports.store.write(lambda tx: _taken(ports, tx, seen))
    if waiting == 0:
        return False
    member = seen.member
    try:
        await ports.chat.remind(member, waiting)
    except (PostRefused, OutcomeUnknown) as fault:
        log.warning("reminder not sent", extra={"facts": {"member": member.id, "fault": str(fault)}})
        return False
    log.info("reminder sent", extra={"facts": {"workspace": member.workspace.key, "member": member.id}})
    return True


def _taken(ports: Ports, tx: Transaction, seen: Reminders) -> int:
    """Note that a reminder goes out now, and give what waits; 0 when it does not."""
    now = ports.clock.now()
    if tx.reminders(seen.member) != seen:
        return 0
    awake = _awake_at(now, zone_at(now, *zones_of(ports, tx, seen.member)))
    if awake > now:
        tx.put_reminders(replace(seen, next_at=awake))
        return 0
    waiting = _waiting(ports, tx, seen.member)
    later = now + (APART if waiting else LOOK_AGAIN)
    tx.put_reminders(replace(seen, sent=seen.sent + (waiting > 0), next_at=later))
    return waiting


def _waiting(ports: Ports, tx: Transaction, member: Member) -> int:
    """What a member could be given now; nothing for whoever is gone or had enough today."""
    if tx.is_closed(member) or has_enough(ports, tx, member):
        return 0
    return waiting_in(ports, tx, member, known_channels(tx, member, None))


def _awake_at(now: datetime, zone: str) -> datetime:
    """Now, or the next instant at which somebody in this zone is awake."""
    local = now.astimezone(zone_of(zone))
    if AWAKE[0] <= local.time() < AWAKE[1]:
        return now
    day = local.date() + timedelta(days=local.time() >= AWAKE[1])
    return datetime.combine(day, AWAKE[0], zone_of(zone)).astimezone(UTC)
