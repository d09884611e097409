"""The faults that the memory store can be given; what it keeps is judged by the contract suite."""

from collections.abc import Callable

import pytest

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from tests.contracts.samples import HOME, NOON, STUDY, message, round_
from tests.fakes import EVERYWHERE
from tests.memory_store import Crash, MemoryStore


def two_messages(tx: Transaction) -> int:
    tx.add_message(message("one"))
    return tx.add_message(message("two"))


def count(tx: Transaction) -> int:
    return len(tx.messages(STUDY, "ada", None, 9))


async def test_a_commit_can_be_made_to_fail_once() -> None:
    store = MemoryStore()
    store.fail_next_commit()
    with pytest.raises(StoreUnavailable):
        await store.write(two_messages)
    assert await store.read(count) == 0
    await store.write(two_messages)
    assert await store.read(count) == 2


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        (lambda store: store.crash_before("add_message"), 0),
        (lambda store: store.crash_before("commit"), 0),
        (lambda store: store.crash_after("commit"), 2),
    ],
)
async def test_a_crash_leaves_all_or_nothing(order: Callable[[MemoryStore], None], kept: int) -> None:
    store = MemoryStore()
    order(store)
    with pytest.raises(Crash):
        await store.write(two_messages)
    assert await store.restarted().read(count) == kept


async def test_a_test_can_walk_through_a_crash_at_every_step() -> None:
    calm = MemoryStore()
    await calm.write(two_messages)
    assert calm.steps == ["add_message", "add_message", "commit", "committed"]
    kept = []
    for number in range(1, len(calm.steps) + 1):
        store = MemoryStore()
        store.crash_at(number)
        with pytest.raises(Crash):
            await store.write(two_messages)
        kept.append(await store.restarted().read(count))
    assert kept == [0, 0, 0, 2]


async def test_a_callback_is_called_after_each_call_of_its_name() -> None:
    store, called = MemoryStore(), []
    store.after("add_message", lambda: called.append("message"))
    store.after("commit", lambda: called.append("commit"))
    await store.write(two_messages)
    assert called == ["message", "message", "commit"]


async def test_a_second_instance_shares_the_facts_and_takes_over_no_living_owners_posting() -> None:
    here = MemoryStore("here")
    there = here.restarted("there")
    await here.write(lambda tx: tx.add_round(round_()))
    there.living.add("this-instance")
    later = round_().claim.lease_until
    assert await there.read(lambda tx: tx.stale_postings(later, EVERYWHERE, 9)) == []
    there.living.clear()
    assert [each.id for each in await there.read(lambda tx: tx.stale_postings(later, EVERYWHERE, 9))] == [
        "r-1"
    ]


async def test_the_fake_is_strict() -> None:
    store = MemoryStore()
    with pytest.raises(KeyError):
        await store.write(lambda tx: tx.bind_prompt(round_(), "m", NOON))
    with pytest.raises(AssertionError, match="given to `read` writes"):
        await store.read(lambda tx: tx.beat("here", NOON))
    with pytest.raises(ValueError, match="use crash_before"):
        store.crash_after("add_message")
    assert await store.read(lambda tx: tx.round(HOME, "r-1")) is None
