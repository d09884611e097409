"""P9: four instances on one PostgreSQL post what is due, beside one alone; none of it twice."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown
from bot.domain.places import Thread
from bot.domain.rounds import Round
from bot.practice import asking, recovery
from bot.practice.ports import Ports, Rules
from bot.store.postgres import opened as opened_postgres
from tests.postgres_server import PostgresServer
from tests.practice.group import bank
from tests.scenarios.posting_process import FileChat, MachineClock, OwnIds, is_done, plan

INSTANCES = 4
SLOW = 0.1
"""Seconds that a platform takes for a post, and again for its thread."""
BETWEEN_RINGS = 0.02


class AnsweringChat(FileChat):
    """A platform that takes so many seconds for each call; what was posted stands in the file."""

    def __init__(self, platform: Path, seconds: float) -> None:
        super().__init__(platform)
        self._lines = os.open(platform, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._seconds = seconds

    async def post(self, round_: Round, late: bool) -> str:  # noqa: ARG002 - as the port has it
        """Write a line."""
        await asyncio.sleep(self._seconds)
        message = f"message-{round_.id}"
        line = json.dumps({"marker": round_.id, "channel": round_.channel.id, "message": message})
        os.write(self._lines, f"{line}\n".encode())
        return message

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """As long as a post."""
        await asyncio.sleep(self._seconds)
        return await super().open_thread(round_, message)


@dataclass(frozen=True, slots=True)
class Task:
    """What an instance is to do: post all that is due in a database, and write it down."""

    url: str
    platform: str
    owner: str
    seconds: float


class Instance:
    """A process that does one task after the other."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._process, self._in, self._out = process, process.stdin, process.stdout

    def tell(self, line: str) -> None:
        """Give it a line."""
        self._in.write(f"{line}\n".encode())

    async def said(self, word: str) -> None:
        """Wait until it says a word."""
        assert await self._out.readline() == f"{word}\n".encode()

    async def end(self) -> None:
        """Let it end; see to it that it does."""
        self._in.close()
        try:
            async with asyncio.timeout(10):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


async def measure(scale: Scale) -> Report:
    """The figure about instances."""
    amount = scale.size(600, 10)
    server = PostgresServer({"fsync": "on"})
    instances: list[Instance] = []
    try:
        with own_folder() as folder:
            instances += [await _started() for _ in range(INSTANCES)]
            sides: dict[str, Side] = {
                f"{pace} {many}": partial(_posted, server, folder, amount, instances[:many], seconds)
                for pace, seconds in (("slow", SLOW), ("at once", 0.0))
                for many in (1, INSTANCES)
            }
            costs = await interleaved(sides, scale.rounds)
    finally:
        for each in instances:
            await each.end()
        server.remove()
    paces = {
        "slow": f"{amount:,} questions, {INSTANCES} instances",
        "at once": "  a chat that answers at once",
    }
    lines = [_line(what, costs[f"{pace} 1"], costs[f"{pace} {INSTANCES}"]) for pace, what in paces.items()]
    times = (scale.rounds + 1) * len(costs)
    note = (
        f"P9: {times} times {amount:,} questions due at once, each posted once by one of the processes: none twice,"
        f" none lost. PostgreSQL 18 with fsync on; the chat takes {SLOW * 1000:.0f} ms for a prompt and as much for"
        f" its thread, and each instance has {asking.POST_AT_ONCE} on their way at once. Ratio: throughput."
    )
    return Report(lines, [note])


def _line(what: str, one: list[float], many: list[float]) -> Line:
    is_scale = what.startswith(" ")
    aim = None if is_scale else (Aim.AT_LEAST, 1.2)
    return Line(
        "" if is_scale else "P9", what, shown(many), f"{shown(one)} one instance", ratio(one, many), aim
    )


async def _started() -> Instance:
    pipe = subprocess.PIPE
    command = (sys.executable, "-m", "benchmarks.instances")
    return Instance(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))


async def _posted(
    server: PostgresServer,
    folder: Path,
    amount: int,
    instances: Sequence[Instance],
    seconds: float,
    number: int,
) -> float:
    """Seconds from the go until all instances find that nothing waits any more."""
    name = server.migrated_database()
    url, platform = server.url(name), folder / f"{len(instances)}-{seconds}-{number}"
    async with opened_postgres(url, "planner") as store:
        await plan(store, amount)
    for index, each in enumerate(instances):
        each.tell(json.dumps(asdict(Task(url, str(platform), f"i{index}", seconds))))
    for each in instances:
        await each.said("ready")
    began = perf_counter()
    for each in instances:
        each.tell("go")
    for each in instances:
        await each.said("done")
    took = perf_counter() - began
    markers = [json.loads(line)["marker"] for line in platform.read_text().splitlines()]
    assert len(markers) == len(set(markers)) == amount, "none twice, none lost"
    posted = server.execute(
        "SELECT count(*) FROM round WHERE posting = 'posted' AND thread IS NOT NULL", name
    )
    assert posted == [(amount,)]
    server.drop(name)
    return took


async def _work() -> None:
    """Do the tasks that come in, until no more do."""
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # a transaction that is run again is no news
    while line := await asyncio.to_thread(sys.stdin.readline):
        await _post(Task(**json.loads(line)))


async def _post(task: Task) -> None:
    """Ring, as the timer does, until nothing waits."""
    async with opened_postgres(task.url, task.owner) as store:
        chat = AnsweringChat(Path(task.platform), task.seconds)
        ids, owner = OwnIds(task.owner), task.owner
        ports = Ports(chat, store, MachineClock(), ids, bank(), Rules("UTC"), owner)
        _say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        while True:
            await asking.post_due(ports)
            await recovery.settle(ports)
            if await is_done(store):
                break
            await asyncio.sleep(BETWEEN_RINGS)
        _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_work())
