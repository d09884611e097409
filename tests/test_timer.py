"""The bell rings, goes on when somebody who is rung fails, and says so."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.practice.ports import StoreUnavailable
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


async def test_each_is_rung_at_once_and_not_after_its_first_interval() -> None:
    rung = asyncio.Event()

    async def call() -> None:
        rung.set()

    timer = Timer([Ring("daily backup", 3600, call)], Clock().now)
    timer.start()
    await until(rung)
    await timer.stop()


async def lines_of(
    raises: Sequence[Exception | None], caplog: pytest.LogCaptureFixture, seconds: float
) -> list[tuple[str, bool]]:
    """The fault of each line, and whether it has a traceback, when a ring raises these one after the other."""
    clock, done, raised = Clock(), asyncio.Event(), list(raises)

    async def call() -> None:
        clock.instant += timedelta(seconds=seconds)
        if not raised:
            done.set()
            await asyncio.Event().wait()
        error = raised.pop(0)
        if error is not None:
            raise error

    timer = Timer([Ring("due questions", 0.001, call)], clock.now)
    timer.start()
    await until(done)
    await timer.stop()
    ours = [record for record in caplog.records if record.name == "bot.timer"]
    return [(record.facts["fault"], bool(record.exc_info)) for record in ours]  # type: ignore[attr-defined]


@pytest.mark.bad_input(93)
async def test_a_ring_that_goes_on_failing_is_a_whole_error_once_and_a_line_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lines = await lines_of([OSError("gone") for _ in range(26)], caplog, seconds=5)
    assert lines == [("failed (OSError)", True), ("failed (OSError)", False), ("failed (OSError)", False)]


async def test_another_kind_of_error_and_one_after_a_success_are_whole_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    raised = [
        OSError(),
        KeyError(),
        KeyError(),
        None,
        KeyError(),
        ExceptionGroup("", [KeyError(), OSError()]),
    ]
    assert await lines_of(raised, caplog, seconds=5) == [
        ("failed (OSError)", True),
        ("failed (KeyError)", True),
        ("failed (KeyError)", True),
        ("failed (KeyError, OSError)", True),
    ]


async def test_a_store_that_is_not_there_never_fills_the_log_with_tracebacks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    group = ExceptionGroup("", [StoreUnavailable(), StoreUnavailable()])
    lines = await lines_of(
        [StoreUnavailable("full"), group, OSError(), StoreUnavailable()], caplog, seconds=5
    )
    assert [whole for _, whole in lines] == [False, True, False]


async def test_a_ring_that_stopping_cuts_off_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    timer = Timer([Ring("daily backup", 3600, hang)], Clock().now)
    timer.start()
    await until(begun)
    await timer.stop()
    await asyncio.sleep(0)
    assert caplog.records == []
    assert await timer.check() is None
