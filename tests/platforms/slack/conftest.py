"""The real platform over the strict fake, for the tests of this folder; and what stands in its store."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.reviews import Review
from bot.domain.rounds import Answer, Round, StoredReply
from tests.contracts.slack_world import STUDY, SlackWorld, slack_world
from tests.memory_store import MemoryStore
from tests.platforms.slack.fake_state import Said

ANSWER = "My own answer, long enough to count."
OTHER = "Another answer of mine, with more in it."
REVIEW = {
    "structure": "4",
    "substance": "3",
    "covered": "1",
    "strong": "The load is counted before anything is drawn.",
    "change": "Name the weak spot, and say what fails first.",
}


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

    async def answered(self) -> Round:
        """Let ada ask and ben answer, with cyd there as well; gives the round."""
        round_ = await self.asked()
        await self.join("cyd")
        await self.say("ben", ANSWER)
        return round_

    async def reviewed(self, name: str = "cyd", **changes: str) -> Review:
        """Let somebody review ben's answer; gives the review as it is kept."""
        await self.review_message(name, "ben", ANSWER)
        assert await self.fill(name, {**REVIEW, **changes}) is None
        return await self.review()

    async def review(self) -> Review:
        """The newest review."""
        (found,) = await self.store.read(lambda tx: tx.newest_reviews(self.workspace, 1))
        return found

    def cards(self) -> list[Said]:
        """The cards of reviews that stand in the channel's threads, oldest first."""
        marked = [one for one in self.there.messages if one.by_bot and one.metadata is not None]
        return [one for one in marked if (one.metadata or {})["event_type"] == "practice_review"]

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
