"""A process that acknowledges answers is killed; whatever it acknowledged must be there."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from benchmarks.world import OWNER, days_for, instant, opens_rounds, ports_over, reply
from bot.practice import answering
from bot.store.sqlite import opened
from tests.fakes import FakeClock

AT_ONCE = 64
MOST = 200_000


def kill_while_answering(folder: Path, after: int) -> tuple[int, int]:
    """Kill a child once it has acknowledged so many answers; gives how many it acknowledged, and how many are lost."""
    folder.mkdir()
    command = (sys.executable, "-m", "benchmarks.killing", str(folder))
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:  # noqa: S603 - our own module
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(after)]
        child.kill()
        told += child.stdout.read().splitlines(keepends=True)
    acknowledged = {line.decode().strip() for line in told if line.endswith(b"\n")}
    with closing(sqlite3.connect(folder / "killed.sqlite")) as connection:
        kept = {row[0] for row in connection.execute("SELECT message FROM answer")}
    return len(acknowledged), len(acknowledged - kept)


async def _acknowledge(folder: Path) -> None:
    """Answer, many at once, and write down each message's id when the use case has returned."""
    async with opened(folder / "killed.sqlite", OWNER) as store:
        await store.write(opens_rounds(days_for(MOST)))
        clock = FakeClock()
        ports = ports_over(store, clock)

        async def one(number: int) -> None:
            await answering.receive(ports, reply(number))
            os.write(1, f"{reply(number).message}\n".encode())

        for first in range(0, MOST, AT_ONCE):
            clock.at = instant(first)
            await asyncio.gather(*(one(number) for number in range(first, first + AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(_acknowledge(Path(sys.argv[1])))
