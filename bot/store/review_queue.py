"""What waits for a review, who was asked for it, gold reviews, votes, closed accounts, and reminders."""

import json
from collections.abc import Collection
from datetime import date, datetime

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.rounds import Answer
from bot.practice.review_records import GoldReview, Offer, OpenAnswer, Reminders
from bot.store.review_rows import draft_values, gold_review_of, reminders_of, vote_of
from bot.store.rows import answer_of, instant, micros, platform_patterns
from bot.store.statements import Part


class ReviewQueuePart(Part):
    """Implements the half of `bot.practice.review_records.ReviewRecords` that is about everything around reviews."""

    def channels_of(self, member: Member) -> frozenset[Channel]:
        rows = self._all("channels_of", member.workspace.key, member.id)
        return frozenset(Channel(member.workspace, id_) for (id_,) in rows)

    def open_answers(
        self,
        member: Member,
        since: datetime,
        wanted: int,
        offered_since: datetime,
        channels: Collection[Channel],
        limit: int,
    ) -> list[OpenAnswer]:
        values = (micros(since), wanted, micros(offered_since), _listed(channels), limit)
        rows = self._all("open_answers", member.workspace.key, member.id, *values)
        return [OpenAnswer(answer_of(row[:-2]), row[-2], row[-1]) for row in rows]

    def waiting_lately(
        self, member: Member, since: datetime, wanted: int, channel: Channel, among: int, limit: int
    ) -> int:
        values = (micros(since), wanted, channel.id, among, limit)
        row = self._one("waiting_lately", member.workspace.key, member.id, *values)
        assert row is not None, "a count gives a row"
        return int(row[0])

    def add_offer(self, offer: Offer) -> bool:
        member, day = offer.member, offer.local_date.isoformat()
        return (
            self._count("add_offer", member.workspace.key, member.id, offer.answer, micros(offer.at), day)
            == 1
        )

    def offers(self, member: Member, limit: int) -> list[Offer]:
        rows = self._all("offers", member.workspace.key, member.id, limit)
        return [Offer(member, answer, instant(at), date.fromisoformat(day)) for answer, at, day in rows]

    def offers_on(self, member: Member, day: date) -> int:
        row = self._one("offers_on", member.workspace.key, member.id, day.isoformat())
        assert row is not None, "a count gives a row"
        return int(row[0])

    def waiting_of(self, member: Member, since: datetime, limit: int) -> list[Answer]:
        rows = self._all("waiting_of", member.workspace.key, member.id, micros(since), limit)
        return [answer_of(row) for row in rows]

    def standing_answers(
        self, workspace: Workspace, since: datetime, channels: Collection[Channel], limit: int
    ) -> list[tuple[Answer, str]]:
        rows = self._all("standing_answers", workspace.key, micros(since), _listed(channels), limit)
        return [(answer_of(row[:-1]), row[-1]) for row in rows]

    def add_gold_review(self, review: GoldReview) -> bool:
        member, said = review.member, draft_values(review.draft)
        key = (member.workspace.key, member.id, review.gold)
        return self._count("add_gold_review", *key, review.track, *said, micros(review.at)) == 1

    def gold_reviews(self, member: Member) -> list[GoldReview]:
        rows = self._all("gold_reviews", member.workspace.key, member.id)
        return [gold_review_of(member, row) for row in rows]

    def put_vote(self, vote: Vote) -> None:
        member, pair = vote.member, vote.pair
        key = (member.workspace.key, member.id, pair.first, pair.second)
        self._count("put_vote", *key, vote.stronger, vote.why, vote.version, micros(vote.at))

    def vote(self, member: Member, pair: Pair) -> Vote | None:
        row = self._one("vote", member.workspace.key, member.id, pair.first, pair.second)
        return None if row is None else vote_of(member.workspace, row)

    def votes_of(self, member: Member) -> list[Pair]:
        rows = self._all("votes_of", member.workspace.key, member.id)
        return [Pair(first, second) for first, second in rows]

    def votes_on(self, workspace: Workspace, answers: Collection[str]) -> list[Vote]:
        rows = self._all("votes_on", workspace.key, json.dumps(sorted(answers)))
        return [vote_of(workspace, row) for row in rows]

    def close_account(self, member: Member, at: datetime) -> None:
        self._count("close_account", member.workspace.key, member.id, micros(at))

    def reopen_account(self, member: Member) -> bool:
        return self._count("reopen_account", member.workspace.key, member.id) == 1

    def is_closed(self, member: Member) -> bool:
        return self._one("closed_since", member.workspace.key, member.id) is not None

    def reminders(self, member: Member) -> Reminders | None:
        row = self._one("reminders", member.workspace.key, member.id)
        return None if row is None else reminders_of(row)

    def put_reminders(self, reminders: Reminders) -> None:
        member, next_at = reminders.member, micros(reminders.next_at)
        self._count("put_reminders", member.workspace.key, member.id, reminders.sent, next_at)

    def drop_reminders(self, member: Member) -> bool:
        return self._count("drop_reminders", member.workspace.key, member.id) == 1

    def reminders_due(
        self, now: datetime, served: Collection[Platform], most: int, limit: int
    ) -> list[Reminders]:
        rows = self._all("reminders_due", micros(now), *platform_patterns(served), most, limit)
        return [reminders_of(row) for row in rows]


def _listed(channels: Collection[Channel]) -> str:
    """The ids of channels as a statement takes a list."""
    return json.dumps(sorted(channel.id for channel in channels))
