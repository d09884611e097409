"""What is done with each event: it is heard to the end, its fault ends nothing else, and gaps are closed behind it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Coroutine
from typing import Any

from discord.backoff import ExponentialBackoff

from bot.chat.discord.convert import workspace_of
from bot.chat.discord.faults import short
from bot.chat.discord.gaps import LONGEST_WAIT, TRIES, Gaps
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.incoming import DiscordIncoming
from bot.chat.discord.interacting import Interactions
from bot.chat.discord.line import Line
from bot.chat.discord.registering import register
from bot.chat.discord.uploads import Files
from bot.domain.places import Workspace
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

RAW_KEPT = 20_000
"""Characters of an event that could not be read."""
SECRET = ("token", "session_id")
"""What is in the names of fields that open something, such as an interaction's answer."""
FINISH_WITHIN = 5.0
"""Seconds that what is under way gets at the end."""


class Ears:
    """Everything that comes in from Discord, and the work behind it."""

    def __init__(self, line: Line, ports: Ports, guild: str | None, files: Files) -> None:
        """Take the line, the ports, the server that new commands go to (None: to all), and what fetches files."""
        self.incoming = DiscordIncoming(line, ports)
        self.interactions = Interactions(ports, files)
        self._line = line
        self._ports = ports
        self._guild = guild
        self._gaps = Gaps(line, ports)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._owed = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def hear(self, event: Awaitable[None]) -> None:
        """Take one event in; what the store could not take is read again when it can."""
        self._under_way += 1
        self._idle.clear()
        try:
            await event
        except StoreUnavailable as fault:
            log.warning("not taken in", extra={"facts": {"platform": "discord", "fault": str(fault)}})
            self._owed = True
            self._begin("owed", self._pay())
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._idle.set()

    async def _pay(self) -> None:
        """Read all threads again until all were read, from the beginning if the store refused more meanwhile."""
        while self._newly_owed():
            await self._gaps.close_all(None, self._newly_owed)

    def _newly_owed(self) -> bool:
        """Whether the store refused something since this was asked last."""
        owed, self._owed = self._owed, False
        return owed

    def new_session(self, shard_id: int) -> None:
        """A shard began anew: close the gap before it, and see that the commands are registered."""
        log.info("connected", extra={"facts": {"platform": "discord", "shard": shard_id}})
        self._begin(f"gap of {shard_id}", self._gaps.close_all(shard_id), anew=True)
        self._begin("commands", self._register())

    async def joined(self, guild_id: int) -> None:
        """In a server, perhaps again: the commands that were only its own went when the bot did."""
        await self.incoming.joined(guild_id)
        if str(guild_id) == self._guild:
            self._begin("commands anew", self._register(anew=True))

    def unread(self, name: str, data: Any) -> None:
        """Keep an event that could not be read for a week, for those who run the bot."""
        try:
            event, raw = f"{name}:{data['id']}", json.dumps(_without_keys(data))[:RAW_KEPT]
            place = workspace_of(int(data["guild_id"]))
        except (KeyError, TypeError, ValueError, RecursionError):
            return
        self._begin(f"keep {event}", self._keep(place, event, raw))

    async def _keep(self, place: Workspace, event: str, raw: str) -> None:
        now = self._ports.clock.now()
        await self._ports.store.write(lambda tx: tx.take_event(place, event, now, raw))

    async def close(self) -> None:
        """Let what is under way finish, and end the rest."""
        try:
            async with asyncio.timeout(FINISH_WITHIN):
                await self._idle.wait()
        except TimeoutError:
            log.warning(
                "ended in the middle", extra={"facts": {"platform": "discord", "calls": self._under_way}}
            )
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, name: str, work: Coroutine[Any, Any, None], *, anew: bool = False) -> None:
        """Do something beside the events; what goes on under the same name goes on, or is begun `anew`."""
        running = self._tasks.get(name)
        if running is not None and not running.done() and not anew:
            work.close()
            return
        if running is not None:
            running.cancel()
        task = self._tasks[name] = asyncio.create_task(self._kept_apart(name, work))
        task.add_done_callback(lambda done: self._forget(name, done))

    def _forget(self, name: str, done: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is done:
            del self._tasks[name]

    async def _kept_apart(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            # Nobody awaits it, so that its fault is told here.
            log.exception("fault", extra={"facts": {"platform": "discord", "work": name}})

    async def _register(self, *, anew: bool = False) -> None:
        """Register the commands, trying a few times; a new session tries again."""
        backoff = ExponentialBackoff()
        for _ in range(TRIES):
            try:
                await register(self._line, self._ports, self._guild, anew=anew)
                return
            except (*LOOKUP_FAULTS, StoreUnavailable) as fault:
                log.warning(
                    "commands not registered", extra={"facts": {"platform": "discord", "fault": short(fault)}}
                )
            await asyncio.sleep(min(1 + backoff.delay(), LONGEST_WAIT))


def _without_keys(data: Any) -> Any:
    """An event without whatever would let its reader speak for the bot, at any depth."""
    if isinstance(data, dict):
        kept = {name: each for name, each in data.items() if not any(word in str(name) for word in SECRET)}
        return {name: _without_keys(each) for name, each in kept.items()}
    return [_without_keys(each) for each in data] if isinstance(data, list) else data
