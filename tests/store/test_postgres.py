"""What only the PostgreSQL store has to stand: servers that go and come, instances side by side, bad URLs."""

import asyncio
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bot.domain.rounds import Claim, Round
from bot.practice.ports import Store, StoreUnavailable
from bot.practice.records import Transaction
from bot.store import postgres_session
from bot.store.broken import StoreBroken
from bot.store.postgres import opened
from tests.contracts.samples import HOME, NOON, SECOND, STUDY, answer, message, open_round, round_, schedule
from tests.fakes import EVERYWHERE
from tests.postgres_server import PostgresServer, postgres_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """This test process's server, running before and after."""
    running = postgres_server()
    yield running
    running.ensure()


@pytest.fixture
def url(server: PostgresServer) -> Iterator[str]:
    """A migrated database without a row."""
    name = server.migrated_database()
    yield server.url(name)
    server.ensure()
    server.drop(name)


def texts(tx: Transaction) -> list[str]:
    return [each.text for each in tx.messages(STUDY, "ada", None, 9999)]


async def say(store: Store, text: str) -> int:
    """Keep a message that no key protects from being kept twice."""
    return await store.write(lambda tx: tx.add_message(message(text)))


@pytest.mark.bad_input(91)
async def test_what_is_written_while_the_server_restarts_is_kept_once(
    server: PostgresServer, url: str
) -> None:
    async with opened(url, "here") as store:
        writing = [asyncio.create_task(say(store, f"{number}")) for number in range(600)]
        for way in (server.stop, server.kill, server.stop):
            await asyncio.sleep(0.05)
            await asyncio.to_thread(way)
            server.start()
            writing += [
                asyncio.create_task(say(store, f"{number}"))
                for number in range(len(writing), len(writing) + 200)
            ]
        await asyncio.gather(*writing)
        assert sorted(await store.read(texts)) == sorted(f"{number}" for number in range(1200))


@pytest.mark.bad_input(91)
@pytest.mark.parametrize(
    "commit",
    [
        "COMMIT; SELECT pg_terminate_backend(pg_backend_pid())",
        "SELECT pg_terminate_backend(pg_backend_pid()); COMMIT",
    ],
    ids=["kept, and the answer lost", "lost before it was kept"],
)
async def test_a_connection_lost_in_a_commit_keeps_each_work_once(
    commit: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(url, "here") as store:
        ran: list[int] = []

        def work(number: int, tx: Transaction) -> int:
            ran.append(number)
            if len(ran) == 3:  # the batch runs again as soon as the commit is the usual one
                monkeypatch.setattr(postgres_session, "_COMMIT", "COMMIT")
            return tx.add_message(message(f"{number}"))

        monkeypatch.setattr(postgres_session, "_COMMIT", commit)
        results = await asyncio.gather(*(store.write(lambda tx, n=n: work(n, tx)) for n in range(2)))  # type: ignore[misc]
        monkeypatch.setattr(postgres_session, "_COMMIT", "COMMIT")
        assert sorted(results) == [1, 2]
        assert await store.read(texts) == ["0", "1"]
        assert len(ran) == (2 if commit.startswith("COMMIT") else 4)


@pytest.mark.bad_input(91)
async def test_a_server_that_is_gone_is_said_in_time_and_used_again_when_it_is_back(
    server: PostgresServer, url: str
) -> None:
    async with opened(url, "here", patience=0.3) as store:
        await say(store, "before")
        await asyncio.to_thread(server.stop)
        for attempt in (say(store, "lost"), store.read(texts), store.check()):
            with pytest.raises(StoreUnavailable, match="Try again"):
                await attempt
        server.start()
        await say(store, "after")
        assert await store.read(texts) == ["before", "after"]
        await store.check()


@pytest.mark.bad_input(91)
async def test_a_pool_without_a_free_connection_is_said_in_time(url: str) -> None:
    async with opened(url, "here", patience=0.3) as store:
        release = threading.Event()
        slow = [asyncio.create_task(store.read(lambda _: release.wait(30))) for _ in range(2)]
        await asyncio.sleep(0.1)
        with pytest.raises(StoreUnavailable, match="no connection became free"):
            await store.read(texts)
        release.set()
        await asyncio.gather(*slow)
        assert await store.read(texts) == []


@pytest.mark.bad_input(91)
async def test_two_instances_that_change_the_same_row_lose_no_change(url: str) -> None:
    """Each adds one to a number that it has read, as no single statement could."""

    def add(tx: Transaction) -> None:
        known = tx.answer_by_id(HOME, "a-1")
        assert known is not None
        tx.change_answer(replace(known, version=known.version + 1, text=f"version {known.version + 1}"))

    async with opened(url, "one", patience=60) as one, opened(url, "two", patience=60) as two:
        await one.write(open_round)
        await one.write(lambda tx: tx.add_answer(answer()))
        await asyncio.gather(*(store.write(add) for _ in range(60) for store in (one, two)))
        found = await two.read(lambda tx: tx.answer_by_id(HOME, "a-1"))
        assert found is not None and found.version == 121


@pytest.mark.bad_input(91)
async def test_a_deadlock_between_instances_is_retried(url: str) -> None:
    async with opened(url, "one", patience=60) as one, opened(url, "two", patience=60) as two:
        for text in ("a", "b"):
            await say(one, text)
        meeting = threading.Barrier(2)
        met: set[str] = set()

        def swap(name: str, order: tuple[int, int], tx: Transaction) -> None:
            for seq in order:
                known = tx.message(HOME, seq)
                assert known is not None
                tx.change_message(replace(known, text=known.text + name))
                if name not in met:
                    met.add(name)
                    meeting.wait(10)  # both hold their first row now

        await asyncio.gather(
            one.write(lambda tx: swap("x", (1, 2), tx)), two.write(lambda tx: swap("y", (2, 1), tx))
        )
        first, second = await one.read(texts)
        assert sorted(first) == ["a", "x", "y"] and sorted(second) == ["b", "x", "y"]
        assert first[1:] == second[1:]


@pytest.mark.bad_input(98)
async def test_a_frozen_owners_posting_is_not_taken_over_while_its_session_lives_and_is_after_its_end(
    url: str,
) -> None:
    with frozen_instance(url) as frozen:
        assert frozen.stdout is not None
        assert await asyncio.to_thread(frozen.stdout.readline) == "claimed\n"
        frozen.send_signal(signal.SIGSTOP)
        async with opened(url, "here") as store:
            assert await store.write(lambda tx: tx.stale_postings(NOON + SECOND, EVERYWHERE, 9)) == []
            frozen.kill()
            frozen.wait()
            stale = await _eventually_stale(store)
            claim = Claim("here", 2, NOON)
            assert await store.write(lambda tx: [tx.reclaim_round(each, claim) for each in stale]) == [True]
            assert await store.write(lambda tx: tx.bind_prompt(stale[0], "late", NOON)) is False


@contextmanager
def frozen_instance(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another instance in a process of its own, which is ended whatever becomes of the test."""
    command = [sys.executable, "-m", "tests.store.frozen_instance", url, "frozen"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


async def _eventually_stale(store: Store) -> list[Round]:
    """The server notices the end of a client by itself, soon."""
    for _ in range(500):
        if stale := await store.write(lambda tx: tx.stale_postings(NOON + SECOND, EVERYWHERE, 9)):
            return stale
        await asyncio.sleep(0.01)
    return []


async def test_ones_own_stale_postings_are_found_and_others_only_when_they_are_gone(url: str) -> None:
    async with opened(url, "here") as here:
        async with opened(url, "there") as there:
            await here.write(lambda tx: tx.add_round(round_("r-1", claim=Claim("here", 1, NOON))))
            await there.write(lambda tx: tx.add_round(round_("r-2", claim=Claim("there", 1, NOON))))
            assert [
                each.id for each in await here.read(lambda tx: tx.stale_postings(NOON, EVERYWHERE, 9))
            ] == ["r-1"]
            assert [
                each.id for each in await there.read(lambda tx: tx.stale_postings(NOON, EVERYWHERE, 9))
            ] == ["r-2"]
        for _ in range(500):  # the server notices a closed connection a moment later
            found = await here.read(lambda tx: tx.stale_postings(NOON, EVERYWHERE, 9))
            if len(found) > 1:
                break
            await asyncio.sleep(0.01)
        assert sorted(each.id for each in found) == ["r-1", "r-2"]


@pytest.mark.bad_input(98)
async def test_after_a_lost_connection_the_owner_is_seen_to_live_again(
    url: str, server: PostgresServer
) -> None:
    async with opened(url, "here") as here, opened(url, "there") as there:
        await here.write(lambda tx: tx.add_round(round_(claim=Claim("here", 1, NOON))))
        with psycopg.connect(url, autocommit=True) as administrator:
            administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid IN"
                " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
        await say(here, "still here")
        assert await there.write(lambda tx: tx.stale_postings(NOON, EVERYWHERE, 9)) == []


async def test_two_instances_cannot_have_one_name(url: str) -> None:
    async with opened(url, "here"):
        with pytest.raises(StoreBroken, match="named here as well"):
            async with opened(url, "here", patience=0.2):
                pass


async def test_a_schedule_that_one_instance_moves_is_passed_over_by_the_other(url: str) -> None:
    async with opened(url, "one") as one, opened(url, "two") as two:
        await one.write(lambda tx: tx.put_schedule(schedule()))
        holding, go_on = threading.Event(), threading.Event()

        def hold(tx: Transaction) -> int:
            found = len(tx.due_schedules(NOON, 9))
            holding.set()
            go_on.wait(10)
            return found

        held = asyncio.create_task(one.write(hold))
        await asyncio.to_thread(holding.wait, 10)
        assert await two.write(lambda tx: tx.due_schedules(NOON, 9)) == []
        go_on.set()
        assert await held == 1


@pytest.mark.bad_input(36)
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "cannot be read"),
        ("postgresql://bot:s3cr@t@host/x", "cannot be read"),
        ("postgresql://bot:s3c/ret@host/x", "cannot be read"),
        ("postgresql://bot:s3cret@host/x?sslmode=s3cret&nope=1", "cannot be read"),
        ("mysql://bot:s3cret@host/x", "cannot be read"),
        ("postgresql://bot:s3cret@127.0.0.1:1/x", "refused"),
        ("postgresql://bot:s3cret@no-such-host.invalid/x", "no-such-host"),
    ],
)
async def test_a_wrong_url_is_refused_with_a_sentence_that_never_holds_the_password(
    url: str, says: str
) -> None:
    with pytest.raises(StoreBroken, match=says) as refused:
        async with opened(url, "here", patience=0.1):
            pass
    assert "s3c" not in str(refused.value)


@pytest.mark.bad_input(36)
async def test_a_missing_database_or_user_is_named(server: PostgresServer) -> None:
    for url, says in (
        (server.url("nowhere"), 'database "nowhere" does not exist'),
        (server.url().replace("bot@", "nobody:s3cret@"), 'role "nobody" does not exist'),
    ):
        with pytest.raises(StoreBroken, match=says) as refused:
            async with opened(url, "here"):
                pass
        assert "s3cret" not in str(refused.value)


@pytest.mark.bad_input(36)
async def test_a_database_that_does_not_keep_utf_8_is_refused(server: PostgresServer) -> None:
    server.execute("CREATE DATABASE latin ENCODING 'SQL_ASCII' TEMPLATE template0")
    with pytest.raises(StoreBroken, match="UTF-8"):
        async with opened(server.url("latin"), "here"):
            pass
    server.drop("latin")


async def test_a_closed_store_takes_nothing_and_leaves_no_connection(
    server: PostgresServer, url: str
) -> None:
    async with opened(url, "here") as store:
        await say(store, "one")
    for attempt in (say(store, "two"), store.read(texts)):
        with pytest.raises(StoreUnavailable, match="closed"):
            await attempt
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'practice-bot'"
    for _ in range(500):
        if server.execute(query) == [(0,)]:
            break
        await asyncio.sleep(0.01)
    assert server.execute(query) == [(0,)]


async def test_a_read_sees_one_moment_and_cannot_write(url: str) -> None:
    async with opened(url, "here") as store:
        await say(store, "one")
        looked, go_on = threading.Event(), threading.Event()

        def look_twice(tx: Transaction) -> tuple[list[str], list[str]]:
            first = texts(tx)
            looked.set()
            go_on.wait(10)
            return first, texts(tx)

        reading = asyncio.create_task(store.read(look_twice))
        await asyncio.to_thread(looked.wait, 10)
        await say(store, "two")
        go_on.set()
        assert await reading == (["one"], ["one"])
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await store.read(lambda tx: tx.beat("here", NOON))
