"""A guild of SimCord for each test that asks for a `world`; `ada` is a manager and `ben` is not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.discord_world import DiscordWorld, discord_world
from tests.memory_store import MemoryStore


@pytest.fixture
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DiscordWorld]:
    """The bot in a guild, with ada and ben there; `request.param` may hold options of `DiscordWorld`."""
    options = getattr(request, "param", {})
    async with discord_world(MemoryStore("this-instance"), **options) as world:
        await world.join("ada")
        await world.join("ben")
        yield world
