"""Two sides of one figure, measured in turn in one run, so that a slow moment of the machine meets both."""

import gc
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import median
from time import perf_counter

Side = Callable[[int], Awaitable[float]]
"""Runs one round, whose number it is given, and gives its cost; the lower, the better."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: `rounds` of each side, and `size(n)` for anything that can be smaller."""

    rounds: int
    divisor: int

    def size(self, full: int, least: int = 8) -> int:
        """How many of what is `full` in a whole run."""
        return max(full // self.divisor, min(full, least))


FULL = Scale(rounds=5, divisor=1)
QUICK = Scale(rounds=2, divisor=100)
"""For a smoke test: the figures mean nothing."""


class Aim(Enum):
    """Which side of its aim a ratio has to be on."""

    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a ratio of two measured sides beside its aim, or without one, for scale."""

    name: str
    what: str
    ours: str
    base: str
    ratio: float
    aim: tuple[Aim, float] | None = None

    @property
    def wanted(self) -> str:
        """The aim in writing."""
        return "" if self.aim is None else f"{self.aim[0].value} {self.aim[1]:g}"

    @property
    def verdict(self) -> str:
        """Whether the aim is met."""
        if self.aim is None:
            return ""
        which, limit = self.aim
        return "met" if (self.ratio >= limit if which is Aim.AT_LEAST else self.ratio <= limit) else "MISSED"


@dataclass(frozen=True, slots=True)
class Report:
    """What one subject has to show: lines of the table, and what has to be said about them."""

    lines: list[Line]
    notes: list[str]


async def interleaved(sides: Mapping[str, Side], rounds: int) -> dict[str, list[float]]:
    """Run every side once a round, each round beginning with another one, after one round that is not counted."""
    names = list(sides)
    costs: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            gc.collect()
            cost = await sides[name](number)
            if number:
                costs[name].append(cost)
    return costs


def ratio(over: list[float], under: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return median(a / b for a, b in zip(over, under, strict=True))


async def seconds_each(action: Callable[[], Awaitable[object]], times: int) -> float:
    """How long an action takes when it is awaited so many times, one after the other."""
    began = perf_counter()
    for _ in range(times):
        await action()
    return (perf_counter() - began) / times


def shown(costs: list[float]) -> str:
    """A cost in seconds, its median over the rounds, in a unit that people read."""
    middle = median(costs)
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if middle >= size:
            return f"{middle / size:.3g} {unit}"
    return f"{middle / 1e-6:.3g} µs"


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder on the disk that the program would use, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pb-bench-") as name:
        yield Path(name)
