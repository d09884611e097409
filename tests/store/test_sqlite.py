"""The SQLite store beyond the contract: its connections, its process lock, its file, and its faults."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.chat.cards import Button, Card, Quote, to_json
from bot.domain.comparing import Pair, Vote
from bot.domain.places import Member
from bot.domain.reviews import Draft
from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from bot.store import driver, migrating
from bot.store.broken import StoreBroken
from bot.store.process_lock import StoreInUse
from bot.store.sqlite import SqliteStore, opened
from tests.contracts.samples import ADA, BEN, NOON, answer, message, open_round, reply, review
from tests.store.on_sqlite import add, on_writer, texts


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


async def test_one_hop_of_aiosqlite_runs_a_function_on_the_connections_thread(file: Path) -> None:
    assert version("aiosqlite") == "0.22.1"  # a newer one may be used when this test passes with it
    file.parent.mkdir()
    connection = aiosqlite.Connection(lambda: driver.connect(file), 64)
    await connection
    try:
        threads = {await connection._execute(threading.get_ident) for _ in range(3)}  # type: ignore[no-untyped-call]
        assert threads == {connection._thread.ident}
        assert await connection._execute(lambda: connection._conn.execute("SELECT 1").fetchall()) == [(1,)]  # type: ignore[no-untyped-call]
    finally:
        await connection.close()


async def test_every_connection_has_the_settings_of_the_house(store: SqliteStore) -> None:
    def settings(line: Any) -> Any:
        def ask() -> dict[str, int | str]:
            names = (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "busy_timeout",
                "mmap_size",
            )
            connection = line.session.connection
            rows = {name: connection.execute(f"PRAGMA {name}").fetchall() for name in (*names, "query_only")}
            return {name: found[0][0] if found else 0 for name, found in rows.items()}

        return ask

    common = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
        "mmap_size": 0,
    }
    (secure,) = await on_writer(store, "PRAGMA secure_delete")
    assert secure == (1,)
    assert await store._writer.hop(settings(store._writer)) == {**common, "query_only": 0}
    for reader in store._readers:
        assert await reader.hop(settings(reader)) == {**common, "query_only": 1}


async def test_the_file_is_made_with_its_folder_and_only_its_owner_reads_it(
    store: SqliteStore, file: Path
) -> None:
    await store.write(add("one"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert Path(f"{file}-wal").stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


async def test_a_folder_that_was_there_keeps_its_rights(file: Path) -> None:
    file.parent.mkdir()
    file.parent.chmod(0o755)
    async with opened(file, "me"):
        assert file.parent.stat().st_mode & 0o777 == 0o755


async def test_words_of_a_deleted_member_are_nowhere_in_the_folder_once_the_store_is_closed(
    file: Path,
) -> None:
    words = "Words that are gone for good. "

    def say(tx: Transaction, number: int, member: Member, text: str) -> None:
        made = reply(f"m-{number}", member)
        tx.keep_reply(replace(made, reply=replace(made.reply, text=text)))
        tx.add_message(message(text, author=member.id))

    def answered(tx: Transaction) -> None:
        open_round(tx)
        for number in range(60):  # enough to fill pages, and to leave some half empty
            if number % 3:
                say(tx, number, ADA, words * number)
            else:
                say(tx, number, BEN, "stays")
        tx.add_answer(answer(text=words * 2000))
        tx.change_answer(answer(text=words, version=2, changed_at=NOON))
        tx.add_answer(answer("a-2", BEN))
        said = Draft((1, 2), (), words * 15, words * 20)
        tx.add_review(review("v-1", ADA, BEN, answer="a-2", draft=said, message="c-1"))
        tx.put_vote(Vote(ADA, Pair("a-1", "a-2"), "a-2", words * 20, NOON))
        quoted = to_json(Card("Read this", (Quote(words),), (Button("More", "review", "a-1"),)))
        tx.add_message(message("", author=None, only_for="ben", card=quoted))

    async with opened(file, "me") as store:
        await store.write(answered)
    assert words.encode() in file.read_bytes()
    async with opened(file, "me") as store:
        await store.write(lambda tx: tx.delete_member(ADA, NOON))
    left = {each.name: each.read_bytes() for each in file.parent.iterdir()}
    assert [name for name, content in left.items() if words.encode() in content] == []
    assert f"{file.name}-wal" not in left
    assert b"stays" in left[file.name] and b"c-1" in left[file.name]


async def test_what_was_kept_is_there_at_the_next_start_and_no_log_stays_beside_it(file: Path) -> None:
    async with opened(file, "me") as store:
        await store.write(add("one"))
    assert not Path(f"{file}-wal").exists()
    async with opened(file, "me") as store:
        assert await store.read(texts) == ["one"]


@pytest.mark.parametrize(
    ("found", "exposed"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 0), False),
    ],
)
def test_which_versions_of_sqlite_can_damage_a_wal_file(found: tuple[int, ...], exposed: bool) -> None:
    assert driver.is_exposed(found) is exposed


async def test_an_exposed_sqlite_serves_without_wal_and_says_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "is_exposed", lambda version: True)
    async with opened(file, "me") as store:
        await store.write(add("one"))
        assert await store.read(texts) == ["one"]
        assert await on_writer(store, "PRAGMA journal_mode") == [("delete",)]
        assert "slower DELETE mode" in store.warnings()[0]


async def test_a_safe_sqlite_warns_of_nothing(store: SqliteStore) -> None:
    assert store.warnings() == []


@pytest.mark.bad_input(37)
async def test_a_second_start_is_refused_with_the_first_ones_process_id(
    store: SqliteStore, file: Path
) -> None:
    with pytest.raises(StoreInUse, match=f"process {os.getpid()}") as refused:
        async with opened(file, "other"):
            pass
    assert refused.value.pid == os.getpid()
    await store.write(add("still works"))


async def test_the_lock_ends_with_the_store(file: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            async with opened(file, "me"):
                raise ZeroDivisionError


@pytest.mark.bad_input(38)
async def test_a_newer_schema_is_refused_with_both_versions(file: Path) -> None:
    async with opened(file, "me") as store:
        await on_writer(store, "UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    with pytest.raises(StoreBroken, match=f"schema 9999.*knows {migrating.head()}"):
        async with opened(file, "me"):
            pass
    assert file.read_bytes() == before


async def test_closing_waits_for_the_works_that_wait(file: Path) -> None:
    async with opened(file, "me") as store:
        waiting = [asyncio.create_task(store.write(add(str(n)))) for n in range(300)]
        await asyncio.sleep(0)
    assert sorted(await asyncio.gather(*waiting)) == list(range(1, 301))
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.write(add("too late"))
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.read(texts)


@pytest.mark.bad_input(92)
async def test_a_cancelled_program_closes_the_store_all_the_same(file: Path) -> None:
    inside = asyncio.Event()

    async def program() -> None:
        async with opened(file, "me") as store:
            await store.write(add("one"))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(program())
    await inside.wait()
    task.cancel()
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()  # also while it is closing
    with pytest.raises(asyncio.CancelledError):
        await task
    async with opened(file, "me") as store:
        assert await store.read(texts) == ["one"]


@pytest.mark.parametrize("steps", range(0, 40, 3))
async def test_a_start_can_be_cancelled_at_any_step(file: Path, steps: int) -> None:
    async def program() -> None:
        async with opened(file, "me"):
            pass

    task = asyncio.create_task(program())
    for _ in range(steps):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.wait([task])
    async with opened(file, "me") as store:
        assert await store.write(add("one")) == 1


async def test_an_export_says_instants_as_people_read_them(store: SqliteStore) -> None:
    await store.write(add("one"))
    found = await store.read(lambda tx: tx.export_member(ADA))
    assert found["local_message"][0]["at"] == NOON.isoformat()
    assert found["local_message"][0]["edited_at"] is None


async def test_the_file_says_what_it_is_for(store: SqliteStore) -> None:
    await store.check()
    assert await on_writer(store, "PRAGMA application_id") == [(0x70726163,)]
