"""The benchmarks run and print ratios; what the figures are is not asserted, and no time is."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import SUBJECTS
from benchmarks.measuring import Aim, Line, interleaved, ratio

ROOT = Path(__file__).resolve().parents[1]


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_prints_a_ratio_beside_each_aim(subject: str) -> None:
    ran = bench(SUBJECTS[subject][0], "--quick")
    assert ran.returncode == 0, ran.stderr
    for name in SUBJECTS[subject]:
        found = re.search(
            rf"^{name} .* [0-9.e+-]+ +(?:>=|<=) [0-9.]+ +(?:met|MISSED)$", ran.stdout, re.MULTILINE
        )
        assert found, ran.stdout


def test_no_answer_that_was_acknowledged_is_lost_by_kill_9() -> None:
    ran = bench("P1", "--quick")
    told = re.search(r"(\d+) answers acknowledged in 3 killed processes, (\d+) of them lost", ran.stdout)
    assert told is not None, ran.stdout + ran.stderr
    assert int(told[1]) >= 3
    assert told[2] == "0"


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    ran = bench("P99")
    assert ran.returncode == 2
    assert "there is no P99; there are P1, P2, P3" in ran.stderr


def test_each_side_runs_once_a_round_and_the_first_round_is_not_counted() -> None:
    order: list[str] = []

    async def side(name: str, number: int) -> float:
        order.append(name)
        return float(number)

    sides = {name: lambda number, name=name: side(name, number) for name in "ab"}
    costs = asyncio.run(interleaved(sides, 3))
    assert costs == {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}
    assert order == ["a", "b", "b", "a", "a", "b", "b", "a"]


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    assert ratio([2.0, 8.0, 100.0], [1.0, 2.0, 1.0]) == 4.0


@pytest.mark.parametrize(
    ("aim", "measured", "verdict"),
    [
        ((Aim.AT_LEAST, 0.5), 0.5, "met"),
        ((Aim.AT_LEAST, 0.5), 0.49, "MISSED"),
        ((Aim.AT_MOST, 1.5), 1.5, "met"),
        ((Aim.AT_MOST, 1.5), 1.51, "MISSED"),
        (None, 9.0, ""),
    ],
)
def test_an_aim_is_met_on_its_own_side(aim: tuple[Aim, float] | None, measured: float, verdict: str) -> None:
    assert Line("P0", "what", "1 s", "1 s", measured, aim).verdict == verdict
