"""Each contract test runs over every store: the fake in memory, SQLite on disk, and a real PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.practice.ports import Store
from tests import stores


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    async with getattr(stores, request.param)(tmp_path) as opened:
        yield opened
