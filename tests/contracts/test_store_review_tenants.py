"""Two workspaces in which the same ids stand for other things never meet in what waits for a review."""

from dataclasses import replace

from bot.domain.places import Member
from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.practice.review_records import Offer
from tests.contracts.samples import (
    ADA,
    BEN,
    CY,
    HOME,
    HOUR,
    NOON,
    STUDY,
    THREAD,
    TODAY,
    answer,
    elsewhere,
    open_round,
    question,
    review,
)

EVE = Member(HOME, "eve")


def calm(tx: Transaction) -> None:
    """At home three answers wait, of which one was offered."""
    open_round(tx)
    for number, member in enumerate((ADA, CY, EVE), start=1):
        tx.add_answer(answer(f"a-{number}", member))
    tx.add_offer(Offer(BEN, "a-1", NOON, TODAY))
    tx.add_offer(Offer(CY, "a-1", NOON, TODAY))
    tx.add_offer(Offer(BEN, "a-3", NOON, TODAY))


def busy(tx: Transaction) -> None:
    """Elsewhere the same ids are other answers to another question: reviewed, withdrawn, and of somebody who left."""
    open_round(tx, thread=elsewhere(THREAD), question=question("q-7"))
    tx.add_answer(answer("a-1", elsewhere(EVE), withdrawn_at=NOON))
    for number, member in enumerate((ADA, CY), start=2):
        tx.add_answer(answer(f"a-{number}", elsewhere(member)))
    for place, reviewer in enumerate((BEN, EVE)):
        given = review(f"v-{place}", elsewhere(reviewer), elsewhere(ADA), answer="a-2")
        assert tx.add_review(given)
    assert tx.add_review(review("v-7", elsewhere(BEN), elsewhere(CY), answer="a-3"))
    for offered in ("a-1", "a-2", "a-3"):
        tx.add_offer(Offer(elsewhere(CY), offered, NOON, TODAY))
    tx.close_account(elsewhere(CY), NOON)


def seen(tx: Transaction) -> list[object]:
    """What members of the first workspace see."""
    since = NOON - HOUR
    members = (ADA, BEN, CY, EVE)
    return [
        [tx.open_answers(member, since, 2, since, (STUDY,), 9) for member in members],
        [tx.offers(member, 9) for member in members],
        [tx.waiting_of(member, since, 9) for member in members],
        [sorted(tx.channels_of(member)) for member in members],
        tx.standing_answers(HOME, since, (STUDY,), 9),
        [tx.votes_of(member) for member in members],
    ]


async def test_what_happens_in_one_workspace_changes_nothing_in_another(store: Store) -> None:
    await store.write(calm)
    before = await store.read(seen)
    await store.write(busy)
    assert await store.read(seen) == before


async def test_nor_does_it_the_other_way_round(store: Store) -> None:
    def theirs(tx: Transaction) -> list[object]:
        members = [elsewhere(member) for member in (ADA, BEN, CY, EVE)]
        since, there = NOON - HOUR, (elsewhere(THREAD).channel,)
        return [
            [
                [one.answer for one in tx.open_answers(member, since, 9, since, there, 9)]
                for member in members
            ],
            [tx.open_answers(member, since, 9, since, there, 9) for member in members],
            [tx.offers(member, 9) for member in members],
            [tx.waiting_of(member, since, 9) for member in members],
            [sorted(tx.channels_of(member)) for member in members],
            tx.standing_answers(elsewhere(THREAD).channel.workspace, since, there, 9),
        ]

    await store.write(busy)
    before = await store.read(theirs)
    await store.write(calm)
    await store.write(lambda tx: tx.add_review(replace(review("v-9", CY), answer="a-3")))
    assert await store.read(theirs) == before
    questions = await store.read(
        lambda tx: {
            *(asked for _, asked in tx.standing_answers(HOME, NOON, (STUDY,), 9)),
            *(one.question for one in tx.open_answers(BEN, NOON, 9, NOON, (STUDY,), 9)),
        }
    )
    assert questions == {"q-1"}
