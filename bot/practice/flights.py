"""Prompts on their way, from the request until their thread is noted, and those who wait for one to arrive."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.places import Channel, Platform, Thread
from bot.domain.rounds import Round

THREADS_KNOWN = 1000
"""Threads of nobody that are kept in mind, those that were written in last."""


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """One prompt on its way; `ended` is set when it is bound, and when nobody goes on with it."""

    round: str
    channel: Channel
    asked_at: datetime
    ended: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Flights:
    """What this instance has under way. What another one has is known to the store alone, and nobody waits for it.

    `patience` is how many seconds somebody waits whom a platform wants an answer from; Slack gives three.
    """

    patience: float = 1.5
    _under_way: list[Flight] = field(default_factory=list)
    _elsewhere: OrderedDict[Thread, datetime] = field(default_factory=OrderedDict)

    def __contains__(self, round_id: str) -> bool:
        """Whether a round is under way."""
        return any(flight.round == round_id for flight in self._under_way)

    @contextmanager
    def under_way(self, round_: Round) -> Iterator[None]:
        """Keep a round under way; whoever waits for it goes on at the end, however that came."""
        flight = Flight(round_.id, round_.channel, round_.asked_at)
        self._under_way.append(flight)
        try:
            yield
        finally:
            self._under_way.remove(flight)
            flight.ended.set()

    def in_channel(self, channel: Channel) -> tuple[Flight, ...]:
        """What is under way to a channel now."""
        return tuple(flight for flight in self._under_way if flight.channel == channel)

    def maybe_of(self, thread: Thread) -> tuple[Flight, ...]:
        """What is under way whose thread this may be: none that was asked for when the thread was there already."""
        there, flights = self._elsewhere.get(thread), self.in_channel(thread.channel)
        return tuple(flight for flight in flights if there is None or flight.asked_at <= there)

    def note_elsewhere(self, thread: Thread, at: datetime) -> None:
        """Keep in mind since when a thread is there of which no round is known."""
        self._elsewhere.setdefault(thread, at)
        self._elsewhere.move_to_end(thread)
        if len(self._elsewhere) > THREADS_KNOWN:
            self._elsewhere.popitem(last=False)

    def on_platform(self, platform: Platform) -> tuple[Flight, ...]:
        """What is under way to any channel of a platform now."""
        return tuple(flight for flight in self._under_way if flight.channel.workspace.platform is platform)

    async def landed(self, flights: Collection[Flight], within: float | None = None) -> bool:
        """Wait until these have ended, so many seconds (`patience` unless given); gives whether they have."""
        try:
            async with asyncio.timeout(self.patience if within is None else within):
                for flight in flights:
                    await flight.ended.wait()
        except TimeoutError:
            return False
        return True
