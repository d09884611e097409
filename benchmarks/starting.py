"""P14: the start of `practice-bot run` until it serves, and its memory, beside scripts with the same libraries."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown

HELLO = """
import asyncio, sys
import aiosqlite
from apscheduler.schedulers.asyncio import AsyncIOScheduler

async def hello():
    made = make()
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    async with aiosqlite.connect(sys.argv[1]) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("CREATE TABLE IF NOT EXISTS hello (id INTEGER)")
        print("hello", flush=True)
        await asyncio.Event().wait()

asyncio.run(hello())
"""
DISCORD = """
import discord

def make_discord():
    return discord.AutoShardedClient(intents=discord.Intents.default())
"""
SLACK = """
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

def make_slack():
    return AsyncSocketModeHandler(AsyncApp(token="xoxb-1"), "xapp-1")
"""
OURS = "import aiohttp.web, aiosql, filelock, pydantic, pydantic_settings, pysqlite3, typer, tzlocal, wcwidth, yaml\n"
BOTH = DISCORD + SLACK + "make = lambda: (make_discord(), make_slack())\n"
HELLOS = {
    "both": BOTH + HELLO,
    "both, same": OURS + BOTH + HELLO,
    "discord": DISCORD + "make = make_discord\n" + HELLO,
    "slack": SLACK + "make = make_slack\n" + HELLO,
}
NOWHERE = "127.0.0.1:9"
"""Where nobody listens: the platforms are set up in full, and try to log in in vain."""
DISCORDS_SETTINGS = {
    "DISCORD_TOKEN": "MTIwMDAwMDAwMDAwMDAwMDAw.GaBcDe.ofNobodyAtAllForTheBenchmarkOnly",
    "DISCORD_API_BASE": f"http://{NOWHERE}/api/v10",
    "DISCORD_GATEWAY": f"ws://{NOWHERE}",
}
SLACKS_SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-1-of-nobody",
    "SLACK_APP_TOKEN": "xapp-1-of-nobody",
    "SLACK_API_BASE": f"http://{NOWHERE}/api/",
}
ALONE = {"PRACTICE_BOT_LOCAL__ENABLED": "false"}
BOTS: dict[str, Mapping[str, str]] = {
    "both": DISCORDS_SETTINGS | SLACKS_SETTINGS,
    "discord": DISCORDS_SETTINGS | ALONE,
    "slack": SLACKS_SETTINGS | ALONE,
}
LINES: tuple[tuple[str, str, str, str, str, float | None], ...] = (
    ("P14", "whole bot", "both", "both", "hello of both platforms", 1.1),
    ("", "  for scale", "both", "both, same", "with the bot's other libraries too", None),
    ("P14", "Discord alone", "discord", "discord", "its hello", 1.15),
    ("P14", "Slack alone", "slack", "slack", "its hello", 1.15),
)
NOTE = (
    "P14: without the page; the database is there already (the very first start also migrates it), and nobody answers"
    " at the platforms' addresses. The hellos import and make a client of discord.py and of Bolt with Socket Mode,"
    " start APScheduler and open a SQLite file; the aim's fsrs is not in this version. The second one imports what else"
    " the bot does, but reads no packs."
)


async def measure(scale: Scale) -> Report:
    """The figures about starting."""
    memory: dict[str, list[float]] = {}
    with own_folder() as folder:

        def side(name: str, command: Sequence[str], last: str, told: Mapping[str, str]) -> Side:
            async def one_round(_: int) -> float:
                seconds, peak = _start((sys.executable, *command), last, told)
                memory.setdefault(name, []).append(peak)
                return seconds

            return one_round

        sides: dict[str, Side] = {}
        for name, told in BOTS.items():
            command: tuple[str, ...] = ("-m", "bot", "run", "--data", str(folder / name))
            sides[f"bot {name}"] = side(f"bot {name}", command, "health", told)
        for name, program in HELLOS.items():
            command = ("-c", program, str(folder / f"{name}.sqlite"))
            sides[f"hello {name}"] = side(f"hello {name}", command, "hello", {})
        costs = await interleaved(sides, scale.rounds)
    return Report(list(_lines(costs, memory)), [NOTE])


def _lines(costs: dict[str, list[float]], memory: dict[str, list[float]]) -> Iterator[Line]:
    for name, what, bot, hello, base, limit in LINES:
        aim = None if limit is None else (Aim.AT_MOST, limit)
        for which, found, write in (("start until it serves", costs, shown), ("memory, peak", memory, mib)):
            ours, theirs = found[f"bot {bot}"], found[f"hello {hello}"]
            yield Line(
                name, f"{what}: {which}", write(ours), f"{write(theirs)} {base}", ratio(ours, theirs), aim
            )


def _start(command: Sequence[str], last: str, told: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until a program has said the line that begins with `last`, and the most memory it had, in bytes."""
    others = ("PRACTICE_BOT_", "DISCORD_", "SLACK_")
    own = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    environment = {**own, **told}
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


def mib(sizes: list[float]) -> str:
    """A size in bytes, its median over the rounds."""
    return f"{sorted(sizes)[len(sizes) // 2] / 2**20:.1f} MiB"
