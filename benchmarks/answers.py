"""P1, P2 and P3: a reply becomes an answer with all its effects, and is on disk when its author is told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from sqlite3 import sqlite_version
from time import perf_counter
from typing import TypeVar

from benchmarks.killing import kill_while_answering
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown
from benchmarks.replaying import BareSqlite, Committed, RecordingStore, Said
from benchmarks.world import OWNER, days_for, instant, opens_rounds, ports_over, reply
from bot.domain.rounds import Reply
from bot.practice import answering
from bot.practice.ports import Ports, Store
from bot.practice.records import Transaction
from bot.store import driver
from bot.store.postgres import opened as opened_postgres
from bot.store.sqlite import opened as opened_sqlite
from tests.fakes import FakeClock
from tests.postgres_server import PostgresServer

T = TypeVar("T")

ONE, SOME, MANY = 1, 16, 256
BASE = "stdlib sqlite3, one commit each"


class UntilCommitted:
    """A store on which a use case ends at its first read after the commit, so that only the commit is measured."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write to the real store."""
        return await self._store.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:  # noqa: ARG002 - nothing is read
        """End the use case."""
        raise Committed


class Answerers:
    """A store that is given replies nobody gave it before, so many at a time."""

    def __init__(self, ports: Ports, clock: FakeClock, replies: int) -> None:
        self._ports = ports
        self._clock = clock
        self._replies = replies
        self._next = 0

    def side(self, at_once: int) -> Side:
        """A round of replies, `at_once` of them waiting together; its cost is the seconds for one."""

        async def one_round(_: int) -> float:
            amount = max(self._replies, at_once)
            numbers = range(self._next, self._next + amount)
            self._next = numbers.stop
            replies = {number: reply(number) for number in numbers}
            began = perf_counter()
            for first in range(numbers.start, numbers.stop, at_once):
                batch = range(first, min(first + at_once, numbers.stop))
                self._clock.at = instant(batch[-1])
                if at_once == ONE:
                    await self._receive(replies[first])
                else:
                    await asyncio.gather(*(self._receive(replies[number]) for number in batch))
            return (perf_counter() - began) / amount

        return one_round

    async def _receive(self, one: Reply) -> None:
        with suppress(Committed):
            await answering.receive(self._ports, one)


async def measure(scale: Scale) -> Report:
    """Every figure about answers."""
    with own_folder() as folder:
        async with _sides(folder, scale) as (sides, statements):
            costs = await interleaved(sides, scale.rounds)
        kept = [kill_while_answering(folder / f"killed{n}", scale.size(3000, 40)) for n in range(3)]
    lines = list(_lines(costs))
    notes = [
        f"P1–P3 up to the durable commit: {statements} statements an answer; the acknowledgement's look at the"
        " streak is a read of its own and is in the line 'with the streak'.",
        f"P1–P3 base: Python's own sqlite3 {sqlite_version} (ours is {driver.library.sqlite_version}),"
        " the same statements with the same values, WAL and synchronous=FULL,"
        " on the same disk; PostgreSQL 18 with fsync on.",
        f"P2 kill -9: {sum(told for told, _ in kept)} answers acknowledged in {len(kept)} killed processes,"
        f" {sum(lost for _, lost in kept)} of them lost.",
    ]
    return Report(lines, notes)


def _lines(costs: dict[str, list[float]]) -> Iterator[Line]:
    for name, what, side, limit in (
        ("P1", "answer on disk, one at a time", "sqlite 1", 0.5),
        ("", "  with the streak", "sqlite streak", None),
        ("P2", "answers on disk, 256 at once", "sqlite 256", 7.0),
        ("", "  16 at once", "sqlite 16", None),
        ("", "  for scale: the base itself, 256 in a commit", "base 256", None),
        ("P3", "PostgreSQL, one at a time", "postgres 1", 0.45),
        ("P3", "PostgreSQL, 256 at once", "postgres 256", 5.0),
    ):
        aim = None if limit is None else (Aim.AT_LEAST, limit)
        ours, base = costs[side], costs["base"]
        yield Line(name, what, shown(ours), f"{shown(base)} {BASE}", ratio(base, ours), aim)


@asynccontextmanager
async def _sides(folder: Path, scale: Scale) -> AsyncIterator[tuple[dict[str, Side], int]]:
    """Every side with a store of its own, and how many statements an answer is."""
    amount = scale.size(600)
    rounds = scale.rounds + 1
    said = await _recorded(folder, amount * rounds)
    server = PostgresServer({"fsync": "on"})
    async with AsyncExitStack() as stack:
        stack.callback(server.remove)
        sides: dict[str, Side] = {}
        for name, at_once in (("base", ONE), ("base 256", MANY)):
            bare = stack.enter_context(
                closing(BareSqlite(folder / "empty.sqlite", folder / f"{name}.sqlite"))
            )
            sides[name] = _replaying(bare, said, amount, at_once)
        for name, at_once in (("1", ONE), ("16", SOME), ("256", MANY), ("streak", ONE)):
            store: Store = await stack.enter_async_context(opened_sqlite(folder / f"{name}.sqlite", OWNER))
            sides[f"sqlite {name}"] = await _answering(store, name != "streak", at_once, amount, rounds)
        for at_once in (ONE, MANY):
            url = server.url(server.migrated_database())
            store = await stack.enter_async_context(opened_postgres(url, f"{OWNER}-{at_once}"))
            sides[f"postgres {at_once}"] = await _answering(store, True, at_once, amount, rounds)
        yield sides, len(said[-1])


def _replaying(bare: BareSqlite, said: Sequence[list[Said]], amount: int, at_once: int) -> Side:
    async def one_round(number: int) -> float:
        return bare.replay(said[number * amount : (number + 1) * amount], at_once)

    return one_round


async def _answering(store: Store, cut: bool, at_once: int, amount: int, rounds: int) -> Side:
    amount = max(amount, at_once * 2)
    await store.write(opens_rounds(days_for(max(amount, at_once) * rounds)))
    clock = FakeClock()
    ports = ports_over(UntilCommitted(store) if cut else store, clock)
    return Answerers(ports, clock, amount).side(at_once)


async def _recorded(folder: Path, replies: int) -> Sequence[list[Said]]:
    """What each of so many answers says to the database; leaves `empty.sqlite` as all sides begin."""
    days = days_for(replies)
    async with opened_sqlite(folder / "empty.sqlite", OWNER) as store:
        await store.write(opens_rounds(days))
    async with opened_sqlite(folder / "recorded.sqlite", OWNER) as store:
        await store.write(opens_rounds(days))
    with closing(RecordingStore(folder / "recorded.sqlite")) as recording:
        clock = FakeClock()
        receiver = Answerers(ports_over(recording, clock), clock, replies)
        await receiver.side(ONE)(0)
        return recording.said
