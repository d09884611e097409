"""P14: the start of `practice-bot run` until it serves, and its memory, beside a script with the same libraries."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown

HELLO = """
import asyncio, sys
import aiosqlite
from apscheduler.schedulers.asyncio import AsyncIOScheduler

async def hello():
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    async with aiosqlite.connect(sys.argv[1]) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("CREATE TABLE IF NOT EXISTS hello (id INTEGER)")
        print("hello", flush=True)
        await asyncio.Event().wait()

asyncio.run(hello())
"""
OURS = "import aiosql, filelock, pydantic, pydantic_settings, pysqlite3, typer, tzlocal, wcwidth, yaml\n"
BASES = {
    "same": ("hello with the same libraries", OURS + HELLO),
    "aim": ("hello of the aim, as far as it goes", HELLO),
}
NOTE = (
    "P14: local platform only; the database is there already (the very first start also migrates it). The first hello"
    " imports what the program does, opens a SQLite file, and reads no packs. The aim means a hello with discord.py,"
    " slack-bolt, aiosqlite, APScheduler and fsrs beside a program that serves both platforms. Nothing of Discord,"
    " Slack or fsrs is in this version, so the second hello has aiosqlite and APScheduler alone, and the part about"
    " one platform alone (<= 1.15) cannot be measured."
)


async def measure(scale: Scale) -> Report:
    """The figures about starting."""
    memory: dict[str, list[float]] = {name: [] for name in ("bot", *BASES)}
    with own_folder() as folder:

        def side(name: str, command: Sequence[str], last: str) -> Side:
            async def one_round(_: int) -> float:
                seconds, peak = _start((sys.executable, *command), last)
                memory[name].append(peak)
                return seconds

            return one_round

        sides = {"bot": side("bot", ("-m", "bot", "run", "--data", str(folder / "data")), "health")}
        for name, (_, program) in BASES.items():
            sides[name] = side(name, ("-c", program, str(folder / f"{name}.sqlite")), "hello")
        costs = await interleaved(sides, scale.rounds * 2)
    return Report(list(_lines(costs, memory)), [NOTE])


def _lines(costs: dict[str, list[float]], memory: dict[str, list[float]]) -> Iterator[Line]:
    for name, (base, _) in BASES.items():
        for what, found, write in (("start until it serves", costs, shown), ("  memory, peak", memory, _mib)):
            theirs = f"{write(found[name])} {base}"
            yield Line(
                "P14", what, write(found["bot"]), theirs, ratio(found["bot"], found[name]), (Aim.AT_MOST, 1.1)
            )


def _start(command: Sequence[str], last: str) -> tuple[float, float]:
    """Seconds until a program has said the line that begins with `last`, and the most memory it had, in bytes."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRACTICE_BOT_")}
    environment["PRACTICE_BOT_PAGE__PORT"] = "0"  # the aim is the bot without the local page
    began = perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as program:
        assert program.stdout is not None
        while not (line := program.stdout.readline()).startswith(last):
            if not line:
                raise RuntimeError(f"{' '.join(command[1:4])} ended before it served")
        seconds = perf_counter() - began
        peak = _peak(program.pid)
        program.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            program.wait(20)
        program.kill()
    return seconds, peak


def _peak(pid: int) -> float:
    """The process's own peak of resident memory, in bytes, as Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) * 1024


def _mib(sizes: list[float]) -> str:
    return f"{sorted(sizes)[len(sizes) // 2] / 2**20:.1f} MiB"
