"""When a review's card has to be drawn, and who draws it, over every store."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.places import Platform, Workspace
from bot.practice.ports import Store
from bot.practice.records import Transaction
from tests.contracts.review_samples import ids, keep, keep_in_rounds
from tests.contracts.samples import ADA, BEN, CY, DAY, HOME, HOUR, NOON, SECOND, review
from tests.fakes import EVERYWHERE


async def test_due_cards_come_in_order_and_of_the_platforms_that_are_served(store: Store) -> None:
    made = [
        review("v-3", due_at=NOON + HOUR),
        review("v-2", CY, due_at=NOON),
        review("v-1", answer="a-2", round="r-2", due_at=NOON),
        review("v-4", answer="a-3", round="r-3", due_at=None),
    ]
    await keep_in_rounds(store, *made)

    def look(tx: Transaction) -> list[list[str]]:
        early, late = NOON - SECOND, NOON + HOUR
        found = [tx.due_reviews(at, EVERYWHERE, 9) for at in (early, NOON, late)]
        return [
            *map(
                ids, (*found, tx.due_reviews(late, {Platform.SLACK}, 9), tx.due_reviews(late, EVERYWHERE, 1))
            )
        ]

    assert await store.read(look) == [[], ["v-1", "v-2"], ["v-1", "v-2", "v-3"], [], ["v-1"]]


async def test_a_drawing_is_claimed_by_one_and_its_end_is_noted(store: Store) -> None:
    await keep(store, review())
    until = NOON + HOUR
    tried = [store.write(lambda tx: tx.claim_showing(review(), until)) for _ in range(5)]
    assert sorted(await asyncio.gather(*tried)) == [False] * 4 + [True]
    claimed = review(due_at=until, attempts=1)
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) == claimed
    assert not await store.write(lambda tx: tx.claim_showing(review(due_at=None), until))
    assert await store.write(lambda tx: tx.claim_showing(claimed, until + HOUR))
    await store.write(lambda tx: tx.end_showing(claimed, until + HOUR, "m-9", None, NOON))
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) == review(message="m-9", due_at=None)


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("called", ["showing", "held"])
async def test_a_drawing_that_was_asked_for_meanwhile_is_due_at_its_end_and_not_before(
    store: Store, times: int, called: str
) -> None:
    await keep(store, review())
    until = NOON + HOUR
    await store.write(lambda tx: tx.claim_showing(review(), until))
    for _ in range(times):
        if called == "showing":
            assert await store.write(lambda tx: tx.call_for_showing(HOME, "a-1", NOON + SECOND)) == 1
        else:
            assert await store.write(lambda tx: tx.call_for_held(ADA, NOON + SECOND)) == 1
    assert await store.read(lambda tx: tx.due_reviews(until, EVERYWHERE, 9)) == []
    await store.write(lambda tx: tx.end_showing(review(), until, "m-9", NOON + DAY, NOON + SECOND))
    found = await store.read(lambda tx: tx.review(HOME, "v-1"))
    assert found == review(message="m-9", due_at=NOON + SECOND, attempts=0)


async def test_a_drawing_that_somebody_else_has_taken_over_stays_theirs(store: Store) -> None:
    await keep(store, review())
    until = NOON + HOUR
    await store.write(lambda tx: tx.claim_showing(review(), until))
    await store.write(lambda tx: tx.claim_showing(review(due_at=until), until + HOUR))
    await store.write(lambda tx: tx.end_showing(review(), until, "m-9", None, NOON + SECOND))
    found = await store.read(lambda tx: tx.review(HOME, "v-1"))
    assert found == review(message="m-9", due_at=until + HOUR, attempts=2)


async def test_the_cards_of_an_answer_are_called_for_and_never_later_than_they_are_due(store: Store) -> None:
    made = [
        review("v-1", due_at=NOON),
        review("v-2", CY, due_at=None),
        review("v-3", replace(CY, id="dan"), due_at=NOON + DAY),
        review("v-4", replace(CY, id="eve"), due_at=None, removed_at=NOON),
        review("v-5", answer="a-2", round="r-2", due_at=None),
    ]
    await keep_in_rounds(store, *made)
    assert await store.write(lambda tx: tx.call_for_showing(HOME, "a-1", NOON + HOUR)) == 3
    found = await store.read(lambda tx: [tx.review(HOME, each.id) for each in made])
    due = [each and each.due_at for each in found]
    assert due == [NOON, NOON + HOUR, NOON + HOUR, None, None]


async def test_what_is_held_is_called_for_and_nothing_else(store: Store) -> None:
    made = [
        review("v-1", due_at=NOON + DAY),
        review("v-2", CY, due_at=None),
        review("v-3", answer="a-2", round="r-2", due_at=NOON - HOUR),
        review("v-4", answer="a-3", round="r-3", due_at=NOON + DAY, removed_at=NOON),
    ]
    await keep_in_rounds(store, *made)
    assert await store.write(lambda tx: tx.call_for_held(BEN, NOON)) == 0
    assert await store.write(lambda tx: tx.call_for_held(ADA, NOON)) == 1
    assert await store.read(lambda tx: ids(tx.due_reviews(NOON, EVERYWHERE, 9))) == ["v-3", "v-1"]


async def test_all_that_is_held_in_a_workspace_is_called_for_and_nothing_elsewhere(store: Store) -> None:
    made = [
        review("v-1", due_at=NOON + DAY),
        review("v-2", CY, due_at=None),
        review("v-3", answer="a-2", round="r-2", due_at=NOON - HOUR),
        review("v-4", answer="a-3", round="r-3", due_at=NOON + DAY, removed_at=NOON),
    ]
    await keep_in_rounds(store, *made)
    other = Workspace(HOME.platform, "elsewhere")
    assert await store.write(lambda tx: tx.call_for_every_held(other, NOON)) == 0
    assert await store.write(lambda tx: tx.call_for_every_held(HOME, NOON)) == 1
    assert await store.read(lambda tx: ids(tx.due_reviews(NOON, EVERYWHERE, 9))) == ["v-3", "v-1"]


async def test_a_forgotten_review_is_gone(store: Store) -> None:
    await keep(store, review(), review("v-2", CY))
    await store.write(lambda tx: tx.forget_review(review()))
    await store.write(lambda tx: tx.forget_review(review()))
    assert await store.read(lambda tx: ids(tx.reviews_of(HOME, "a-1"))) == ["v-2"]
