"""After a gap: threads are read again, and servers that came or went meanwhile are noted.

A session that is resumed replays what was missed; a new one does not. So this runs for every new session of a shard,
and when the store could not take something.
"""

import asyncio
import logging
from collections.abc import Callable, Collection

from discord.backoff import ExponentialBackoff

from bot.chat.discord import history
from bot.chat.discord.convert import number
from bot.chat.discord.line import Line
from bot.domain.places import Platform, Workspace
from bot.domain.rounds import Round
from bot.practice import catching_up, leaving
from bot.practice.ports import LookupFailed, Ports, StoreUnavailable

log = logging.getLogger(__name__)

TRIES = 6
"""After so many in vain it is told loudly that threads stay unread."""
LONGEST_WAIT = 300.0
"""Seconds between two tries, at most."""


class Gaps:
    """Makes up for what did not arrive by itself."""

    def __init__(self, line: Line, ports: Ports) -> None:
        """Take the line, and the ports."""
        self._line = line
        self._ports = ports

    async def close_all(self, shard_id: int | None, begin_anew: Callable[[], bool] = lambda: False) -> None:
        """Read every open thread of a shard's servers again (None: of all), and what fails until it was read.

        Pauses grow from seconds to LONGEST_WAIT. After each, `begin_anew` says whether all have to be read again.
        """
        backoff, tries = ExponentialBackoff(), 0
        left: Collection[str] | None = None
        while (left := await self._pass(shard_id, left)) is None or left:
            tries += 1
            if tries == TRIES:
                facts = {"platform": "discord", "left": len(left or ())}
                log.error("threads not read", extra={"facts": facts})
            await asyncio.sleep(min(1 + backoff.delay(), LONGEST_WAIT))
            if begin_anew():
                left = None

    async def _pass(self, shard_id: int | None, left: Collection[str] | None) -> Collection[str] | None:
        """Go once over the rounds that are left; gives those not read, or None if not even that is known.

        What is no longer open falls away by itself.
        """
        try:
            if left is None:
                await self._compare_servers(shard_id)
            rounds = await self._of_shard(shard_id)
            wanted = [round_ for round_ in rounds if left is None or round_.id in left]
            return [round_.id for round_ in wanted if not await self._read(round_)]
        except StoreUnavailable as fault:
            log.warning("catching up waits", extra={"facts": {"platform": "discord", "fault": str(fault)}})
            return None

    async def _of_shard(self, shard_id: int | None) -> list[Round]:
        if not self._line.client.intents.message_content:
            return []  # without the text nothing can be followed, and an empty text is no edit
        rounds = await catching_up.open_threads(self._ports, Platform.DISCORD)
        return [round_ for round_ in rounds if self._is_here(round_.channel.workspace, shard_id)]

    def _is_here(self, workspace: Workspace, shard_id: int | None) -> bool:
        """Whether the bot is in a server that a shard of ours tells of."""
        guild = self._line.client.get_guild(_guild_id(workspace))
        return guild is not None and shard_id in (None, guild.shard_id)

    async def _read(self, round_: Round) -> bool:
        try:
            await catching_up.read_again(
                self._ports, round_, lambda thread, since: history.peoples(self._line, thread, since)
            )
        except history.ThreadGone:
            log.info("thread gone", extra={"facts": {"round": round_.id}})
        except LookupFailed as fault:
            log.warning("thread not read", extra={"facts": {"round": round_.id, "fault": str(fault)}})
            return False
        return True

    async def _compare_servers(self, shard_id: int | None) -> None:
        """Servers that asked the bot in or removed it while it was not connected."""
        client, now = self._line.client, self._ports.clock.now()
        known = await self._ports.store.read(lambda tx: tx.workspaces())
        gone = set(await self._ports.store.read(lambda tx: tx.remembering(leaving.LEFT, now)))
        shards = {shard_id} if shard_id is not None else set(client.shards)
        count = client.shard_count or 1
        for workspace in known:
            id_ = _guild_id(workspace)
            if id_ == 0 or (id_ >> 22) % count not in shards:
                continue
            if client.get_guild(id_) is None and workspace not in gone:
                await leaving.left(self._ports, workspace)
            elif client.get_guild(id_) is not None and workspace in gone:
                await leaving.came_back(self._ports, workspace)


def _guild_id(workspace: Workspace) -> int:
    """The server of a workspace; 0 for what is none of Discord's."""
    if workspace.platform is not Platform.DISCORD:
        return 0
    try:
        return number(workspace.id)
    except ValueError:
        return 0
