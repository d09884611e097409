"""Databases with very many rows, made by the database itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.world import GROUP
from bot.domain.places import Member
from bot.store.rows import micros
from tests.fakes import START

Query = Callable[[str], list[Any]]

SCHEDULES = START.replace(hour=6, minute=0)
"""When the first schedules are due: 06:00 UTC, so that the last minute of a thousand is on the same day."""

_MINUTE_OF_DAY = 6 * 60


def fill(query: Query, amount: int, groups: int, numbers: str) -> None:
    """Put daily schedules in UTC, one a channel, in groups that come due a minute after each other.

    Neighbors in the table are never due together. `numbers` is the database's way to count from 0 to `{last}`.
    """
    minute = f"({_MINUTE_OF_DAY} + i % {groups})"
    due = f"{micros(SCHEDULES)} + (i % {groups}) * {int(timedelta(minutes=1).total_seconds() * 1e6)}"
    two = (
        "substr('0' || CAST({} AS TEXT), -2)" if "RECURSIVE" in numbers else "lpad(CAST({} AS TEXT), 2, '0')"
    )
    wall_time = f"{two.format(minute + ' / 60')} || ':' || {two.format(minute + ' % 60')}"
    query(
        "INSERT INTO schedule (workspace, channel, slot, wall_time, weekdays, zone, filters, state, next_at,"
        " reveal_after, seed, created_by)"
        f" SELECT '{GROUP.key}', 'c' || i, 'daily', {wall_time}, '0123456', 'UTC', '{{}}', 'active', {due},"
        f" 86400000000, i, 'u1' FROM {numbers.format(last=amount - 1)} AS numbers"
    )


def fill_history(query: Query, member: Member, answers: int, dates: int) -> None:
    """Give a member so many answers, over so many dates in a row up to yesterday, each date with its credit.

    Each answer is to a round of its own, as there is one answer a member and round.
    """
    began = micros(START - timedelta(days=dates))
    at = f"{began} + (i % {dates}) * 86400000000"
    day = f"date('{START - timedelta(days=dates):%Y-%m-%d}', '+' || (i % {dates}) || ' days')"
    numbers = f"(WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM r WHERE i < {answers - 1}) SELECT i FROM r)"
    group, who = GROUP.key, member.id
    query(f"INSERT INTO question VALUES ('{group}', 'old', 'v', '{{}}')")
    query(
        "INSERT INTO round (workspace, id, channel, question, version, asked_at, reveal_at, closes_at, posting,"
        f" owner, attempt, lease_until, message, thread) SELECT '{group}', 'old' || i, 'old', 'old', 'v', {at}, {at},"
        f" {at}, 'posted', 'x', 1, {at}, 'm' || i, 'old' || i FROM {numbers}"
    )
    query(
        "INSERT INTO answer (workspace, id, round, member, message, text, at, local_date, zone, late, counts, chosen,"
        f" version) SELECT '{group}', 'old' || i, 'old' || i, '{who}', 'old' || i, 'Long enough, number ' || i, {at},"
        f" {day}, 'Europe/Berlin', 0, 1, 0, 1 FROM {numbers}"
    )
    query(
        "INSERT INTO credit (workspace, member, local_date, at, zone)"
        f" SELECT '{group}', '{who}', {day}, {at}, 'Europe/Berlin' FROM {numbers} WHERE i < {dates}"
    )


def fill_tallies(query: Query, members: int, month: str) -> None:
    """Put so many members on a month's board, with 0 to 29 practice days each."""
    numbers = f"(WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM r WHERE i < {members - 1}) SELECT i FROM r)"
    query(
        "INSERT INTO tally (workspace, member, month, days, all_days, answers)"
        f" SELECT '{GROUP.key}', 'm' || printf('%07d', i), '{month}', (i * 7919) % 30, 30 + (i * 104729) % 900,"
        f" 1000 FROM {numbers}"
    )
