"""Group commit: who shares a batch, who is released when, and what becomes of them when something fails."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from bot.store.grouping import BATCH, Group, Outcome, Work


class Gate:
    """A database that runs a batch when the test opens it, and remembers the sizes."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.opened = asyncio.Event()
        self.fault: BaseException | None = None

    async def run(self, works: Sequence[Work]) -> list[Outcome]:
        self.sizes.append(len(works))
        await self.opened.wait()
        if self.fault is not None:
            raise self.fault
        return [Outcome(work(None), None) for work in works]  # type: ignore[arg-type]


def value(number: int) -> Callable[[Transaction], int]:
    def work(_: Transaction) -> int:
        return number

    return work


async def submitted(group: Group, amount: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(group.submit(value(number))) for number in range(amount)]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_works_that_come_during_a_batch_share_the_next_one_up_to_its_limit() -> None:
    gate = Gate()
    group = Group(gate.run)
    first = await submitted(group, 1)
    rest = await submitted(group, BATCH + 10)
    gate.opened.set()
    assert await asyncio.gather(*first, *rest) == [0, *range(BATCH + 10)]
    assert gate.sizes == [1, BATCH, 10]


async def test_nobody_is_released_before_the_batch_is_on_disk() -> None:
    gate = Gate()
    tasks = await submitted(Group(gate.run), 3)
    assert not any(task.done() for task in tasks)
    gate.opened.set()
    assert await asyncio.gather(*tasks) == [0, 1, 2]


@pytest.mark.bad_input(92)
async def test_a_caller_cancelled_before_its_batch_leaves_its_work_undone() -> None:
    gate = Gate()
    group = Group(gate.run)
    running = await submitted(group, 1)
    waiting = await submitted(group, 3)
    waiting[1].cancel()
    await asyncio.sleep(0)
    gate.opened.set()
    assert await asyncio.gather(*running, waiting[0], waiting[2]) == [0, 0, 2]
    assert gate.sizes == [1, 2]


async def test_a_batch_that_fails_is_told_to_all_of_it_and_the_next_one_runs() -> None:
    gate = Gate()
    gate.fault = StoreUnavailable("no")
    group = Group(gate.run)
    tasks = await submitted(group, 3)
    gate.opened.set()
    assert [type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)] == [
        StoreUnavailable
    ] * 3
    gate.fault = None
    assert await group.submit(value(7)) == 7


async def test_a_mistake_in_the_store_itself_leaves_no_caller_waiting() -> None:
    gate = Gate()
    gate.fault = TypeError("a mistake")
    tasks = await submitted(Group(gate.run), 2)
    gate.opened.set()
    assert [type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)] == [TypeError] * 2


async def test_the_end_of_the_loop_leaves_no_caller_waiting() -> None:
    gate = Gate()
    group = Group(gate.run)
    tasks = [*await submitted(group, 1), *await submitted(group, 2)]
    assert group._drainer is not None
    group._drainer.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailable] * 3


async def test_a_work_that_raises_stop_iteration_is_told_as_a_mistake() -> None:
    async def run(works: Sequence[Work]) -> list[Outcome]:
        return [Outcome(None, StopIteration()), Outcome(2, None)]

    group = Group(run)
    tasks = await submitted(group, 2)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(outcomes[0], RuntimeError) and outcomes[1] == 2


async def test_closing_waits_and_then_nothing_more_is_taken() -> None:
    gate = Gate()
    group = Group(gate.run)
    tasks = await submitted(group, 5)
    closing = asyncio.create_task(group.close())
    await asyncio.sleep(0)
    assert not closing.done()
    gate.opened.set()
    await closing
    assert all(task.done() for task in tasks)
    with pytest.raises(StoreUnavailable):
        await group.submit(value(1))
