"""The line to Discord that outgoing calls use: the client of now, and the channels and threads behind our ids.

A client that failed is replaced by a new one, so nobody else holds on to it. What discord.py does not have in its
cache is fetched: a channel that is not there yet is never taken for a deleted one.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Coroutine
from typing import TypeVar

import discord
from aiolimiter import AsyncLimiter

from bot.chat.discord.convert import number, thread_of
from bot.chat.discord.faults import UNREADABLE, Breaker, BrokenAnswer
from bot.domain.places import Channel, Thread
from bot.practice.ports import Clock

T = TypeVar("T")

CALL_WITHIN = 50.0
"""Seconds for one call with discord.py's own repeats: below the lease of a post."""
LOGIN_WITHIN = 20.0
"""Seconds that a call waits at the start for the login; below the lease of a post, too."""
CALLS_A_SECOND = 48.0
"""Below the 50 that Discord allows a token."""
KNOWN_THREADS = 5000

Postable = discord.abc.GuildChannel | discord.Thread


class NotConnected(Exception):
    """There was no login yet; nothing was called."""


class Line:
    """The client of now. `use` puts another one in its place."""

    def __init__(self, client: discord.AutoShardedClient, clock: Clock, calls_at_once: int | None) -> None:
        """Take the first client, the clock for the breaker, and the pace; interactions answered do not count."""
        self._turns = (
            AsyncLimiter(calls_at_once, calls_at_once / CALLS_A_SECOND) if calls_at_once is not None else None
        )
        self.client = client
        self.breaker = Breaker(clock)
        self._open = asyncio.Event()
        self._ended = False
        self._threads: OrderedDict[int, Thread | None] = OrderedDict()

    def use(self, client: discord.AutoShardedClient) -> None:
        """Go on with another client, which has to log in first."""
        self.client = client
        self._open.clear()

    def opened(self) -> None:
        """The client of now has logged in."""
        self._open.set()

    def end(self) -> None:
        """Nothing is called any more; whoever would is told at once."""
        self._ended = True

    async def ready(self) -> discord.AutoShardedClient:
        """The client, when it has logged in; raises NotConnected after a while, and ShutOut."""
        self.breaker.check()
        if self._ended:
            raise NotConnected
        if not self._open.is_set():
            try:
                async with asyncio.timeout(LOGIN_WITHIN):
                    await self._open.wait()
            except TimeoutError as late:
                raise NotConnected from late
        return self.client

    async def call(self, work: Awaitable[T]) -> T:
        """Make one call to Discord in time, and learn from its fault; raises what discord.py does, or TimeoutError.

        Calls wait for their turn, so that no limit is met: who goes on being told to slow down is shut out.
        """
        await self._turn(work)
        try:
            async with asyncio.timeout(CALL_WITHIN):
                return await work
        except discord.HTTPException as fault:
            self.breaker.note(fault)
            raise
        except UNREADABLE as fault:
            raise BrokenAnswer(type(fault).__name__) from fault

    async def _turn(self, work: Awaitable[object]) -> None:
        if self._turns is None:
            return
        try:
            await self._turns.acquire()
        except BaseException:
            if isinstance(work, Coroutine):
                work.close()  # it never began
            raise

    async def channel(self, channel: Channel) -> Postable:
        """A channel by our id, from the cache or fetched; raises as `call` does."""
        return await self._place(number(channel.workspace.id), number(channel.id))

    async def thread_at(self, guild_id: int, channel_id: int) -> Thread | None:
        """The thread with this id, or None if the id is that of a channel, or of nothing that can be seen."""
        if channel_id in self._threads:
            return self._threads[channel_id]
        try:
            found = await self._place(guild_id, channel_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None  # not remembered: it may be seen later
        thread = (
            thread_of(guild_id, found.parent_id, channel_id) if isinstance(found, discord.Thread) else None
        )
        return self._remember(channel_id, thread)

    async def _place(self, guild_id: int, channel_id: int) -> Postable:
        """From the cache of its own guild: discord.py's look-up by the id alone goes through all guilds."""
        client = await self.ready()
        guild = client.get_guild(guild_id)
        known = guild.get_channel_or_thread(channel_id) if guild is not None else None
        if known is not None:
            return known
        found = await self.call(client.fetch_channel(channel_id))
        if isinstance(found, discord.abc.PrivateChannel):
            raise discord.InvalidData("a private channel where a guild's channel was expected")
        return found

    def _remember(self, channel_id: int, thread: Thread | None) -> Thread | None:
        """What an id stands for never changes, so that the news of each message need not build it again."""
        self._threads[channel_id] = thread
        if len(self._threads) > KNOWN_THREADS:
            self._threads.popitem(last=False)
        return thread
