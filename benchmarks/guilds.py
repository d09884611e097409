"""P15: what the bot's client keeps of many servers, beside what discord.py keeps by default."""

import asyncio
import gc
import os
import subprocess
import sys
from functools import partial

import discord

from benchmarks import discord_shapes as shapes
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, ratio
from benchmarks.starting import mib
from bot.chat.discord.gateway import intents

GUILDS, MEMBERS = 2_500, 100
KINDS = {
    "bot": "",
    "members": "discord.py's default caches, told of members",
    "same": "discord.py's default caches, the bot's own intents",
}


async def measure(scale: Scale) -> Report:
    """The figure about servers."""
    guilds = scale.size(GUILDS, 100)
    sides: dict[str, Side] = {kind: partial(_grown, kind, guilds) for kind in KINDS}
    sizes = await interleaved(sides, scale.rounds)
    lines = [
        Line(
            "P15" if kind == "members" else "",
            f"memory of {guilds:,} servers x {MEMBERS}",
            mib(sizes["bot"]),
            f"{mib(sizes[kind])} {what}",
            ratio(sizes["bot"], sizes[kind]),
            (Aim.AT_MOST, 0.1) if kind == "members" else None,
        )
        for kind, what in KINDS.items()
        if what
    ]
    note = (
        f"P15: how much resident memory grows by GUILD_CREATE, each server with {shapes.CHANNELS} channels,"
        f" {shapes.THREADS} threads and {MEMBERS} members, and then one message in each; a process of its own for"
        " each round. The base is a client with the intents for members and the text of messages beside the default."
    )
    return Report(lines, [note])


async def _grown(kind: str, guilds: int, _: int) -> float:
    """Bytes by which a child with such a client grows."""
    command = (sys.executable, "-m", "benchmarks.guilds", kind, str(guilds))
    ran = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=True, timeout=300
    )
    return float(ran.stdout)


async def _grow(kind: str, guilds: int) -> int:
    client = _client(kind)
    await client._async_setup_hook()  # what a login does, without the network
    await client.setup_hook()
    parsers = client._connection.parsers
    client._connection.user = discord.ClientUser(state=client._connection, data=shapes.own_user())
    gc.collect()
    before = _resident()
    for number in range(guilds):
        parsers["GUILD_CREATE"](shapes.guild(number, MEMBERS))
        parsers["MESSAGE_CREATE"](shapes.message(number, shapes.channel_id(number, 0), number))
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    gc.collect()
    assert len(client.guilds) == guilds
    return _resident() - before


def _client(kind: str) -> discord.Client:
    if kind == "bot":
        from benchmarks.discord_frames import new_platform

        client = new_platform()[1].client
        client.ears = None  # what it does with news is another figure
        return client
    told = intents(True)
    if kind == "members":
        told = discord.Intents.default()
        told.members = told.message_content = True
    # Asking for the members that a server does not send at once needs a connection.
    return discord.AutoShardedClient(intents=told, shard_count=1, chunk_guilds_at_startup=False)


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - of this process
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(_grow(sys.argv[1], int(sys.argv[2])))))
