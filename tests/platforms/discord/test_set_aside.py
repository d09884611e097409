"""An event that could not be read is set aside for those who run the bot, without what would open anything."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.domain.places import Platform, Workspace
from tests.memory_store import MemoryStore
from tests.memory_tables import Committed
from tests.platforms.discord.fake_discord import FakeDiscord, fake_discord
from tests.platforms.discord.transport import serving


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as fake:
        yield fake


@pytest.mark.bad_input(61)
async def test_a_broken_event_is_kept_without_the_tokens_in_it(fake: FakeDiscord) -> None:
    committed = Committed()
    event = {"id": "77", "guild_id": fake.guild, "type": 2, "token": "secret-1", "said": "hello"}
    event["data"] = {"inner": [{"token": "secret-2", "session_id": "secret-3", "name": "streak"}]}
    async with serving(fake, MemoryStore("this-instance", committed)) as bot:
        await bot.connected()
        await fake.gateway.dispatch("INTERACTION_CREATE", event)
        place = Workspace(Platform.DISCORD, fake.guild)
        async with asyncio.timeout(20):
            while (place, "INTERACTION_CREATE:77") not in committed.events:
                await asyncio.sleep(0.02)
        _, raw = committed.events[place, "INTERACTION_CREATE:77"]
    assert raw is not None and "secret" not in raw
    kept = json.loads(raw)
    assert kept["said"] == "hello" and kept["data"] == {"inner": [{"name": "streak"}]}


async def test_an_event_nested_beyond_all_bounds_ends_nothing(fake: FakeDiscord) -> None:
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]
    async with serving(fake) as bot:
        await bot.connected()
        ears = bot.platform.client.ears
        assert ears is not None
        ears.unread("INTERACTION_CREATE", {"id": "77", "guild_id": fake.guild, "data": nested})
        assert bot.platform.connected
