"""What a use case gives back, as facts; the sentences stand in `bot/chat/wording`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.rounds import Answer, Round
from bot.domain.streaks import Streak
from bot.practice.records import Standing


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


class Trouble(StrEnum):
    """What a manager must know."""

    CHANNEL_GONE = "channel gone"
    CHANNEL_SHUT = "channel shut"  # posts were forbidden three times in a row
    POST_FAILED = "post failed"
    POOL_EMPTY = "pool empty"
    POOL_LOW = "pool low"  # few of its questions are new to the channel


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
    """The group's standing of a month (`2026-11`), and the asker's own line."""

    month: str
    lines: tuple[Standing, ...]
    own: Standing
