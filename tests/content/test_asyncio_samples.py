"""The asyncio code of sample answers keeps what the question asks for."""

import asyncio
from typing import Any

import pytest

from tests.content.code_in_questions import Clock, block_of, questions, run
from tests.content.failing_stores import Store, a_moment


def answer(question: str, first_words: str, clock: Clock | None = None) -> dict[str, Any]:
    return run(block_of(questions()[question].sample_answer.full, first_words), time=clock or Clock())


async def test_minutes_add_up_and_an_error_reaches_only_its_caller() -> None:
    made = answer("swe-code-per-key-lock", "import asyncio")
    locks, store = made["KeyedLocks"](), Store(0, failing=["put"])
    adding = (made["add_minutes"](store, locks, "child", 5) for _ in range(10))
    told = await asyncio.gather(*adding, return_exceptions=True)
    assert [isinstance(each, ConnectionError) for each in told] == [True, *[False] * 9]
    assert (store.kept, locks.entries) == ({"child": 45}, {})


async def test_votes_are_stored_in_order_and_none_is_lost_on_closing() -> None:
    made = answer("swe-code-update-queue", "import asyncio")
    votes = made["VoteQueue"](Store(0, failing=["get"]))
    waiting = [asyncio.create_task(votes.vote("act", 1)) for _ in range(5)]
    await asyncio.sleep(0)
    waiting[2].cancel()
    await votes.close()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(told[0], ConnectionError)
    assert isinstance(told[2], asyncio.CancelledError)
    assert (told[1], *told[3:]) == (1, 2, 3)
    with pytest.raises(RuntimeError):
        await votes.vote("act", 1)


async def test_retries_end_by_number_and_the_breaker_lets_one_trial_through() -> None:
    clock, notes, calls = Clock(), [], 0
    made = answer("swe-code-retry-policy", "class Open", clock)

    async def down() -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        raise ConnectionError

    def note(*words: str) -> None:
        notes.append(words[0])

    breaker = made["Breaker"](limit=4, clock=clock.monotonic)
    with pytest.raises(ConnectionError):
        await made["retrying"](down, breaker, True, note)
    assert (calls, notes) == (4, ["retry"] * 3 + ["failed"])
    with pytest.raises(made["Open"]):
        await made["retrying"](down, breaker, True, note)
    clock.now = 21.0
    both = (made["retrying"](down, breaker, False, note) for _ in range(2))
    told = await asyncio.gather(*both, return_exceptions=True)
    assert [type(each).__name__ for each in told] == ["ConnectionError", "Open"]
    assert calls == 5


async def test_a_value_that_is_a_little_old_is_given_at_once_and_loaded_once() -> None:
    clock, loads = Clock(), 0

    async def load(key: str) -> str:
        nonlocal loads
        loads += 1
        number = loads
        await a_moment()
        if number == 2:
            raise ConnectionError
        return f"{key} {number}"

    cache = answer("swe-code-caching", "import asyncio")["StaleCache"](load, size=2, clock=clock.monotonic)
    assert set(await asyncio.gather(*(cache.get("a") for _ in range(1000)))) == {"a 1"}
    for seconds, told, loads_by_then in ((29, "a 1", 1), (31, "a 1", 2), (60, "a 1", 3), (61, "a 3", 3)):
        clock.now = float(seconds)
        assert await cache.get("a") == told
        for _ in range(10):
            await asyncio.sleep(0)
        assert loads == loads_by_then
    clock.now = 1000.0
    assert [await cache.get(key) for key in "abc"] == ["a 4", "b 5", "c 6"]
    assert list(cache.kept) == ["b", "c"]


async def test_a_page_comes_in_order_without_its_late_and_failed_rows() -> None:
    made = answer("swe-code-concurrent-requests", "import asyncio")
    builder, running = made["PageBuilder"](calls=2, pages=1), set()

    async def fetch(row: str) -> str:
        running.add(row)
        try:
            await asyncio.sleep(10 if row == "late" else 0)
            return row.upper() if row != "broken" else row[100]
        finally:
            running.remove(row)

    building = asyncio.create_task(builder.build(["b", "broken", "a"], fetch))
    await asyncio.sleep(0)
    with pytest.raises(made["Busy"]):
        await builder.build(["x"], fetch)
    assert await building == [("b", "B"), ("broken", None), ("a", "A")]
    assert await builder.build(["late"], fetch, 0.001) == [("late", None)]
    await a_moment()
    assert (running, builder.free_pages) == (set(), 1)
