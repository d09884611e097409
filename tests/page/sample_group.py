"""A small study group with some weeks behind it, for the views of the page."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.chat.cards import from_json
from bot.chat.local.client import LocalClient
from bot.chat.local.convert import HOME
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.outgoing import LocalOutgoing
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member
from bot.domain.questions import Filters, Level, Pack
from bot.domain.rounds import Reply
from bot.practice import answering, asking, scheduling
from bot.practice.ports import BadPack, Ports, Rules, StoreUnavailable
from bot.practice.records import Transaction
from bot.practice.scheduling import Wish
from tests.chat.world import bank, question
from tests.fakes import CountingIds, FakeClock
from tests.memory_store import MemoryStore
from tests.memory_tables import Tables

T = TypeVar("T")

ADA, BEN = Member(HOME, "ada"), Member(HOME, "ben")
EVE = Member(HOME, "<img src=x onerror=alert(1)>")
"""A name that would be markup, were it not text."""
STUDY, LOUNGE = Channel(HOME, "study"), Channel(HOME, "lounge")
BEGUN = datetime(2026, 9, 14, 9, 1, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Monday, a minute after the daily question is due; days are counted by this zone's clocks."""
WEEKS = 10
DAYS_OFF = frozenset({5, 6, 9, 17, 18, 19, 20, 33, 40})


async def read_sample(name: str, data: bytes) -> Pack:
    """A pack of one question from any file that begins with `good`; the rest of it is of no account."""
    if not data.startswith(b"good"):
        raise BadPack(
            (f"{name}:3:1: The field id is missing here; add it.", f"{name}:9: <b>No</b> key points.")
        )
    own = question(7, id="own-1", title=f"Own question of {len(data)} bytes", level=Level.STAFF)
    return Pack("own", 1, "Own", "", (), (), (own,))


class SampleStore(MemoryStore):
    """A store that can be away for a while."""

    away = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """As in memory, unless it is away."""
        if self.away:
            raise StoreUnavailable("ordered by a test")
        return await super().write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """As in memory, unless it is away."""
        if self.away:
            raise StoreUnavailable("ordered by a test")
        return await super().read(work)


@dataclass
class SampleGroup:
    """The room over a store in memory, by a clock that stands."""

    questions: Bank = field(default_factory=bank)
    store: SampleStore = field(default_factory=lambda: SampleStore("here"))
    clock: FakeClock = field(default_factory=lambda: FakeClock(BEGUN.astimezone(UTC)))
    ids: CountingIds = field(default_factory=CountingIds)

    def __post_init__(self) -> None:
        client = LocalClient(self.store, self.clock)
        chat = LocalOutgoing(client, self.questions)
        self.ports = Ports(
            chat, self.store, self.clock, self.ids, self.questions, Rules("Europe/Berlin"), "here"
        )
        self.ports = replace(self.ports, read_upload=read_sample)
        self.room = LocalRoom(client, self.ports)

    def demote(self, member: Member) -> None:
        """Make a person no manager any more."""
        tables = Tables(self.store._committed)
        tables.put(tables.people, (HOME, member.id), (False, self.clock.now()))
        tables.commit()

    def titles(self, channel: str) -> list[str]:
        """What the newest cards of a channel are called."""
        found = self.store.write_now(lambda tx: tx.messages(Channel(HOME, channel), "", None, 100))
        return [from_json(message.card).title for message in found if message.card is not None]

    async def practiced(self, member: Member, channel: Channel = STUDY) -> None:
        """Ask for a question and answer it."""
        round_ = await asking.ask(self.ports, channel, member, Filters(track="backend"))
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
            self.clock.at = (BEGUN + timedelta(days=number)).astimezone(UTC)
            if number != 63:
                await asking.post_due(self.ports)
            if number not in DAYS_OFF:
                await self.practiced(ADA)
            if number % 3 == 0:
                await self.practiced(BEN)
            if number == 60:
                await self.practiced(EVE, LOUNGE)
            self.clock.at = (BEGUN + timedelta(days=number, hours=9, minutes=30)).astimezone(UTC)
            await asking.post_due(self.ports)
            if number == 47:
                await scheduling.skip(self.ports, LOUNGE, ADA, "evening")
            if number == 50:
                await scheduling.pause(self.ports, LOUNGE, ADA, "evening")
        return self
