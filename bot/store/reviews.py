"""Reviews of answers, and the drawing of their cards."""

import json
from collections.abc import Collection
from datetime import date, datetime

from bot.domain.places import Member, Platform, Workspace
from bot.domain.reviews import Review
from bot.practice.review_records import Giving
from bot.store.review_rows import review_of, review_values
from bot.store.rows import Row, micros, micros_or_none, platform_patterns
from bot.store.statements import Part


class ReviewsPart(Part):
    """Implements the half of `bot.practice.review_records.ReviewRecords` that is about reviews themselves."""

    def add_review(self, review: Review) -> bool:
        if review.reviewer is None:
            return False
        card = (review.message, micros_or_none(review.due_at), review.attempts)
        key = (*_key(review), review.answer, review.reviewer.id)
        return self._count("add_review", *key, *review_values(review), *card) == 1

    def change_review(self, review: Review) -> None:
        self._count("change_review", *_key(review), *review_values(review))

    def review(self, workspace: Workspace, id_: str) -> Review | None:
        return _review(self._one("review", workspace.key, id_))

    def review_by(self, reviewer: Member, answer: str) -> Review | None:
        return _review(self._one("review_by", reviewer.workspace.key, reviewer.id, answer))

    def reviews_of(self, workspace: Workspace, answer: str) -> list[Review]:
        return [review_of(row) for row in self._all("reviews_of", workspace.key, answer)]

    def reviews_given(self, member: Member, limit: int) -> list[Review]:
        rows = self._all("reviews_given", member.workspace.key, member.id, limit)
        return [review_of(row) for row in rows]

    def reviews_got(self, member: Member, limit: int) -> list[Review]:
        return [review_of(row) for row in self._all("reviews_got", member.workspace.key, member.id, limit)]

    def newest_reviews(self, workspace: Workspace, limit: int) -> list[Review]:
        found = self._all("flagged_reviews", workspace.key, limit)
        if len(found) < limit:
            found += self._all("other_reviews", workspace.key, limit - len(found))
        return [review_of(row) for row in found]

    def given_since(self, member: Member, since: datetime) -> int:
        row = self._one("given_since", member.workspace.key, member.id, micros(since))
        assert row is not None, "a count gives a row"
        return int(row[0])

    def giving(self, members: Collection[Member], month: str, *, unnamed: bool) -> dict[Member, Giving]:
        by_id = {member.id: member for member in members}
        if not by_id:
            return {}
        (workspace,) = {member.workspace.key for member in members}
        span = (f"{month}-01", f"{month}-31")
        rows = self._all("giving", workspace, json.dumps(sorted(by_id)), *span, int(unnamed))
        return {by_id[id_]: Giving(given, thanked) for id_, given, thanked in rows}

    def most_giving(self, workspace: Workspace, month: str, limit: int) -> list[tuple[Member, Giving]]:
        rows = self._all("most_giving", workspace.key, f"{month}-01", f"{month}-31", limit)
        return [(Member(workspace, id_), Giving(given, thanked)) for id_, given, thanked in rows]

    def counted_reviews(self, member: Member, day: date) -> list[Review]:
        rows = self._all("counted_reviews", member.workspace.key, member.id, day.isoformat())
        return [review_of(row) for row in rows]

    def said_before(self, review: Review, words: str) -> bool:
        row = self._one("said_before", review.workspace.key, words, review.id)
        return row is not None and bool(row[0])

    def due_reviews(self, now: datetime, served: Collection[Platform], limit: int) -> list[Review]:
        rows = self._all("due_reviews", micros(now), *platform_patterns(served), limit)
        return [review_of(row) for row in rows]

    def claim_showing(self, review: Review, until: datetime) -> bool:
        return self._count("claim_showing", *_key(review), micros_or_none(review.due_at), micros(until)) == 1

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
        times = (micros_or_none(due_at), micros(at), micros(at) if opened else None)
        self._count("end_showing", *_key(review), micros(until), message, *times)

    def call_for_showing(self, workspace: Workspace, answer: str, at: datetime) -> int:
        return self._count("call_for_showing", workspace.key, answer, micros(at))

    def call_for_card(self, review: Review, at: datetime) -> None:
        self._count("call_for_card", *_key(review), micros(at))

    def call_for_held(self, author: Member, at: datetime) -> int:
        return self._count("call_for_held", author.workspace.key, author.id, micros(at))

    def call_for_every_held(self, workspace: Workspace, at: datetime) -> int:
        return self._count("call_for_every_held", workspace.key, micros(at))

    def forget_review(self, review: Review) -> None:
        self._count("forget_review", *_key(review))


def _key(review: Review) -> Row:
    return review.workspace.key, review.id


def _review(row: Row | None) -> Review | None:
    return None if row is None else review_of(row)
