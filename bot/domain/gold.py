"""Gold answers: what a member might really say to a question, with the review that an expert gives it.

Reviewers compare their own scores with these, so that a 3 means the same to all of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """One written answer with its review. Its id is unique among the gold answers of all installed packs.

    `question` is the id of a question of the same pack, whose kind names the rubric. `scores` are 1 to 5, one a
    criterion in the rubric's order. `covered` are indices, from 0 and ascending, of the question's key points.
    `strong` and `change` are what a reviewer writes; `why` says why these scores, in the rubric's words.
    """

    id: str
    question: str
    text: str
    scores: tuple[int, ...]
    covered: tuple[int, ...]
    strong: str
    change: str
    why: str
