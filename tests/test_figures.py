"""Agreement and strengths are what the textbooks define, and what scikit-learn and choix say, on random cases."""

import asyncio
import math
import random
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations, islice

import choix
import pytest
from sklearn.metrics import cohen_kappa_score

from bot.figures import LibraryFigures
from bot.practice.figures import MOST_ITEMS, MOST_PAIRS, Figures, NoFigures
from tests.textbook_figures import Pairs, textbook_kappa, textbook_strengths, uphill

CASES = 1_000
CLOSE = 1e-5  # strengths are given to five decimals


@pytest.fixture
def figures() -> Figures:
    return LibraryFigures()


def some_scores(seed: int) -> Pairs:
    """Scores of two who agree more or less, or use few of the scores."""
    chance = random.Random(seed)
    lowest, highest = sorted(chance.choices(range(1, 6), k=2))
    share = chance.random()
    pairs = []
    for _ in range(chance.randint(1, 30)):
        ours = chance.randint(lowest, highest)
        pairs.append((ours, ours if chance.random() < share else chance.randint(lowest, highest)))
    return pairs


def some_votes(seed: int) -> tuple[int, Pairs]:
    """Votes on 2 to 7 items: sparse, dense, doubled, or always for the same of two."""
    chance = random.Random(seed)
    count = chance.randint(2, 7)
    hidden = [chance.gauss(0, chance.choice((0, 1, 4, 50))) for _ in range(count)]
    wins = []
    for _ in range(chance.randint(0, 25)):
        one, other = chance.sample(range(count), 2)
        odds = 1 / (1 + math.exp(max(-500, min(500, hidden[other] - hidden[one]))))
        wins.append((one, other) if chance.random() < odds else (other, one))
    return count, wins


def misplaced(ours: Sequence[float], theirs: Sequence[float]) -> Pairs:
    """Pairs of items that the two put in different orders, of those that differ by more than rounding."""
    return [
        (one, other)
        for one, other in combinations(range(len(ours)), 2)
        if abs(theirs[one] - theirs[other]) > 2 * CLOSE
        and (ours[one] > ours[other]) != (theirs[one] > theirs[other])
    ]


async def test_agreement_is_the_textbooks_on_a_thousand_random_cases(figures: Figures) -> None:
    defined = 0
    for seed in range(CASES):
        pairs = some_scores(seed)
        expected = textbook_kappa(pairs)
        assert await figures.agreement(pairs) == pytest.approx(expected, abs=1e-12), seed
        defined += expected is not None
    assert CASES * 0.6 < defined < CASES  # both kinds were met


async def test_agreement_is_scikit_learns_on_a_thousand_random_cases(figures: Figures) -> None:
    cases = (some_scores(seed) for seed in range(CASES, 3 * CASES))
    defined = list(islice((pairs for pairs in cases if textbook_kappa(pairs) is not None), CASES))
    assert len(defined) == CASES
    for pairs in defined:
        ours, theirs = zip(*pairs, strict=True)
        expected = cohen_kappa_score(ours, theirs, labels=[1, 2, 3, 4, 5], weights="quadratic")
        assert await figures.agreement(pairs) == pytest.approx(expected, abs=1e-12), pairs


async def test_strengths_and_ranking_are_the_textbooks_on_a_thousand_random_cases(figures: Figures) -> None:
    for seed in range(CASES):
        count, wins = some_votes(seed)
        expected = textbook_strengths(count, wins)
        found = await figures.strengths(count, wins)
        assert found == pytest.approx(expected, abs=CLOSE), seed
        assert misplaced(found, expected) == [], seed


async def test_strengths_and_ranking_are_choixs_on_a_thousand_random_cases(figures: Figures) -> None:
    for seed in range(CASES, 2 * CASES):
        count, wins = some_votes(seed)
        expected = choix.opt_pairwise(count, wins, alpha=0.5, method="BFGS", tol=1e-8).tolist()
        found = await figures.strengths(count, wins)
        assert found == pytest.approx(expected, abs=CLOSE), seed
        assert misplaced(found, expected) == [], seed


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(3, 3)], None),
        ([(5, 5)] * 40, None),
        ([(3, 4)], 0.0),  # one of the two differs from the other, but neither varies
        ([(1, 5), (5, 1)], -1.0),
        ([(1, 1), (5, 5)], 1.0),
        ([(2, 2), (2, 4)], 0.0),
        ([(1, 1), (2, 2), (3, 3), (4, 4), (5, 4)], 1 - 0.2 / 3.4),
        ([(1, 1), (5, 5)] * (MOST_PAIRS // 2), 1.0),
    ],
)
async def test_agreement_of_cases_counted_by_hand(
    figures: Figures, pairs: Pairs, kappa: float | None
) -> None:
    assert await figures.agreement(pairs) == pytest.approx(kappa)


async def test_agreement_is_the_same_whoever_is_named_first_and_in_any_order(figures: Figures) -> None:
    pairs = [(1, 2), (4, 4), (5, 3), (2, 2), (3, 4)]
    found = await figures.agreement(pairs)
    assert await figures.agreement(pairs[::-1]) == found
    assert await figures.agreement([(theirs, ours) for ours, theirs in pairs]) == pytest.approx(found)


@pytest.mark.parametrize(
    ("count", "wins", "strengths"),
    [
        (0, [], ()),
        (1, [], (0,)),
        (3, [], (0, 0, 0)),
        (2, [(0, 1), (1, 0)], (0, 0)),
        (3, [(0, 1), (1, 2), (2, 0)], (0, 0, 0)),
        (4, [(1, 3)], (0, 0.337416, 0, -0.337416)),  # x = 1 / (1 + exp(2x))
    ],
)
async def test_strengths_of_cases_worked_out_by_hand(
    figures: Figures, count: int, wins: Pairs, strengths: Sequence[float]
) -> None:
    found = await figures.strengths(count, wins)
    assert found == pytest.approx(tuple(strengths), abs=CLOSE)


async def test_even_items_have_the_same_plain_zero(figures: Figures) -> None:
    wins = [
        (0, 1),
        (0, 1),
        (1, 2),
        (1, 3),
        (2, 0),
        (3, 0),
        (3, 2),
    ]  # choix finds a little less than 0 for the first
    assert list(map(str, await figures.strengths(4, wins))) == ["0.0", "0.0", "-0.25162", "0.25162"]


async def test_islands_are_each_ranked_about_zero(figures: Figures) -> None:
    found = await figures.strengths(5, [(0, 1), (0, 1), (2, 3)])
    assert found[0] == -found[1] > found[2] == -found[3] > found[4] == 0


async def test_many_wins_and_a_loss_are_ahead_of_a_few_wins(figures: Figures) -> None:
    often, _, seldom, _ = await figures.strengths(4, [(0, 1)] * 9 + [(1, 0)] + [(2, 3)] * 3)
    assert often > seldom > 0


async def test_a_second_vote_like_the_first_counts(figures: Figures) -> None:
    once, _ = await figures.strengths(2, [(0, 1)])
    twice, _ = await figures.strengths(2, [(0, 1)] * 2)
    assert twice > once > 0


def chain(count: int) -> Pairs:
    return [(item, item + 1) for item in range(count - 1)]


def every(count: int) -> Pairs:
    return list(combinations(range(count), 2))


@pytest.mark.parametrize(
    ("count", "wins"),
    [
        (2, [(0, 1)] * MOST_PAIRS),
        (2, [(0, 1)] * (MOST_PAIRS - 1) + [(1, 0)]),
        (MOST_ITEMS, chain(MOST_ITEMS)),
        (MOST_ITEMS, chain(MOST_ITEMS) * 50),
        (MOST_ITEMS, [(0, item) for item in range(1, MOST_ITEMS)] * 50),
        (140, every(140)),
        (MOST_ITEMS, [(0, 1)]),
    ],
    ids=["one side", "one upset", "chain", "long chain", "star", "total order", "lonely"],
)
async def test_the_farthest_votes_still_come_to_the_maximum(
    figures: Figures, count: int, wins: Pairs
) -> None:
    found = await figures.strengths(count, wins)
    # Where the maximum is, the slope is 0. One more vote between two items bends it by at most 1/4 on each side.
    bends = [1.0] * count
    for item in (item for pair in wins for item in pair):
        bends[item] += 0.5
    slope = uphill(found, wins)
    assert all(abs(rise) <= CLOSE * bend for rise, bend in zip(slope, bends, strict=True))
    assert sum(found) == pytest.approx(0, abs=count * CLOSE)
    assert all(found[winner] >= found[loser] for winner, loser in set(wins) - {(1, 0)})
    assert found[0] > found[1]


async def test_strengths_follow_their_items_into_any_order(figures: Figures) -> None:
    for seed in range(200):
        count, wins = some_votes(seed)
        to = list(range(count))
        random.Random(seed).shuffle(to)
        before = await figures.strengths(count, wins)
        after = await figures.strengths(count, [(to[winner], to[loser]) for winner, loser in wins])
        assert [after[to[item]] for item in range(count)] == pytest.approx(list(before), abs=CLOSE), seed


async def test_equal_votes_give_equal_strengths_in_any_order_and_at_once(figures: Figures) -> None:
    count, wins = some_votes(4)
    found = await figures.strengths(count, wins)
    again = await asyncio.gather(*(figures.strengths(count, order) for order in (wins, wins[::-1]) * 4))
    assert set(again) == {found}


@pytest.mark.parametrize("pair", [(0, 3), (3, 6), (-1, 2)])
async def test_a_score_that_is_none_is_refused(figures: Figures, pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        await figures.agreement([(3, 3), pair])


@pytest.mark.parametrize("vote", [(0, 0), (0, 2), (-1, 0)])
async def test_a_vote_that_is_none_is_refused(figures: Figures, vote: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="two different items"):
        await figures.strengths(2, [(0, 1), vote])


async def test_more_than_the_bounds_is_refused(figures: Figures) -> None:
    with pytest.raises(ValueError, match="pairs"):
        await figures.agreement([(1, 2)] * (MOST_PAIRS + 1))
    with pytest.raises(ValueError, match="votes"):
        await figures.strengths(2, [(0, 1)] * (MOST_PAIRS + 1))
    with pytest.raises(ValueError, match="items"):
        await figures.strengths(MOST_ITEMS + 1, [])


async def test_others_go_on_while_strengths_are_worked_out(figures: Figures) -> None:
    turns = 0
    task = asyncio.ensure_future(figures.strengths(2, [(0, 1)] * 1_000))
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10  # worked out on the loop itself it would be done after two or three
    assert task.result()[0] > 0


async def test_without_anybody_to_ask_nothing_is_defined_and_all_are_even() -> None:
    nobody: Figures = NoFigures()
    assert await nobody.agreement([(1, 2), (3, 4)]) is None
    assert await nobody.strengths(3, [(0, 1)]) == (0, 0, 0)


LOADED = """
import asyncio, sys, warnings
import bot.app, bot.commandline
from bot.figures import LibraryFigures

warnings.simplefilter("error")
figures = LibraryFigures()
asyncio.run(figures.agreement([(3, 3)]))
asyncio.run(figures.strengths(3, []))
print(sorted({"choix", "numpy", "scipy", "sklearn"} & set(sys.modules)))
asyncio.run(figures.strengths(2, [(0, 1)]))
print(sorted({"choix", "numpy", "scipy", "sklearn"} & set(sys.modules)))
asyncio.run(figures.agreement([(3, 4)]))
print(sorted({"choix", "numpy", "scipy", "sklearn"} & set(sys.modules)))
"""


def test_the_libraries_are_loaded_by_the_first_figure_that_needs_them() -> None:
    command = [sys.executable, "-c", LOADED]
    seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert seen.splitlines() == [
        "[]",
        "['choix', 'numpy', 'scipy']",
        "['choix', 'numpy', 'scipy', 'sklearn']",
    ]
