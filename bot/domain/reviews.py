"""Reviews: what a peer says of an answer by its question's rubric, and the rules of giving one.

The rubric has two criteria (structure, substance) with a score of 1 to 5 each. Whoever reviews is not the author, has
one review for each answer, and changes it by giving it again.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.answers_text import fingerprint, own_text, visible_length
from bot.domain.places import Member, Workspace
from bot.domain.questions import Question
from bot.domain.refusals import Refusal
from bot.domain.rounds import Answer

SCORES = range(1, 6)
CRITERIA = 2
"""Criteria of a rubric: a form has five fields, and three of them are for key points and texts."""
SENTENCE_WORDS = 3
"""Words that make a sentence at least, with `SENTENCE_LENGTH` visible characters; see `checked_text`."""
SENTENCE_LENGTH = 12
TEXT_LIMIT = 600
"""Characters of each of the two texts of a review, at most."""
REASON_LEAST = 3
"""Visible characters of the reason for a flag."""
REASON_LIMIT = 300
"""Characters of the reason for a flag, at most."""


class ReviewState(StrEnum):
    """How a review stands in its thread."""

    SHOWN = "shown"
    HELD = "held"  # in full only when its author has given enough reviews, or in time
    REMOVED = "removed"  # by its reviewer, who deleted their data, or by a manager


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer says: a score for each criterion, the key points covered (from 0), and two texts."""

    scores: tuple[int, int]
    covered: tuple[int, ...]
    strong: str
    change: str


@dataclass(frozen=True, slots=True)
class Review:
    """A peer's judgment of an answer in a workspace.

    `answer` and `round` are ids. `author` is whose answer it is, `reviewer` who gave it; each is None once they had
    their data deleted. `answer_version` is the text that was read. `named` says whether the reviewer's name may be
    shown: it is decided when the review is given, and holds for ever. `local_date` and `zone` are the reviewer's;
    `counts` says whether the review is practice of that day. `removed_by` is a manager's id. `opened_at` is when its
    card was first drawn in full. `message` is the card in the thread; at `due_at` the card has to be drawn (again),
    None when it is as it should be; `attempts` counts the drawings begun since the last one that was known to have
    worked.
    """

    workspace: Workspace
    id: str
    answer: str
    round: str
    author: Member | None
    reviewer: Member | None
    answer_version: int
    draft: Draft
    named: bool
    version: int
    at: datetime
    changed_at: datetime | None
    local_date: date
    zone: str
    counts: bool
    thanked_at: datetime | None = None
    flagged_at: datetime | None = None
    flag_reason: str | None = None
    removed_at: datetime | None = None
    removed_by: str | None = None
    opened_at: datetime | None = None
    message: str | None = None
    due_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """How a workspace reviews.

    `named`: reviewers are named, else "a peer". `give`: so many reviews one gives before those of one's own answers
    are shown in full, 0 for at once; they are after `fallback` anyway. `wanted`: an answer waits until it has so many
    reviews. `most_a_day`: offers of `/review next` to one member a day, at most. `gold`: so many gold answers come
    first in each track. `practice`: whether a review counts as practice of its day.
    """

    named: bool = True
    give: int = 0
    fallback: timedelta = timedelta(days=3)
    wanted: int = 2
    most_a_day: int = 5
    gold: int = 0
    practice: bool = False


class OwnAnswer(Refusal):
    """Nobody reviews their own answer."""


class AnswerWithdrawn(Refusal):
    """The answer was withdrawn or deleted by its author."""


class AccountClosed(Refusal):
    """The author's account on the platform is closed, or they have left."""


class NoSuchReview(Refusal):
    """This workspace has no such review, or it was removed."""


class ReviewRemoved(Refusal):
    """A manager removed the member's review of this answer; it cannot be given again."""


class NotYourReview(Refusal):
    """Only the author of the reviewed answer may thank for the review or flag it."""


class NoRubric(Refusal):
    """No installed pack says by what answers to this kind of question are judged."""


class NotAnAnswer(Refusal):
    """The message is nobody's answer: its author has no answer in that round."""


@dataclass(eq=False)
class BadReview(Refusal):
    """One part of a review cannot be: `scores.0`, `scores.1`, `covered`, `strong`, `change` or `reason`.

    `length` is that of a text in characters; `limit` is what it may have, or 0 when it is no sentence or no score.
    """

    part: str
    length: int = 0
    limit: int = 0


def judge(answer: Answer, reviewer: Member, is_closed: bool) -> None:
    """Whether this member may review this answer now. Refuses OwnAnswer, AnswerWithdrawn and AccountClosed."""
    if answer.member == reviewer:
        raise OwnAnswer
    if answer.withdrawn_at is not None:
        raise AnswerWithdrawn
    if is_closed:
        raise AccountClosed


def checked(draft: Draft, key_points: int) -> Draft:
    """The draft as it is kept, texts stripped and points in order. Refuses BadReview."""
    for number, score in enumerate(draft.scores):
        if score not in SCORES:
            raise BadReview(f"scores.{number}")
    if any(point not in range(key_points) for point in draft.covered):
        raise BadReview("covered")
    return Draft(
        draft.scores,
        tuple(sorted(set(draft.covered))),
        checked_text("strong", draft.strong, TEXT_LIMIT),
        checked_text("change", draft.change, TEXT_LIMIT),
    )


def checked_text(part: str, text: str, limit: int) -> str:
    """A text of at least one sentence and at most `limit` characters, stripped. Refuses BadReview."""
    text = text.strip()
    if len(text) > limit:
        raise BadReview(part, len(text), limit)
    own = own_text(text, "")
    if visible_length(own) < _least(own) or (not _is_unspaced(own) and len(own.split()) < SENTENCE_WORDS):
        raise BadReview(part, len(text))
    return text


def _is_unspaced(text: str) -> bool:
    """Whether a text is in a script without blanks between words, or in one of syllables (Chinese, Japanese, Thai)."""
    return any(unicodedata.category(char) == "Lo" for char in text)


def _least(text: str) -> int:
    """Visible characters of a sentence; where a character is a syllable or a word, fewer make one."""
    return SENTENCE_LENGTH // 2 if _is_unspaced(text) else SENTENCE_LENGTH


def checked_reason(reason: str) -> str:
    """The reason for a flag, stripped; it may be short, and is not nothing. Refuses BadReview."""
    reason = reason.strip()
    if len(reason) > REASON_LIMIT:
        raise BadReview("reason", len(reason), REASON_LIMIT)
    if visible_length(reason) < REASON_LEAST:
        raise BadReview("reason", len(reason))
    return reason


def words_of(draft: Draft) -> str:
    """The fingerprint of a review's texts, by which one that was said before is known."""
    return fingerprint(f"{draft.strong}\n{draft.change}")


def missed(review: Review, question: Question) -> tuple[int, ...]:
    """The key points, from 0, that the reviewer did not tick."""
    return tuple(point for point in range(len(question.key_points)) if point not in review.draft.covered)


def changed_since(review: Review, answer: Answer | None) -> bool:
    """Whether the answer has another text than the one that was reviewed."""
    return answer is not None and answer.withdrawn_at is None and answer.version != review.answer_version


def opens_at(review: Review, rules: ReviewRules, given: int) -> datetime | None:
    """When a review is shown in full at the latest, None if it is already; `given` is what its author has given.

    Nobody waits longer than `rules.fallback`.
    """
    return review.at + rules.fallback if given < rules.give else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may be given to a reviewer: `load` is its reviews and the offers of it that are still open."""

    answer: Answer
    track: str
    load: int


def choose(candidates: Collection[Candidate], practiced: Collection[str]) -> Candidate | None:
    """The answer that most needs a review, of those that the reviewer may have.

    Tracks that the reviewer has practiced come first; among equals the one with the least load, then the oldest.
    """

    def order(one: Candidate) -> tuple[bool, int, datetime, str]:
        return one.track not in practiced, one.load, one.answer.at, one.answer.id

    return min(candidates, key=order, default=None)
