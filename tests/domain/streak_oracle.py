"""A second, slow way to a streak: a table with a verdict for each date, and every sum counted anew from it.

It shares the fact types with `bot.domain.streaks` and no function. Local days are sets of five-minute blocks
found by asking the zone about each block, so every instant in the facts has to be a multiple of five minutes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.streaks import Credit, Facts

BLOCK = 300
RUNS = ("credited", "neutral", "rest", "repaired", "restored")


@dataclass
class Verdict:
    """What the oracle says about a member at an instant."""

    length: int
    best: int
    freezes: int
    earned: int
    today: date
    today_done: bool
    at_risk: bool
    repairable: tuple[date, datetime] | None
    spent: list[date]
    reasons: list[tuple[date, str, str, int, int]]


@cache
def blocks(day: date, zone: str) -> frozenset[int]:
    """The five-minute blocks, counted from 1970 in UTC, whose local date in the zone is this one."""
    middle = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) // BLOCK
    tz = ZoneInfo(zone)
    around = range(middle - 28 * 12, middle + 28 * 12)
    return frozenset(b for b in around if datetime.fromtimestamp(b * BLOCK, tz).date() == day)


def zone_in_force(facts: Facts, at: datetime) -> str:
    """The zone of the newest choice that is not in the future of `at`."""
    past = sorted((c.at, c.zone) for c in facts.zones if not c.at > at)
    return past[-1][1] if past else facts.default_zone


def local_date(facts: Facts, at: datetime) -> date:
    """The date on the member's wall at an instant."""
    return datetime.fromtimestamp(at.timestamp(), ZoneInfo(zone_in_force(facts, at))).date()


def _noon_zone(facts: Facts, day: date) -> str:
    return zone_in_force(facts, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _standing(facts: Facts, now: datetime) -> dict[date, Credit]:
    kept = [c for c in facts.credits if not (c.withdrawn_at and now - c.withdrawn_at >= timedelta(days=1))]
    return {
        c.local_date: c
        for c in kept
        if not any(other.at < c.at and other.local_date > c.local_date for other in kept)
    }


def _free(facts: Facts, day: date, now: datetime) -> tuple[str, str] | None:
    own = blocks(day, _noon_zone(facts, day))
    if not own:
        return ("neutral", "no-such-date")
    found = []
    for span in facts.neutral:
        first = int(span.start.timestamp()) // BLOCK
        last = int((span.end if span.end is not None else now).timestamp()) // BLOCK
        if sum(first <= b < last for b in own) >= 2:
            found.append((span.start, str(span.reason)))
    if found:
        return ("neutral", sorted(found)[0][1])
    choices = [r for r in facts.rests if r.from_date <= day]
    if choices and day.weekday() in sorted(choices, key=lambda r: r.from_date)[-1].weekdays:
        return ("rest", "")
    return None


def _moved(facts: Facts, since: datetime) -> bool:
    names = [(datetime.min.replace(tzinfo=UTC), facts.default_zone)]
    names += sorted((c.at, c.zone) for c in facts.zones)
    moves = [at for (_, before), (at, after) in pairwise(names) if before != after]
    return any(since <= at <= since + timedelta(days=3) for at in moves)


def _wallet(table: dict[date, str], before: date) -> int:
    """Replay what was earned and spent until a date."""
    held, credited = 2, 0
    for day in sorted(table):
        if day >= before:
            break
        if table[day] == "credited":
            credited += 1
            held = min(2, held + (credited % 7 == 0))
        elif table[day] == "freeze-spent":
            held -= 1
    return held


def _mended(facts: Facts, day: date, gap: list[date]) -> str | None:
    """The kind of mend for a missed date: one that names it, or an earlier date of the gap and reaches it."""
    fitting = [
        m
        for m in facts.mends
        if m.local_date == day or (m.local_date in gap and m.local_date < day < local_date(facts, m.at))
    ]
    if not fitting:
        return None
    reaching = [m for m in facts.mends if m.local_date in [*(d for d in gap if d < day), day]]
    # Of two that reach equally far, which a member and a manager made on one day, the later names the date.
    widest = max(reaching, key=lambda m: (local_date(facts, m.at), m.local_date))
    return "repaired" if widest.kind == "repair" else "restored:" + (widest.by or "")


def _table(facts: Facts, standing: dict[date, Credit], last: date, now: datetime) -> dict[date, str]:
    table: dict[date, str] = {}
    alive, gap = False, list[date]()
    since: Credit | None = None
    day = min(standing, default=last + timedelta(days=1))
    while day <= last:
        free = None if day in standing else _free(facts, day, now)
        if day in standing:
            table[day], alive, gap, since = "credited", True, [], standing[day]
        elif free:
            table[day] = ":".join(free) if alive else "nothing"
        elif not alive or since is None:
            table[day] = "nothing"
        else:
            graces = [d for d, what in table.items() if what == "grace"]
            recent = any((day - d).days < 7 for d in graces)
            if mended := _mended(facts, day, gap):
                table[day] = mended
            elif not gap and not recent and _moved(facts, since.at):
                table[day] = "grace"
            elif _wallet(table, day):
                table[day] = "freeze-spent"
            else:
                table[day], alive = "broken", False
            gap.append(day)
        day += timedelta(days=1)
    return table


def _reasons(table: dict[date, str]) -> list[tuple[date, str, str, int, int]]:
    lines: list[tuple[date, str, str, int, int]] = []
    length = 0
    for day, verdict in sorted(table.items()):
        what, _, detail = verdict.partition(":")
        if what == "nothing":
            continue
        if what == "credited":
            length += 1
            what = "started" if length == 1 else what
        elif what == "broken":
            detail, length = str(length), 0
        days = 1
        if lines and what in RUNS and lines[-1][1:3] == (what, detail):
            days += lines.pop()[4]
        lines.append((day, what, detail, length, days))
        if verdict == "credited" and _wallet(table, day + timedelta(days=1)) > _wallet(table, day):
            lines.append((day, "freeze-earned", "", length, 1))
    return lines[:-21:-1]


def judge(facts: Facts, now: datetime) -> Verdict:
    """The whole streak, from the facts alone."""
    standing = _standing(facts, now)
    today = local_date(facts, now)
    last = max([today - timedelta(days=1), *standing])
    table = _table(facts, standing, last, now)
    credited = [d for d, what in table.items() if what == "credited"]
    breaks = [d for d, what in table.items() if what == "broken"]
    edges = [date.min, *breaks, date.max]
    lengths = [sum(a < d < b for d in credited) for a, b in pairwise(edges)]
    done = any(d >= today for d in credited)
    repairable = None
    if breaks:
        over = (max(blocks(breaks[-1], _noon_zone(facts, breaks[-1]))) + 1) * BLOCK
        until = datetime.fromtimestamp(over, UTC) + timedelta(days=3)
        recent = [m for m in facts.mends if m.kind == "repair" and now - m.at < timedelta(days=30)]
        repairable = (breaks[-1], until) if now <= until and not recent else None
    return Verdict(
        length=lengths[-1],
        best=max(lengths),
        freezes=_wallet(table, date.max),
        earned=len(credited) % 7,
        today=today,
        today_done=done,
        at_risk=lengths[-1] > 0 and not done and _free(facts, today, now) is None,
        repairable=repairable,
        spent=[d for d, what in table.items() if what == "freeze-spent"],
        reasons=_reasons(table),
    )
