"""The bell: APScheduler rings, and whoever is rung looks into the store for what is due; no state is kept here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

MISSED_RINGS = 5
"""After so many intervals without a success a ring counts as dead."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Something to call every `seconds`, never twice at a time; `call` may fail, and is called again."""

    name: str
    seconds: float
    call: Callable[[], Awaitable[object]]


class Timer:
    """Rings until stopped. A ring that fails is logged, and shows in `check` until it succeeds again."""

    def __init__(self, rings: Sequence[Ring], now: Callable[[], datetime]) -> None:
        """Take what to ring, and the clock that says how long ago a ring last succeeded."""
        self._rings = rings
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._succeeded: dict[str, datetime] = {}
        self._faults: dict[str, str] = {}

    def start(self) -> None:
        """Ring each once soon, then every interval; a late or doubled ring is one ring."""
        for ring in self._rings:
            self._succeeded[ring.name] = self._now()
            self._scheduler.add_job(
                self._call,
                "interval",
                args=(ring,),
                seconds=ring.seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Ring no more; what is running is canceled, and rolls back by itself."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler ends in a callback of the loop

    async def check(self) -> str | None:
        """What is wrong with the rings, in a sentence; None when all is well."""
        now = self._now()
        silent = {
            ring.name: "has not rung for too long"
            for ring in self._rings
            if (now - self._succeeded[ring.name]).total_seconds() > ring.seconds * MISSED_RINGS + 60
        }
        return "; ".join(f"{name}: {fault}" for name, fault in {**silent, **self._faults}.items()) or None

    async def _call(self, ring: Ring) -> None:
        try:
            await ring.call()
        except Exception as error:  # whatever one ring raises, the bell goes on and says so
            self._faults[ring.name] = f"failed ({type(error).__name__})"
            log.error("ring failed", exc_info=error, extra={"facts": {"ring": ring.name}})
        else:
            self._faults.pop(ring.name, None)
            self._succeeded[ring.name] = self._now()
