"""Streaks: what a member is shown, derived from facts by the fold in `streak_fold`.

Nothing here is stored as truth. Facts are stored; a streak is derived from them, and a checkpoint is only a saved part
of the sum. The rules are PROMISES, "Streaks" 1 to 10. This is the face of the subject: it also gives the names of
`practice_days`, `repairs` and `streak_fold` that others need.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.practice_days import (
    Credit,
    Facts,
    Mend,
    MendKind,
    NeutralReason,
    NeutralSpan,
    RestChoice,
    ZoneChoice,
    practice_day,
    zone_of_day,
)
from bot.domain.refusals import Refusal
from bot.domain.repairs import NothingToRepair, RepairTooLate, RepairTooSoon, repairable_until
from bot.domain.streak_fold import (
    DAYS_PER_FREEZE,
    EMPTY,
    FREEZES_HELD,
    Step,
    StepKind,
    StreakState,
    advance,
    counts,
    fold,
    pause_of,
)

__all__ = [
    "EMPTY", "Credit", "Facts", "Mend", "MendKind", "NeutralReason", "NeutralSpan", "NothingToRepair",
    "RepairTooLate", "RepairTooSoon", "RestChoice", "Step", "StepKind", "Streak", "StreakState", "ZoneChoice",
    "advance", "checkpoint", "freeze_uses", "may_repair", "practice_day", "streak",
]  # fmt: skip

CHECKPOINT_AGE = timedelta(days=7)
_DAY = timedelta(days=1)
_DATES_THAT_TRAVEL_CAN_REORDER = timedelta(days=2)  # UTC-12 to UTC+14 are 26 hours apart


@dataclass(frozen=True, slots=True)
class Streak:
    """A member's streak as shown to them; `reasons` are newest first.

    `repairable` is the date that broke the streak and the last instant at which it may be repaired.
    `next_freeze_in` counts credited dates, None while two freezes are held. `at_risk`: the streak lives and
    today, neither neutral nor a rest day, has no credit yet; to miss it would cost grace, a freeze or the
    streak.
    """

    length: int
    best: int
    freezes: int
    earned: int
    today: date
    today_done: bool
    at_risk: bool
    next_freeze_in: int | None
    repairable: tuple[date, datetime] | None
    reasons: tuple[Step, ...]


def streak(facts: Facts, now: datetime, state: StreakState = EMPTY) -> Streak:
    """The streak at `now`: each date that is over in the member's zone is settled, today's credit is added.

    Today without a credit breaks nothing. `state` may be a checkpoint; then `facts.credits` needs to hold
    only those dated after `state.through`.
    """
    today = practice_day(now, facts.zones, facts.default_zone)
    settled = _settle(facts, now, state)
    done = settled.last_date is not None and settled.last_date >= today
    try:
        repairable: tuple[date, datetime] | None = _repairable(settled, facts, now)
    except Refusal:
        repairable = None
    return Streak(
        length=settled.length,
        best=settled.best,
        freezes=settled.freezes,
        earned=settled.earned,
        today=today,
        today_done=done,
        at_risk=settled.length > 0 and not done and pause_of(today, facts, now) is None,
        next_freeze_in=DAYS_PER_FREEZE - settled.earned if settled.freezes < FREEZES_HELD else None,
        repairable=repairable,
        reasons=settled.steps[::-1],
    )


def checkpoint(facts: Facts, now: datetime, state: StreakState = EMPTY) -> StreakState:
    """The state a week back, worth keeping so that a long history need not be read again.

    It gives the same streak as a recount as long as no fact dated up to two days after its `through` comes,
    goes or changes later; else it must be thrown away. It stays behind a credit whose withdrawal is pending.
    """
    through = practice_day(now, facts.zones, facts.default_zone) - CHECKPOINT_AGE
    for credit in facts.credits:
        if credit.withdrawn_at is not None and counts(credit, now):
            through = min(through, credit.local_date - _DATES_THAT_TRAVEL_CAN_REORDER - _DAY)
    return advance(state, facts, through, now)


def freeze_uses(facts: Facts, now: datetime, state: StreakState = EMPTY) -> tuple[date, ...]:
    """The settled dates after `state.through` on which a freeze was spent, of which to tell the member."""
    return tuple(
        step.local_date
        for after in fold(state, facts, _frontier(facts, now, state), now)
        for step in after.steps[-1:]
        if step.what is StepKind.FREEZE_SPENT
    )


def may_repair(facts: Facts, now: datetime, state: StreakState = EMPTY) -> date:
    """The date that a repair at `now` would make good (PROMISES, Streaks 5): what broke the streak last.

    Raises NothingToRepair, RepairTooLate or RepairTooSoon, see `repairs.repairable_until`.
    """
    return _repairable(_settle(facts, now, state), facts, now)[0]


def _repairable(settled: StreakState, facts: Facts, now: datetime) -> tuple[date, datetime]:
    if settled.broken is None:
        raise NothingToRepair
    day = settled.broken[0]
    return day, repairable_until(day, zone_of_day(day, facts.zones, facts.default_zone), facts.mends, now)


def _settle(facts: Facts, now: datetime, state: StreakState) -> StreakState:
    return advance(state, facts, _frontier(facts, now, state), now)


def _frontier(facts: Facts, now: datetime, state: StreakState) -> date:
    """The last date to settle: yesterday where the member is, or the last credited date if that is later.

    It is later when today has its credit, and when travel west has brought an earlier date back.
    """
    yesterday = practice_day(now, facts.zones, facts.default_zone) - _DAY
    through = state.through or date.min
    return max(
        (yesterday, *(c.local_date for c in facts.credits if c.local_date > through and counts(c, now)))
    )
