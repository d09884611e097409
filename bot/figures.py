"""Figures of reviews by scikit-learn and choix, which are loaded when the first figure is asked for."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.reviews import SCORES
from bot.practice.figures import MOST_ITEMS, MOST_PAIRS

PENALTY = 0.5
"""What choix adds to the objective for each squared strength: 1/2, as a normal prior with deviation 1 does."""

TOLERANCE = 1e-9
"""The mean step at which choix stops; what then differs between orders of the same items was below 1e-7."""

DECIMALS = 5
"""Far coarser than what the optimizer leaves, so that even items come out even; 1e-5 of log odds is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class LibraryFigures:
    """The Figures port, by published libraries in a worker thread.

    One figure at a time: the libraries hold the interpreter most of the while, and scipy changes the warning filters
    of the whole process for a moment, which two threads must not do at once.
    """

    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def agreement(self, pairs: Sequence[tuple[int, int]]) -> float | None:
        """See Figures.agreement."""
        _few_enough(pairs, MOST_PAIRS, "pairs")
        if any(score not in SCORES for pair in pairs for score in pair):
            raise ValueError(f"scores are {SCORES[0]} to {SCORES[-1]}")
        if len({score for pair in pairs for score in pair}) < 2:
            return None  # nothing can differ, neither here nor by chance: 0/0, of which scikit-learn warns
        async with self._turn:
            return await asyncio.to_thread(quadratic_kappa, pairs)

    async def strengths(self, count: int, wins: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """See Figures.strengths."""
        items = range(count)
        _few_enough(items, MOST_ITEMS, "items")
        _few_enough(wins, MOST_PAIRS, "votes")
        if any(winner == loser or winner not in items or loser not in items for winner, loser in wins):
            raise ValueError("a vote is on two different items of those that there are")
        if not wins:
            return (0.0,) * count
        async with self._turn:
            return await asyncio.to_thread(bradley_terry, count, wins)


def quadratic_kappa(pairs: Iterable[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights of pairs of scores that are not all the same."""
    # Costs a second and 110 MB, and a part of it alone would cost no less.
    from sklearn.metrics import cohen_kappa_score

    ours, theirs = zip(*pairs, strict=True)
    return float(cohen_kappa_score(ours, theirs, labels=list(SCORES), weights="quadratic"))


def bradley_terry(count: int, wins: Iterable[tuple[int, int]]) -> tuple[float, ...]:
    """Bradley-Terry strengths of `count` items by votes (winner, loser) among them.

    Of choix's ways this one maximizes a penalized likelihood that has exactly one maximum whatever the votes are, by
    Newton's method with a line search; ilsr_pairwise and mm_pairwise give up on long chains of one-sided votes.
    """
    # Brings numpy and scipy, most of what scikit-learn costs; whichever of the two is second costs little more.
    from choix import opt_pairwise

    # Sorted, so that the sums are the same to the last bit in whatever order the votes come.
    strengths = opt_pairwise(count, sorted(wins), alpha=PENALTY, method="Newton-CG", tol=TOLERANCE)
    return tuple(round(strength, DECIMALS) + 0.0 for strength in strengths.tolist())  # + 0.0: no -0.0


def _few_enough(things: Sequence[object], most: int, name: str) -> None:
    if len(things) > most:
        raise ValueError(f"at most {most} {name}, not {len(things)}")
