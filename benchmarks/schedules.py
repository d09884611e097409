"""P7 and P8: schedules that come due become occurrences, many in one second, or a few among many."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from benchmarks.filling import SCHEDULES, fill
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown
from benchmarks.world import GROUP, OWNER, ports_over
from bot.domain.places import Channel
from bot.domain.schedules import Occurrence
from bot.domain.wall_time import WallTime
from bot.practice import asking
from bot.practice.ports import Store
from bot.practice.records import LedgerLine, OccurrenceState
from bot.store import driver
from bot.store.postgres import opened as opened_postgres
from bot.store.sqlite import opened as opened_sqlite
from tests.fakes import FakeClock
from tests.postgres_server import PostgresServer

DUE = 1_000
"""Schedules due in each tick of P8."""
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)

Count = Callable[[], int]
"""How many occurrences there are."""


async def measure(scale: Scale) -> Report:
    """Every figure about schedules."""
    with own_folder() as folder:
        burst = await _burst(folder, scale)
        crowd = await _crowd(folder, scale)
    return Report([*burst.lines, *crowd.lines], [*burst.notes, *crowd.notes])


async def _burst(folder: Path, scale: Scale) -> Report:
    """P7: all at once."""
    amount = scale.size(10_000, 50)
    file = folder / "burst.sqlite"
    clock, held = FakeClock(SCHEDULES), {"ours": 0.0, "idle jobs": 0.0, "claiming jobs": 0.0}
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_sqlite(file, OWNER))
        theirs = await stack.enter_async_context(opened_sqlite(folder / "theirs.sqlite", OWNER))
        count = _filled_sqlite(file, amount, groups=1)
        ports = ports_over(store, clock)

        def watched(name: str, action: Callable[[int], Awaitable[tuple[float, float]]]) -> Side:
            async def one_round(number: int) -> float:
                cost, longest = await action(number)
                held[name] = max(held[name], longest)
                return cost

            return one_round

        async def ours(number: int) -> tuple[float, float]:
            clock.at = SCHEDULES + _DAY * number
            found = await _watched(lambda: asking.advance(ports))
            assert count() == amount * (number + 1), "none missed, none twice"
            return found

        sides = {
            "ours": watched("ours", ours),
            "idle jobs": watched("idle jobs", lambda _: _apscheduler(amount, _nothing)),
            "claiming jobs": watched(
                "claiming jobs",
                lambda number: _apscheduler(amount, partial(_claim, theirs, SCHEDULES + _DAY * number)),
            ),
        }
        costs = await interleaved(sides, scale.rounds)
        await asking.advance(ports)
        assert count() == amount * (scale.rounds + 1), "a second look at the same instant adds none"
    note = (
        f"P7: {scale.rounds + 1} times {amount:,} due, {count():,} occurrences claimed on SQLite, durably: none missed,"
        " none twice. The first base's jobs are empty coroutines, and nothing is kept; the second base's jobs each"
        " note their occurrence in a store like ours, with its group commit."
    )
    return Report(_burst_lines(amount, costs, held), [note])


def _burst_lines(amount: int, costs: dict[str, list[float]], held: dict[str, float]) -> list[Line]:
    ours = costs["ours"]
    bases = {
        "idle jobs": "APScheduler, memory store, long grace, empty jobs",
        "claiming jobs": "the same, each job noting its occurrence",
    }
    lines = [
        Line(
            "P7" if name == "idle jobs" else "",
            f"{amount:,} schedules due in one second",
            shown(ours),
            f"{shown(costs[name])} {base}",
            ratio(ours, costs[name]),
            (Aim.AT_MOST, 0.1) if name == "idle jobs" else None,
        )
        for name, base in bases.items()
    ]
    hold = Line(
        "P7",
        "  the loop held at the longest",
        shown([held["ours"]]),
        f"20 ms allowed ({shown([held['idle jobs']])} by APScheduler)",
        held["ours"] / 0.020,
        (Aim.AT_MOST, 1.0),
    )
    return [*lines, hold]


async def _nothing(number: int) -> None:
    """What an empty job does."""


async def _claim(store: Store, at: datetime, number: int) -> None:
    """What a job has to do so that its occurrence is posted once."""
    channel = Channel(GROUP, f"c{number}")
    occurrence = Occurrence(channel, "daily", at.date(), at, "UTC", WallTime(at.hour, at.minute), None)
    line = LedgerLine(occurrence, OccurrenceState.PENDING, None, None, None)
    await store.write(lambda tx: tx.add_occurrences([line]))


async def _watched(action: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of an action, and the longest that a task which wakes every millisecond was kept from running."""
    longest, done = 0.0, False

    async def tick() -> None:
        nonlocal longest
        last = perf_counter()
        while not done:
            await asyncio.sleep(0.001)
            longest, last = max(longest, perf_counter() - last - 0.001), perf_counter()

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.01)
    longest, began = 0.0, perf_counter()
    await action()
    cost = perf_counter() - began
    done = True
    await ticking
    return cost, longest


async def _apscheduler(amount: int, action: Callable[[int], Awaitable[None]]) -> tuple[float, float]:
    """The same many cron jobs, all due when the scheduler goes on; each is a coroutine."""
    scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, timezone="UTC")
    ran, all_ran = 0, asyncio.Event()

    async def job(number: int) -> None:
        nonlocal ran
        await action(number)
        ran += 1
        if ran == amount:
            all_ran.set()

    scheduler.start(paused=True)
    due = datetime.now(scheduler.timezone)
    for number in range(amount):
        daily = CronTrigger(hour=9, minute=0, timezone="Europe/Berlin")
        scheduler.add_job(job, daily, args=(number,), next_run_time=due, misfire_grace_time=3600)

    async def resume() -> None:
        scheduler.resume()
        await all_ran.wait()

    try:
        return await _watched(resume)
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)


async def _crowd(folder: Path, scale: Scale) -> Report:
    """P8: as many due among many as among few."""
    due, many = scale.size(DUE, 10), scale.size(1_000_000, 200)
    lines: list[Line] = []
    notes: list[str] = []
    for name, limit in (("SQLite", 4.0), ("PostgreSQL", 1.5)):
        async with AsyncExitStack() as stack:
            ticks: dict[str, Side] = {}
            grown = {}
            for amount in (due, many):
                before = _resident()
                opening = _sqlite if name == "SQLite" else _postgres
                store, count = await stack.enter_async_context(opening(folder, amount, amount // due))
                ticks |= _ticks(store, count, amount, amount // due, due)
                await ticks[f"idle {amount}"](0)
                grown[amount] = _resident() - before
            costs = await interleaved(ticks, scale.rounds)
        for what, side, aim in (("one of the due", "fired", limit), ("an idle tick", "idle", 1.5)):
            ours, base = costs[f"{side} {many}"], costs[f"{side} {due}"]
            wanted = (Aim.AT_MOST, aim)
            lines.append(
                Line(
                    "P8",
                    f"{name}: {what} among {many:,}",
                    shown(ours),
                    f"{shown(base)} among {due:,}",
                    ratio(ours, base),
                    wanted,
                )
            )
        if name == "SQLite":
            extra = (grown[many] - grown[due]) / (many - due)
            notes.append(
                f"P8 memory: {extra:.1f} bytes a schedule in the process ({many:,} against {due:,}, after a"
                " tick; SQLite's page cache, which has a bound)."
            )
    notes.append(
        f"P8: {due:,} due in each tick, spread over the whole table; an idle tick is held to 1.5 as 'flat'."
    )
    return Report(lines, notes)


def _ticks(store: Store, count: Count, amount: int, groups: int, due: int) -> dict[str, Side]:
    """A round in which some are due, whose cost is that of one, and a round in which none is."""
    clock = FakeClock(SCHEDULES)
    ports = ports_over(store, clock)

    async def fired(number: int) -> float:
        clock.at = SCHEDULES + (_DAY * number if groups == 1 else _MINUTE * number)
        before = count()
        began = perf_counter()
        await asking.advance(ports)
        cost = perf_counter() - began
        assert count() - before == due, "none missed, none twice"
        return cost / due

    async def idle(_: int) -> float:
        clock.at = SCHEDULES - _MINUTE
        began = perf_counter()
        for _ in range(50):
            await asking.advance(ports)
        return (perf_counter() - began) / 50

    return {f"fired {amount}": fired, f"idle {amount}": idle}


@asynccontextmanager
async def _sqlite(folder: Path, amount: int, groups: int) -> AsyncIterator[tuple[Store, Count]]:
    file = folder / f"{amount}.sqlite"
    async with opened_sqlite(file, OWNER) as store:
        yield store, _filled_sqlite(file, amount, groups)


def _filled_sqlite(file: Path, amount: int, groups: int) -> Count:
    def query(statement: str) -> list[Any]:
        with closing(driver.connect(file)) as connection:
            found: list[Any] = connection.execute(statement).fetchall()
            return found

    fill(
        query,
        amount,
        groups,
        "(WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM r WHERE i<{last}) SELECT i FROM r)",
    )
    return lambda: int(query("SELECT COUNT(*) FROM occurrence WHERE state = 'pending'")[0][0])


@asynccontextmanager
async def _postgres(folder: Path, amount: int, groups: int) -> AsyncIterator[tuple[Store, Count]]:
    del folder
    server = PostgresServer({"fsync": "on"})
    try:
        url = server.url(server.migrated_database())

        def query(statement: str) -> list[Any]:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(statement.encode())
                return cursor.fetchall() if cursor.description else []

        fill(query, amount, groups, "(SELECT generate_series(0::bigint, {last}) AS i)")
        query("VACUUM (ANALYZE) schedule")  # as the server does by itself some time after so many rows
        async with opened_postgres(url, OWNER) as store:
            yield store, lambda: int(query("SELECT COUNT(*) FROM occurrence WHERE state = 'pending'")[0][0])
    finally:
        server.remove()


def _resident() -> int:
    """Bytes of memory that this process has; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * 4096
