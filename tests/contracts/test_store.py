"""What every store promises about transactions: whole or not at all, seen when committed, and kept."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.practice.ports import Store
from bot.practice.records import LocalMessage, Transaction
from tests.contracts.samples import ADA, BEN, HOME, NOON, SECOND, STUDY, adding, message, round_


class Refused(Exception):
    """A use case's own refusal."""


def texts(tx: Transaction) -> list[str]:
    return [each.text for each in tx.messages(STUDY, "ada", None, 1000)]


async def test_a_work_gives_its_result_and_its_effects_are_read_afterwards(store: Store) -> None:
    assert await store.write(lambda tx: tx.add_message(message("one"))) == 1
    assert await store.read(texts) == ["one"]


@pytest.mark.bad_input(92)
async def test_a_failing_work_raises_its_own_exception_and_leaves_nothing(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_message(message("one"))
        tx.beat("here", NOON)
        raise Refused("no")

    with pytest.raises(Refused, match="no"):
        await store.write(work)
    assert await store.read(lambda tx: (texts(tx), tx.last_beat())) == ([], None)


async def test_of_works_that_wait_together_only_the_failing_ones_leave_nothing(store: Store) -> None:
    def work(number: int) -> Callable[[Transaction], int]:
        def keep(tx: Transaction) -> int:
            seq = tx.add_message(message(f"text {number}"))
            if number % 3 == 0:
                raise Refused(number)
            return seq

        return keep

    outcomes = await asyncio.gather(
        *(store.write(work(number)) for number in range(30)),
        return_exceptions=True,
    )
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [n % 3 == 0 for n in range(30)]
    assert sorted(await store.read(texts)) == sorted(f"text {n}" for n in range(30) if n % 3)


async def test_works_refused_before_any_change_do_not_disturb_those_beside_them(store: Store) -> None:
    def refuse(tx: Transaction) -> None:
        assert tx.message(HOME, 999) is None
        raise Refused

    outcomes = await asyncio.gather(
        store.write(lambda tx: tx.add_message(message("one"))),
        store.write(refuse),
        store.write(lambda tx: tx.add_message(message("two"))),
        return_exceptions=True,
    )
    assert outcomes[0] == 1 and isinstance(outcomes[1], Refused) and outcomes[2] == 2
    assert await store.read(texts) == ["one", "two"]


async def test_a_broken_rule_of_the_schema_undoes_that_work_only(store: Store) -> None:
    def twice(tx: Transaction) -> None:
        tx.add_message(message("never"))
        tx.add_round(round_())
        tx.add_round(round_())

    outcomes = await asyncio.gather(
        store.write(lambda tx: tx.add_message(message("one"))), store.write(twice), return_exceptions=True
    )
    assert isinstance(outcomes[1], Exception)
    assert await store.read(lambda tx: (texts(tx), tx.round(HOME, "r-1"))) == (["one"], None)
    assert await store.write(lambda tx: tx.add_message(message("two"))) == 2


async def test_256_writes_at_once_are_all_kept(store: Store) -> None:
    await asyncio.gather(*(store.write(adding(str(n))) for n in range(256)))
    assert sorted(map(int, await store.read(texts))) == list(range(256))


async def test_read_and_write_in_one_work_lose_no_count(store: Store) -> None:
    await store.write(lambda tx: tx.add_round(round_()))
    await asyncio.gather(*(store.write(lambda tx: tx.take_hint("r-1", ADA, 1000)) for _ in range(100)))
    assert await store.write(lambda tx: tx.take_hint("r-1", ADA, 1000)) == 101


async def test_a_reader_sees_all_of_a_transaction_or_nothing(store: Store) -> None:
    def pair(tx: Transaction) -> None:
        tx.add_message(message("left"))
        tx.add_message(message("right"))

    writes = [asyncio.create_task(store.write(pair)) for _ in range(40)]
    while not all(task.done() for task in writes):
        seen = await store.read(texts)
        assert seen.count("left") == seen.count("right")
    assert len(await store.read(texts)) == 80


async def test_a_read_that_fails_raises_its_own_exception_and_the_next_one_works(store: Store) -> None:
    def work(tx: Transaction) -> None:
        raise Refused

    for _ in range(3):
        with pytest.raises(Refused):
            await store.read(work)
    assert await store.read(texts) == []


async def test_a_read_cannot_write(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(Exception):  # noqa: B017 - each store has its own; what counts is the next line
            await store.read(lambda tx: tx.add_message(message("sneaked in")))
    assert await store.read(texts) == []


@pytest.mark.bad_input(92)
async def test_a_cancelled_caller_leaves_a_whole_work_or_none_and_the_store_works_on(store: Store) -> None:
    def pair(number: int) -> Callable[[Transaction], None]:
        def work(tx: Transaction) -> None:
            tx.add_message(message(f"left {number}"))
            tx.add_message(message(f"right {number}"))

        return work

    for number in range(30):
        task = asyncio.create_task(store.write(pair(number)))
        for _ in range(number % 6):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    await store.write(lambda tx: tx.add_message(message("after")))
    seen = await store.read(texts)
    assert seen[-1] == "after"
    for number in range(30):
        assert (f"left {number}" in seen) == (f"right {number}" in seen)


async def test_the_newest_heartbeat_of_any_instance_is_given(store: Store) -> None:
    assert await store.read(lambda tx: tx.last_beat()) is None

    def beats(tx: Transaction) -> None:
        tx.beat("one", NOON)
        tx.beat("two", NOON + SECOND)
        tx.beat("one", NOON - SECOND)

    await store.write(beats)
    assert await store.read(lambda tx: tx.last_beat()) == NOON + SECOND
    assert await store.read(lambda tx: (tx.beat_of("one"), tx.beat_of("nobody"))) == (NOON, None)


async def test_instants_keep_their_microseconds_far_from_today(store: Store) -> None:
    for at in (
        NOON,
        NOON - timedelta(days=40_000, microseconds=1),
        NOON + timedelta(days=200_000, microseconds=1),
    ):
        seq = await store.write(partial(_add_at, at))
        found = await store.read(partial(_message, seq))
        assert found is not None and found.at == at


def _add_at(at: datetime, tx: Transaction) -> int:
    return tx.add_message(message(at=at))


def _message(seq: int, tx: Transaction) -> LocalMessage | None:
    return tx.message(HOME, seq)


async def test_members_are_told_apart_by_workspace_and_id(store: Store) -> None:
    await store.write(lambda tx: (tx.join_person(HOME, "ada", NOON), tx.join_person(HOME, "ben", NOON)))
    assert await store.read(lambda tx: (tx.person_is_manager(ADA), tx.person_is_manager(BEN))) == (
        True,
        False,
    )
