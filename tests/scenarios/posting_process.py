"""A program that posts what is due until nothing waits, made to be killed and frozen by a test.

Run as `python -m tests.scenarios.posting_process STORE PLATFORM OWNER`: the store is a SQLite file or a PostgreSQL
URL; the platform is a file that only grows, one line a message, so that it outlives whoever posted.
"""

import asyncio
import json
import os
import sys
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.places import Channel, Member, Thread
from bot.domain.questions import Filters
from bot.domain.rounds import Reply, Round
from bot.domain.schedules import EVERY_DAY, Schedule, ScheduleState
from bot.domain.wall_time import WallTime
from bot.practice import asking, recovery
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import Ports, Rules, Store
from bot.practice.records import Transaction
from bot.store.postgres import opened as opened_postgres
from bot.store.sqlite import opened as opened_sqlite
from tests.fakes import EVERYWHERE, CountingIds
from tests.practice.group import ADA, HERE, bank

LEASE = timedelta(seconds=0.8)
LANDING = timedelta(seconds=0.2)
SLOWEST = 0.12
"""Seconds that a request takes at most on its way, and its answer on the way back."""


class FileChat:
    """The Chat port over a file; a line is written whole or not at all."""

    def __init__(self, platform: Path) -> None:
        self._file = os.open(platform, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._platform = platform
        self._sent = 0

    def landing(self, channel: Channel) -> timedelta:
        """A line that is written is there at once; the rest is for the scheduler of a busy machine."""
        return LANDING

    async def post(self, round_: Round, late: bool) -> str:
        """Write a line, with a while before and after it in which the process may be killed."""
        self._sent += 1
        message = f"{os.getpid()}-{self._sent}"
        seed = hash((round_.id, message))
        await asyncio.sleep(SLOWEST * (seed % 10) / 10)
        line = json.dumps({"marker": round_.id, "channel": round_.channel.id, "message": message})
        os.write(self._file, f"{line}\n".encode())
        await asyncio.sleep(SLOWEST * (seed % 7) / 7)
        return message

    async def find(self, round_: Round) -> str | None:
        """The first line with the round's marker."""
        found = (json.loads(line) for line in self._platform.read_text().splitlines())
        return next((line["message"] for line in found if line["marker"] == round_.id), None)

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """There is nothing to it."""
        return Thread(round_.channel, f"thread-{message}")

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Nobody replies here."""

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """Nothing is lacking here."""
        return ()

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Nobody listens here."""

    async def show_review(self, shown: ShownReview) -> str:
        """Nobody reviews here."""
        raise AssertionError(shown.review.id)

    async def find_review(self, shown: ShownReview) -> str | None:
        """Nobody reviews here."""
        raise AssertionError(shown.review.id)

    async def is_here(self, member: Member) -> bool:
        """Nobody leaves."""
        return True

    async def remind(self, member: Member, waiting: int) -> None:
        """Nobody is reminded here."""
        raise AssertionError(member.id)


class MachineClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)


class OwnIds:
    """Ids that no other process gives."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._counting = CountingIds()

    def new_id(self) -> str:
        """The owner's name and a number."""
        return f"{self._owner}-{self._counting.new_id()[-6:]}"


def opened(store: str, owner: str) -> AbstractAsyncContextManager[Store]:
    """The store at a place."""
    return (
        opened_postgres(store, owner)
        if store.startswith("postgresql:")
        else opened_sqlite(Path(store), owner)
    )


async def plan(store: Store, channels: int) -> None:
    """A schedule in each of many channels, all due at the beginning of this minute."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)

    def work(tx: Transaction) -> None:
        for number in range(channels):
            tx.put_schedule(
                Schedule(
                    channel=Channel(HERE, f"c{number:03}"),
                    slot="daily",
                    time=WallTime(now.hour, now.minute),
                    weekdays=EVERY_DAY,
                    zone="UTC",
                    filters=Filters(),
                    state=ScheduleState.ACTIVE,
                    pause_reason=None,
                    skip=None,
                    next_at=now,
                    reveal_after=timedelta(hours=24),
                    seed=number,
                    created_by=ADA,
                )
            )

    await store.write(work)


async def is_done(store: Store) -> bool:
    """Whether nothing waits any more, here or with another process."""
    now = datetime.now(UTC)

    def work(tx: Transaction) -> bool:
        is_due = any(
            schedule.next_at is not None and schedule.next_at <= now for schedule in tx.schedules(HERE)
        )
        return not (is_due or tx.overdue(now) or tx.threadless(now - timedelta(days=1), EVERYWHERE, 1))

    return await store.read(work)


async def run(place: str, platform: Path, owner: str) -> None:
    """Ring, as the timer does, until nothing waits."""
    async with opened(place, owner) as store:
        rules = Rules(default_zone="UTC", lease=LEASE)
        ports = Ports(FileChat(platform), store, MachineClock(), OwnIds(owner), bank(), rules, owner)
        while True:
            await asking.post_due(ports)
            await recovery.settle(ports)
            if await is_done(store):
                return
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
