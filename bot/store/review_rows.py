"""Rows about reviews to domain values and back, beside the columns that the readers expect."""

import json
from datetime import date

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Member, Workspace
from bot.domain.reviews import Draft, Review, words_of
from bot.practice.review_records import GoldReview, Reminders
from bot.store.rows import Row, instant, instant_or_none, micros, micros_or_none, workspace_of

COLUMNS = {
    "review_columns": "workspace, id, answer, round, author, reviewer, answer_version, structure, substance,"
    " covered, strong, to_change, named, version, at, changed_at, local_date, zone, counts,"
    " thanked_at, flagged_at, flag_reason, removed_at, removed_by, message, due_at, attempts, opened_at",
}

NO_DRAFT = Draft((0, 0), (), "", "")
"""What is left of what a reviewer who is gone said: no score is 0."""


def review_of(row: Row) -> Review:
    """A review; one of a reviewer who is gone has no scores, key points and texts."""
    workspace = workspace_of(row[0])
    author, reviewer = (None if id_ is None else Member(workspace, id_) for id_ in row[4:6])
    counts, thanked_at, flagged_at, flag_reason, removed_at, removed_by, *card = row[18:]
    message, due_at, attempts, opened_at = card
    return Review(
        workspace=workspace,
        id=row[1],
        answer=row[2],
        round=row[3],
        author=author,
        reviewer=reviewer,
        answer_version=row[6],
        draft=NO_DRAFT if reviewer is None else draft_of(row[7:12]),
        named=bool(row[12]),
        version=row[13],
        at=instant(row[14]),
        changed_at=instant_or_none(row[15]),
        local_date=date.fromisoformat(row[16]),
        zone=row[17],
        counts=bool(counts),
        thanked_at=instant_or_none(thanked_at),
        flagged_at=instant_or_none(flagged_at),
        flag_reason=flag_reason,
        removed_at=instant_or_none(removed_at),
        removed_by=removed_by,
        message=message,
        due_at=instant_or_none(due_at),
        attempts=attempts,
        opened_at=instant_or_none(opened_at),
    )


def review_values(review: Review) -> Row:
    """What can change of a review, from its answer's version to who removed it."""
    return (
        review.answer_version,
        *draft_values(review.draft),
        words_of(review.draft),
        int(review.named),
        review.version,
        micros(review.at),
        micros_or_none(review.changed_at),
        review.local_date.isoformat(),
        review.zone,
        int(review.counts),
        micros_or_none(review.thanked_at),
        micros_or_none(review.flagged_at),
        review.flag_reason,
        micros_or_none(review.removed_at),
        review.removed_by,
    )


def draft_of(row: Row) -> Draft:
    """What a reviewer says, from its five columns."""
    structure, substance, covered, strong, to_change = row
    return Draft((structure, substance), tuple(json.loads(covered)), strong, to_change)


def draft_values(draft: Draft) -> Row:
    """What a reviewer says, as its five columns."""
    return *draft.scores, json.dumps(draft.covered), draft.strong, draft.change


def gold_review_of(member: Member, row: Row) -> GoldReview:
    """What a member said of a gold answer."""
    gold, track, *said, at = row
    return GoldReview(member, gold, track, draft_of(tuple(said)), instant(at))


def vote_of(workspace: Workspace, row: Row) -> Vote:
    """A member's word on a pair."""
    member, first, second, stronger, why, version, at = row
    return Vote(Member(workspace, member), Pair(first, second), stronger, why, instant(at), version)


def reminders_of(row: Row) -> Reminders:
    """A member's reminders."""
    workspace, member, sent, next_at = row
    return Reminders(Member(workspace_of(workspace), member), sent, instant(next_at))
