"""The statements of a use case, written down once, and run again by the bare driver: the floor of its cost."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from benchmarks.world import OWNER
from bot.practice.records import Transaction
from bot.store import driver
from bot.store.sqlite import SqliteRunner
from bot.store.statements import Row
from bot.store.transaction import StoreTransaction

T = TypeVar("T")

Said = tuple[str, Row, bool]
"""A statement, its values, and whether its rows are wanted."""


class Committed(Exception):
    """The use case has committed, and now wants to read; what it does from there on is not measured."""


class RecordingStore:
    """The Store port on a file, which keeps what each write says to the database in `said`."""

    def __init__(self, file: Path) -> None:
        self._connection = driver.connect(file)
        self._runner = _RecordingRunner(self._connection)
        self.said: list[list[Said]] = []

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run a work in a transaction of its own, and keep its statements."""
        self._runner.said = []
        self._connection.execute("BEGIN IMMEDIATE")
        transaction = StoreTransaction(self._runner, OWNER)
        value = work(transaction)
        transaction.finish()
        self._connection.execute("COMMIT")
        self.said.append(self._runner.said)
        return value

    async def read(self, work: Callable[[Transaction], T]) -> T:  # noqa: ARG002 - nothing is read
        """End the use case here: only what it commits is recorded."""
        raise Committed

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class _RecordingRunner(SqliteRunner):
    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.said: list[Said] = []

    def rows(self, name: str, values: Row) -> list[Row]:
        self.said.append((self._statements[name], values, True))
        return super().rows(name, values)

    def count(self, name: str, values: Row) -> int:
        self.said.append((self._statements[name], values, False))
        return super().count(name, values)

    def counts(self, name: str, many: Sequence[Row]) -> list[int]:
        self.said += [(self._statements[name], values, False) for values in many]
        return super().counts(name, many)


class BareSqlite:
    """The standard library's sqlite3 on a copy of a file: WAL, synchronous=FULL, and our other settings."""

    def __init__(self, file: Path, copy: Path) -> None:
        with closing(driver.connect(file)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        self._connection = sqlite3.connect(copy, isolation_level=None, cached_statements=256)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "mmap_size = 0"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._connection.execute("PRAGMA wal_autocheckpoint = 4000").fetchall()

    def replay(self, transactions: Sequence[list[Said]], at_once: int = 1) -> float:
        """Say it all again, one commit for so many transactions; gives the seconds for one."""
        execute, fetchall = (cursor := self._connection.cursor()).execute, cursor.fetchall
        began = perf_counter()
        for first in range(0, len(transactions), at_once):
            execute("BEGIN IMMEDIATE")
            for said in transactions[first : first + at_once]:
                for statement, values, wants_rows in said:
                    execute(statement, values)
                    if wants_rows:
                        fetchall()
            execute("COMMIT")
        return (perf_counter() - began) / len(transactions)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
