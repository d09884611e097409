"""What waits for a review, votes, closed accounts and reminders, in the memory store."""

from collections.abc import Collection
from datetime import date, datetime

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.rounds import Answer
from bot.practice.review_records import GoldReview, Offer, OpenAnswer, Reminders
from tests.memory_tables import MemoryPart


class MemoryReviewQueue(MemoryPart):
    """Implements the half of `bot.practice.review_records.ReviewRecords` that is about everything around reviews."""

    def channels_of(self, member: Member) -> frozenset[Channel]:
        rounds = self._tables.rounds
        answered = (
            rounds[member.workspace, answer.round].channel
            for answer in self._tables.answers.values()
            if answer.member == member
        )
        asked = (round_.channel for round_ in rounds.values() if round_.asked_by == member)
        reviewed = (
            rounds[member.workspace, review.round].channel
            for review in self._tables.reviews.values()
            if review.reviewer == member
        )
        return frozenset((*answered, *asked, *reviewed))

    def open_answers(
        self,
        member: Member,
        since: datetime,
        wanted: int,
        offered_since: datetime,
        channels: Collection[Channel],
        limit: int,
    ) -> list[OpenAnswer]:
        every = self.standing_answers(member.workspace, since, channels, len(self._tables.answers))
        found = [
            OpenAnswer(
                answer,
                question,
                len(self._reviewers(answer.member.workspace, answer.id))
                + self._open_offers(answer, offered_since),
            )
            for answer, question in every
            if answer.member != member
            and (member, answer.id) not in self._tables.offers
            and member not in self._reviewers(member.workspace, answer.id, removed=True)
            and len(self._reviewers(member.workspace, answer.id)) < wanted
        ]
        return sorted(found, key=lambda one: (one.load, one.answer.at, one.answer.id))[:limit]

    def waiting_lately(
        self, member: Member, since: datetime, wanted: int, channel: Channel, among: int, limit: int
    ) -> int:
        standing = [
            answer
            for (of, _), answer in self._tables.answers.items()
            if of == member.workspace and answer.withdrawn_at is None and answer.at >= since
        ]
        recent = sorted(standing, key=lambda answer: answer.at, reverse=True)[:among]
        ids = {answer.id for answer in recent}
        found = self.open_answers(member, since, wanted, since, (channel,), len(self._tables.answers))
        return min(limit, sum(one.answer.id in ids for one in found))

    def add_offer(self, offer: Offer) -> bool:
        if (offer.member, offer.answer) in self._tables.offers:
            return False
        self._tables.put(self._tables.offers, (offer.member, offer.answer), offer)
        return True

    def offers(self, member: Member, limit: int) -> list[Offer]:
        found = [
            offer
            for offer in self._tables.offers.values()
            if offer.member == member
            and self._stands(member.workspace, offer.answer)
            and member not in self._reviewers(member.workspace, offer.answer, removed=True)
        ]
        return sorted(found, key=lambda offer: (offer.at, offer.answer), reverse=True)[:limit]

    def offers_on(self, member: Member, day: date) -> int:
        offers = self._tables.offers.values()
        return sum(offer.member == member and offer.local_date == day for offer in offers)

    def waiting_of(self, member: Member, since: datetime, limit: int) -> list[Answer]:
        own = [
            answer
            for answer in self._tables.answers.values()
            if answer.member == member and answer.withdrawn_at is None and answer.at >= since
            if not self._reviewers(member.workspace, answer.id)
        ]
        return sorted(own, key=lambda answer: (answer.at, answer.id), reverse=True)[:limit]

    def add_gold_review(self, review: GoldReview) -> bool:
        key = (review.member, review.gold)
        if key in self._tables.gold_reviews:
            return False
        self._tables.put(self._tables.gold_reviews, key, review)
        return True

    def gold_reviews(self, member: Member) -> list[GoldReview]:
        own = [review for review in self._tables.gold_reviews.values() if review.member == member]
        return sorted(own, key=lambda review: (review.at, review.gold))

    def standing_answers(
        self, workspace: Workspace, since: datetime, channels: Collection[Channel], limit: int
    ) -> list[tuple[Answer, str]]:
        found = [
            (answer, self._tables.rounds[workspace, answer.round].question.id)
            for (of, id_), answer in self._tables.answers.items()
            if of == workspace and answer.at >= since and self._stands(of, id_)
            if answer.member not in self._tables.closed
            if self._tables.rounds[workspace, answer.round].channel in channels
        ]
        return sorted(found, key=lambda one: (one[0].at, one[0].id), reverse=True)[:limit]

    def put_vote(self, vote: Vote) -> None:
        if vote.stronger not in (vote.pair.first, vote.pair.second):
            raise ValueError("a vote is for one of the two")
        self._tables.put(self._tables.votes, (vote.member, vote.pair), vote)

    def vote(self, member: Member, pair: Pair) -> Vote | None:
        return self._tables.votes.get((member, pair))

    def votes_of(self, member: Member) -> list[Pair]:
        pairs = [pair for of, pair in self._tables.votes if of == member]
        return sorted(pairs, key=lambda pair: (pair.first, pair.second))

    def votes_on(self, workspace: Workspace, answers: Collection[str]) -> list[Vote]:
        found = [
            vote
            for vote in self._tables.votes.values()
            if vote.member.workspace == workspace and {vote.pair.first, vote.pair.second} <= set(answers)
        ]
        return sorted(found, key=lambda vote: (vote.at, vote.member, vote.pair.first, vote.pair.second))

    def close_account(self, member: Member, at: datetime) -> None:
        if member not in self._tables.closed:
            self._tables.put(self._tables.closed, member, at)

    def reopen_account(self, member: Member) -> bool:
        was_closed = self.is_closed(member)
        if was_closed:
            self._tables.drop(self._tables.closed, member)
        return was_closed

    def is_closed(self, member: Member) -> bool:
        return member in self._tables.closed

    def reminders(self, member: Member) -> Reminders | None:
        return self._tables.reminders.get(member)

    def put_reminders(self, reminders: Reminders) -> None:
        self._tables.put(self._tables.reminders, reminders.member, reminders)

    def drop_reminders(self, member: Member) -> bool:
        wanted = member in self._tables.reminders
        if wanted:
            self._tables.drop(self._tables.reminders, member)
        return wanted

    def reminders_due(
        self, now: datetime, served: Collection[Platform], most: int, limit: int
    ) -> list[Reminders]:
        due = [
            one
            for one in self._tables.reminders.values()
            if one.next_at <= now and one.sent < most and one.member.workspace.platform in served
        ]
        due.sort(key=lambda one: (one.next_at, one.member.workspace.key, one.member.id))
        return due[:limit]

    def _stands(self, workspace: Workspace, answer: str) -> bool:
        found = self._tables.answers.get((workspace, answer))
        return found is not None and found.withdrawn_at is None

    def _reviewers(self, workspace: Workspace, answer: str, removed: bool = False) -> list[Member | None]:
        """Who reviewed an answer, with removed reviews or without."""
        return [
            review.reviewer
            for review in self._tables.reviews.values()
            if (review.workspace, review.answer) == (workspace, answer)
            if removed or review.removed_at is None
        ]

    def _open_offers(self, answer: Answer, since: datetime) -> int:
        workspace = answer.member.workspace
        done = self._reviewers(workspace, answer.id, removed=True)
        return sum(
            offer.member.workspace == workspace
            and offer.answer == answer.id
            and offer.at >= since
            and offer.member not in done
            for offer in self._tables.offers.values()
        )
