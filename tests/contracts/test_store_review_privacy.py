"""What is shown of reviews to the two people that they are of, and what a deletion leaves, over every store."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.cards import Button, Card, Quote, to_json
from bot.domain.comparing import Pair, Vote
from bot.domain.places import Member
from bot.domain.reviews import Draft, Review
from bot.practice.ports import Store
from bot.practice.records import LocalMessage, Transaction
from bot.practice.review_records import GoldReview, Offer, Reminders
from tests.contracts.review_samples import answers, ids, keep, keep_in_rounds
from tests.contracts.samples import (
    ADA,
    BEN,
    CY,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    STUDY,
    THREAD,
    TODAY,
    answer,
    elsewhere,
    message,
    open_round,
    review,
)
from tests.fakes import EVERYWHERE

NOW = NOON + DAY
GONE = Draft((0, 0), (), "", "")


def tombstone(of: Review) -> Review:
    """What is left of a review whose reviewer was deleted."""
    return replace(
        of, reviewer=None, draft=GONE, zone="UTC", counts=False, flag_reason=None, removed_at=NOW, due_at=NOW
    )


def take_part(tx: Transaction, member: Member) -> None:
    """A row of a member in each table around reviews."""
    tx.add_offer(Offer(member, "a-9", NOON, TODAY))
    tx.add_gold_review(GoldReview(member, "g-1", "backend", Draft((1, 2), (), "gold words", "more"), NOON))
    tx.put_vote(Vote(member, Pair("a-1", "a-2"), "a-1", f"why {member.id} thinks so", NOON))
    tx.close_account(member, NOON)
    tx.put_reminders(Reminders(member, 0, NOON))


async def test_an_export_says_which_reviews_were_given_under_the_members_name(store: Store) -> None:
    made = [
        review("v-1", thanked_at=NOON, changed_at=NOON + HOUR, flagged_at=NOON, flag_reason="reason of ada"),
        review("v-2", answer="a-2", round="r-2", named=False, removed_at=NOON),
        review("v-3", CY),
    ]
    await keep_in_rounds(store, *made)
    found = await store.read(lambda tx: tx.export_member(BEN))
    given = {row["id"]: row for row in found["review"]}
    assert found.keys() == {"review"}
    assert [given[id_]["named"] for id_ in ("v-1", "v-2")] == [True, False]
    draft = made[0].draft
    shown = {
        "answer": "a-1",
        "structure": 4,
        "substance": 2,
        "covered": "[0, 2]",
        "strong": draft.strong,
        "to_change": draft.change,
        "at": NOON.isoformat(),
        "changed_at": (NOON + HOUR).isoformat(),
        "thanked_at": NOON.isoformat(),
        "removed_at": None,
        "counts": True,
    }
    assert {name: given["v-1"][name] for name in shown} == shown
    assert "reason of ada" not in json.dumps(found)
    assert (await store.read(lambda tx: tx.count_member(BEN))) == {"review": 2}


async def test_an_export_shows_of_reviews_got_what_the_author_did_and_nobody_elses_words(
    store: Store,
) -> None:
    await keep(store, review(flagged_at=NOON, flag_reason="not about mine", thanked_at=NOON + HOUR))
    found = await store.read(lambda tx: tx.export_member(ADA))
    assert found["review_got"] == [
        {
            "id": "v-1",
            "answer": "a-1",
            "at": NOON.isoformat(),
            "thanked_at": (NOON + HOUR).isoformat(),
            "flagged_at": NOON.isoformat(),
            "flag_reason": "not about mine",
        }
    ]
    assert "review" not in found and "ben" not in json.dumps(found)
    assert (await store.read(lambda tx: tx.count_member(ADA)))["review_got"] == 1


async def test_everything_around_reviews_is_shown_counted_and_deleted(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for member in (ADA, BEN, elsewhere(ADA)):
            take_part(tx, member)

    await store.write(work)
    found = await store.read(lambda tx: tx.export_member(ADA))
    tables = {"review_offer", "gold_review", "vote", "closed_account", "reminder"}
    assert found.keys() == tables
    text = json.dumps(found)
    assert "gold words" in text and "why ada thinks so" in text and "why ben" not in text
    assert await store.write(lambda tx: tx.delete_member(ADA, NOW)) == 5

    def look(tx: Transaction) -> list[object]:
        return [tx.count_member(ADA), *(tx.count_member(who).keys() for who in (BEN, elsewhere(ADA)))]

    assert await store.read(look) == [{}, tables, tables]
    assert await store.write(lambda tx: tx.delete_member(ADA, NOW)) == 0


@pytest.mark.bad_input(69, 70)
async def test_of_a_deleted_reviewer_only_what_draws_the_card_as_removed_is_left(store: Store) -> None:
    made = [
        review("v-1", message="c-1", due_at=None, thanked_at=NOON, flagged_at=NOON, flag_reason="a reason"),
        review("v-2", answer="a-2", round="r-2", due_at=NOON),
        review("v-3", answer="a-3", round="r-3", attempts=1, due_at=NOW + HOUR),
        review("v-4", CY, message="c-4", removed_at=NOON, removed_by="ben"),
    ]
    await keep_in_rounds(store, *made)
    assert await store.write(lambda tx: tx.delete_member(BEN, NOW)) == 3
    shown, unseen, begun, other = await store.read(
        lambda tx: [tx.review(HOME, f"v-{n}") for n in (1, 2, 3, 4)]
    )
    assert (shown, unseen) == (tombstone(made[0]), None)
    called_for = NOW + HOUR + timedelta(microseconds=1)
    assert begun == replace(tombstone(made[2]), due_at=called_for), "its card is on its way into the thread"
    assert other == replace(made[3], removed_by=None)

    def look(tx: Transaction) -> list[object]:
        due = [ids(tx.due_reviews(at, EVERYWHERE, 9)) for at in (NOW, called_for)]
        return [due, tx.export_member(BEN), ids(tx.reviews_of(HOME, "a-1")), tx.reviews_given(BEN, 9)]

    assert await store.read(look) == [[["v-4", "v-1"], ["v-4", "v-1", "v-3"]], {}, [], []]
    assert await store.write(lambda tx: tx.delete_member(BEN, NOW + HOUR)) == 0
    found = await store.read(lambda tx: tx.review(HOME, "v-1"))
    assert found is not None and found.due_at == NOW


async def test_nothing_gives_a_tombstone_its_words_or_its_reviewer_back(store: Store) -> None:
    given = review(message="c-1")
    await keep(store, given)
    await store.write(lambda tx: tx.delete_member(BEN, NOW))
    await store.write(lambda tx: tx.change_review(given))
    await store.write(lambda tx: tx.change_review(tombstone(given)))
    found = await store.read(lambda tx: tx.review(HOME, "v-1"))
    assert found == tombstone(given)
    assert await store.write(lambda tx: tx.claim_showing(tombstone(given), NOW + HOUR))
    await store.write(lambda tx: tx.forget_review(tombstone(given)))
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) is None


async def test_a_reviewer_who_was_deleted_can_review_the_answer_again(store: Store) -> None:
    await keep(store, review(message="c-1"))
    await store.write(lambda tx: tx.delete_member(BEN, NOW))
    assert await store.write(lambda tx: tx.add_review(review("v-2")))
    assert await store.read(lambda tx: ids(tx.reviews_of(HOME, "a-1"))) == ["v-2"]


@pytest.mark.bad_input(69, 70)
async def test_the_reviews_that_a_deleted_author_got_stay_without_them(store: Store) -> None:
    made = [
        review("v-1", message="c-1", due_at=None, flagged_at=NOON, flag_reason="words of ada"),
        review("v-2", CY, due_at=NOW + DAY),
        review("v-3", CY, answer="a-2", round="r-2", due_at=None),
    ]
    await keep_in_rounds(store, *made)
    before = await store.read(lambda tx: (tx.export_member(BEN), tx.count_member(CY)))
    counted = await store.read(lambda tx: tx.count_member(ADA))
    assert counted["review_got"] == 3
    assert await store.write(lambda tx: tx.delete_member(ADA, NOW)) == sum(counted.values())
    left = [replace(each, author=None, flag_reason=None) for each in made]
    found = await store.read(lambda tx: [tx.review(HOME, each.id) for each in made])
    assert found == [replace(left[0], due_at=NOW), replace(left[1], due_at=NOW), left[2]]
    assert await store.read(lambda tx: (tx.export_member(BEN), tx.count_member(CY))) == before
    assert await store.read(lambda tx: (tx.count_member(ADA), tx.reviews_got(ADA, 9))) == ({}, [])


@pytest.mark.bad_input(69)
async def test_a_review_of_which_both_people_are_gone_is_still_drawn_as_removed(store: Store) -> None:
    given = review(message="c-1")
    await keep(store, given)
    for gone in (ADA, BEN):
        await store.write(lambda tx, gone=gone: tx.delete_member(gone, NOW))  # type: ignore[misc]
    (due,) = await store.read(lambda tx: tx.due_reviews(NOW, EVERYWHERE, 9))
    assert due == replace(tombstone(given), author=None)
    assert await store.write(lambda tx: tx.claim_showing(due, NOW + HOUR))
    await store.write(lambda tx: tx.forget_review(due))
    assert await store.read(lambda tx: tx.due_reviews(NOW + DAY, EVERYWHERE, 9)) == []


@pytest.mark.bad_input(70)
async def test_an_author_who_is_deleted_in_the_middle_of_a_review_is_not_reviewed_any_more(
    store: Store,
) -> None:
    def begin(tx: Transaction) -> None:
        answers(tx, answer(), answer("a-2", CY))
        for each in (Offer(BEN, "a-1", NOON, TODAY), Offer(BEN, "a-2", NOON, TODAY)):
            tx.add_offer(each)
        tx.add_offer(Offer(elsewhere(BEN), "a-1", NOON, TODAY))
        open_round(tx, thread=elsewhere(THREAD))
        tx.add_answer(answer("a-2", elsewhere(ADA)))
        tx.put_credit(BEN, TODAY, NOON, "UTC", None)
        tx.put_vote(Vote(BEN, Pair("a-1", "a-2"), "a-1", "my own words", NOON))

    await store.write(begin)
    await store.write(lambda tx: tx.delete_member(ADA, NOW))

    def look(tx: Transaction) -> list[object]:
        found: list[object] = [tx.offers_on(BEN, TODAY), tx.offers_on(elsewhere(BEN), TODAY)]
        found += [
            tx.standing_answers(HOME, NOON, (STUDY,), 9),
            tx.votes_of(BEN),
            tx.practice_days(BEN, TODAY),
        ]
        return [*found, [each.id for each, _ in tx.standing_answers(HOME, NOON, (STUDY,), 9)]]

    assert not await store.write(lambda tx: tx.add_review(review()))
    kept = [(answer("a-2", CY), "q-1")]
    assert await store.read(look) == [1, 1, kept, [Pair("a-1", "a-2")], (TODAY,), ["a-2"]]


def private(value: str, reader: str | None = "cy", **changes: Any) -> LocalMessage:
    """A card that quotes somebody, with a button that leads on."""
    card = Card("Read this", (Quote("own words"),), (Button("More", "review", value), Button("No", "none")))
    return message(author=None, only_for=reader, card=to_json(card), **changes)


async def test_private_cards_of_others_that_lead_to_what_is_deleted_go(store: Store) -> None:
    kept = [
        private("a-12"),
        private("v-12"),
        private("a-1", reader=None),
        private("a-2/a-3"),
        message(only_for="cy", author=None, card="no JSON a-1"),
        message(only_for="cy", author=None, card='["a-1"]'),
        message(only_for="cy", author=None, card=to_json(Card("a-1", (Quote('"buttons":[["a-1"]]'),)))),
        private("r-1", text="text that only names a-1"),
    ]
    gone = [private("a-1"), private("v-1"), private("a-1/a-2", "ben"), private("a-0/a-1")]

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer())
        tx.add_answer(answer("a-2", BEN))
        tx.add_review(review(reviewer=ADA, author=BEN, answer="a-2"))
        open_round(tx, thread=elsewhere(THREAD))
        tx.add_answer(answer("a-12", elsewhere(ADA)))
        tx.add_answer(answer("a-13", elsewhere(BEN)))
        tx.add_review(review("v-12", elsewhere(ADA), elsewhere(BEN), answer="a-13"))
        for each in (*gone, *kept):
            tx.add_message(each)
        tx.add_message(private("a-1", channel=elsewhere(STUDY)))

    await store.write(work)
    await store.write(lambda tx: tx.delete_member(ADA, NOW))

    def left(tx: Transaction) -> list[int]:
        seen = {each.seq for who in ("ben", "cy") for each in tx.messages(STUDY, who, None, 99)}
        return [*sorted(seen), *(each.seq for each in tx.messages(elsewhere(STUDY), "cy", None, 9))]

    assert await store.read(left) == [*range(5, 13), 1]


async def test_the_newest_message_is_emptied_where_others_go(store: Store) -> None:
    def work(tx: Transaction) -> int:
        answers(tx)
        tx.add_message(private("a-1"))
        tx.add_message(private("a-1", text="words", edited_at=NOON))
        tx.delete_member(ADA, NOW)
        return tx.add_message(message("next", author="cy"))

    assert await store.write(work) == 3
    emptied, following = await store.read(lambda tx: tx.messages(STUDY, "cy", None, 9))
    assert (emptied.seq, emptied.text, emptied.card, emptied.deleted_at) == (2, "", None, NOW)
    assert following.text == "next"


async def test_a_deletion_elsewhere_touches_no_review(store: Store) -> None:
    await keep(store, review(message="c-1", removed_by="zoe"))
    before = await store.read(lambda tx: tx.review(HOME, "v-1"))
    for who in (ADA, BEN, Member(HOME, "zoe")):
        await store.write(lambda tx, who=who: tx.delete_member(elsewhere(who), NOW))  # type: ignore[misc]
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) == before
    assert await store.read(lambda tx: tx.review(OTHER, "v-1")) is None
