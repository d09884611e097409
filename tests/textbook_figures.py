"""Kappa and Bradley-Terry strengths as textbooks define them, in plain Python, for tests to compare with."""

import math
from collections.abc import Sequence
from itertools import permutations

Pairs = list[tuple[int, int]]


def textbook_kappa(pairs: Pairs) -> float | None:
    """1 - (weighted disagreement observed) / (weighted disagreement expected of independent scorers)."""
    scores = range(1, 6)
    observed = [[pairs.count((row, column)) / len(pairs) for column in scores] for row in scores]
    ours = [sum(row) for row in observed]
    theirs: list[float] = [sum(column) for column in zip(*observed, strict=True)]
    cells = [(row, column, (row - column) ** 2 / 16) for row in range(5) for column in range(5)]
    expected = sum(weight * ours[row] * theirs[column] for row, column, weight in cells)
    if expected == 0:
        return None
    return 1 - sum(weight * observed[row][column] for row, column, weight in cells) / expected


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination; enough for a positive definite matrix."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for pivot, row in enumerate(rows):
        for below in rows[pivot + 1 :]:
            factor = below[pivot] / row[pivot]
            below[:] = [value - factor * above for value, above in zip(below, row, strict=True)]
    solution = [0.0] * len(rows)
    for index in reversed(range(len(rows))):
        known = sum(rows[index][later] * solution[later] for later in range(index + 1, len(rows)))
        solution[index] = (rows[index][-1] - known) / rows[index][index]
    return solution


def uphill(strengths: Sequence[float], wins: Pairs) -> list[float]:
    """The gradient of the log-posterior: the sum of log(1 / (1 + exp(loser - winner))) - strength**2 / 2."""
    slope = [-strength for strength in strengths]
    for winner, loser in wins:
        upset = 1 / (1 + math.exp(strengths[winner] - strengths[loser]))
        slope[winner] += upset
        slope[loser] -= upset
    return slope


def textbook_strengths(count: int, wins: Pairs) -> list[float]:
    """The maximum of the log-posterior, by Newton's method with half steps while the slope does not fall."""
    at = [0.0] * count
    slope = uphill(at, wins)
    while max(map(abs, slope)) > 1e-10:
        curvature = [[float(row == column) for column in range(count)] for row in range(count)]
        for winner, loser in wins:
            bend = 1 / (2 + 2 * math.cosh(at[winner] - at[loser]))
            for row, column in permutations((winner, loser)):
                curvature[row][row] += bend
                curvature[row][column] -= bend
        step = solved(curvature, slope)
        size = 1.0
        while True:
            there = [place + size * move for place, move in zip(at, step, strict=True)]
            if math.hypot(*uphill(there, wins)) < math.hypot(*slope):
                break
            size /= 2
        at, slope = there, uphill(there, wins)
    return at
