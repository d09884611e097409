"""The stores that the contract suite runs over, each as an async context manager that gives an empty one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.practice.ports import Store
from bot.store.postgres import opened as opened_postgres
from bot.store.sqlite import opened
from tests.memory_store import MemoryStore
from tests.postgres_server import postgres_server


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Store]:
    """A store on a SQLite file on disk."""
    async with opened(folder / "practice.sqlite", "this-instance") as store:
        yield store


@asynccontextmanager
async def memory(folder: Path) -> AsyncIterator[Store]:
    """The fake; it leaves nothing in the folder."""
    yield MemoryStore("this-instance")


@asynccontextmanager
async def postgres(folder: Path) -> AsyncIterator[Store]:
    """A store on a database of its own, on a real PostgreSQL that this test process starts."""
    server = postgres_server()
    name = server.migrated_database()
    try:
        async with opened_postgres(server.url(name), "this-instance") as store:
            yield store
    finally:
        server.drop(name)
