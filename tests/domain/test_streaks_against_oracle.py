"""Ten thousand random histories against the oracle, checkpoints at random moments, honest people who travel."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.streaks import (
    EMPTY,
    Credit,
    Facts,
    Mend,
    MendKind,
    NeutralReason,
    NeutralSpan,
    RestChoice,
    StreakState,
    ZoneChoice,
    checkpoint,
    freeze_uses,
    practice_day,
    streak,
)
from tests.domain.streak_oracle import judge, local_date

ZONES = (
    "UTC", "Europe/Paris", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kathmandu",
    "Asia/Beirut", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Pacific/Chatham", "Australia/Lord_Howe",
    "America/Havana", "America/Nuuk", "Atlantic/Azores", "Africa/Cairo",
)  # fmt: skip
HISTORIES = 10_000
PARTS = 20
STARTS = (date(2011, 12, 1), date(2024, 2, 20), date(2025, 10, 1), date(2027, 3, 1))
MINUTES_A_DAY = 24 * 60


@dataclass
class History:
    """Everything that happens to one member; `heard` is when the bot hears of an answer."""

    facts: Facts
    heard: dict[date, datetime]
    start: datetime
    end: datetime


def random_history(seed: int) -> History:
    chance = Random(seed)
    start = datetime.combine(chance.choice(STARTS), time(), UTC) + timedelta(days=chance.randrange(20))
    days = chance.randrange(10, 60)
    end = start + timedelta(days=days)

    def moment(first: datetime = start, last: datetime = end) -> datetime:
        return first + timedelta(minutes=5 * chance.randrange(1 + (last - first) // timedelta(minutes=5)))

    zones = {moment(): chance.choice(ZONES) for _ in range(chance.choice((0, 0, 1, 2, 3, 6)))}
    facts = Facts((), tuple(ZoneChoice(*choice) for choice in zones.items()), chance.choice(ZONES))
    diligence = chance.choice((0.4, 0.7, 0.85, 0.95, 1.0))
    answers = sorted(moment() for _ in range(days * 2) if chance.random() < diligence)
    answers += [
        start + timedelta(days=d, minutes=5 * chance.randrange(288))
        for d in range(days)
        if chance.random() < diligence
    ]
    dropped = {chance.randrange(days) for _ in range(chance.choice((0, 1, 3, 6)))}
    credits: dict[date, Credit] = {}
    heard: dict[date, datetime] = {}
    for at in sorted(answers):
        day = local_date(facts, at)
        if day not in credits and (at - start).days not in dropped:
            withdrawn = at + timedelta(minutes=5 * chance.randrange(6000)) if chance.random() < 0.05 else None
            credits[day] = Credit(day, at, "stamped", withdrawn)
            heard[day] = at + timedelta(minutes=chance.choice((0, 0, 0, 5, 120, 2 * MINUTES_A_DAY)))
    rests = {
        moment().date(): frozenset(chance.sample(range(7), chance.randrange(3)))
        for _ in range(chance.randrange(3))
    }
    neutral = []
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        first = moment()
        length = timedelta(minutes=5 * chance.choice((1, 2, 3, 12, 288, 1000)))
        neutral.append(
            NeutralSpan(
                first,
                chance.choice((first + length, first + length, None)),
                chance.choice(list(NeutralReason)),
            )
        )
    mends = {}
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        at = moment()
        day = at.date() - timedelta(days=chance.randrange(1, 8))
        kind = chance.choice(list(MendKind))
        mends[day] = Mend(day, kind, at, "boss" if kind is MendKind.RESTORE else None)
    facts = replace(
        facts,
        credits=tuple(credits.values()),
        rests=tuple(RestChoice(*rest) for rest in rests.items()),
        neutral=tuple(neutral),
        mends=tuple(mends.values()),
    )
    return History(facts, heard, start, end)


def known(history: History, now: datetime, chance: Random) -> Facts:
    """The facts as they stand at an instant, in any order."""
    facts = history.facts
    credits = [
        replace(c, withdrawn_at=c.withdrawn_at if c.withdrawn_at and c.withdrawn_at <= now else None)
        for c in facts.credits
        if history.heard[c.local_date] <= now
    ]
    neutral = [
        replace(s, end=s.end if s.end and s.end <= now else None) for s in facts.neutral if s.start <= now
    ]
    zones = [z for z in facts.zones if z.at <= now]
    mends = [m for m in facts.mends if m.at <= now]
    for each in (credits, neutral, zones, mends):
        chance.shuffle(each)
    return Facts(tuple(credits), tuple(zones), facts.default_zone, facts.rests, tuple(neutral), tuple(mends))


def still_good(state: StreakState, before: Facts, after: Facts) -> bool:
    """Whether no fact dated up to two days after the checkpoint came or changed since."""
    if state.through is None:
        return True
    limit = state.through + timedelta(days=2)
    was = {(c.local_date, c.withdrawn_at) for c in before.credits} | {m.local_date for m in before.mends}
    became = {(c.local_date, c.withdrawn_at): c.local_date for c in after.credits}
    new = {m.local_date: m.local_date for m in after.mends} | became
    return all(day > limit for key, day in new.items() if key not in was)


def facts_after(facts: Facts, state: StreakState) -> Facts:
    """What the store needs to read beside a checkpoint."""
    if state.through is None:
        return facts
    through = datetime.combine(state.through, time(), UTC) - timedelta(days=1)
    return replace(
        facts,
        credits=tuple(c for c in facts.credits if c.local_date > state.through),
        neutral=tuple(s for s in facts.neutral if s.end is None or s.end > through),
    )


@pytest.mark.bad_input(56, 57, 105)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_random_history_gives_the_oracles_streak_and_reasons(part: int) -> None:
    for seed in range(part, HISTORIES, PARTS):
        history = random_history(seed)
        chance = Random(seed + 1)
        now = history.start + timedelta(
            minutes=5 * chance.randrange(12 * 24 * ((history.end - history.start).days + 6))
        )
        facts = known(history, now, chance)
        found, told = streak(facts, now), judge(facts, now)
        lines = [
            (step.local_date, str(step.what), step.detail, step.length, step.days) for step in found.reasons
        ]
        assert lines == told.reasons, f"seed {seed}"
        for name in ("length", "best", "freezes", "earned", "today", "today_done", "at_risk", "repairable"):
            assert getattr(found, name) == getattr(told, name), f"seed {seed}: {name}"
        assert list(freeze_uses(facts, now)) == told.spent, f"seed {seed}"
        span = {c.at.date() for c in facts.credits}
        if span:
            assert found.best <= (max(span) - min(span)).days + 1 + 2, f"seed {seed}"


def test_a_streak_from_checkpoints_at_random_moments_equals_the_recount() -> None:
    used = 0
    for seed in range(0, HISTORIES, 4):
        history, chance = random_history(seed), Random(seed + 2)
        steps = (history.end - history.start) // timedelta(minutes=5) + 12 * 24 * 10
        moments = [history.start + timedelta(minutes=5 * chance.randrange(steps)) for _ in range(4)]
        state, before = EMPTY, None
        spent: tuple[date, ...] = ()
        for now in sorted(moments):
            facts = known(history, now, chance)
            if before is not None and not still_good(state, before, facts):
                state, spent = EMPTY, ()
            used += state.through is not None
            after = facts_after(facts, state)
            assert streak(after, now, state) == streak(facts, now), f"seed {seed} at {now}"
            assert spent + freeze_uses(after, now, state) == freeze_uses(facts, now), f"seed {seed} at {now}"
            state, before = checkpoint(after, now, state), facts
            assert state == checkpoint(facts, now), f"seed {seed} at {now}"
            spent = tuple(d for d in freeze_uses(facts, now) if state.through and d <= state.through)
    assert used > HISTORIES / 4


def honest_year(seed: int) -> tuple[Facts, datetime]:
    """Someone who answers on every date they live through, at a waking hour, and moves whenever they like.

    A move takes up to twelve hours, is told to the bot on arrival, and the next follows after eight days or
    more. Where the clock of the new place leaves no waking hour of the date, they answer on arrival.
    """
    chance = Random(seed)
    now = datetime(2025, 1, 1, chance.randrange(24), tzinfo=UTC)
    end = now + timedelta(days=365)
    zone = chance.choice(ZONES)
    default = zone if chance.random() < 0.5 else chance.choice(ZONES)
    zones = [] if zone == default else [ZoneChoice(now, zone)]
    travels = chance.random() < 0.8
    move_at = now + timedelta(days=chance.randrange(1, 40)) if travels else end
    credits: dict[date, Credit] = {}
    while now < end:
        today = now.astimezone(ZoneInfo(zone)).date()
        awake = datetime.combine(today, time(chance.randrange(7, 24), chance.randrange(60)), ZoneInfo(zone))
        at = max(now, awake.astimezone(UTC))
        tomorrow = datetime.combine(today + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
        leave = now <= move_at < tomorrow
        if at < tomorrow and not (leave and move_at < at):
            credits.setdefault(today, Credit(today, at, zone))
        now = tomorrow
        if leave:
            now = move_at + timedelta(hours=12 * chance.random())
            zone = chance.choice(ZONES)
            zones.append(ZoneChoice(now, zone))
            move_at += timedelta(days=8 + chance.expovariate(1 / 20))
    return Facts(tuple(credits.values()), tuple(zones), default), now


@pytest.mark.parametrize("part", range(5))
def test_of_1500_honest_daily_people_none_breaks_in_a_year_wherever_they_travel(part: int) -> None:
    for seed in range(part, 1500, 5):
        facts, now = honest_year(seed)
        found = streak(facts, now)
        assert found.length == found.best, f"seed {seed}"
        assert found.length >= 350, f"seed {seed}"
        assert len(facts.credits) <= 365 + 2, f"seed {seed}"


def test_the_oracle_reads_the_same_date_as_the_program_at_random_instants() -> None:
    for seed in range(500):
        facts = random_history(seed).facts
        for credit in facts.credits:
            assert practice_day(credit.at, facts.zones, facts.default_zone) == credit.local_date
