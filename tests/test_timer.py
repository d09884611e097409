"""The bell rings, goes on when somebody who is rung fails, and says so."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.timer import MISSED_RINGS, Ring, Timer


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


async def until(happened: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        await happened.wait()


async def test_it_rings_again_and_again_until_it_is_stopped() -> None:
    rung = 0
    often = asyncio.Event()

    async def call() -> None:
        nonlocal rung
        rung += 1
        if rung == 3:
            often.set()

    timer = Timer([Ring("bell", 0.01, call)], Clock().now)
    timer.start()
    await until(often)
    assert await timer.check() is None
    await timer.stop()
    stopped_at = rung
    await asyncio.sleep(0.05)
    assert rung == stopped_at


async def test_a_ring_that_is_still_being_answered_is_not_rung_twice() -> None:
    inside = most = 0
    seen = asyncio.Event()

    async def call() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.05)
        inside -= 1
        seen.set()

    timer = Timer([Ring("slow", 0.01, call)], Clock().now)
    timer.start()
    await until(seen)
    await timer.stop()
    assert most == 1


@pytest.mark.bad_input(93)
async def test_a_failing_ring_shows_until_it_succeeds_and_the_others_go_on() -> None:
    broken = True
    failed, mended, other = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def call() -> None:
        if broken:
            failed.set()
            raise OSError("the disk is gone")
        mended.set()

    async def well() -> None:
        other.set()

    timer = Timer([Ring("due questions", 0.01, call), Ring("heartbeat", 0.01, well)], Clock().now)
    timer.start()
    await until(failed)
    await until(other)
    await asyncio.sleep(0)
    assert await timer.check() == "due questions: failed (OSError)"
    broken = False
    await until(mended)
    await asyncio.sleep(0)
    assert await timer.check() is None
    await timer.stop()


@pytest.mark.bad_input(93)
async def test_a_ring_that_never_comes_back_shows_although_nothing_failed() -> None:
    clock, begun = Clock(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    timer = Timer([Ring("due questions", 0.01, hang)], clock.now)
    timer.start()
    await until(begun)
    assert await timer.check() is None
    clock.instant += timedelta(seconds=MISSED_RINGS * 0.01 + 61)
    assert await timer.check() == "due questions: has not rung for too long"
    await timer.stop()
