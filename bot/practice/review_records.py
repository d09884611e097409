"""What the use cases need kept of reviews; a part of the Transaction port in `records`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.reviews import Draft, Review
from bot.domain.rounds import Answer


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer that waits for a review: its question's id, and its reviews with the offers of it still open."""

    answer: Answer
    question: str
    load: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer was given to a member to review; `local_date` is the member's."""

    member: Member
    answer: str
    at: datetime
    local_date: date


@dataclass(frozen=True, slots=True)
class GoldReview:
    """What a member said of a gold answer, once."""

    member: Member
    gold: str
    track: str
    draft: Draft
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminders:
    """A member who wants to be reminded: `sent` since their last review, the next one not before `next_at`."""

    member: Member
    sent: int
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Giving:
    """How many reviews a member gave in a month, and how many of those were thanked for."""

    given: int
    thanked: int


class ReviewRecords(Protocol):
    """Reviews, who was offered what, gold reviews, votes, closed accounts and reminders."""

    def add_review(self, review: Review) -> bool:
        """Keep a member's first review of an answer.

        False, and nothing kept, unless the answer is one of this workspace, stands, is somebody else's whose account
        is open, and has no review of this member: one statement sees to it. That nobody reviews their own answer, or
        one answer twice, holds by the table's own checks as well.
        """
        ...

    def change_review(self, review: Review) -> None:
        """Replace a review, but for `message`, `due_at`, `attempts` and `opened_at`; earlier words stay known."""
        ...

    def review(self, workspace: Workspace, id_: str) -> Review | None:
        """A review by id, if this workspace has it; removed ones too."""
        ...

    def review_by(self, reviewer: Member, answer: str) -> Review | None:
        """A member's review of an answer; a removed one too."""
        ...

    def reviews_of(self, workspace: Workspace, answer: str) -> list[Review]:
        """The reviews of an answer that are not removed, oldest first."""
        ...

    def reviews_given(self, member: Member, limit: int) -> list[Review]:
        """What a member gave that is not removed, newest first."""
        ...

    def reviews_got(self, member: Member, limit: int) -> list[Review]:
        """What a member's answers got that is not removed, newest first."""
        ...

    def newest_reviews(self, workspace: Workspace, limit: int) -> list[Review]:
        """The workspace's reviews that are not removed: flagged ones first, each newest first."""
        ...

    def given_since(self, member: Member, since: datetime) -> int:
        """How many reviews, not removed, a member gave since an instant."""
        ...

    def giving(self, members: Collection[Member], month: str, *, unnamed: bool) -> dict[Member, Giving]:
        """What members of one workspace gave in a month such as `2026-11`; who gave nothing is left out.

        `unnamed`: also what they gave without their name, which is for their own eyes.
        """
        ...

    def most_giving(self, workspace: Workspace, month: str, limit: int) -> list[tuple[Member, Giving]]:
        """Who gave most reviews with their name in a month, most first; ties go by thanks, then by member id."""
        ...

    def counted_reviews(self, member: Member, day: date) -> list[Review]:
        """A member's reviews of a local date that count as practice, removed ones too, by creation time."""
        ...

    def said_before(self, review: Review, words: str) -> bool:
        """Whether anybody in the workspace ever said the same words, by their fingerprint, in another review."""
        ...

    def due_reviews(self, now: datetime, served: Collection[Platform], limit: int) -> list[Review]:
        """Reviews whose card has to be drawn by now, the earliest due first, of the platforms that are served."""
        ...

    def claim_showing(self, review: Review, until: datetime) -> bool:
        """Move `due_at` from what `review` has to `until` and count an attempt; False when it has moved."""
        ...

    def end_showing(
        self,
        review: Review,
        until: datetime,
        message: str | None,
        due_at: datetime | None,
        at: datetime,
        *,
        opened: bool = False,
    ) -> None:
        """Note at an instant the card's message and when it is due again, with no attempts; `opened` is kept for good.

        When it was called for meanwhile it is due at `at`; when somebody else has claimed it since, that stands.
        """
        ...

    def call_for_showing(self, workspace: Workspace, answer: str, at: datetime) -> int:
        """Let the cards of an answer's reviews be drawn at an instant, or earlier if they are due; gives how many.

        One that is being drawn is not made due earlier, as that could post it twice, or draw the older state last: its
        `due_at` moves on by a microsecond, by which `end_showing` sees that another drawing is wanted.
        """
        ...

    def call_for_card(self, review: Review, at: datetime) -> None:
        """Let one review's card be drawn, as above."""
        ...

    def call_for_held(self, author: Member, at: datetime) -> int:
        """Let the cards that a member's giving may open (due later than `at`) be drawn at an instant, as above."""
        ...

    def call_for_every_held(self, workspace: Workspace, at: datetime) -> int:
        """Let all cards of a workspace that are due later than `at` be drawn at that instant, as above."""
        ...

    def forget_review(self, review: Review) -> None:
        """Delete a review for good; its card has been drawn as removed."""
        ...

    def channels_of(self, member: Member) -> frozenset[Channel]:
        """The channels in which a member asked for a question, answered one, or reviewed an answer."""
        ...

    def open_answers(
        self,
        member: Member,
        since: datetime,
        wanted: int,
        offered_since: datetime,
        channels: Collection[Channel],
        limit: int,
    ) -> list[OpenAnswer]:
        """Answers since an instant, given in some channels, that wait for a review and may be offered to a member.

        Those that stand, have fewer than `wanted` reviews, are neither of the member nor of a closed account, and
        were neither reviewed by the member nor offered to them. The least load first, then the oldest. Offers since
        `offered_since` without a review are part of the load.
        """
        ...

    def waiting_lately(
        self, member: Member, since: datetime, wanted: int, channel: Channel, among: int, limit: int
    ) -> int:
        """How many of the workspace's newest `among` answers are what `open_answers` would give, at most `limit`."""
        ...

    def add_offer(self, offer: Offer) -> bool:
        """Note an offer; False when the member was offered the answer before."""
        ...

    def offers(self, member: Member, limit: int) -> list[Offer]:
        """The offers to a member whose answers stand and which they have not reviewed, newest first."""
        ...

    def offers_on(self, member: Member, day: date) -> int:
        """How many offers a member had on their local date."""
        ...

    def waiting_of(self, member: Member, since: datetime, limit: int) -> list[Answer]:
        """A member's own standing answers since an instant that have no review, newest first."""
        ...

    def add_gold_review(self, review: GoldReview) -> bool:
        """Keep what a member said of a gold answer; False when they did before."""
        ...

    def gold_reviews(self, member: Member) -> list[GoldReview]:
        """What a member said of gold answers, oldest first."""
        ...

    def standing_answers(
        self, workspace: Workspace, since: datetime, channels: Collection[Channel], limit: int
    ) -> list[tuple[Answer, str]]:
        """Standing answers of open accounts since an instant in some channels, with their questions, newest first."""
        ...

    def put_vote(self, vote: Vote) -> None:
        """Keep a vote in the place of the member's earlier one on the pair."""
        ...

    def vote(self, member: Member, pair: Pair) -> Vote | None:
        """A member's vote on a pair."""
        ...

    def votes_of(self, member: Member) -> list[Pair]:
        """The pairs that a member has voted on."""
        ...

    def votes_on(self, workspace: Workspace, answers: Collection[str]) -> list[Vote]:
        """The votes on pairs of which both answers are among these, by time then member."""
        ...

    def close_account(self, member: Member, at: datetime) -> None:
        """Note that a member's account is closed, or that they left."""
        ...

    def reopen_account(self, member: Member) -> bool:
        """Note that a member is there again; False when they were not gone."""
        ...

    def is_closed(self, member: Member) -> bool:
        """Whether a member's account is closed."""
        ...

    def reminders(self, member: Member) -> Reminders | None:
        """A member's reminders, if they want any."""
        ...

    def put_reminders(self, reminders: Reminders) -> None:
        """Keep a member's reminders."""
        ...

    def drop_reminders(self, member: Member) -> bool:
        """Forget them; False when there were none."""
        ...

    def reminders_due(
        self, now: datetime, served: Collection[Platform], most: int, limit: int
    ) -> list[Reminders]:
        """Reminders due by now of which fewer than `most` were sent, the earliest first, of the served platforms."""
        ...
