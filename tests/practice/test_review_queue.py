"""`/review next`: never one's own, never twice, evenly spread, and something as long as anything is open."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.places import Member
from bot.domain.questions import Filters
from bot.domain.rounds import Answer
from bot.practice import accounts, calibrating, choosing, review_queue, review_rules, reviewing
from bot.practice.ports import Store
from bot.practice.review_queue import EnoughForToday, NothingWaits
from bot.store.sqlite import opened
from tests.fakes import CountingIds
from tests.memory_store import MemoryStore
from tests.practice.group import ABROAD, ADA, BEN, CLEO, HERE, STRANGER, STUDY, THERE, Group
from tests.practice.queue_walk import DRAFT, Walk, nothing_is_seen, three_track_group

OFTEN = ("asks", "answers", "reviews_what_was_given", "asks", "all_press", "all_ask", "all_answer")
SELDOM = (
    "reviews", "presses_review", "waits", "withdraws", "restores", "closes_or_opens_the_account", "deletes_their_data",
    "has_a_review_removed", "somebody_asks_elsewhere",
)  # fmt: skip
STEPS = st.tuples(st.sampled_from(OFTEN + SELDOM), st.integers(0, 199), st.integers(0, 60))
SHARED = st.tuples(st.integers(2, 200), st.integers(1, 3), st.integers(1, 6))
A_LONG_WALK = [
    (name, 7 * number, 5 * number)
    for number, name in enumerate(("all_answer", "all_ask", *SELDOM, *OFTEN, "all_answer", "all_ask") * 2)
]


async def walked(
    store: Store, people: int, wanted: int, most: int, steps: list[tuple[str, int, int]]
) -> Walk:
    walk = await Walk.begun(store, people, wanted, most)
    for step in steps:
        await walk.take(step)
    return walk


@given(SHARED, st.lists(STEPS, min_size=5, max_size=40))
@example((200, 2, 5), A_LONG_WALK)
@example((9, 1, 20), A_LONG_WALK)
@settings(max_examples=150)
def test_next_gives_what_the_oracle_says_in_memory(
    shared: tuple[int, int, int], steps: list[tuple[str, int, int]]
) -> None:
    asyncio.run(walked(MemoryStore(), *shared, steps))


@given(SHARED, st.lists(STEPS, min_size=5, max_size=25))
@example((200, 2, 5), A_LONG_WALK)
@settings(max_examples=4)
def test_next_gives_what_the_oracle_says_on_disk(
    shared: tuple[int, int, int], steps: list[tuple[str, int, int]]
) -> None:
    async def on_disk(folder: Path) -> None:
        async with opened(folder / "practice.sqlite", "here") as store:
            await walked(store, *shared, steps)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(on_disk(Path(folder)))


async def test_two_hundred_members_who_ask_at_once_are_spread_evenly(tmp_path: Path) -> None:
    async with opened(tmp_path / "practice.sqlite", "here") as store:
        walk = await Walk.begun(store, 200, 2, 5)
        authors, others = walk.people[:40], walk.people[40:]
        for each in authors:
            await walk.answers(each, 0)
        given: set[tuple[str, str]] = set()
        for _ in range(5):
            asked = [review_queue.next_task(walk.own.ports, each, STUDY) for each in others]
            for member, task in zip(others, await asyncio.gather(*asked), strict=True):
                given.add((member.id, walk.given(task).id))
            loads = [sum(id_ == answer for _, id_ in given) for answer in walk.oracle.answers]
            assert max(loads) - min(loads) <= 1
        assert len(given) == 5 * len(others)
        for each in others:
            with pytest.raises(EnoughForToday):
                await review_queue.next_task(walk.own.ports, each, STUDY)


async def answered(own: Group, author: Member, track: str = "backend") -> Answer:
    """An answer to a new question of a track."""
    kept = await own.replied(await own.asked(filters=Filters(track=track)), author)
    assert kept.answer is not None
    return kept.answer


async def many_more(own: Group, answer: Answer, count: int) -> None:
    """So many answers beside one, of as many members."""
    others = [
        replace(answer, id=f"z{number}", member=Member(HERE, f"z{number}"), message=f"z{number}")
        for number in range(count)
    ]
    await own.ports.store.write(lambda tx: [tx.add_answer(each) for each in others])


async def test_an_answer_of_a_rare_track_is_found_behind_any_number_of_others() -> None:
    own = three_track_group()
    await many_more(own, await answered(own, BEN), review_queue.LOOKED_AT + 5)
    own.clock.advance(hours=1)
    rare = await answered(own, BEN, "data")
    task = await review_queue.next_task(own.ports, CLEO, STUDY, "data")
    assert task.answer == rare
    await answered(own, ADA, "data")
    task = await review_queue.next_task(own.ports, ADA, STUDY)  # it is the track that ada has practiced
    assert task.answer == rare


async def test_the_same_ids_in_two_workspaces_are_two_groups() -> None:
    own = three_track_group()
    there = replace(own, ports=replace(own.ports, ids=CountingIds()))
    here_round, there_round = await own.asked(), await there.asked(ABROAD, STRANGER)
    assert here_round.id == there_round.id
    mine, theirs = await own.replied(here_round, BEN), await there.replied(there_round, Member(THERE, "ben"))
    assert mine.answer is not None and theirs.answer is not None and mine.answer.id == theirs.answer.id
    for member in (ADA, STRANGER):
        for asked in (
            review_queue.next_task(own.ports, member, None),
            review_queue.next_in_round(own.ports, member, here_round.id),
        ):
            task = await asked
            assert task.answer is not None and task.answer.member == Member(member.workspace, "ben")
    await reviewing.give(own.ports, mine.answer.id, ADA, DRAFT, own.clock.now())
    assert len((await review_queue.mine(own.ports, BEN)).got) == 1
    assert (await review_queue.mine(own.ports, Member(THERE, "ben"))).got == ()
    assert len((await review_queue.mine(own.ports, Member(THERE, "ben"))).waiting) == 1


async def test_what_was_passed_over_is_told_and_comes_no_more() -> None:
    own = three_track_group()
    await answered(own, BEN)
    await review_queue.next_task(own.ports, CLEO, STUDY)
    for _ in range(3):
        own.clock.advance(days=1)
        with pytest.raises(NothingWaits) as caught:
            await review_queue.next_task(own.ports, CLEO, STUDY)
        assert caught.value.passed == 1
    with pytest.raises(NothingWaits) as caught:
        await review_queue.next_task(own.ports, BEN, STUDY)
    assert caught.value.passed == 0


async def test_the_number_a_day_is_of_the_members_own_date() -> None:
    own = three_track_group(most_a_day=1)
    for author in (BEN, ADA):
        await answered(own, author)
    await choosing.choose_zone(own.ports, CLEO, "Pacific/Honolulu")  # it is 22:00 of the day before there
    await review_queue.next_task(own.ports, CLEO, STUDY)
    own.clock.advance(hours=1, minutes=59)
    with pytest.raises(EnoughForToday) as caught:
        await review_queue.next_task(own.ports, CLEO, STUDY)
    assert caught.value.most == 1
    own.clock.advance(minutes=1)
    await review_queue.next_task(own.ports, CLEO, STUDY)


async def test_an_offer_that_nobody_took_holds_an_answer_for_a_day_only() -> None:
    own = three_track_group()
    first = await answered(own, BEN)
    own.clock.advance(minutes=1)
    second = await answered(own, BEN)
    assert (await review_queue.next_task(own.ports, CLEO, STUDY)).answer == first
    own.clock.advance(hours=24)
    assert (await review_queue.next_task(own.ports, ADA, STUDY)).answer == second  # it is held still
    own.clock.advance(microseconds=1)
    assert (await review_queue.next_task(own.ports, Member(HERE, "dan"), STUDY)).answer == first


@pytest.mark.parametrize("first", [0, 1, 2])
async def test_so_many_gold_answers_come_first_in_each_track(first: int) -> None:
    own = three_track_group(gold=first, most_a_day=20)
    for track in ("backend", "data"):
        for author in (BEN, ADA):
            await answered(own, author, track)
    seen: list[str] = []
    for _ in range(4 + 2 * first):
        task = await review_queue.next_task(own.ports, CLEO, STUDY)
        if task.gold is None:
            assert task.answer is not None
            await reviewing.give(own.ports, task.answer.id, CLEO, DRAFT, own.clock.now())
            seen.append(task.question.track)
            continue
        again = await review_queue.next_task(own.ports, CLEO, STUDY)
        assert again.gold == task.gold and again.answer is None  # until it is reviewed
        await calibrating.give_gold(own.ports, task.gold.id, CLEO, DRAFT, own.clock.now())
        seen.append(f"gold of {task.question.track}")
    for track in ("backend", "data"):
        of_track = [each for each in seen if each.endswith(track)]
        assert of_track == [f"gold of {track}"] * first + [track] * 2
    with pytest.raises(NothingWaits):
        await review_queue.next_task(own.ports, CLEO, STUDY)


async def test_gold_is_no_offer_and_comes_only_while_something_waits() -> None:
    own = three_track_group(gold=2)
    with pytest.raises(NothingWaits):
        await review_queue.next_task(own.ports, CLEO, STUDY)
    await answered(own, BEN)
    for _ in range(7):
        task = await review_queue.next_task(own.ports, CLEO, STUDY)
        assert task.gold is not None and task.waiting == 1
    by_button = await review_queue.next_in_round(own.ports, CLEO, await newest(own))
    assert by_button.answer is not None


async def newest(own: Group) -> str:
    round_ = await own.ports.store.read(lambda tx: tx.newest_round(STUDY))
    assert round_ is not None
    return round_.id


async def test_a_round_has_no_task_for_those_who_alone_answered_it_or_reviewed_all_of_it() -> None:
    own = three_track_group()
    bens = await answered(own, BEN)
    await reviewing.give(own.ports, bens.id, CLEO, DRAFT, own.clock.now())
    for member in (BEN, CLEO):
        with pytest.raises(NothingWaits) as caught:
            await review_queue.next_in_round(own.ports, member, bens.round)
        assert caught.value.passed == 0
    for _ in range(2):  # here what was passed over comes again
        assert (await review_queue.next_in_round(own.ports, ADA, bens.round)).answer == bens
    await accounts.told(own.ports, BEN, False)
    with pytest.raises(NothingWaits):
        await review_queue.next_in_round(own.ports, ADA, bens.round)


async def test_mine_has_what_was_got_given_offered_and_waits() -> None:
    own = three_track_group()
    bens, adas = await answered(own, BEN), await answered(own, ADA)
    cleos = await answered(own, CLEO)
    own.clock.advance(minutes=1)
    got = await reviewing.give(own.ports, bens.id, ADA, DRAFT, own.clock.now())
    given_ = await reviewing.give(own.ports, adas.id, BEN, DRAFT, own.clock.now())
    task = await review_queue.next_task(own.ports, BEN, STUDY)
    assert task.answer == cleos
    mine = await review_queue.mine(own.ports, BEN)
    assert [each.review.id for each in mine.got] == [got.shown.review.id]
    assert [each.review.id for each in mine.given] == [given_.shown.review.id]
    assert [each.answer for each in mine.offered] == [cleos]
    assert mine.waiting == () and not mine.reminded and mine.agreement is None and mine.compared == 0
    assert [answer for answer, _ in (await review_queue.mine(own.ports, CLEO)).waiting] == [cleos]
    await reviewing.remove(own.ports, got.shown.review.id, ADA)
    after = await review_queue.mine(own.ports, BEN)
    assert after.got == () and [answer for answer, _ in after.waiting] == [bens]


async def test_lists_are_short_and_the_newest_comes_first() -> None:
    own = three_track_group(most_a_day=99)
    for _ in range(review_queue.LISTED + 2):
        one = await answered(own, BEN)
        await reviewing.give(own.ports, one.id, CLEO, DRAFT, own.clock.now())
        await answered(own, ADA)
        await review_queue.next_task(own.ports, CLEO, STUDY)
        own.clock.advance(minutes=1)
    cleos, bens = await review_queue.mine(own.ports, CLEO), await review_queue.mine(own.ports, BEN)
    adas = await review_queue.mine(own.ports, ADA)
    for times in (
        [each.review.at for each in cleos.given],
        [each.review.at for each in bens.got],
        [each.answer.at for each in cleos.offered if each.answer],
        [answer.at for answer, _ in adas.waiting],
    ):
        assert len(times) == review_queue.LISTED and times == sorted(times, reverse=True)
        assert times[0] == own.clock.now() - timedelta(minutes=1)


async def test_a_list_only_looks_and_leaves_out_who_is_gone() -> None:
    own = three_track_group()
    passed, fresh = await answered(own, BEN), await answered(own, ADA)
    assert (await review_queue.next_task(own.ports, CLEO, STUDY)).answer == passed
    assert [each.answer for each in await review_queue.listed(own.ports, CLEO, 9)] == [passed]
    await own.asked(by=CLEO)  # from now on it is a channel of hers
    for _ in range(3):
        found = await review_queue.listed(own.ports, CLEO, 9)
        assert [each.answer for each in found] == [passed, fresh]
    assert [each.answer for each in await review_queue.listed(own.ports, CLEO, 1)] == [passed]
    await accounts.told(own.ports, BEN, False)
    assert [each.answer for each in await review_queue.listed(own.ports, CLEO, 9)] == [fresh]
    assert (await review_queue.next_task(own.ports, CLEO, STUDY)).answer == fresh
    await review_rules.set_rules(own.ports, ADA, {"wanted": "1"})
    with pytest.raises(NothingWaits):
        await review_queue.next_task(own.ports, CLEO, STUDY)


async def test_a_workspace_is_told_nothing_of_an_others_round() -> None:
    own = three_track_group()
    await answered(own, BEN)
    round_ = await own.asked()
    await own.replied(round_, BEN)
    await nothing_is_seen(own, STRANGER, round_)
