"""P4: a frame of Discord's gateway until it is a reply that a use case has, beside discord.py's way to `on_message`."""

import asyncio
from collections.abc import Callable
from time import perf_counter

import discord
from discord.gateway import DiscordWebSocket

from benchmarks import discord_shapes as shapes
from benchmarks.empty_store import EmptyStore
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, ratio, shown
from benchmarks.world import OWNER, bank
from bot.chat.discord.client import DiscordConfig, DiscordPlatform
from bot.chat.discord.gateway import intents
from bot.practice.ports import Ports, Rules
from tests.fakes import CountingIds, FakeClock

FEW, MANY = 1, 2_500
"""Servers that the bot is in; Discord gives a shard no more."""
AT_ONCE = 100
"""Frames in a row, each in a thread of its own, before the loop goes on."""
SIDES = (
    ("P4", "Discord frame to use case, in a thread", "bot, thread, few", "discord.py, few"),
    ("P4", "  outside of threads", "bot, channel, few", "discord.py, few"),
    ("", "  in a thread, with {many:,} servers", "bot, thread, many", "discord.py, many"),
    ("", "  outside of threads, with {many:,} servers", "bot, channel, many", "discord.py, many"),
)


class Listener(discord.Client):
    """discord.py as it comes, with what everybody writes first: an `on_message`."""

    def __init__(self) -> None:
        super().__init__(intents=intents(True))
        self.asked = 0

    async def on_message(self, message: discord.Message) -> None:  # noqa: ARG002 - it came, that is all
        """Count."""
        self.asked += 1


async def measure(scale: Scale) -> Report:
    """The figure about frames."""
    many = scale.size(MANY, 50)
    times = scale.size(2_000, AT_ONCE) // AT_ONCE
    sides: dict[str, Side] = {}
    for name, guilds in (("few", FEW), ("many", many)):
        listener = Listener()
        theirs = Crowd(await _connected(listener, guilds), listener, guilds, times)
        store, socket = await _bot(guilds)
        ours = Crowd(socket, store, guilds, times)
        sides[f"discord.py, {name}"] = theirs.in_threads
        sides[f"bot, thread, {name}"] = ours.in_threads
        sides[f"bot, channel, {name}"] = ours.in_channels
    costs = await interleaved(sides, scale.rounds)
    lines = [
        Line(
            name,
            what.format(many=many),
            shown(costs[ours]),
            f"{shown(costs[base])} discord.py to on_message",
            ratio(costs[ours], costs[base]),
            (Aim.AT_MOST, 1.25) if name else None,
        )
        for name, what, ours, base in SIDES
    ]
    note = (
        f"P4: {AT_ONCE} frames in a row, from the gateway's text until the use case has asked a store that answers at"
        " once, and all has ended; the base is a `discord.Client` with its default caches and an `on_message` that"
        " counts."
    )
    return Report(lines, [note])


class Crowd:
    """People who write in the last server, and what has to come of it: `counter` counts what got through."""

    def __init__(
        self, socket: DiscordWebSocket, counter: Listener | EmptyStore, guilds: int, times: int
    ) -> None:
        self._socket = socket
        self._counter = counter
        self._guild = guilds - 1
        self._times = times
        self._next = 0

    async def in_threads(self, _: int) -> float:
        """A round in threads, each of which gets through; the seconds for one frame, until all is done."""
        before = self._counter.asked
        seconds = await self._round(shapes.thread_id)
        assert self._counter.asked == before + self._times * AT_ONCE
        return seconds

    async def in_channels(self, _: int) -> float:
        """The same outside of threads, where nothing is to come of it."""
        return await self._round(shapes.channel_id)

    async def _round(self, place: Callable[[int, int], int]) -> float:
        seconds, guild = 0.0, self._guild
        for _ in range(self._times):
            numbers = range(self._next, self._next + AT_ONCE)
            self._next = numbers.stop
            said = (shapes.message(guild, place(guild, number % AT_ONCE), number) for number in numbers)
            told = shapes.frames("MESSAGE_CREATE", said)
            began = perf_counter()
            for frame in told:
                await self._socket.received_message(frame)
            await _through()
            seconds += perf_counter() - began
        return seconds / (self._times * AT_ONCE)


def new_platform() -> tuple[EmptyStore, DiscordPlatform]:
    """The bot on Discord as the program makes it, with its ports over a store without rounds; not connected."""
    store, clock, questions = EmptyStore(), FakeClock(), bank(20)
    platform = DiscordPlatform(DiscordConfig("x", shard_count=1), questions, clock)
    rules = Rules("UTC")
    platform.attach(Ports(platform.outgoing, store, clock, CountingIds(), questions, rules, OWNER))
    return store, platform


async def _bot(guilds: int) -> tuple[EmptyStore, DiscordWebSocket]:
    """The bot in so many servers."""
    store, platform = new_platform()
    ears, platform.client.ears = platform.client.ears, None  # coming into the servers is no news
    socket = await _connected(platform.client, guilds)
    platform.client.ears = ears
    return store, socket


async def _connected(client: discord.Client, guilds: int) -> DiscordWebSocket:
    """A client's way in behind its socket, without one, in so many servers."""
    await client._async_setup_hook()  # what a login does, without the network
    await client.setup_hook()
    client._connection.user = discord.ClientUser(state=client._connection, data=shapes.own_user())
    socket = DiscordWebSocket(None, loop=client.loop)  # type: ignore[arg-type]  # nothing is ever sent
    socket.shard_id = 0
    socket._connection = client._connection
    socket._discord_parsers = client._connection.parsers
    socket._dispatch = client.dispatch
    servers = [shapes.guild(number, members=0) for number in range(guilds - 1)]
    servers.append(shapes.guild(guilds - 1, members=0, channels=AT_ONCE, threads=AT_ONCE))
    for frame in shapes.frames("GUILD_CREATE", servers):
        await socket.received_message(frame)
    await _through()
    return socket


async def _through() -> None:
    """Wait until all that was begun has ended."""
    while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 - nothing is there that could tell
        await asyncio.sleep(0)
