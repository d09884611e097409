"""Visits to a local chat for the tests of its terminal: over a store in memory, with texts for streams."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from bot.chat.local.client import LocalClient
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.outgoing import LocalOutgoing
from bot.chat.local.terminal import chat
from bot.practice.ports import Ports, Rules
from tests.chat.world import bank
from tests.fakes import CountingIds, FakeClock
from tests.memory_store import MemoryStore

ANSWER = "My own answer, long enough to count."


@dataclass
class Home:
    """A data folder, and the rooms over it; `store` may be replaced to end the program."""

    folder: Path
    store: MemoryStore = field(default_factory=lambda: MemoryStore("here"))
    clock: FakeClock = field(default_factory=FakeClock)
    ids: CountingIds = field(default_factory=CountingIds)

    @property
    def client(self) -> LocalClient:
        return LocalClient(self.store, self.clock)

    @property
    def ports(self) -> Ports:
        chat = LocalOutgoing(self.client, bank())
        return Ports(chat, self.store, self.clock, self.ids, bank(), Rules("UTC"), "here")

    @property
    def room(self) -> LocalRoom:
        return LocalRoom(self.client, self.ports)

    async def visit(self, name: str, *lines: str, channel: str = "study") -> str:
        """Pipe lines into the chat; what comes out."""
        out = io.StringIO()
        code = await chat(
            self.room,
            name,
            channel,
            io.StringIO("".join(f"{line}\n" for line in lines)),
            out,
            False,
            self.folder,
        )
        assert code == 0
        return out.getvalue()
