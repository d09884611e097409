"""A round: one question put to one channel, and the answers that its thread collects."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.places import Channel, Member, Thread
from bot.domain.questions import Question


class PostingState(StrEnum):
    """How far a round's prompt has come on its way to the channel."""

    POSTING = "posting"
    POSTED = "posted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Planned:
    """The occurrence that a daily round answers to, and when it was planned."""

    slot: str
    local_date: date
    at: datetime
    zone: str
    wall_time: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One instance's exclusive right to post a round, until the lease ends; `attempt` counts from 1."""

    owner: str
    attempt: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One question in one channel. Its `id` is also the marker that its prompt carries.

    `question` is the text as it was when asked, so that it stays readable when the pack changes.
    """

    id: str
    channel: Channel
    question: Question
    asked_by: Member | None
    asked_at: datetime
    reveal_at: datetime
    closes_at: datetime
    planned: Planned | None
    posting: PostingState
    claim: Claim
    message: str | None
    thread: Thread | None
    reason: str | None

    def is_closed(self, at: datetime) -> bool:
        """Whether something that happened at this instant comes late."""
        return at >= self.closes_at


@dataclass(frozen=True, slots=True)
class Reply:
    """A message in a thread, or a filled-in form (`by_form`); `at` is the platform's time of the message."""

    thread: Thread
    message: str
    author: Member
    text: str
    at: datetime
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands as a member's answer in a round; there is at most one for each member and round.

    `at`, `local_date` and `zone` are those of the reply that was accepted; `counts` says whether the practice day may
    be credited for it (long enough in time, and the member's own words). `message` is the reply whose text it has;
    when the author put the text together by a form or button it is `chosen`, and `message` may name two with a `+`.
    """

    id: str
    round: str
    member: Member
    message: str
    text: str
    at: datetime
    local_date: date
    zone: str
    late: bool
    counts: bool
    chosen: bool
    version: int
    changed_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply as it is kept: the newest text, when it was first long enough, and whether it was deleted.

    `enough_at` and `fingerprint` belong to the earliest known version that was long enough to count.
    """

    reply: Reply
    round: str
    edited_at: datetime | None
    deleted_at: datetime | None
    enough_at: datetime | None
    fingerprint: str | None
