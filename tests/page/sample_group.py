"""A small study group with some weeks behind it, for the views of the page."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chat.local.client import LocalClient
from bot.chat.local.convert import HOME
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.outgoing import LocalOutgoing
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member
from bot.domain.questions import Filters
from bot.domain.rounds import Reply
from bot.practice import answering, asking, scheduling
from bot.practice.ports import Ports, Rules
from bot.practice.scheduling import Wish
from tests.chat.world import bank
from tests.fakes import CountingIds, FakeClock
from tests.memory_store import MemoryStore

ADA, BEN = Member(HOME, "ada"), Member(HOME, "ben")
EVE = Member(HOME, "<img src=x onerror=alert(1)>")
"""A name that would be markup, were it not text."""
STUDY, LOUNGE = Channel(HOME, "study"), Channel(HOME, "lounge")
BEGUN = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
WEEKS = 10
DAYS_OFF = frozenset({5, 6, 9, 17, 18, 19, 20, 33, 40})


@dataclass
class SampleGroup:
    """The room over a store in memory, by a clock that stands."""

    questions: Bank = field(default_factory=bank)
    store: MemoryStore = field(default_factory=lambda: MemoryStore("here"))
    clock: FakeClock = field(default_factory=lambda: FakeClock(BEGUN))
    ids: CountingIds = field(default_factory=CountingIds)

    def __post_init__(self) -> None:
        client = LocalClient(self.store, self.clock)
        chat = LocalOutgoing(client, self.questions)
        self.ports = Ports(
            chat, self.store, self.clock, self.ids, self.questions, Rules("Europe/Berlin"), "here"
        )
        self.room = LocalRoom(client, self.ports)

    async def practiced(self, member: Member, channel: Channel = STUDY) -> None:
        """Ask for a question and answer it."""
        round_ = await asking.ask(self.ports, channel, member, Filters())
        assert round_.thread is not None
        at, number = self.clock.now(), self.ids.new_id()
        text = f"In my own words, number {number}, long enough to count."
        await answering.receive(self.ports, Reply(round_.thread, f"m-{number}", member, text, at))

    async def lived(self) -> "SampleGroup":
        """Weeks of practice: Ada on most days, Ben on some, Eve once; two schedules, one of them paused."""
        for member in (ADA, BEN, EVE):
            await self.room.enter(member.id)
        wish = Wish("09:00", "mon-fri", "Europe/Berlin", Filters(track="backend"))
        await scheduling.set_daily(self.ports, STUDY, ADA, wish)
        await scheduling.set_daily(self.ports, LOUNGE, ADA, Wish("18:30", slot="evening"))
        for number in range(7 * WEEKS):
            self.clock.at = BEGUN + timedelta(days=number, minutes=45)
            await asking.post_due(self.ports)
            if number not in DAYS_OFF:
                await self.practiced(ADA)
            if number % 3 == 0:
                await self.practiced(BEN)
            if number == 60:
                await self.practiced(EVE, LOUNGE)
            self.clock.at = BEGUN + timedelta(days=number, hours=11)
            await asking.post_due(self.ports)
            if number == 50:
                await scheduling.pause(self.ports, LOUNGE, ADA, "evening")
        return self
