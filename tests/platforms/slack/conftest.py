"""The real platform over the strict fake, for the tests of this folder; and what stands in its store."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.rounds import Answer, Round, StoredReply
from tests.contracts.slack_world import STUDY, SlackWorld, slack_world
from tests.memory_store import MemoryStore

ANSWER = "My own answer, long enough to count."
OTHER = "Another answer of mine, with more in it."


class Watched(SlackWorld):
    """A workspace with its bot, and what the store has of it."""

    workspace = Workspace(Platform.SLACK, "T0TEAM")
    channel = Channel(workspace, STUDY)

    @property
    def memory(self) -> MemoryStore:
        """The store, for the faults that it takes."""
        assert isinstance(self.store, MemoryStore)
        return self.store

    def member(self, name: str) -> Member:
        """A person as the store knows them."""
        return Member(self.workspace, f"U0{name.upper()}")

    async def asked(self) -> Round:
        """Let ada, a manager, and ben come in, and ada ask; gives the round."""
        await self.join("ada")
        await self.join("ben")
        await self.say("ada", "/question backend")
        return await self.round()

    async def round(self) -> Round:
        """The newest posted round of the channel."""
        found = await self.store.read(lambda tx: tx.newest_round(self.channel))
        assert found is not None
        return found

    async def rounds(self) -> list[Round]:
        """All rounds of the channel, posted or not."""
        return await self.store.read(lambda tx: tx.newest_rounds(self.channel, 100))

    async def answers(self) -> list[Answer]:
        """The live answers of the newest round."""
        round_ = await self.round()
        found = await self.store.read(lambda tx: tx.answers_of(round_.id, self.workspace))
        return [one for one in found if one.withdrawn_at is None]

    async def replies(self) -> list[StoredReply]:
        """Every message that is kept of the newest round's thread, deleted ones too."""
        round_ = await self.round()
        assert round_.thread is not None
        thread = round_.thread
        return await self.store.read(
            lambda tx: tx.replies_in(thread, datetime.min.replace(tzinfo=round_.asked_at.tzinfo))
        )

    async def days(self, name: str) -> int:
        """How many practice days somebody has."""
        first = self.clock.now().date().replace(year=2000)
        return len(await self.store.read(lambda tx: tx.practice_days(self.member(name), first)))

    def titles(self, name: str) -> list[str]:
        """The first lines of what the bot said that somebody sees."""
        return [self.seen(said).title for said in self.visible(name) if said.by_bot]


@pytest.fixture(params=["socket", "http"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[Watched]:
    """A workspace in either mode."""
    async with slack_world(MemoryStore("this-instance"), request.param == "http", Watched) as running:
        yield running


@pytest.fixture
async def socket() -> AsyncIterator[Watched]:
    """A workspace in Socket Mode."""
    async with slack_world(MemoryStore("this-instance"), False, Watched) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[Watched]:
    """A workspace in HTTP mode."""
    async with slack_world(MemoryStore("this-instance"), True, Watched) as running:
        yield running
