"""Every platform as a World, by its name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.contracts.chat_world import World
from tests.contracts.discord_world import discord_world
from tests.contracts.fake_world import FakeWorld
from tests.contracts.local_world import LocalWorld
from tests.contracts.slack_world import SlackWorld, slack_world
from tests.stores import memory, sqlite


@asynccontextmanager
async def world_of(kind: str, folder: Path) -> AsyncIterator[World]:
    """A platform, empty: `fake`, `local`, `discord`, `slack socket` or `slack http`; with more words, in memory."""
    if kind == "fake":
        yield FakeWorld()
        return
    platform, _, more = kind.partition(" ")
    async with (memory if more else sqlite)(folder) as store:
        if platform == "local":
            yield LocalWorld(store)
        elif platform == "slack":
            async with slack_world(store, more == "http", SlackWorld) as slack:
                yield slack
        else:
            async with discord_world(store) as discord:
                yield discord
