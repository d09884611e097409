"""The store on PostgreSQL: one connection that writes, in batches, and two that read, on threads of their own.

Isolation. Use cases read, decide and write, and are written as if they ran one after the other. So writes are
SERIALIZABLE: what could not have happened in some order is refused by the server, and then the whole batch runs again
(works are plain functions). Weaker levels would need a lock in each use case for what it must not find changed: the
first answer of a member, a checkpoint beside a late credit. Reads see one snapshot, and never wait.

Whether a batch was kept is unknown when the connection is lost during its commit. Then the server is asked by the
transaction's number, and the batch runs again only if it was not kept. If nobody can be asked in time, the callers
are told to try again, which is safe because what they keep is keyed by the platform's ids.

Owners. The writing connection holds an advisory lock of the owner's name. A posting may be taken over when its lease
has ended and no connection holds its owner's lock (`owner_gone` in `dialects`), so not from a process that was only
stopped for a while. A lost connection is replaced, and the lock taken again, before the next statement. Behind a proxy
that shares connections between clients (PgBouncer in transaction mode) this is not sound: connect directly.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from bot.store.broken import StoreBroken
from bot.store.grouping import Group, Outcome, Work
from bot.store.migrating import migrate_postgres
from bot.store.postgres_session import (
    CONNECTING,
    LOST,
    OLDEST_SERVER,
    SERIALIZABLE,
    SNAPSHOT,
    PostgresSession,
    check_url,
    connect,
    meaning,
    passes,
    place,
    prepare,
)
from bot.store.statements import Row

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that a write or a read waits for a server that is gone or busy, before it raises StoreUnavailable."""

_READERS = 2  # connections
_READING = 16  # reads that may wait for one of them
_TOGETHER = 3  # tries of a whole batch that others keep changing; then its works are run one by one
_PAUSES = (0.0, 0.005, 0.02, 0.05, 0.1)  # seconds before a next try; the last one is repeated
_COLLIDED = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


class PostgresStore:
    """The Store port on a PostgreSQL database; made by `opened`."""

    def __init__(self, url: str, owner: str, patience: float) -> None:
        self._url = url
        self._owner = owner
        self._patience = patience
        self._give_up = 0.0
        self._session: PostgresSession | None = None
        self._writing = ThreadPoolExecutor(1, "store-write")
        self._reading = ThreadPoolExecutor(_READING, "store-read")
        self._readers = ConnectionPool(
            url,
            kwargs=CONNECTING,
            configure=prepare,
            min_size=1,
            max_size=_READERS,
            timeout=patience,
            reconnect_timeout=patience,
            num_workers=1,
            open=False,
            name="practice-bot readers",
        )
        self._group = Group(self._run)
        self._closed = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """See `bot.practice.ports.Store.write`."""
        return await self._group.submit(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """See `bot.practice.ports.Store.read`."""
        if self._closed:
            raise StoreUnavailable("The store is closed. Start practice-bot again.")
        outcome = await asyncio.get_running_loop().run_in_executor(self._reading, self._read_on_thread, work)
        if outcome.error is not None:
            raise outcome.error
        value: T = outcome.value  # type: ignore[assignment]
        return value

    async def check(self) -> None:
        """Commit a transaction without a change, for `/healthz`; raises StoreUnavailable."""
        await self._group.submit(lambda _: None)

    def warnings(self) -> list[str]:
        """What the people who run the bot should know at the start."""
        return []

    async def _run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._write_on_thread, works)

    def _write_on_thread(self, works: Sequence[Work]) -> list[Outcome]:
        """Run works until they are kept or refused; raises StoreUnavailable when time is up."""
        self._give_up, tries = time.monotonic() + self._patience, 0
        while True:
            try:
                return self._open_session().batch(SERIALIZABLE, works)
            except LOST as error:
                tries += 1
                alive = self._session is not None and self._session.give_up(error)
                if not alive:
                    self._session = None
                elif not isinstance(error, _COLLIDED):  # the server is full, or too slow
                    raise self._unavailable(error) from error
                if tries >= _TOGETHER and alive and len(works) > 1:
                    return self._one_by_one(works)
                self._pause_or_raise(error, _PAUSES[min(tries, len(_PAUSES)) - 1])

    def _was_kept(self, xid: str) -> bool:
        """What the server knows of a transaction by its number, asked on a new connection; raises StoreUnavailable."""
        self._session = None
        while True:
            session = self._open_session()
            try:
                row = session.connection.execute("SELECT pg_xact_status($1::text::xid8)", (xid,)).fetchone()
            except psycopg.DataError:  # a number of the future: this server took over from one that is gone
                return False
            except LOST as error:
                session.connection.close()
                self._pause_or_raise(error)
                continue
            if row is None or row[0] != "in progress":
                return row is not None and bool(row[0] == "committed")
            self._pause_or_raise(psycopg.OperationalError("it is not known yet whether this was kept"))

    def _one_by_one(self, works: Sequence[Work]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for work in works:
            try:
                outcomes += self._write_on_thread((work,))
            except StoreUnavailable as error:
                outcomes.append(Outcome(None, error))
        return outcomes

    def _open_session(self) -> PostgresSession:
        """The writing session; a lost one is replaced by one that holds the owner's lock."""
        while self._session is None or self._session.connection.closed:
            self._session = None
            try:
                session = PostgresSession(connect(self._url), self._owner, self._was_kept)
            except LOST as error:
                self._pause_or_raise(error)
                continue
            if session.hold(self._owner):
                self._session = session
            else:  # our own lost connection may not have ended yet on the server's side
                session.connection.close()
                self._pause_or_raise(
                    psycopg.OperationalError(f"another instance is named {self._owner} as well")
                )
        return self._session

    def _pause_or_raise(self, error: Exception, seconds: float = _PAUSES[-1]) -> None:
        """Wait before a next try, or raise StoreUnavailable when time is up."""
        if time.monotonic() > self._give_up:
            raise self._unavailable(error) from error
        time.sleep(seconds)

    def _read_on_thread(self, work: Work) -> Outcome:
        give_up = time.monotonic() + self._patience
        while True:
            try:
                with self._readers.connection(max(0.0, give_up - time.monotonic())) as connection:
                    session = PostgresSession(connection, self._owner)
                    try:
                        return session.batch(SNAPSHOT, (work,))[0]
                    finally:
                        session.give_up()
            except LOST as error:  # PoolTimeout is one of them
                if isinstance(error, PoolTimeout) or time.monotonic() > give_up:
                    raise self._unavailable(error) from error
                self._readers.check()  # puts new connections in the place of lost ones
                time.sleep(_PAUSES[-1])

    def _unavailable(self, error: BaseException) -> StoreUnavailable:
        busy = isinstance(error, PoolTimeout)
        what = "no connection became free in time" if busy else meaning(error, self._url)
        return StoreUnavailable(f"{place(self._url)} does not serve now: {what}. Try again soon.")

    def _open(self) -> None:
        self._give_up = time.monotonic() + self._patience
        self._open_session()
        self._readers.open(wait=True, timeout=self._patience)

    async def _close(self) -> None:
        self._closed = True
        await self._group.close()
        await asyncio.to_thread(self._close_on_thread)

    def _close_on_thread(self) -> None:
        self._reading.shutdown()
        self._writing.shutdown()
        self._readers.close()
        if self._session is not None:
            self._session.connection.close()


@asynccontextmanager
async def opened(url: str, owner: str, patience: float = PATIENCE) -> AsyncIterator[PostgresStore]:
    """The store on a database, migrated as need be; on leaving, works that wait are finished first.

    `owner` names this instance in claims, and must be no other instance's. Raises StoreBroken when it cannot serve;
    the sentence never holds the password.
    """
    check_url(url)
    await asyncio.to_thread(_prepare, url, patience)
    store = PostgresStore(url, owner, patience)
    try:
        try:
            await asyncio.to_thread(store._open)
        except (StoreUnavailable, *LOST) as error:
            raise StoreBroken(f"{error} It was not opened.") from error
        yield store
    finally:
        await asyncio.shield(store._close())


def _prepare(url: str, patience: float) -> None:
    """Wait for a server that is starting, see that it can serve us, and migrate."""
    give_up = time.monotonic() + patience
    while True:
        try:
            with connect(url) as connection:
                _check_server(connection, url)
            return migrate_postgres(url)
        except LOST as error:
            if not passes(error) or time.monotonic() > give_up:
                raise StoreBroken(
                    f"{place(url)} cannot be opened: {meaning(error, url)}."
                    " Look at the PostgreSQL URL in the settings, and whether the server runs and lets us in."
                ) from error
            time.sleep(_PAUSES[-1])


def _check_server(connection: psycopg.Connection[Row], url: str) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise StoreBroken(f"{place(url)} is on PostgreSQL {version // 10000}. Use version 13 or newer.")
    row = connection.execute("SHOW server_encoding").fetchone()
    if row is None or row[0] != "UTF8":
        raise StoreBroken(
            f"{place(url)} does not keep text as UTF-8. Create one with ENCODING 'UTF8', and use that."
        )
