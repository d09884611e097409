"""Reviews of answers and the drawing of their cards, over every store."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.places import Member, Platform, Workspace
from bot.domain.reviews import Draft, words_of
from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.practice.review_records import Giving
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
    SECOND,
    TODAY,
    answer,
    elsewhere,
    review,
)


async def test_a_review_comes_back_as_it_was_given(store: Store) -> None:
    full = review(
        named=False,
        version=3,
        changed_at=NOON + HOUR,
        counts=False,
        thanked_at=NOON + SECOND,
        flagged_at=NOON + 2 * SECOND,
        flag_reason="no <b>reason</b>",
        removed_at=NOON + 3 * SECOND,
        removed_by="cy",
        message="m-9",
        due_at=None,
        attempts=2,
    )
    await keep(store, full, review("v-2", CY, draft=Draft((1, 5), (), "s", "c")))
    assert await store.read(lambda tx: (tx.review(HOME, "v-1"), tx.review_by(BEN, "a-1"))) == (full, full)
    other = await store.read(lambda tx: tx.review_by(CY, "a-1"))
    assert other is not None and other.draft == Draft((1, 5), (), "s", "c")
    assert await store.read(lambda tx: (tx.review(HOME, "v-3"), tx.review_by(BEN, "a-2"))) == (None, None)


@pytest.mark.bad_input(103)
async def test_nobody_reviews_their_own_answer_or_one_answer_twice(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        answers(tx, answer(), answer("a-2", BEN))
        tried = [review(reviewer=ADA, author=BEN), review(), review("v-2"), review("v-3", CY)]
        return [tx.add_review(each) for each in tried]

    assert await store.write(work) == [False, True, False, True]
    assert await store.read(lambda tx: ids(tx.reviews_of(HOME, "a-1"))) == ["v-1", "v-3"]


@pytest.mark.bad_input(103)
async def test_of_twenty_reviews_by_one_member_at_once_one_is_kept(store: Store) -> None:
    await store.write(lambda tx: answers(tx))
    tried = [store.write(lambda tx, n=n: tx.add_review(review(f"v-{n}"))) for n in range(20)]  # type: ignore[misc]
    assert sum(await asyncio.gather(*tried)) == 1
    assert len(await store.read(lambda tx: tx.reviews_of(HOME, "a-1"))) == 1


async def test_an_answer_that_is_gone_withdrawn_elsewhere_or_of_a_closed_account_is_not_reviewed(
    store: Store,
) -> None:
    def work(tx: Transaction) -> list[bool]:
        answers(tx, answer(withdrawn_at=NOON), answer("a-2", CY), answer("a-4", BEN))
        tx.close_account(CY, NOON)
        tried = [
            review(),
            review(answer="a-2", author=CY),
            review(answer="a-3"),
            review(reviewer=elsewhere(CY), author=elsewhere(BEN), answer="a-4"),
        ]
        refused = [tx.add_review(each) for each in tried]
        tx.reopen_account(CY)
        tx.close_account(elsewhere(CY), NOON)
        return [*refused, tx.add_review(review(answer="a-2", author=CY))]

    assert await store.write(work) == [False] * 4 + [True]


async def test_author_and_round_are_those_of_the_answer(store: Store) -> None:
    await keep(store, review(author=CY, round="r-7"))
    found = await store.read(lambda tx: tx.review(HOME, "v-1"))
    assert found is not None and (found.author, found.round) == (ADA, "r-1")


async def test_two_reviews_of_one_id_are_a_mistake(store: Store) -> None:
    await keep(store, review())
    with pytest.raises(Exception):  # noqa: B017 - each store has its own; what counts is the next line
        await store.write(lambda tx: tx.add_review(review(reviewer=CY)))
    assert await store.read(lambda tx: tx.reviews_of(HOME, "a-1")) == [review()]


async def test_a_changed_review_keeps_its_people_its_card_and_when_it_is_drawn(store: Store) -> None:
    await keep(store, review(message="m-9", attempts=1), review("v-2", CY))
    changed = review(
        answer="a-7",
        round="r-7",
        author=CY,
        reviewer=CY,
        answer_version=4,
        draft=Draft((5, 5), (1,), "other words", "altogether"),
        named=False,
        version=2,
        at=NOON + SECOND,
        changed_at=NOON + HOUR,
        local_date=TODAY + DAY,
        zone="UTC",
        counts=False,
        thanked_at=NOON,
        flagged_at=NOON,
        flag_reason="reason",
        removed_at=NOON,
        removed_by="cy",
        due_at=None,
    )
    await store.write(lambda tx: tx.change_review(changed))
    kept = replace(
        changed, answer="a-1", round="r-1", author=ADA, reviewer=BEN, message="m-9", due_at=NOON, attempts=1
    )
    found = await store.read(lambda tx: (tx.review(HOME, "v-1"), tx.review(HOME, "v-2")))
    assert found == (kept, review("v-2", CY))


async def test_lists_of_reviews_leave_out_what_is_removed_and_are_bounded(store: Store) -> None:
    made = [review(f"v-{n}", answer=f"a-{n}", round=f"r-{n}", at=NOON + n * HOUR) for n in (3, 1, 2)]
    await keep_in_rounds(store, *made, review("v-4", CY, at=NOON + 9 * HOUR, removed_at=NOON))

    def look(tx: Transaction) -> list[list[str]]:
        found = [tx.reviews_given(BEN, 9), tx.reviews_given(BEN, 2), tx.reviews_given(CY, 9)]
        found += [tx.reviews_got(ADA, 9), tx.reviews_got(ADA, 1), tx.reviews_got(BEN, 9)]
        return list(map(ids, found))

    assert await store.read(look) == [
        ["v-3", "v-2", "v-1"],
        ["v-3", "v-2"],
        [],
        ["v-3", "v-2", "v-1"],
        ["v-3"],
        [],
    ]
    assert await store.read(lambda tx: ids(tx.reviews_of(HOME, "a-1"))) == ["v-1"]


async def test_the_reviews_of_an_answer_come_oldest_first(store: Store) -> None:
    await keep(store, review("v-2"), review("v-1", CY, at=NOON + SECOND))
    assert await store.read(lambda tx: ids(tx.reviews_of(HOME, "a-1"))) == ["v-2", "v-1"]


async def test_the_log_has_flagged_reviews_first(store: Store) -> None:
    made = [
        review("v-1", flagged_at=NOON),
        review("v-2", CY, at=NOON + HOUR),
        review("v-3", answer="a-2", round="r-2", at=NOON - HOUR, flagged_at=NOON),
        review("v-4", CY, answer="a-2", round="r-2", at=NOON + 2 * HOUR),
        review("v-5", CY, answer="a-3", round="r-3", flagged_at=NOON, removed_at=NOON),
    ]
    await keep_in_rounds(store, *made)
    for limit in (1, 2, 3, 9):
        found = await store.read(lambda tx, limit=limit: ids(tx.newest_reviews(HOME, limit)))  # type: ignore[misc]
        assert found == ["v-1", "v-3", "v-4", "v-2"][:limit]


async def test_what_a_member_gave_is_counted_since_an_instant_and_in_a_month(store: Store) -> None:
    made = [
        review("v-1", at=NOON, thanked_at=NOON),
        review("v-2", answer="a-2", round="r-2", at=NOON + HOUR, local_date=TODAY.replace(day=30)),
        review("v-3", CY, local_date=TODAY.replace(day=1), thanked_at=NOON, removed_at=NOON),
        review("v-4", answer="a-3", round="r-3", at=NOON + DAY, local_date=TODAY.replace(month=12, day=1)),
    ]
    await keep_in_rounds(store, *made)

    def look(tx: Transaction) -> list[object]:
        since = [tx.given_since(BEN, NOON + n * HOUR) for n in (0, 1, 2, 99)]
        since.append(tx.given_since(CY, NOON))
        months = [
            tx.giving([ADA, BEN, CY], month, unnamed=True) for month in ("2026-10", "2026-11", "2026-12")
        ]
        return [
            since,
            months,
            tx.giving([CY], "2026-11", unnamed=True),
            tx.giving([], "2026-11", unnamed=True),
        ]

    assert await store.read(look) == [
        [3, 2, 1, 0, 0],
        [{}, {BEN: Giving(2, 1)}, {BEN: Giving(1, 0)}],
        {},
        {},
    ]


async def test_the_giving_of_some_hundred_members_is_read_at_once(store: Store) -> None:
    await keep(store, review())
    many = [replace(BEN, id=f"{name}'\"%") for name in range(500)]
    assert await store.read(lambda tx: tx.giving([*many, BEN], "2026-11", unnamed=True)) == {
        BEN: Giving(1, 0)
    }


async def test_what_was_given_without_a_name_is_counted_for_ones_own_eyes_only(store: Store) -> None:
    made = [review("v-1", BEN), review("v-2", BEN, answer="a-2", round="r-2", named=False, thanked_at=NOON)]
    await keep_in_rounds(store, *made)

    def look(tx: Transaction) -> list[object]:
        counted = [tx.giving([BEN], "2026-11", unnamed=unnamed) for unnamed in (False, True)]
        return [*counted, tx.most_giving(HOME, "2026-11", 9)]

    assert await store.read(look) == [{BEN: Giving(1, 0)}, {BEN: Giving(2, 1)}, [(BEN, Giving(1, 0))]]


async def test_who_gave_most_in_a_month_comes_first_and_ties_go_by_thanks(store: Store) -> None:
    dan = replace(BEN, id="dan")
    made = [
        review("v-1", BEN),
        review("v-2", CY, thanked_at=NOON),
        review("v-3", dan, answer="a-2", round="r-2"),
        review("v-4", dan, answer="a-3", round="r-3", removed_at=NOON),
        review("v-5", CY, answer="a-3", round="r-3", local_date=TODAY.replace(month=12, day=1)),
    ]
    await keep_in_rounds(store, *made)

    def look(tx: Transaction) -> list[list[tuple[Member, Giving]]]:
        return [tx.most_giving(HOME, "2026-11", 9), tx.most_giving(HOME, "2026-11", 1)]

    whole = [(CY, Giving(1, 1)), (BEN, Giving(1, 0)), (dan, Giving(1, 0))]
    assert await store.read(look) == [whole, whole[:1]]
    assert await store.read(lambda tx: tx.most_giving(elsewhere(BEN).workspace, "2026-11", 9)) == []


async def test_what_counts_for_a_date_includes_removed_reviews_by_creation_time(store: Store) -> None:
    made = [
        review("v-2", at=NOON + HOUR),
        review("v-1", answer="a-2", round="r-2", removed_at=NOON),
        review("v-3", answer="a-3", round="r-3", local_date=TODAY - DAY),
        review("v-4", CY, answer="a-2", round="r-2", counts=False),
    ]
    await keep_in_rounds(store, *made)
    found = await store.read(lambda tx: [ids(tx.counted_reviews(who, TODAY)) for who in (BEN, CY)])
    assert found == [["v-1", "v-2"], []]


async def test_words_said_before_by_anybody_are_known_by_their_fingerprint(store: Store) -> None:
    first, other = review(), review("v-2", answer="a-2", round="r-2", draft=Draft((1, 1), (), "One.", "Two."))
    shouted = replace(first.draft, scores=(1, 1), covered=(), strong=first.draft.strong.upper())
    await keep_in_rounds(store, first, other, review("v-3", CY, draft=shouted))
    words = words_of(first.draft)

    def look(tx: Transaction) -> list[bool]:
        found = [tx.said_before(each, words) for each in (first, other, review("v-3", CY))]
        return [
            *found,
            tx.said_before(first, words_of(other.draft)),
            tx.said_before(other, words_of(other.draft)),
        ]

    assert await store.read(look) == [True, True, True, True, False]
    theirs = replace(first, workspace=OTHER)
    assert not await store.read(lambda tx: tx.said_before(theirs, words))


async def test_the_words_of_an_earlier_version_stay_known(store: Store) -> None:
    first, other = review(), review("v-2", answer="a-2", round="r-2", draft=Draft((1, 1), (), "One.", "Two."))
    await keep_in_rounds(store, first, other)
    changed = replace(first, draft=replace(first.draft, strong="Now something else."))
    for _ in range(2):
        await store.write(lambda tx: tx.change_review(changed))
    for draft in (first.draft, changed.draft):
        words = words_of(draft)
        assert await store.read(lambda tx, words=words: tx.said_before(other, words))  # type: ignore[misc]
    await store.write(lambda tx: tx.delete_member(BEN, NOON))
    assert not await store.read(lambda tx: tx.said_before(review("v-9", CY), words_of(first.draft)))


async def test_no_other_workspace_sees_or_touches_a_review(store: Store) -> None:
    await keep(store, review(flagged_at=NOON, due_at=None))
    theirs = replace(review(), workspace=OTHER, reviewer=elsewhere(BEN), author=elsewhere(ADA))
    ours = await store.read(lambda tx: tx.review(HOME, "v-1"))

    def work(tx: Transaction) -> list[object]:
        tx.change_review(replace(theirs, version=7))
        tx.end_showing(theirs, NOON, "m-9", NOON, NOON)
        tx.forget_review(theirs)
        return [
            tx.review(OTHER, "v-1"),
            tx.review_by(elsewhere(BEN), "a-1"),
            tx.reviews_of(OTHER, "a-1"),
            tx.reviews_given(elsewhere(BEN), 9),
            tx.reviews_got(elsewhere(ADA), 9),
            tx.newest_reviews(OTHER, 9),
            tx.given_since(elsewhere(BEN), NOON - DAY),
            tx.giving([elsewhere(BEN)], "2026-11", unnamed=True),
            tx.counted_reviews(elsewhere(BEN), TODAY),
            tx.said_before(replace(theirs, id="v-9"), words_of(theirs.draft)),
            tx.claim_showing(theirs, NOON + HOUR),
            tx.call_for_showing(OTHER, "a-1", NOON),
            tx.call_for_held(elsewhere(ADA), NOON - DAY),
        ]

    assert await store.write(work) == [None, None, [], [], [], [], 0, {}, [], False, False, 0, 0]
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) == ours
    assert await store.write(lambda tx: tx.delete_workspace(Workspace(Platform.SLACK, "home"))) == 0
    await store.write(lambda tx: tx.delete_workspace(HOME))
    assert await store.read(lambda tx: tx.review(HOME, "v-1")) is None
