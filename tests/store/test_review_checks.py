"""What the tables themselves refuse of reviews and votes, and what two instances do at one moment."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.store import driver
from bot.store.migrating import migrate_sqlite
from bot.store.postgres import opened
from bot.store.postgres_session import PostgresRunner, connect
from bot.store.transaction import StoreTransaction
from tests.contracts.review_samples import answers
from tests.contracts.samples import ADA, HOME, NOON, review
from tests.postgres_server import postgres_server

Execute = Callable[[str], Any]
Work = Callable[[Transaction], object]

ROUND = (
    "INSERT INTO question (workspace, question, version, body) VALUES ('w', 'q', '1', '{}')",
    "INSERT INTO round (workspace, id, channel, question, version, asked_at, reveal_at, closes_at, posting, owner,"
    " attempt, lease_until) VALUES ('w', 'r', 'c', 'q', '1', 1, 1, 1, 'posting', 'o', 1, 1)",
)
ROW = {
    "workspace": "'w'",
    "id": "'v'",
    "answer": "'a'",
    "round": "'r'",
    "author": "'ada'",
    "reviewer": "'ben'",
    "answer_version": "1",
    "structure": "1",
    "substance": "5",
    "covered": "'[]'",
    "strong": "'s'",
    "to_change": "'c'",
    "words": "'w'",
    "named": "1",
    "version": "1",
    "at": "1",
    "local_date": "'2026-11-20'",
    "zone": "'UTC'",
    "counts": "1",
    "attempts": "0",
}
TOMBSTONE = {
    "reviewer": "NULL",
    "structure": "NULL",
    "substance": "NULL",
    "strong": "''",
    "to_change": "''",
    "words": "''",
    "removed_at": "1",
}
VOTE = {
    "workspace": "'w'",
    "member": "'cy'",
    "first_answer": "'a'",
    "second_answer": "'b'",
    "stronger": "'b'",
    "why": "''",
    "version": "1",
    "at": "1",
}


def insert(table: str, row: dict[str, str], **changes: str) -> str:
    """A row as nobody but a program around our own would add it."""
    row = row | changes
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(row.values())})"


@pytest.fixture(params=["sqlite", "postgresql"])
def execute(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Execute]:
    """Statements straight to a database with one round."""
    connection: Any
    if request.param == "sqlite":
        migrate_sqlite(tmp_path / "x.sqlite")
        with closing(driver.connect(tmp_path / "x.sqlite")) as connection:
            for statement in ROUND:
                connection.execute(statement)
            yield connection.execute
        return
    server = postgres_server()
    name = server.migrated_database()
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        for statement in ROUND:
            connection.execute(statement)
        yield connection.execute
    server.drop(name)


@pytest.mark.bad_input(103)
def test_the_table_refuses_an_own_review_and_a_second_one_of_an_answer(execute: Execute) -> None:
    with pytest.raises(Exception, match=r"(?i)check"):
        execute(insert("review", ROW, reviewer="'ada'"))
    execute(insert("review", ROW))
    with pytest.raises(Exception, match=r"(?i)unique"):
        execute(insert("review", ROW, id="'v2'"))
    execute(insert("review", ROW, id="'v3'", answer="'a2'"))
    assert execute("SELECT COUNT(*) FROM review").fetchone()[0] == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"structure": "0"},
        {"substance": "6"},
        {"structure": "NULL"},
        {"substance": "NULL"},
        {"reviewer": "NULL"},
        {"named": "2"},
        {"version": "0"},
        {"attempts": "-1"},
        {**TOMBSTONE, "removed_at": "NULL"},
        {**TOMBSTONE, "strong": "'words'"},
        {**TOMBSTONE, "to_change": "'words'"},
        {**TOMBSTONE, "words": "'print'"},
        {**TOMBSTONE, "structure": "1", "substance": "1"},
    ],
    ids=str,
)
def test_the_table_refuses_a_review_that_cannot_be(execute: Execute, changes: dict[str, str]) -> None:
    with pytest.raises(Exception, match=r"(?i)check"):
        execute(insert("review", ROW, **changes))


def test_a_review_may_lose_its_author_its_reviewer_or_both_and_has_a_round(execute: Execute) -> None:
    for n, changes in enumerate(({"author": "NULL"}, TOMBSTONE, {**TOMBSTONE, "author": "NULL"})):
        execute(insert("review", ROW, id=f"'v{n}'", **changes))
    with pytest.raises(Exception, match=r"(?i)foreign"):
        execute(insert("review", ROW, id="'v4'", answer="'a2'", round="'none'"))


@pytest.mark.bad_input(104)
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first_answer": "'b'"}, "check"),
        ({"first_answer": "'c'", "stronger": "'c'"}, "check"),
        ({"stronger": "'c'"}, "check"),
        ({"stronger": "'a'"}, "unique"),
    ],
)
def test_the_table_refuses_a_vote_that_cannot_be_and_a_second_one(
    execute: Execute, changes: dict[str, str], says: str
) -> None:
    execute(insert("vote", VOTE))
    with pytest.raises(Exception, match=f"(?i){says}"):
        execute(insert("vote", VOTE, **changes))


@pytest.fixture
def url() -> Iterator[str]:
    """A migrated PostgreSQL database without a row."""
    server = postgres_server()
    name = server.migrated_database()
    yield server.url(name)
    server.drop(name)


def holding(work: Work, began: threading.Event, go_on: threading.Event) -> Work:
    """A work whose transaction stays open until it may go on."""

    def held(tx: Transaction) -> object:
        done = work(tx)
        began.set()
        go_on.wait(10)
        return done

    return held


async def at_once(one: Store, other: Store, first: Work, second: Work) -> tuple[object, object]:
    """Two works of two instances, of which the second runs while the first one's transaction is open."""
    began, go_on = threading.Event(), threading.Event()
    held = asyncio.create_task(one.write(holding(first, began, go_on)))
    await asyncio.to_thread(began.wait, 10)
    meanwhile = asyncio.create_task(other.write(second))
    await asyncio.sleep(0.2)  # it waits for the row, or has read what the first one changes
    go_on.set()
    return await held, await meanwhile


@pytest.mark.bad_input(103)
async def test_of_two_instances_that_add_a_members_review_at_once_one_does(url: str) -> None:
    async with opened(url, "one") as one, opened(url, "two") as two:
        await one.write(lambda tx: answers(tx))
        added = await at_once(
            one, two, lambda tx: tx.add_review(review()), lambda tx: tx.add_review(review("v-2"))
        )
        assert added == (True, False)
        assert await two.read(lambda tx: tx.reviews_of(HOME, "a-1")) == [review()]


@pytest.mark.bad_input(70)
@pytest.mark.parametrize("deleted_first", [True, False])
async def test_an_author_who_is_deleted_while_a_review_is_given_is_named_by_none(
    url: str, deleted_first: bool
) -> None:
    def delete(tx: Transaction) -> object:
        return tx.delete_member(ADA, NOON)

    def give(tx: Transaction) -> object:
        return tx.add_review(review())

    async with opened(url, "one") as one, opened(url, "two") as two:
        await one.write(lambda tx: answers(tx))
        if deleted_first:
            _, given = await at_once(one, two, delete, give)
        else:
            given, _ = await at_once(one, two, give, delete)
        found = await two.read(lambda tx: tx.review(HOME, "v-1"))
        assert (found is not None) == given
        assert found is None or found.author is None
        assert await two.read(lambda tx: tx.count_member(ADA)) == {}


@pytest.mark.bad_input(103)
async def test_even_without_the_strictest_isolation_one_review_is_added(url: str) -> None:
    async with opened(url, "one") as store:
        await store.write(lambda tx: answers(tx))
    with closing(connect(url)) as first, closing(connect(url)) as second:
        for connection in (first, second):
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        one, two = (StoreTransaction(PostgresRunner(each), "here") for each in (first, second))
        assert one.add_review(review())
        waiting = asyncio.create_task(asyncio.to_thread(two.add_review, review("v-2")))
        await asyncio.sleep(0.2)
        assert not waiting.done(), "it waits for what becomes of the first one"
        first.execute("COMMIT")
        assert not await waiting
