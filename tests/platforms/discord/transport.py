"""The bot in this process against the fake Discord: real HTTP, a real WebSocket, and a clock that a test can put on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.discord.client import DiscordConfig, DiscordPlatform
from bot.chat.router import Router
from bot.domain.places import Channel, Platform, Workspace
from bot.domain.rounds import Round
from bot.practice import asking, recovery, showing
from bot.practice.ports import Ports, Rules, Store
from tests.chat.world import bank
from tests.fakes import CountingIds
from tests.memory_store import MemoryStore
from tests.platforms.discord.fake_discord import TOKEN, FakeDiscord


class ShiftedClock:
    """The machine's clock, and as much more as a test has put it on."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass
class Served:
    """A running bot."""

    fake: FakeDiscord
    platform: DiscordPlatform
    ports: Ports
    clock: ShiftedClock
    task: asyncio.Task[None]

    async def connected(self, seconds: float = 20) -> None:
        """Wait until the bot is in the guild and its commands are there."""
        await self.fake.gateway.until(
            lambda: self.platform.client.is_ready() and bool(self.fake.commands), seconds
        )

    async def ring(self) -> None:
        """Let the timer ring once."""
        await asking.post_due(self.ports)
        await recovery.settle(self.ports)
        await showing.show_due(self.ports)

    async def newest_round(self) -> Round:
        """The newest posted round of the channel."""
        place = Channel(Workspace(Platform.DISCORD, self.fake.guild), self.fake.channel)
        found = await self.ports.store.read(lambda tx: tx.newest_round(place))
        assert found is not None
        return found

    async def kept(self) -> list[str]:
        """The texts of all replies that are kept of the newest thread."""
        thread = (await self.newest_round()).thread
        assert thread is not None
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        return [
            one.reply.text for one in await self.ports.store.read(lambda tx: tx.replies_in(thread, long_ago))
        ]

    async def until_kept(self, count: int) -> list[str]:
        """Wait until so many replies are kept."""
        async with asyncio.timeout(20):
            while len(found := await self.kept()) < count:
                await asyncio.sleep(0.02)
        return found


@asynccontextmanager
async def serving(fake: FakeDiscord, store: Store | None = None, **changes: Any) -> AsyncIterator[Served]:
    """The bot, connecting or connected, while the block runs."""
    clock = ShiftedClock()
    settings: dict[str, Any] = {"token": TOKEN, "api_base": fake.api_base, "gateway": None, "shard_count": 1}
    platform = DiscordPlatform(DiscordConfig(**(settings | changes)), bank(), clock)
    chat = Router({Platform.DISCORD: platform.outgoing})
    kept = store if store is not None else MemoryStore("this-instance")
    ports = Ports(chat, kept, clock, CountingIds(), bank(), Rules("UTC"), "this-instance")
    platform.attach(ports)
    platform.client._connection.guild_ready_timeout = (
        0.1  # discord.py waits 2 s for more servers; here is but one
    )
    task = asyncio.create_task(platform.serve())
    try:
        yield Served(fake, platform, ports, clock, task)
    finally:
        await platform.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
