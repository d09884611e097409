"""P10: the choice of a channel's next question, among many and among few."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown
from benchmarks.world import bank
from bot.domain.bank import Pool, pick
from bot.domain.questions import Filters

ASKED = 100
"""Questions that the channel had before, in both banks: that is what the cost may grow with."""


async def measure(scale: Scale) -> Report:
    """The figure about picking."""
    few, many = 200, scale.size(100_000, 400)
    with own_folder() as folder:
        sides: dict[str, Side] = {
            "few": _picking(few, scale.size(2000)),
            "many": _picking(many, scale.size(2000)),
            "random": _by_the_database(folder / "q.sqlite", many, scale.size(10, 2)),
        }
        costs = await interleaved(sides, scale.rounds)
    ours = shown(costs["many"])
    lines = [
        Line(
            "P10",
            f"pick among {many:,} questions",
            ours,
            f"{shown(costs['few'])} among {few}",
            ratio(costs["many"], costs["few"]),
            (Aim.AT_MOST, 1.5),
        ),
        Line(
            "",
            "  for scale",
            ours,
            f"{shown(costs['random'])} ORDER BY random() LIMIT 1 in SQLite",
            ratio(costs["many"], costs["random"]),
        ),
    ]
    return Report(lines, [f"P10: {ASKED} of the questions were asked in the channel before, in both banks."])


def _picking(size: int, times: int) -> Side:
    questions, filters = bank(size), Filters(track="backend", level="senior")

    async def one_round(number: int) -> float:
        asked = _asked(questions.pool(filters), number)
        began = perf_counter()
        for _ in range(times):
            pick(questions.pool(filters), asked, (), number)
        return (perf_counter() - began) / times

    return one_round


def _asked(pool: Pool, seed: int) -> dict[str, int]:
    """What a channel has had after so many picks."""
    asked: dict[str, int] = {}
    for _ in range(ASKED):
        asked[pick(pool, asked, (), seed).id] = 1
    return asked


def _by_the_database(file: Path, size: int, times: int) -> Side:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE question (id TEXT PRIMARY KEY, track TEXT, level TEXT)")
        rows = ((f"q{number}", "backend", "senior") for number in range(size))
        connection.executemany("INSERT INTO question VALUES (?, ?, ?)", rows)

    async def one_round(_: int) -> float:
        with closing(sqlite3.connect(file)) as connection:
            began = perf_counter()
            for _ in range(times):
                found = connection.execute(
                    "SELECT id FROM question WHERE track = 'backend' AND level = 'senior'"
                    " ORDER BY random() LIMIT 1"
                )
                found.fetchall()
            return (perf_counter() - began) / times

    return one_round
