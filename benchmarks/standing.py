"""P11 and P12: the streak of a member with a long history, and the board of a large group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

from benchmarks.filling import fill_history, fill_tallies
from benchmarks.measuring import (
    Aim,
    Line,
    Report,
    Scale,
    Side,
    interleaved,
    own_folder,
    ratio,
    seconds_each,
    shown,
)
from benchmarks.world import GROUP, MEMBERS, OWNER, opens_rounds, ports_over, reply
from bot.domain.places import Member
from bot.practice import answering
from bot.practice.ports import Ports
from bot.practice.standing import CHECKPOINT_EVERY, board, streak_of
from bot.store import driver
from bot.store.sqlite import opened
from tests.fakes import START, FakeClock

VETERAN, NEWCOMER, LATECOMER = (Member(GROUP, f"u{number}") for number in range(3))
MONTH = f"{START:%Y-%m}"
TOP = 10


async def measure(scale: Scale) -> Report:
    """Every figure about standing."""
    answers, dates = scale.size(100_000, 300), scale.size(3_000, 100)
    members = scale.size(1_000_000, 1_000)
    times = scale.size(500)
    with own_folder() as folder:
        async with _history(folder / "history.sqlite", answers, dates) as ports:
            fresh = await interleaved(_streaks(ports, NEWCOMER, times), scale.rounds)
            await _practice_on(ports)
            own = await streak_of(ports, VETERAN)
            oldest = await interleaved(_streaks(ports, LATECOMER, times), scale.rounds)
        async with _crowd(folder / "crowd.sqlite", members) as ports:
            tops = await interleaved(_tops(ports, times), scale.rounds)
    days = CHECKPOINT_EVERY.days
    lines = [
        _streak_line(f"streak after {answers:,} answers", fresh),
        _streak_line(f"  at worst, {days - 1} days later", oldest),
        *_top_lines(tops, members),
    ]
    notes = [
        f"P11: {answers:,} answers on {dates:,} dates and then one a day, a streak of {own.length} in the end; the"
        f" checkpoint was made by the program, and is as old as it gets {days - 1} days later.",
        "P12: the point read is `tx.round`, a row by its key, in a read transaction of its own, as is `tx.board`.",
    ]
    return Report(lines, notes)


def _streaks(ports: Ports, newcomer: Member, times: int) -> dict[str, Side]:
    return {
        "many": lambda _: seconds_each(lambda: streak_of(ports, VETERAN), times),
        "one": lambda _: seconds_each(lambda: streak_of(ports, newcomer), times),
    }


def _streak_line(what: str, costs: dict[str, list[float]]) -> Line:
    base = f"{shown(costs['one'])} streak after one answer"
    many, one = costs["many"], costs["one"]
    return Line("P11", what, shown(many), base, ratio(many, one), (Aim.AT_MOST, 1.2))


def _tops(ports: Ports, times: int) -> dict[str, Side]:
    store = ports.store
    return {
        "board": lambda _: seconds_each(lambda: store.read(lambda tx: tx.board(GROUP, MONTH, TOP)), times),
        "use case": lambda _: seconds_each(lambda: board(ports, NEWCOMER), times),
        "point": lambda _: seconds_each(lambda: store.read(lambda tx: tx.round(GROUP, "r0")), times),
    }


def _top_lines(tops: dict[str, list[float]], members: int) -> list[Line]:
    base = f"{shown(tops['point'])} indexed point read"
    return [
        Line(
            "P12",
            f"top {TOP} of {members:,} members",
            shown(tops["board"]),
            base,
            ratio(tops["board"], tops["point"]),
            (Aim.AT_MOST, 1.5),
        ),
        Line(
            "",
            "  all of /board, with own streak and line",
            shown(tops["use case"]),
            base,
            ratio(tops["use case"], tops["point"]),
        ),
    ]


@asynccontextmanager
async def _history(file: Path, answers: int, dates: int) -> AsyncIterator[Ports]:
    """Two members: one with a long history, one with none; both answer today."""
    async with opened(file, OWNER) as store:
        with closing(driver.connect(file)) as connection:
            fill_history(lambda statement: connection.execute(statement).fetchall(), VETERAN, answers, dates)
        ports = ports_over(store, FakeClock())
        await store.write(opens_rounds(CHECKPOINT_EVERY.days))
        for number in (0, 1):
            await _answer(ports, number)
        yield ports


async def _practice_on(ports: Ports) -> None:
    """Let the first member answer daily until a new checkpoint is due, and a third one on the last day."""
    days = CHECKPOINT_EVERY.days
    for day in range(1, days):
        await _answer(ports, day * MEMBERS)
    await _answer(ports, (days - 1) * MEMBERS + 2)


async def _answer(ports: Ports, number: int) -> None:
    said = reply(number)
    assert isinstance(ports.clock, FakeClock)
    ports.clock.at = said.at + timedelta(seconds=1)
    await answering.receive(ports, said)


@asynccontextmanager
async def _crowd(file: Path, members: int) -> AsyncIterator[Ports]:
    """A workspace with very many members on its board."""
    async with opened(file, OWNER) as store:
        with closing(driver.connect(file)) as connection:
            fill_tallies(lambda statement: connection.execute(statement).fetchall(), members, MONTH)
        ports = ports_over(store, FakeClock(START + timedelta(minutes=1)))
        await store.write(opens_rounds(1))
        await answering.receive(ports, reply(1))
        yield ports
