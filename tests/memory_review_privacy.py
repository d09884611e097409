"""What becomes of reviews when one of the two people has their data shown or deleted, in the memory store."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.places import Member
from bot.domain.reviews import Draft
from tests.memory_reviews import called_for
from tests.memory_tables import Tables

_GIVEN = (
    "id answer round answer_version named version at changed_at local_date zone counts thanked_at removed_at"
)
_GOT = "id answer at thanked_at flagged_at flag_reason"


def shared_reviews(tables: Tables, member: Member) -> Iterator[tuple[str, dict[str, object]]]:
    """The reviews that a member gave and got, with what is shown of each."""
    for review in tables.reviews.values():
        if review.reviewer == member:
            draft = review.draft
            structure, substance = draft.scores
            said = {"structure": structure, "substance": substance, "covered": json.dumps(draft.covered)}
            shown = {name: _plain(getattr(review, name)) for name in _GIVEN.split()}
            yield "review", {**shown, **said, "strong": draft.strong, "to_change": draft.change}
        elif review.author == member:
            yield "review_got", {name: _plain(getattr(review, name)) for name in _GOT.split()}


def forget_reviews(tables: Tables, member: Member, at: datetime) -> None:
    """Take a member out of reviews, and drop what leads others to their answers and reviews."""
    answers = {answer.id for answer in tables.answers.values() if answer.member == member}
    own = {each.id for each in tables.reviews.values() if member in (each.reviewer, each.author)}
    _drop_private_cards(tables, member, answers | own, at)
    for offer in list(tables.offers.values()):
        if offer.member.workspace == member.workspace and offer.answer in answers:
            tables.drop(tables.offers, (offer.member, offer.answer))
    for key, review in list(tables.reviews.items()):
        if key[0] != member.workspace:
            continue
        if review.removed_by == member.id:
            review = replace(review, removed_by=None)
        if review.reviewer == member:
            if key in tables.review_words:
                tables.drop(tables.review_words, key)
            review = replace(
                review,
                reviewer=None,
                draft=Draft((0, 0), (), "", ""),
                zone="UTC",
                counts=False,
                flag_reason=None,
                removed_at=at,
                due_at=called_for(review, at),
            )
        if review.author == member:
            needs_card = review.message is not None or review.due_at is not None
            due_at = called_for(review, at) if needs_card else None
            review = replace(review, author=None, flag_reason=None, due_at=due_at)
        tables.put(tables.reviews, key, review)
        if review.reviewer is None and review.message is None and review.attempts == 0:
            tables.drop(tables.reviews, key)


def _drop_private_cards(tables: Tables, member: Member, ids: set[str], at: datetime) -> None:
    for key, message in list(tables.messages.items()):
        if key[0] != member.workspace or message.only_for in (None, member.id) or message.card is None:
            continue
        if not any(ids & set(value.split("/")) for value in _button_values(message.card)):
            continue
        newest = max(seq for of, seq in tables.messages if of == member.workspace)
        if key[1] == newest:
            emptied = replace(message, text="", card=None, edited_at=None, deleted_at=at)
            tables.put(tables.messages, key, emptied)
        else:
            tables.drop(tables.messages, key)


def _button_values(card: str) -> list[str]:
    try:
        read = json.loads(card)
    except ValueError:
        return []
    return [value for _, _, value, _ in read["buttons"]] if isinstance(read, dict) else []


def _plain(value: object) -> object:
    """As JSON knows it."""
    return value if isinstance(value, str | int | bool | None) else getattr(value, "isoformat", str)()
