"""Scores as words and bars, and what a rubric says of them."""

from bot.chat.literal import cut, shown
from bot.domain.questions import Criterion, Question, Rubric
from bot.domain.reviews import CRITERIA, SCORES, Draft

POINTS = 10
"""Key points that can be ticked, as a form offers no more; a question's further ones are in no review."""
_FULL, _EMPTY = "■", "□"
_TITLES = ("Structure", "Substance")
_WORDS = ("weak", "thin", "solid", "good", "excellent")
_BETWEEN = {2: "between 1 and 3", 4: "between 3 and 5"}


def titles(rubric: Rubric) -> tuple[str, ...]:
    """The criteria by title; also of a rubric that no pack has any more."""
    found = tuple(criterion.title for criterion in rubric.criteria[:CRITERIA])
    return (*found, *_TITLES[len(found) :])


def bar(score: int) -> str:
    """`■■■■□ 4 of 5, good`."""
    drawn = f"{_FULL * score}{_EMPTY * (SCORES[-1] - score)}"
    return f"{drawn} {score} of {SCORES[-1]}, {_WORDS[score - 1]}"


def step(criterion: Criterion, score: int) -> str:
    """What the rubric says of a score: its own words for 1, 3 and 5, and for the others what they lie between."""
    return _BETWEEN.get(score) or shown(criterion.steps[score // 2])


def pairs(draft: Draft, rubric: Rubric) -> tuple[tuple[str, str], ...]:
    """The scores of a review, each as a bar with its word by its criterion's title."""
    return tuple((title, bar(score)) for title, score in zip(titles(rubric), draft.scores, strict=True))


def brief(draft: Draft, rubric: Rubric) -> str:
    """`Structure 4, Substance 3`."""
    of = zip(titles(rubric), draft.scores, strict=True)
    return ", ".join(f"{title} {score}" for title, score in of)


def point(text: str, limit: int) -> str:
    """A key point in one line of at most `limit` characters."""
    return cut(" ".join(shown(text).split()), limit)


def points(question: Question) -> tuple[str, ...]:
    """The key points of a question that a review can speak of."""
    return question.key_points[:POINTS]
