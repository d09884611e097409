"""When threads are read again: after the start, after each gap, and once more while Slack does not let us."""

import asyncio
import logging

from bot.chat.slack.history import SlackHistory
from bot.domain.places import Platform
from bot.domain.rounds import Round
from bot.practice import catching_up
from bot.practice.ports import LookupFailed, Ports, StoreUnavailable

log = logging.getLogger(__name__)

BOUND_WITHIN = 2.0
"""Seconds in which a prompt that was adopted has its thread noted."""


class CatchUp:
    """Reads open threads when it is wanted; several wishes at a time are one."""

    def __init__(self, ports: Ports, history: SlackHistory, again_after: float) -> None:
        """Take what use cases are given, the history, and the seconds until a failed reading is tried again."""
        self._ports = ports
        self._history = history
        self._again_after = again_after
        self._wanted = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def want(self) -> None:
        """Something may have been missed."""
        self._idle.clear()
        self._wanted.set()

    async def settled(self) -> None:
        """Wait until all that was wanted is read, or has failed and waits for its next try."""
        await self._idle.wait()

    async def run(self) -> None:
        """Read whenever it is wanted, until canceled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            whole = await self._read()
            if not self._wanted.is_set():
                self._idle.set()
            if not whole:
                await asyncio.sleep(self._again_after)
                self._wanted.set()

    async def _read(self) -> bool:
        try:
            return await catching_up.read_all_again(self._ports, Platform.SLACK, self._history.pages)
        except StoreUnavailable as fault:
            log.warning("threads not read", extra={"facts": {"fault": str(fault)}})
        except Exception as fault:
            log.error("fault", exc_info=fault, extra={"facts": {"platform": "slack"}})
        return False

    async def read_adopted(self, round_: Round) -> None:
        """Read the thread of a prompt that was found late: people may have answered before it was known."""
        await asyncio.sleep(BOUND_WITHIN)
        workspace = round_.channel.workspace
        try:
            bound = await self._ports.store.read(lambda tx: tx.round(workspace, round_.id))
            if bound is not None:
                await catching_up.read_again(self._ports, bound, self._history.pages)
        except (LookupFailed, StoreUnavailable) as fault:
            log.warning("thread not read", extra={"facts": {"round": round_.id, "fault": str(fault)}})
