"""Which store serves: PostgreSQL when there is a URL, else a SQLite file in the data folder."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from bot.practice.ports import Store


class OpenStore(Store, Protocol):
    """A store that is open."""

    async def check(self) -> None:
        """Raises StoreUnavailable when nothing can be kept."""
        ...

    def warnings(self) -> Sequence[str]:
        """What the people who run the bot should know at the start."""
        ...


def sqlite_file(data: Path) -> Path:
    """The database of a data folder."""
    return data / "practice.sqlite"


@asynccontextmanager
async def open_store(data: Path, url: str, owner: str) -> AsyncIterator[OpenStore]:
    """The store that the settings ask for, migrated; raises StoreBroken and StoreInUse."""
    if url:
        from bot.store.postgres import (
            opened as opened_postgres,
        )  # a driver that most installations never load

        async with opened_postgres(url, owner) as postgres:
            yield postgres
    else:
        from bot.store.sqlite import opened as opened_sqlite

        async with opened_sqlite(sqlite_file(data), owner) as sqlite:
            yield sqlite


def inspect(data: Path, url: str) -> str:
    """Open the store, look, and close it again; a data folder that is not there yet is not made.

    Raises StoreBroken and StoreInUse.
    """
    if not url and not sqlite_file(data).exists():
        return f"none yet; it is made at the first start, in {data}"
    return asyncio.run(_inspect(data, url))


async def _inspect(data: Path, url: str) -> str:
    async with open_store(data, url, "check") as store:
        await store.check()
        return "; ".join(
            (f"{'PostgreSQL' if url else sqlite_file(data)} opened and written to", *store.warnings())
        )
