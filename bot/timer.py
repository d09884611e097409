"""The bell: APScheduler rings, and whoever is rung looks into the store for what is due; no state is kept here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.practice.ports import StoreUnavailable

log = logging.getLogger(__name__)

SAID_AGAIN_AFTER = timedelta(minutes=1)
"""A ring that goes on failing in the same way is a line in the log no more often than this."""
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
        self._said: dict[str, datetime] = {}

    def start(self) -> None:
        """Ring each at once, then every interval; a late or doubled ring is one ring."""
        # `_call` says what goes wrong; a ring that is stopped before it began is no fault, though the executor logs it.
        logging.getLogger("apscheduler.executors.default").setLevel(logging.CRITICAL)
        for ring in self._rings:
            self._succeeded[ring.name] = self._now()
            every = IntervalTrigger(seconds=ring.seconds, timezone=UTC)
            self._scheduler.add_job(
                self._call,
                every,
                args=(ring,),
                next_run_time=every.start_date - every.interval,  # by itself it waits an interval first
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
        except asyncio.CancelledError:
            return  # by `stop`; what is raised here the scheduler would log as a fault
        except Exception as error:  # noqa: BLE001 - whatever one ring raises, the bell goes on and says so
            self._note(ring, error)
        else:
            self._faults.pop(ring.name, None)
            self._said.pop(ring.name, None)
            self._succeeded[ring.name] = self._now()

    def _note(self, ring: Ring, error: Exception) -> None:
        """Keep a fault for `check`; log it whole when it is a new kind, else in a short line now and then."""
        fault, now = f"failed ({_kind(error)})", self._now()
        is_new = self._faults.get(ring.name) != fault
        self._faults[ring.name] = fault
        if not is_new and abs(now - self._said[ring.name]) < SAID_AGAIN_AFTER:
            return
        self._said[ring.name] = now
        whole = error if is_new and not _is_of_the_store(error) else None
        log.error("ring failed", exc_info=whole, extra={"facts": {"ring": ring.name, "fault": fault}})


def _kind(error: Exception) -> str:
    """What kind of error it is, or of which kinds those in a group are."""
    if isinstance(error, ExceptionGroup):
        return ", ".join(sorted({_kind(one) for one in error.exceptions}))
    return type(error).__name__


def _is_of_the_store(error: Exception) -> bool:
    """Whether a store that cannot be reached is all there is to it; where in our code that showed tells nothing."""
    if isinstance(error, ExceptionGroup):
        return all(_is_of_the_store(one) for one in error.exceptions)
    return isinstance(error, StoreUnavailable)
