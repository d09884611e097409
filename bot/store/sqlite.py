"""The store on SQLite: one connection that writes and two that read, each with a thread of its own.

A transaction is one hop to the writer's thread (`Connection._execute` of aiosqlite, private: the version is pinned and
a test guards it), together with the others that wait; its callers are released when the commit is on disk.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from bot.store import driver, place, session_mark
from bot.store.dialects import SQLITE
from bot.store.grouping import Group, Outcome, Work, run_light_batch
from bot.store.migrating import migrate_sqlite
from bot.store.process_lock import ProcessLock
from bot.store.statements import Row, load
from bot.store.transaction import StoreTransaction

T = TypeVar("T")

_READERS = 2
_CHUNK = 64  # aiosqlite's iteration is not used, but it asks
_APPLICATION = 0x70_72_61_63  # "prac", by which `file` can tell what a database is for


class SqliteRunner:
    """Runs named statements on one connection, all on one cursor: no statement outlives the next."""

    def __init__(self, connection: Any) -> None:
        self._statements = load(SQLITE)
        self._execute = connection.cursor().execute

    def rows(self, name: str, values: Row) -> list[Row]:
        """Run a statement and give all its rows."""
        found: list[Row] = self._execute(self._statements[name], values).fetchall()
        return found

    def count(self, name: str, values: Row) -> int:
        """Run a statement and give how many rows it touched."""
        touched: int = self._execute(self._statements[name], values).rowcount
        return touched

    def counts(self, name: str, many: Sequence[Row]) -> list[int]:
        """Run a statement once for each line of values and give how many rows each run touched."""
        statement, execute = self._statements[name], self._execute
        return [execute(statement, values).rowcount for values in many]


class SqliteSession:
    """One connection on its own thread, as a batch of works needs it."""

    def __init__(self, connection: Any, owner: str) -> None:
        self.connection = connection
        self.run = connection.cursor().execute
        self._runner = SqliteRunner(connection)
        self._owner = owner

    def is_open(self) -> bool:
        """Whether a transaction is open; SQLite ends one by itself when the disk is full or fails."""
        return bool(self.connection.in_transaction)

    is_sound = is_open

    def changes(self) -> int:
        """How many rows were changed on this connection so far."""
        return int(self.connection.total_changes)

    def transaction(self) -> StoreTransaction:
        """A fresh transaction for one work."""
        return StoreTransaction(self._runner, self._owner)


class _Line:
    """An aiosqlite connection with the session that lives on its thread."""

    def __init__(self, file: Path, owner: str, read_only: bool) -> None:
        self._connection = aiosqlite.Connection(partial(driver.connect, file, read_only), _CHUNK)
        self._owner = owner
        self.session: SqliteSession

    async def open(self) -> None:
        connection = await self._connection
        self.session = await self.hop(lambda: SqliteSession(connection._conn, self._owner))

    async def hop(self, function: Callable[[], T]) -> T:
        """Run a function on the connection's thread; once begun it runs to its end, also when we are cancelled."""
        value: T = await self._connection._execute(function)  # type: ignore[no-untyped-call]
        return value

    async def close(self) -> None:
        await self._connection.close()


class SqliteStore:
    """The Store port on one SQLite file; made by `opened`."""

    def __init__(self, file: Path, owner: str) -> None:
        self._file = file
        self._identity = place.identity(file)
        self._writer = _Line(file, owner, read_only=False)
        self._readers = [_Line(file, owner, read_only=True) for _ in range(_READERS)]
        self._next_reader = cycle(self._readers)
        self._group = Group(self._run)
        self._opened: list[_Line] = []
        self._closing = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """See `bot.practice.ports.Store.write`."""
        return await self._group.submit(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """See `bot.practice.ports.Store.read`."""
        if self._closing:
            raise StoreUnavailable("The store is closed. Start practice-bot again.")
        line = next(self._next_reader)
        outcome = await line.hop(lambda: self._on_thread(line.session, "BEGIN", (work,))[0])
        if outcome.error is not None:
            raise driver.named(outcome.error, self._file)
        value: T = outcome.value  # type: ignore[assignment]
        return value

    async def check(self) -> None:
        """Write to the disk without a change, for `/healthz`; raises StoreUnavailable."""
        if not os.access(self._file, os.R_OK | os.W_OK):
            raise StoreUnavailable(
                f"The database {self._file} cannot be written any more."
                " Give practice-bot the right to write the file and its folder, and start it again."
            )
        mark = f"PRAGMA application_id = {_APPLICATION}"
        await self._group.submit(lambda _: self._writer.session.run(mark))

    def warnings(self) -> list[str]:
        """What the people who run the bot should know at the start."""
        if driver.journal_mode() == "WAL":
            return []
        version = ".".join(map(str, driver.library.sqlite_version_info))
        return [
            f"SQLite {version} can damage a file in WAL mode, so the slower DELETE mode is used."
            " Install the package `pysqlite3`, which carries a newer SQLite."
        ]

    async def _open(self) -> None:
        """Open every connection; raises StoreUnavailable."""
        try:
            for line in (self._writer, *self._readers):
                self._opened.append(line)
                await line.open()
                if line is self._writer:
                    await line.hop(lambda: session_mark.begin(self._writer.session.connection, self._file))
        except driver.DatabaseError as error:
            raise driver.named(error, self._file) from error

    async def _close(self) -> None:
        self._closing = True
        await self._group.close()
        while self._opened:  # the readers first, so that the writer is the last one and leaves no -wal
            await self._opened.pop().close()
        session_mark.end(self._file)

    async def _run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        session = self._writer.session
        outcomes = await self._writer.hop(lambda: self._on_thread(session, "BEGIN IMMEDIATE", works))
        return [
            outcome if outcome.error is None else Outcome(None, driver.named(outcome.error, self._file))
            for outcome in outcomes
        ]

    def _on_thread(self, session: SqliteSession, begin: str, works: Sequence[Work]) -> list[Outcome]:
        if place.identity(self._file) != self._identity:
            raise StoreUnavailable(
                f"The database {self._file} was moved, deleted or replaced while practice-bot was running."
                " Nothing is written any more. Stop practice-bot, put the file back, and start it again."
            )
        try:
            return run_light_batch(session, begin, works)
        except driver.DatabaseError as error:
            raise driver.named(error, self._file) from error


@asynccontextmanager
async def opened(file: Path, owner: str) -> AsyncIterator[SqliteStore]:
    """The store on a file, made and migrated as need be; on leaving, works that wait are finished first.

    `owner` names this instance in claims. Raises StoreInUse when another process has the file, and StoreBroken
    when it cannot serve; then nothing was changed.
    """
    place.prepare(file)
    lock = ProcessLock(file)
    try:
        session_mark.check_log(file)
        await _to_the_end(asyncio.to_thread(place.check_whole, file))
        await _to_the_end(asyncio.to_thread(migrate_sqlite, file))
        store = SqliteStore(file, owner)
        try:
            await store._open()
            yield store
        finally:
            await _to_the_end(store._close())
    finally:
        lock.release()


async def _to_the_end(step: Coroutine[Any, Any, None]) -> None:
    """Run to the end although we are cancelled meanwhile.

    A connection left open would keep the process alive, and a migration must not outlive the lock on the file.
    """
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled
