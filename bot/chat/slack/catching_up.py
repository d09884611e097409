"""When threads are read again: after the start, after each gap, and once more while Slack does not let us."""

import asyncio
import logging
from contextlib import suppress

from bot.chat.slack.history import SlackHistory
from bot.domain.places import Platform
from bot.domain.rounds import Round
from bot.practice import catching_up
from bot.practice.ports import LookupFailed, Ports, StoreUnavailable

log = logging.getLogger(__name__)

BOUND_WITHIN = 60.0
"""Seconds in which a prompt that was adopted has its thread noted."""
LONGEST_PAUSE = 900.0
"""Seconds between two tries of a thread that cannot be read, at most; they begin short, and double."""


class CatchUp:
    """Reads open threads when it is wanted, one after the other; several wishes at a time are one.

    A wish that comes while threads are read begins anew afterwards: what was read before the gap may have been edited
    or deleted in it.
    """

    def __init__(self, ports: Ports, history: SlackHistory, again_after: float) -> None:
        """Take what use cases are given, the history, and the seconds until a failed reading is tried again."""
        self._ports = ports
        self._history = history
        self._again_after = again_after
        self._reading = asyncio.Lock()
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
            left: frozenset[str] | None = None
            pause = self._again_after
            while left is None or left:
                if self._wanted.is_set():
                    left, pause = None, self._again_after
                    self._wanted.clear()
                left = await self._pass(left)
                if not self._wanted.is_set():
                    self._idle.set()
                if left is None or left:
                    await self._wait(pause)
                # What does not say no, but that the store is away, is soon mended.
                pause = min(2 * pause, LONGEST_PAUSE) if left else self._again_after

    async def _wait(self, pause: float) -> None:
        """Wait before the next try; a new wish shortens a long wait, and never the first part of it."""
        await asyncio.sleep(self._again_after)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), max(0.0, pause - self._again_after))

    async def _pass(self, left: frozenset[str] | None) -> frozenset[str] | None:
        """Read the threads of the rounds that are left (None: of all that are open).

        Gives the rounds whose threads could not be read; None if not even that is known.
        """
        try:
            rounds = await catching_up.open_threads(self._ports, Platform.SLACK)
            again = [round_ for round_ in rounds if left is None or round_.id in left]
            return frozenset([round_.id for round_ in again if not await self._read(round_)])
        except StoreUnavailable as fault:
            log.warning("threads not read", extra={"facts": {"fault": str(fault)}})
        except Exception as fault:
            log.error("fault", exc_info=fault, extra={"facts": {"platform": "slack"}})
        return left

    async def _read(self, round_: Round) -> bool:
        try:
            async with self._reading:
                await catching_up.read_again(self._ports, round_, self._history.pages)
        except LookupFailed as fault:
            log.warning("thread not read", extra={"facts": {"round": round_.id, "fault": str(fault)}})
            return False
        return True

    async def read_adopted(self, round_: Round) -> None:
        """Read the thread of a prompt that was found late: people may have answered before it was known."""
        under_way, workspace = self._ports.in_flight, round_.channel.workspace
        await under_way.landed(under_way.in_channel(round_.channel), BOUND_WITHIN)
        try:
            bound = await self._ports.store.read(lambda tx: tx.round(workspace, round_.id))
            if bound is not None:
                await self._read(bound)
        except StoreUnavailable as fault:
            log.warning("thread not read", extra={"facts": {"round": round_.id, "fault": str(fault)}})
