"""A missed date is made good: by the member within the rules, or by a manager."""

from datetime import date

from bot.domain import streaks
from bot.domain.places import Member
from bot.domain.refusals import DayNotMissed
from bot.domain.streaks import MendKind, Streak
from bot.practice.keeping import default_zone
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction


async def repair(ports: Ports, member: Member) -> Streak:
    """Repair the member's broken streak; refuses NothingToRepair, RepairTooLate and RepairTooSoon."""

    def work(tx: Transaction) -> Streak:
        now, zone = ports.clock.now(), default_zone(ports, tx, member.workspace)
        day = streaks.may_repair(tx.facts(member, zone, None, now), now)
        tx.add_mend(member, day, MendKind.REPAIR, now, None)
        return streaks.streak(tx.facts(member, zone, None, now), now)

    return await ports.store.write(work)


async def restore_day(ports: Ports, member: Member, day: date, by: Member) -> Streak:
    """Give a member a missed date back, with a line in the record; the caller sees to it that `by` is a manager.

    Refuses DayNotMissed when the date is not over, or has a credit.
    """

    def work(tx: Transaction) -> Streak:
        now, zone = ports.clock.now(), default_zone(ports, tx, member.workspace)
        facts = tx.facts(member, zone, None, now)
        over = day < streaks.practice_day(now, facts.zones, zone)
        if not over or any(credit.local_date == day for credit in facts.credits):
            raise DayNotMissed(day)
        tx.add_mend(member, day, MendKind.RESTORE, now, by.id)
        line = RecordLine(now, by.id, "restore", f"{day.isoformat()} for {member.id}")
        tx.record(member.workspace, line)
        return streaks.streak(tx.facts(member, zone, None, now), now)

    return await ports.store.write(work)
