"""The fold behind a streak: a member's dates, one after the other, each changing the state by one rule.

- A credited date lengthens the streak; each seventh one earns a freeze, and two are held at most. With two in
  hand the count of seven begins again and nothing is gained.
- A date without a credit asks nothing when it is neutral, left out by the zone, or a rest day.
- Any other date is missed. While a streak lives, the first of these that fits applies: a mend, grace, a
  freeze; else the streak breaks.
- Grace: the first missed date since the last credit, a change of zone between that credit and 72 hours after
  it, and no grace less than seven dates before. A change known later may turn a spent freeze into grace.
- A mend bridges the gap that it names: its date, and the missed dates that follow up to the next credit as
  far as they were over when it was made; so a repair on the third day helps somebody who missed both before.
- A break changes neither the freezes nor the count toward the next one.
- Dates never run back: a credit that is older by date than one that is earlier by creation adds nothing.
- A withdrawn credit counts for 24 hours more, then it is as if it had never been.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.practice_days import (
    Credit,
    Facts,
    Mend,
    MendKind,
    is_rest,
    neutral_reason,
    practice_day,
    zone_changed,
    zone_of_day,
)

FREEZES_HELD = 2
DAYS_PER_FREEZE = 7
GRACE_WINDOW = timedelta(hours=72)
GRACE_EVERY = timedelta(days=7)
WITHDRAWAL_DELAY = timedelta(hours=24)
STEPS_KEPT = 20
_DAY = timedelta(days=1)


class StepKind(StrEnum):
    """What a date did to a streak."""

    STARTED = "started"
    CREDITED = "credited"
    FREEZE_EARNED = "freeze-earned"
    FREEZE_SPENT = "freeze-spent"
    GRACE = "grace"
    NEUTRAL = "neutral"
    REST = "rest"
    REPAIRED = "repaired"
    RESTORED = "restored"
    BROKEN = "broken"


_RUNS = frozenset({StepKind.CREDITED, StepKind.NEUTRAL, StepKind.REST, StepKind.REPAIRED, StepKind.RESTORED})


@dataclass(frozen=True, slots=True)
class Step:
    """A reason: what happened to the streak on a date, and its length afterwards.

    Equal steps in a row are one step of several `days`, and `local_date` is the last of them. `detail` is the
    neutral reason (or `no-such-date`) for NEUTRAL, the manager's id for RESTORED, the lost length in digits
    for BROKEN, and empty for the others.
    """

    local_date: date
    what: StepKind
    detail: str
    length: int
    days: int = 1


@dataclass(frozen=True, slots=True)
class StreakState:
    """The fold over all dates up to `through`; `earned` (0 to 6) counts credited dates toward a freeze.

    `missed` says whether a date was missed since the last credit, `mend` is what bridges that gap, `broken`
    is the latest date that broke a streak and the length lost, `steps` are the newest reasons, oldest first.
    """

    through: date | None = None
    length: int = 0
    best: int = 0
    freezes: int = FREEZES_HELD
    earned: int = 0
    last_date: date | None = None
    last_at: datetime | None = None
    last_grace: date | None = None
    missed: bool = False
    mend: Mend | None = None
    broken: tuple[date, int] | None = None
    steps: tuple[Step, ...] = ()


EMPTY = StreakState()


def advance(state: StreakState, facts: Facts, through: date, now: datetime) -> StreakState:
    """Fold the dates after `state.through` up to `through` into the state; earlier ones are not looked at.

    `now` decides which withdrawals have taken effect and where a lasting neutral span ends. A state never
    runs back: with `through` at or before `state.through` it stays as it is.
    """
    for after in fold(state, facts, through, now):
        state = after
    return state


def counts(credit: Credit, now: datetime) -> bool:
    return credit.withdrawn_at is None or now < credit.withdrawn_at + WITHDRAWAL_DELAY


def counting(credits: Iterable[Credit], after: date | None, now: datetime) -> dict[date, Credit]:
    """The credits that count, dated after `after`, by rising date: without withdrawn and backward ones."""
    found: dict[date, Credit] = {}
    standing = (c for c in credits if (after is None or c.local_date > after) and counts(c, now))
    newest = date.min
    for credit in sorted(standing, key=lambda one: (one.at, one.local_date)):
        if credit.local_date > newest:
            newest = credit.local_date
            found[newest] = credit
    return found


def fold(state: StreakState, facts: Facts, through: date, now: datetime) -> Iterator[StreakState]:
    """The state after each date up to `through`, credited dates that follow each other being one step.

    Without a live streak only credited dates are visited.
    """
    credits = counting(facts.credits, state.through, now)
    dates = list(credits)
    mends = {mend.local_date: mend for mend in sorted(facts.mends, key=lambda one: _reach(one, facts))}
    while state.through is None or state.through < through:
        if state.through is not None and state.length > 0:
            day = state.through + _DAY
        else:
            at = bisect_right(dates, state.through or date.min)
            if at == len(dates) or dates[at] > through:
                break
            day = dates[at]
        if day in credits:
            state = _credited(state, _run_from(day, credits, through))
        elif pause := pause_of(day, facts, now):
            state = _with_step(replace(state, through=day), *pause)
        else:
            state = _missed(state, day, facts, mends)
        yield state
    if state.through is not None and state.through < through:
        yield replace(state, through=through)


def _run_from(day: date, credits: dict[date, Credit], through: date) -> list[Credit]:
    """The credits of a date and of those that follow it without a gap, up to `through`."""
    run: list[Credit] = []
    while day <= through and (credit := credits.get(day)) is not None:
        run.append(credit)
        day += _DAY
    return run


def _credited(state: StreakState, run: list[Credit]) -> StreakState:
    """A run of credited dates; as almost all dates are in one, it is added up without a state for each of them."""
    length, freezes, earned, steps = state.length, state.freezes, state.earned, state.steps
    alike = 0  # dates that are not among the steps yet
    for credit in run:
        day, length, earned = credit.local_date, length + 1, (earned + 1) % DAYS_PER_FREEZE
        if length == 1:
            steps = _joined(steps, Step(day, StepKind.STARTED, "", length))
        else:
            alike += 1
        if earned == 0 and freezes < FREEZES_HELD:
            freezes += 1
            if alike:
                steps = _joined(steps, Step(day, StepKind.CREDITED, "", length, alike))
                alike = 0
            steps = _joined(steps, Step(day, StepKind.FREEZE_EARNED, "", length))
    last = run[-1]
    if alike:
        steps = _joined(steps, Step(last.local_date, StepKind.CREDITED, "", length, alike))
    return StreakState(
        through=last.local_date,
        length=length,
        best=max(state.best, length),
        freezes=freezes,
        earned=earned,
        last_date=last.local_date,
        last_at=last.at,
        last_grace=state.last_grace,
        missed=False,
        mend=None,
        broken=state.broken,
        steps=steps,
    )


def _missed(state: StreakState, day: date, facts: Facts, mends: dict[date, Mend]) -> StreakState:
    """A missed date of a live streak: a mend, grace, a freeze, or the end of it."""
    after = replace(state, through=day, missed=True)
    known = [mend for mend in (mends.get(day), state.mend) if mend is not None]
    mend = max(known, key=lambda one: _reach(one, facts), default=None)
    if mend is not None and (day in mends or day < _reach(mend, facts)):
        what = StepKind.REPAIRED if mend.kind is MendKind.REPAIR else StepKind.RESTORED
        return _with_step(replace(after, mend=mend), what, mend.by or "")
    if _has_grace(state, day, facts):
        return _with_step(replace(after, last_grace=day), StepKind.GRACE)
    if state.freezes > 0:
        return _with_step(replace(after, freezes=state.freezes - 1), StepKind.FREEZE_SPENT)
    lost = state.length
    return _with_step(replace(after, length=0, broken=(day, lost)), StepKind.BROKEN, str(lost))


def _reach(mend: Mend, facts: Facts) -> date:
    """The date on which a mend was made; what was missed before it in the same gap is bridged as well."""
    return practice_day(mend.at, facts.zones, facts.default_zone)


def _has_grace(state: StreakState, day: date, facts: Facts) -> bool:
    if state.missed or state.last_at is None:
        return False
    if state.last_grace is not None and day - state.last_grace < GRACE_EVERY:
        return False
    return zone_changed(facts.zones, facts.default_zone, state.last_at, state.last_at + GRACE_WINDOW)


def pause_of(day: date, facts: Facts, now: datetime) -> tuple[StepKind, str] | None:
    """Why a date without a credit asks nothing: neutral before rest, so that ours is named before theirs."""
    reason = neutral_reason(day, zone_of_day(day, facts.zones, facts.default_zone), facts.neutral, now)
    if reason is not None:
        return StepKind.NEUTRAL, reason
    return (StepKind.REST, "") if is_rest(day, facts.rests) else None


def _with_step(state: StreakState, what: StepKind, detail: str = "") -> StreakState:
    """The state with one more reason, for the date it goes through."""
    assert state.through is not None
    return replace(state, steps=_joined(state.steps, Step(state.through, what, detail, state.length)))


def _joined(steps: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """The reasons with one more at the end; a run becomes one reason, and the oldest make room."""
    if steps and step.what in _RUNS and (steps[-1].what, steps[-1].detail) == (step.what, step.detail):
        step = Step(step.local_date, step.what, step.detail, step.length, steps[-1].days + step.days)
        steps = steps[:-1]
    return (*steps, step)[-STEPS_KEPT:]
