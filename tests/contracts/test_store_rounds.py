"""What every store promises about rounds and the protocol by which their prompts are posted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.places import Channel, Thread
from bot.domain.rounds import Claim, PostingState, Round
from bot.practice.ports import Store
from bot.practice.records import OccurrenceState, Transaction
from tests.contracts.samples import (
    ADA,
    BEN,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    SECOND,
    STUDY,
    THREAD,
    TODAY,
    answer,
    elsewhere,
    line,
    occurrence,
    open_round,
    planned,
    question,
    round_,
)
from tests.fakes import EVERYWHERE


async def test_a_round_is_read_as_it_was_kept(store: Store) -> None:
    made = round_(planned=planned(occurrence()), asked_by=None)
    await store.write(lambda tx: tx.add_round(made))
    assert await store.read(lambda tx: tx.round(HOME, "r-1")) == made


async def test_a_round_is_found_by_its_thread_once_that_is_open(store: Store) -> None:
    opened = await store.write(open_round)
    assert await store.read(lambda tx: tx.round_in(THREAD)) == opened
    assert await store.read(lambda tx: tx.round_in(Thread(STUDY, "101"))) is None
    assert await store.read(lambda tx: tx.round_in(Thread(Channel(HOME, "lobby"), "100"))) is None


async def test_no_other_workspace_sees_a_round(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer())
        tx.take_hint("r-1", ADA, 2)

    await store.write(work)

    def look(tx: Transaction) -> list[object]:
        return [
            tx.round(OTHER, "r-1"),
            tx.round_in(elsewhere(THREAD)),
            tx.newest_round(elsewhere(STUDY)),
            tx.times_asked(elsewhere(STUDY)),
            tx.seen_by(elsewhere(ADA)),
            tx.answered_by(elsewhere(ADA)),
        ]

    assert await store.read(look) == [None, None, None, {}, frozenset(), frozenset()]
    assert await store.write(lambda tx: tx.take_hint("r-1", elsewhere(ADA), 2)) == 1


async def test_the_same_round_id_in_two_workspaces_is_two_rounds(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        open_round(tx, thread=elsewhere(THREAD), question=question(text="another"))

    await store.write(work)
    found = await store.read(lambda tx: (tx.round(HOME, "r-1"), tx.round(OTHER, "r-1")))
    assert found[0] is not None and found[1] is not None
    assert found[0].question.text != found[1].question.text


async def test_a_round_keeps_its_question_as_it_was_asked(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_round(round_("r-1"))
        tx.add_round(round_("r-2", question=question(text="the pack's new text")))

    await store.write(work)
    found = await store.read(lambda tx: (tx.round(HOME, "r-1"), tx.round(HOME, "r-2")))
    assert found[0] is not None and found[0].question == question()
    assert found[1] is not None and found[1].question.text == "the pack's new text"


async def test_only_the_attempt_that_holds_a_round_can_bind_or_fail_it(store: Store) -> None:
    first = round_(claim=Claim("gone", 1, NOON))
    claim = Claim("this-instance", 2, NOON + HOUR)
    second = replace(first, claim=claim)

    def work(tx: Transaction) -> list[bool]:
        tx.add_round(first)
        return [
            tx.reclaim_round(first, claim),
            tx.reclaim_round(first, replace(claim, lease_until=NOON + DAY)),
            tx.bind_prompt(first, "m-old", NOON),
            tx.fail_round(first, "gave up"),
            tx.bind_prompt(second, "m-new", NOON),
            tx.bind_prompt(second, "m-again", NOON),
            tx.fail_round(second, "too late"),
            tx.reclaim_round(second, replace(claim, attempt=3)),
        ]

    assert await store.write(work) == [True, False, False, False, True, False, False, False]
    found = await store.read(lambda tx: tx.round(HOME, "r-1"))
    assert found == replace(second, posting=PostingState.POSTED, message="m-new")


async def test_a_failed_round_says_why(store: Store) -> None:
    def work(tx: Transaction) -> bool:
        tx.add_round(round_())
        return tx.fail_round(round_(), "channel gone")

    assert await store.write(work)
    found = await store.read(lambda tx: tx.round(HOME, "r-1"))
    assert found == round_(posting=PostingState.FAILED, reason="channel gone")


@pytest.mark.parametrize("failed", [False, True])
async def test_what_becomes_of_a_round_becomes_of_its_occurrence(store: Store, failed: bool) -> None:
    made = round_(planned=planned(occurrence()))

    def work(tx: Transaction) -> bool:
        tx.add_occurrences([line(occurrence())])
        assert tx.take_occurrence(occurrence(), "r-1")
        tx.add_round(made)
        return tx.fail_round(made, "no") if failed else tx.bind_prompt(made, "m", NOON + SECOND)

    assert await store.write(work)
    found = await store.read(lambda tx: tx.occurrence(STUDY, "daily", TODAY))
    assert found is not None
    expected = (
        (OccurrenceState.FAILED, "no", "r-1", None)
        if failed
        else (OccurrenceState.POSTED, None, "r-1", NOON + SECOND)
    )
    assert (found.state, found.reason, found.round, found.posted_at) == expected


async def test_stale_postings_are_those_whose_lease_has_ended_oldest_first(store: Store) -> None:
    def leased(id_: str, minutes: int) -> Round:
        return round_(id_, claim=Claim("this-instance", 1, NOON + timedelta(minutes=minutes)))

    def work(tx: Transaction) -> None:
        for made in (leased("late", 5), leased("r-b", 2), leased("r-a", 1), leased("done", 1)):
            tx.add_round(made)
        tx.bind_prompt(leased("done", 1), "m", NOON)

    await store.write(work)

    def stale(limit: int) -> object:
        def look(tx: Transaction) -> list[str]:
            return [found.id for found in tx.stale_postings(NOON + timedelta(minutes=2), EVERYWHERE, limit)]

        return look

    assert await store.write(stale(9)) == ["r-a", "r-b"]  # type: ignore[arg-type]
    assert await store.write(stale(1)) == ["r-a"]  # type: ignore[arg-type]


async def test_threadless_rounds_are_posted_ones_without_a_thread(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx, "threaded")
        for id_ in ("posting", "bare"):
            tx.add_round(round_(id_))
        tx.bind_prompt(round_("bare"), "m", NOON)

    await store.write(work)
    assert [found.id for found in await store.write(lambda tx: tx.threadless(NOON, EVERYWHERE, 9))] == [
        "bare"
    ]
    assert await store.write(lambda tx: tx.threadless(NOON + SECOND, EVERYWHERE, 9)) == []


async def test_questions_asked_are_counted_by_channel_and_failed_rounds_are_not(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for number in range(3):
            tx.add_round(round_(f"r-{number}"))
        tx.add_round(round_("other-q", question=question("q-2")))
        tx.add_round(round_("lobby", channel=Channel(HOME, "lobby")))
        tx.fail_round(round_("r-2"), "no")

    await store.write(work)
    assert await store.read(lambda tx: tx.times_asked(STUDY)) == {"q-1": 2, "q-2": 1}


async def test_a_member_has_seen_what_they_asked_for_and_what_they_answered(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_round(round_("lobby", channel=Channel(HOME, "lobby"), question=question("q-2")))
        tx.add_round(round_("failed", question=question("q-3")))
        tx.fail_round(round_("failed"), "no")
        tx.add_answer(answer(member=BEN))

    await store.write(work)
    seen = await store.read(lambda tx: (tx.seen_by(ADA), tx.seen_by(BEN)))
    assert seen == (frozenset({"q-1", "q-2"}), frozenset({"q-1"}))


async def test_a_member_has_answered_what_their_live_answers_are_about_each_question_once(
    store: Store,
) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        open_round(tx, "again", Thread(STUDY, "101"))
        open_round(tx, "lobby", Thread(Channel(HOME, "lobby"), "102"), question=question("q-2"))
        open_round(tx, "withdrawn", Thread(STUDY, "103"), question=question("q-3"))
        tx.add_answer(answer())
        tx.add_answer(answer("a-2", round="again"))
        tx.add_answer(answer("a-3", round="lobby"))
        tx.add_answer(answer("a-4", round="withdrawn", withdrawn_at=NOON))
        tx.add_answer(answer("a-5", round="lobby", member=BEN))

    await store.write(work)
    found = await store.read(lambda tx: (tx.answered_by(ADA), tx.answered_by(BEN)))
    assert found == (frozenset({"q-1", "q-2"}), frozenset({"q-2"}))


async def test_the_newest_round_of_a_channel_is_the_last_posted_one(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx, "r-2", asked_at=NOON + HOUR)
        open_round(tx, "r-1", Thread(STUDY, "101"))
        tx.add_round(round_("r-3", asked_at=NOON + 2 * HOUR))

    await store.write(work)
    newest = await store.read(lambda tx: tx.newest_round(STUDY))
    assert newest is not None and newest.id == "r-2"


async def test_hints_taken_are_counted_for_each_member_up_to_the_last(store: Store) -> None:
    def work(tx: Transaction) -> list[int]:
        tx.add_round(round_())
        return [tx.take_hint("r-1", member, 2) for member in (ADA, ADA, ADA, BEN)]

    assert await store.write(work) == [1, 2, 2, 1]


async def test_a_question_without_hints_gives_none(store: Store) -> None:
    def work(tx: Transaction) -> int:
        tx.add_round(round_())
        return tx.take_hint("r-1", ADA, 0)

    assert await store.write(work) == 0
