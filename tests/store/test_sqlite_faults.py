"""The SQLite store under faults: locked, full, read-only, deleted or replaced; what was acknowledged stays."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.practice.ports import StoreUnavailable
from bot.store.sqlite import SqliteStore, opened
from tests.store.on_sqlite import add, grip, on_writer, texts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "practice.sqlite"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqliteStore]:
    async with opened(file, "me") as store:
        yield store


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [each for each in threading.enumerate() if each not in before and "connection_worker" in each.name]
    for each in left:
        each.join(timeout=20)  # one that was told to end may still be at it
    assert not any(each.is_alive() for each in left), "this thread would keep the program alive for ever"


@pytest.mark.bad_input(82, 83)
async def test_a_locked_file_is_waited_for(store: SqliteStore, file: Path) -> None:
    with grip(file) as other:
        waiting = asyncio.create_task(store.write(add("late")))
        while not store._group._drainer:
            await asyncio.sleep(0)
        other.execute("COMMIT")
        assert await waiting == 1


@pytest.mark.bad_input(83)
async def test_a_file_that_stays_locked_is_told_and_works_again_afterwards(
    store: SqliteStore, file: Path
) -> None:
    await on_writer(store, "PRAGMA busy_timeout = 20")
    with grip(file):
        outcomes = await asyncio.gather(*(store.write(add(str(n))) for n in range(5)), return_exceptions=True)
    assert all(isinstance(outcome, StoreUnavailable) for outcome in outcomes)
    assert "locked by another program" in str(outcomes[0])
    assert await store.write(add("free again")) == 1


@pytest.mark.bad_input(84)
async def test_a_full_disk_is_told_keeps_what_was_acknowledged_and_is_survived(store: SqliteStore) -> None:
    await store.write(add("before"))
    pages = (await on_writer(store, "PRAGMA page_count"))[0][0]
    await on_writer(store, f"PRAGMA max_page_count = {pages}")
    outcomes = await asyncio.gather(
        *(store.write(add("x" * 50_000)) for _ in range(5)), return_exceptions=True
    )
    assert all(isinstance(outcome, StoreUnavailable) for outcome in outcomes)
    assert "disk is full" in str(outcomes[0])
    with pytest.raises(StoreUnavailable, match="disk is full"):
        await store.write(add("x" * 50_000))
    await on_writer(store, f"PRAGMA max_page_count = {pages + 1000}")
    await store.write(add("after"))
    assert await store.read(texts) == ["before", "after"]


@pytest.mark.bad_input(85)
async def test_a_file_that_became_read_only_is_told(store: SqliteStore) -> None:
    await on_writer(store, "PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable, match="right to write the file"):
        await store.write(add("no"))
    with pytest.raises(StoreUnavailable, match="right to write the file"):
        await store.check()
    await on_writer(store, "PRAGMA query_only = OFF")
    await store.check()


@pytest.mark.bad_input(85)
@pytest.mark.parametrize("replaced", [False, True])
async def test_a_file_that_was_deleted_or_replaced_stops_all_writing(
    store: SqliteStore, file: Path, replaced: bool
) -> None:
    await store.write(add("one"))
    moved = file.rename(file.with_suffix(".moved"))
    if replaced:
        file.write_bytes(moved.read_bytes())
    for attempt in (store.write(add("two")), store.check(), store.read(texts)):
        with pytest.raises(StoreUnavailable):
            await attempt
    file.unlink(missing_ok=True)
    moved.rename(file)
    assert await store.read(texts) == ["one"]


async def test_a_check_writes_to_the_disk_and_changes_no_row(store: SqliteStore, file: Path) -> None:
    await store.write(add("one"))
    changes = await on_writer(store, "SELECT total_changes()")
    before = Path(f"{file}-wal").stat().st_size
    await store.check()
    assert Path(f"{file}-wal").stat().st_size > before
    assert await on_writer(store, "SELECT total_changes()") == changes
