"""What the tests of the SQLite store do with one: write, read, and reach for its connection."""

from contextlib import closing
from pathlib import Path
from typing import Any

from bot.practice.records import Transaction
from bot.store import driver
from bot.store.sqlite import SqliteStore
from tests.contracts.samples import STUDY, message


def add(text: str) -> Any:
    return lambda tx: tx.add_message(message(text))


def texts(tx: Transaction) -> list[str]:
    return [each.text for each in tx.messages(STUDY, "ada", None, 10_000)]


async def on_writer(store: SqliteStore, statement: str) -> list[Any]:
    """Run a statement on the writer's own connection, as a fault of the disk would come to it."""
    found: list[Any] = await store._writer.hop(
        lambda: store._writer.session.connection.execute(statement).fetchall()
    )
    return found


def grip(file: Path) -> Any:
    """Another program's connection that has the file locked for writing."""
    other = driver.library.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return closing(other)
