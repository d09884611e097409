"""Reviews of answers in the memory store; strict where the real stores' own checks are."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.places import Member, Platform, Workspace
from bot.domain.reviews import SCORES, Review, words_of
from bot.practice.review_records import Giving
from tests.memory_tables import MemoryPart

CALLED_WITHIN = timedelta(seconds=1)
"""So little later than a claim's end a card is due that was called for while it was drawn."""


def called_for(review: Review, at: datetime) -> datetime:
    """When a card is due that is called for at an instant; while it is drawn, the claim's end and a microsecond."""
    if review.attempts == 0:
        return at
    assert review.due_at is not None, "what is being drawn is claimed"
    return review.due_at + timedelta(microseconds=1)


class MemoryReviews(MemoryPart):
    """Implements the half of `bot.practice.review_records.ReviewRecords` that is about reviews themselves."""

    def add_review(self, review: Review) -> bool:
        answer = self._tables.answers.get((review.workspace, review.answer))
        if answer is None or answer.withdrawn_at is not None or review.reviewer in (None, answer.member):
            return False
        assert review.reviewer is not None
        if answer.member in self._tables.closed or self.review_by(review.reviewer, review.answer):
            return False
        if (review.workspace, review.id) in self._tables.reviews:
            raise ValueError("two reviews have one id")
        self._put(replace(review, author=answer.member, round=answer.round))
        self._say(review)
        return True

    def change_review(self, review: Review) -> None:
        known = self.review(review.workspace, review.id)
        if known is None or known.reviewer is None:
            return
        kept = {
            name: getattr(known, name)
            for name in (
                "answer",
                "round",
                "author",
                "reviewer",
                "message",
                "due_at",
                "attempts",
                "opened_at",
            )
        }
        self._put(replace(review, **kept))
        self._say(review)

    def _say(self, review: Review) -> None:
        """Keep the fingerprint of this version beside those of earlier ones."""
        key = (review.workspace, review.id)
        said = self._tables.review_words.get(key, frozenset())
        self._tables.put(self._tables.review_words, key, said | {words_of(review.draft)})

    def review(self, workspace: Workspace, id_: str) -> Review | None:
        return self._tables.reviews.get((workspace, id_))

    def review_by(self, reviewer: Member, answer: str) -> Review | None:
        own = self._where(lambda review: review.reviewer == reviewer and review.answer == answer)
        return next(iter(own), None)

    def reviews_of(self, workspace: Workspace, answer: str) -> list[Review]:
        return self._live(lambda review: (review.workspace, review.answer) == (workspace, answer))

    def reviews_given(self, member: Member, limit: int) -> list[Review]:
        return self._live(lambda review: review.reviewer == member)[::-1][:limit]

    def reviews_got(self, member: Member, limit: int) -> list[Review]:
        return self._live(lambda review: review.author == member)[::-1][:limit]

    def newest_reviews(self, workspace: Workspace, limit: int) -> list[Review]:
        found = self._live(lambda review: review.workspace == workspace)[::-1]
        return sorted(found, key=lambda review: review.flagged_at is None)[:limit]

    def given_since(self, member: Member, since: datetime) -> int:
        return len(self._live(lambda review: review.reviewer == member and review.at >= since))

    def giving(self, members: Collection[Member], month: str, *, unnamed: bool) -> dict[Member, Giving]:
        found: dict[Member, Giving] = {}
        for review in self._live(lambda review: review.reviewer in members and (review.named or unnamed)):
            if review.reviewer is not None and review.local_date.isoformat()[:7] == month:
                before = found.get(review.reviewer, Giving(0, 0))
                thanked = before.thanked + (review.thanked_at is not None)
                found[review.reviewer] = Giving(before.given + 1, thanked)
        return found

    def most_giving(self, workspace: Workspace, month: str, limit: int) -> list[tuple[Member, Giving]]:
        members = {each.reviewer for each in self._live(lambda review: review.workspace == workspace)}
        known = [member for member in members if member is not None]
        found = self.giving(known, month, unnamed=False).items()
        return sorted(found, key=lambda one: (-one[1].given, -one[1].thanked, one[0].id))[:limit]

    def counted_reviews(self, member: Member, day: date) -> list[Review]:
        return self._where(
            lambda review: review.reviewer == member and review.local_date == day and review.counts
        )

    def said_before(self, review: Review, words: str) -> bool:
        said = self._tables.review_words.items()
        return any(
            words in known and workspace == review.workspace and id_ != review.id
            for (workspace, id_), known in said
        )

    def due_reviews(self, now: datetime, served: Collection[Platform], limit: int) -> list[Review]:
        due = [
            (review.due_at, review.workspace.key, review.id, review)
            for review in self._tables.reviews.values()
            if review.due_at is not None and review.due_at <= now and review.workspace.platform in served
        ]
        return [review for *_, review in sorted(due, key=lambda one: one[:3])[:limit]]

    def claim_showing(self, review: Review, until: datetime) -> bool:
        known = self.review(review.workspace, review.id)
        if known is None or known.due_at is None or known.due_at != review.due_at:
            return False
        self._put(replace(known, due_at=until, attempts=known.attempts + 1))
        return True

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
        known = self.review(review.workspace, review.id)
        if known is None:
            return
        opened_at = known.opened_at or (at if opened else None)
        ended = replace(known, message=message, opened_at=opened_at)
        if known.due_at == until:
            ended = replace(ended, due_at=due_at, attempts=0)
        elif known.due_at is not None and timedelta(0) < known.due_at - until < CALLED_WITHIN:
            ended = replace(ended, due_at=at, attempts=0)
        self._put(ended)

    def call_for_card(self, review: Review, at: datetime) -> None:
        known = self.review(review.workspace, review.id)
        if known is not None and known.removed_at is None:
            self._put(replace(known, due_at=called_for(known, min(at, known.due_at or at))))

    def call_for_showing(self, workspace: Workspace, answer: str, at: datetime) -> int:
        found = self.reviews_of(workspace, answer)
        for review in found:
            self.call_for_card(review, at)
        return len(found)

    def call_for_held(self, author: Member, at: datetime) -> int:
        return self._call_for_held(self._live(lambda review: review.author == author), at)

    def call_for_every_held(self, workspace: Workspace, at: datetime) -> int:
        return self._call_for_held(self._live(lambda review: review.workspace == workspace), at)

    def _call_for_held(self, reviews: list[Review], at: datetime) -> int:
        held = [review for review in reviews if review.due_at is not None and review.due_at > at]
        for review in held:
            self._put(replace(review, due_at=called_for(review, at)))
        return len(held)

    def forget_review(self, review: Review) -> None:
        if (review.workspace, review.id) in self._tables.reviews:
            self._tables.drop(self._tables.reviews, (review.workspace, review.id))
            if (review.workspace, review.id) in self._tables.review_words:
                self._tables.drop(self._tables.review_words, (review.workspace, review.id))

    def _put(self, review: Review) -> None:
        if review.reviewer is not None and not all(score in SCORES for score in review.draft.scores):
            raise ValueError(f"review {review.id} has a score that there is not")
        self._tables.put(self._tables.reviews, (review.workspace, review.id), review)

    def _where(self, fits: Callable[[Review], bool]) -> list[Review]:
        """Those that fit, oldest first."""
        found = [review for review in self._tables.reviews.values() if fits(review)]
        return sorted(found, key=lambda review: (review.at, review.id))

    def _live(self, fits: Callable[[Review], bool]) -> list[Review]:
        """Those of them that are not removed."""
        return [review for review in self._where(fits) if review.removed_at is None]
