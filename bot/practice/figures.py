"""The figures of reviews that others work out for us: agreement of two scorers, and strengths of answers by votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MOST_PAIRS = 10_000
"""How many pairs of scores, or votes, one call may bring."""

MOST_ITEMS = 200
"""How many items one call may rank."""


class Figures(Protocol):
    """Works figures out, away from the event loop. Equal input, in whatever order, gives equal output."""

    async def agreement(self, pairs: Sequence[tuple[int, int]]) -> float | None:
        """How far two scorers agree on what both scored: Cohen's kappa with quadratic weights, -1 to 1.

        1 is full agreement, 0 what chance alone would give. None where kappa is not defined: without pairs, and
        when all scores of both are one and the same.

        Raises ValueError for a score that is none of reviews.SCORES, and for more than MOST_PAIRS pairs.
        """
        ...

    async def strengths(self, count: int, wins: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """How strong each of the items 0 to `count` - 1 is, by votes (winner, loser): the Bradley-Terry model.

        Strengths are log odds about a mean of 0: an item beats one that is d weaker with 1 / (1 + exp(-d)). Each has
        a normal prior with deviation 1, so that they are defined for any votes: an item without votes has 0, one vote
        alone means odds of about 2 to 1, and one who won 9 of 10 is ahead of one who won 3 of 3. Each vote counts, a
        second one like it too. They are given to five decimals, so that what votes make even is even.

        Raises ValueError for more than MOST_ITEMS items or MOST_PAIRS votes, for a vote on no item of these, and for
        an item against itself.
        """
        ...


@dataclass(frozen=True, slots=True)
class NoFigures:
    """Stands where nobody gave figures: no agreement is defined, and all items are even."""

    async def agreement(self, pairs: Sequence[tuple[int, int]]) -> float | None:  # noqa: ARG002 - whatever they are
        """None, as without pairs."""
        return None

    async def strengths(self, count: int, wins: Sequence[tuple[int, int]]) -> tuple[float, ...]:  # noqa: ARG002
        """All 0, as without votes."""
        return (0.0,) * count
