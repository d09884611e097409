"""What a use case gives back, as facts; the sentences stand in `bot/chat/wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.comparing import Pair, Rank
from bot.domain.gold import GoldAnswer
from bot.domain.places import Member
from bot.domain.questions import Question, Rubric
from bot.domain.reviews import Review, ReviewState
from bot.domain.rounds import Answer, Round
from bot.domain.streaks import Streak
from bot.practice.records import Standing
from bot.practice.review_records import Giving, GoldReview


class Verdict(StrEnum):
    """What became of a reply or a form."""

    ACCEPTED = "accepted"  # it is the member's answer now
    AMENDED = "amended"  # the member's answer has this text now
    COMMENT = "comment"  # the member has answered already: kept as a comment, may amend by a button
    TOO_SHORT = "too short"  # kept, but no answer: fewer visible characters than the minimum
    BLANK = "blank"  # nothing visible in it
    REMOVED = "removed"  # withdrawn or deleted
    KNOWN = "known"  # arrived before; nothing changed
    ELSEWHERE = "elsewhere"  # no thread of a round


class NoCredit(StrEnum):
    """Why an accepted answer counts for no practice day."""

    COPY = "copy"  # of an earlier text of somebody in the workspace
    QUESTION = "question"  # repeats the question
    LENGTHENED = "lengthened"  # was long enough only after its day was over


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a reply; `credited` is the date newly credited for it, `freezes` those told now.

    `first` says of a comment whether it is the member's first in the round, so that a chat may speak of it only once.
    `waiting` is how many answers of others wait for a review of the member, told with an accepted answer.
    """

    verdict: Verdict
    round: Round | None = None
    answer: Answer | None = None
    no_credit: NoCredit | None = None
    credited: date | None = None
    streak: Streak | None = None
    freezes: tuple[date, ...] = ()
    minimum: int = 0
    first: bool = True
    waiting: int = 0


class Trouble(StrEnum):
    """What a manager must know."""

    CHANNEL_GONE = "channel gone"
    CHANNEL_SHUT = "channel shut"  # posts were forbidden three times in a row
    POST_FAILED = "post failed"
    POOL_EMPTY = "pool empty"
    POOL_LOW = "pool low"  # few of its questions are new to the channel
    REVIEW_FLAGGED = "review flagged"  # by the author of the answer; the reason is for managers' eyes


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that those who look after a channel must know."""

    trouble: Trouble
    slot: str | None
    reason: str


class SkipReason(StrEnum):
    """Why an occurrence was not posted, as the ledger keeps it."""

    MISSED = "missed"  # the bot was down, or too late by more than the late window
    NEWER = "newer"  # a newer question of the channel was due as well
    ASKED = "asked"  # a manager skipped it
    PAUSED = "paused"
    REMOVED = "removed"
    NO_QUESTION = "no-question"  # no installed question passes the schedule's filters
    EXPIRED = "expired"  # its posting was interrupted, and it was too late to try again


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint of a question, counted from 1."""

    number: int
    of: int
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's practice days of the last 12 weeks, and what they come to."""

    today: date
    days: tuple[date, ...]
    streak: Streak
    standing: Standing


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the installed questions with one value (a track, a kind, a level) a member has answered."""

    value: str
    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class Practiced:
    """What a member has practiced of what is installed; values without a question are left out.

    `answered` are the questions with a live answer of theirs, `seen` those they asked for or answered; both may
    hold ids that no pack has any more, and those count in no share.
    """

    answered: frozenset[str]
    seen: frozenset[str]
    by_track: tuple[Share, ...]
    by_kind: tuple[Share, ...]
    by_level: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The group's standing of a month (`2026-11`), and the asker's own line.

    `giving` is what its members and the asker gave of reviews, `reviewers` who gave most of all others.
    """

    month: str
    lines: tuple[Standing, ...]
    own: Standing
    giving: Mapping[Member, Giving] = field(default_factory=dict)
    reviewers: tuple[tuple[Member, Giving], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A review as it stands in its thread now.

    `answer` is None when it is gone (withdrawn, or its author's data was deleted); then the reviewer's own words stay.
    `changed` says that the answer was edited after it. A held review opens at `opens_at`, or when its author has
    given `to_give` more reviews.
    """

    review: Review
    round: Round
    rubric: Rubric
    state: ReviewState
    answer: Answer | None = None
    changed: bool = False
    opens_at: datetime | None = None
    to_give: int = 0


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What a review form is about; `earlier` is the member's review that it would change."""

    answer: Answer
    round: Round
    rubric: Rubric
    earlier: Review | None


@dataclass(frozen=True, slots=True)
class GivenReview:
    """A review was kept: `first`, or amended; `credited` is the date that it is practice of, if it newly is."""

    shown: ShownReview
    first: bool
    credited: date | None


@dataclass(frozen=True, slots=True)
class Task:
    """What `/review next` gives: an answer with its round, or a gold answer with its question; `waiting` are others."""

    question: Question
    answer: Answer | None = None
    round: Round | None = None
    gold: GoldAnswer | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a member said of a gold answer, beside what its pack says."""

    own: GoldReview
    gold: GoldAnswer
    question: Question
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Mine:
    """A member's reviews: got and given, offers not yet taken, own answers that wait, and the agreement with gold.

    `agreement` is the quadratically weighted kappa over `compared` scores, None where it is not defined.
    """

    got: tuple[ShownReview, ...]
    given: tuple[ShownReview, ...]
    offered: tuple[Task, ...]
    waiting: tuple[tuple[Answer, Round], ...]
    agreement: float | None
    compared: int
    reminded: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What a member's reviews come to: given, thanked for, got; and their agreement, as `Mine` has it."""

    given: int
    thanked: int
    got: int
    agreement: float | None
    compared: int


@dataclass(frozen=True, slots=True)
class Comparing:
    """Two answers to one question, side by side."""

    pair: Pair
    question: Question
    first: Answer
    second: Answer


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answers to one question that were compared, the strongest first; `reasons` are the newest votes' words."""

    question: Question
    ranks: tuple[Rank, ...]
    votes: int
    reasons: tuple[str, ...] = ()
