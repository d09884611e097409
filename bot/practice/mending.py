"""A missed date is made good: by the member within the rules, or by a manager."""

import logging
from datetime import date

from bot.domain import streaks
from bot.domain.places import Member
from bot.domain.refusals import DayNotMissed, NoSuchMember
from bot.domain.streaks import Facts, MendKind, Streak
from bot.practice.keeping import default_zone
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)


async def repair(ports: Ports, member: Member) -> Streak:
    """Repair the member's broken streak; refuses NothingToRepair, RepairTooLate and RepairTooSoon."""

    def work(tx: Transaction) -> Streak:
        now, zone = ports.clock.now(), default_zone(ports, tx, member.workspace)
        day = streaks.may_repair(tx.facts(member, zone, None, now), now)
        tx.add_mend(member, day, MendKind.REPAIR, now, None)
        return streaks.streak(tx.facts(member, zone, None, now), now)

    streak = await ports.store.write(work)
    log.info("streak repaired", extra={"facts": {"workspace": member.workspace.key, "member": member.id}})
    return streak


async def restore_day(ports: Ports, member: Member, day: date, by: Member) -> Streak:
    """Give a member a missed date back, with a line in the record; the caller sees to it that `by` is a manager.

    Refuses NoSuchMember for somebody without any answer, and DayNotMissed for a date that is not over, has a credit
    or a mend, or comes before the member's first credit.
    """

    def work(tx: Transaction) -> Streak:
        now, zone = ports.clock.now(), default_zone(ports, tx, member.workspace)
        if member not in tx.members(member.workspace):
            raise NoSuchMember(member.id)
        facts = tx.facts(member, zone, None, now)
        over = day < streaks.practice_day(now, facts.zones, zone)
        if not over or not _was_missed(facts, day):
            raise DayNotMissed(day)
        tx.add_mend(member, day, MendKind.RESTORE, now, by.id)
        line = RecordLine(now, by.id, "restore", f"{day.isoformat()} for {member.id}")
        tx.record(member.workspace, line)
        return streaks.streak(tx.facts(member, zone, None, now), now)

    streak = await ports.store.write(work)
    ids = {"workspace": member.workspace.key, "member": member.id, "by": by.id}
    log.info("streak restored", extra={"facts": ids})
    return streak


def _was_missed(facts: Facts, day: date) -> bool:
    """Whether a date lies behind the first credit, with neither a credit nor a mend of its own."""
    credited = {credit.local_date for credit in facts.credits}
    made_good = credited | {mend.local_date for mend in facts.mends}
    return day > min(credited, default=date.max) and day not in made_good
