"""What the rules refuse, as facts; the sentences stand in `bot/chat/wording`.

A refusal that belongs to one subject stands with it (zones, schedules, streaks, the bank); here are the others.
"""

from dataclasses import dataclass
from datetime import date, datetime


class Refusal(Exception):  # the glossary's word: no fault of the program
    """The rules say no, and the asker may be told why."""


class NoSuchRound(Refusal):
    """This workspace has no such round."""


class NoSuchAnswer(Refusal):
    """This workspace has no such answer, or it is somebody else's."""


class NoSuchReply(Refusal):
    """The reply is not known, was deleted, or is somebody else's."""


class AnswerGone(Refusal):
    """The answer was withdrawn too long ago to be restored."""


@dataclass(eq=False)
class NotYet(Refusal):
    """Key points and sample answer wait for an own attempt or for the reveal time."""

    reveal_at: datetime


@dataclass(eq=False)
class TooShort(Refusal):
    """A form's answer has fewer visible characters than the minimum."""

    length: int
    minimum: int


@dataclass(eq=False)
class TooLong(Refusal):
    """A text has more characters than every platform can carry."""

    length: int
    limit: int


@dataclass(eq=False)
class PostFailed(Refusal):
    """The platform said no to a prompt; nothing was posted."""

    reason: str


class PostUnsettled(Refusal):
    """Nobody can say yet whether a prompt was posted; the bot looks, and posts it again if not."""


class NoHint(Refusal):
    """The question has no hints."""


@dataclass(eq=False)
class MissingRights(Refusal):
    """The bot may not post, or may not open threads or read, in a channel; `rights` as the platform names them."""

    rights: tuple[str, ...]


@dataclass(eq=False)
class ChannelShut(Refusal):
    """Posts to the channel were forbidden three times in a row; the next try is at `until` at the earliest."""

    until: datetime


@dataclass(eq=False)
class NoSuchSchedule(Refusal):
    """The channel has no schedule in this slot; `known` are those it has."""

    slot: str
    known: tuple[str, ...]


@dataclass(eq=False)
class BadSlot(Refusal):
    """A slot's name is 1 to 32 of a-z, 0-9 and hyphen."""

    text: str


@dataclass(eq=False)
class AlreadyPaused(Refusal):
    """The schedule is paused."""

    slot: str


@dataclass(eq=False)
class NotPaused(Refusal):
    """The schedule runs."""

    slot: str


@dataclass(eq=False)
class AlreadyPosted(Refusal):
    """The slot's question of this date is posted, or was settled otherwise (`state`)."""

    slot: str
    local_date: date
    state: str


@dataclass(eq=False)
class AlreadySkipped(Refusal):
    """The schedule's next date is left out already."""

    slot: str
    local_date: date


class NoPracticeDay(Refusal):
    """Seven rest weekdays leave no day to practice on."""


@dataclass(eq=False)
class DayNotMissed(Refusal):
    """Nothing was missed on this date, or it is not over yet."""

    local_date: date


@dataclass(eq=False)
class NoSuchMember(Refusal):
    """Nobody of this name (`text`) has answered anything in this workspace."""

    text: str
