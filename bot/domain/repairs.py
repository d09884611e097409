"""Repairs: when a member may make good the missed date that broke the streak (PROMISES, "Streaks" 5)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.practice_days import Mend, MendKind, day_bounds
from bot.domain.refusals import Refusal

REPAIR_WINDOW = timedelta(hours=72)
REPAIR_EVERY = timedelta(days=30)


class NothingToRepair(Refusal):
    """No missed date has broken the member's streak."""


class RepairTooLate(Refusal):
    """The date that broke the streak could be repaired until `until` only."""

    def __init__(self, local_date: date, until: datetime) -> None:
        super().__init__(local_date, until)
        self.local_date = local_date
        self.until = until


class RepairTooSoon(Refusal):
    """The member's last repair is less than 30 days old; the next is allowed from `again_at` on."""

    def __init__(self, local_date: date, again_at: datetime) -> None:
        super().__init__(local_date, again_at)
        self.local_date = local_date
        self.again_at = again_at


def repairable_until(broken: date, zone: str, mends: Iterable[Mend], now: datetime) -> datetime:
    """The last instant at which the date that broke the streak, in the zone that judged it, may be repaired.

    Raises RepairTooLate more than 72 hours after the end of that local date, and RepairTooSoon when the last
    repair is less than 30 days old. A manager's restore has none of these bounds.
    """
    until = day_bounds(broken, zone)[1] + REPAIR_WINDOW
    if now > until:
        raise RepairTooLate(broken, until)
    latest = max((mend.at for mend in mends if mend.kind is MendKind.REPAIR), default=None)
    if latest is not None and now < latest + REPAIR_EVERY:
        raise RepairTooSoon(broken, latest + REPAIR_EVERY)
    return until
