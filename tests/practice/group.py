"""A study group in a test: two workspaces, a few members, a bank of questions, and the ports over fakes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.bank import Bank, bank_of
from bot.domain.gold import GoldAnswer
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import (
    Criterion,
    Filters,
    Kind,
    Level,
    Pack,
    Question,
    Rubric,
    SampleAnswer,
    TimeBox,
    Track,
)
from bot.domain.rounds import Reply, Round
from bot.practice import answering, asking
from bot.practice.outcomes import Kept
from bot.practice.ports import Ports, Rules, Store
from tests.fakes import START, ChatWorld, CountingIds, FakeChat, FakeClock
from tests.memory_store import MemoryStore

HERE = Workspace(Platform.SLACK, "T1")
THERE = Workspace(Platform.DISCORD, "G1")
STUDY = Channel(HERE, "study")
LOUNGE = Channel(HERE, "lounge")
ABROAD = Channel(THERE, "study")
ADA, BEN, CLEO = (Member(HERE, name) for name in ("ada", "ben", "cleo"))
STRANGER = Member(THERE, "ada")
"""The same id in the other workspace: another person."""

OWN_WORDS = "These are words of my own, number {}."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def question(
    number: int, track: str = "backend", level: Level = Level.MID, topic: str = "caching"
) -> Question:
    """One question of many."""
    return Question(
        id=f"{track}-q{number}",
        pack="sample",
        track=track,
        level=level,
        kind=Kind.TECHNICAL_CONCEPT,
        title=f"Title {number}",
        text=f"What would you say about subject {number} of {track}?",
        why="",
        stages=("onsite",),
        topics=(topic,),
        time_box=TimeBox(2, 10),
        hints=("first hint", "second hint"),
        key_points=("one", "two"),
        follow_ups=("And then?",),
        mistakes=(),
        sample_answer=SampleAnswer("short", "full"),
        sources=(),
    )


def bank(size: int = 12, track: str = "backend") -> Bank:
    """A bank of one pack with so many questions."""
    questions = tuple(question(number, track) for number in range(size))
    return bank_of([sample_pack((Track(track, track.title()),), questions)])


def sample_pack(tracks: tuple[Track, ...], questions: tuple[Question, ...]) -> Pack:
    """A pack with a rubric for its questions, and two gold answers for the first of each track."""
    criteria = tuple(
        Criterion(id_, id_.title(), ("poor", "fair", "good")) for id_ in ("structure", "substance")
    )
    rubric = Rubric(Kind.TECHNICAL_CONCEPT, criteria)
    first = (next(each for each in questions if each.track == track.id) for track in tracks)
    gold = tuple(
        GoldAnswer(
            f"{each.id}-gold-{scores[0]}", each.id, "A gold answer.", scores, (0,), "Good.", "More.", "So."
        )
        for each in first
        for scores in ((2, 3), (4, 5))
    )
    return Pack("sample", 1, "Sample", "", tracks, (rubric,), questions, gold=gold)


@dataclass
class Group:
    """The ports, and what a test does with them."""

    clock: FakeClock
    chat: FakeChat
    store: Store
    ports: Ports

    def restarted(self, owner: str, store: Store) -> "Group":
        """The program after its next start: another owner, what was kept and what was posted are the same."""
        chat = FakeChat(self.clock, self.chat.world, self.chat.landing(STUDY))
        return replace(
            self, chat=chat, store=store, ports=replace(self.ports, chat=chat, store=store, owner=owner)
        )

    async def asked(
        self, channel: Channel = STUDY, by: Member = ADA, filters: Filters | None = None
    ) -> Round:
        """A round that `/question` has opened."""
        return await asking.ask(self.ports, channel, by, filters or Filters())

    def reply(
        self,
        round_: Round,
        author: Member = ADA,
        text: str = OWN_WORDS,
        message: str = "",
        at: datetime | None = None,
    ) -> Reply:
        """A reply in the round's thread; `{}` in the text becomes the message's id, so that it is no copy."""
        assert round_.thread is not None
        at = self.clock.now() if at is None else at
        message = message or f"{author.id}-{at.isoformat()}"
        return Reply(round_.thread, message, author, text.format(message), at)

    async def replied(
        self,
        round_: Round,
        author: Member = ADA,
        text: str = OWN_WORDS,
        message: str = "",
        at: datetime | None = None,
    ) -> Kept:
        """What became of a reply."""
        return await answering.receive(self.ports, self.reply(round_, author, text, message, at))

    async def practiced(self, author: Member = ADA, days: int = 1) -> None:
        """A day's question and own answer, on each of so many days; the clock goes on a day after each."""
        for _ in range(days):
            await self.replied(await self.asked(by=author), author)
            self.clock.advance(days=1)


def thread_of(round_: Round) -> Thread:
    """The thread of a round that has one."""
    assert round_.thread is not None
    return round_.thread


def group(
    store: Store | None = None,
    at: datetime = START,
    rules: Rules | None = None,
    questions: Bank | None = None,
    world: ChatWorld | None = None,
    owner: str = "here",
) -> Group:
    """A fresh group; by default in memory, at 08:00 UTC on a Monday, by the rules as they are unless set."""
    clock = FakeClock(at)
    chat = FakeChat(clock, world)
    store = store if store is not None else MemoryStore(owner)
    rules = rules or Rules(default_zone="UTC")
    return Group(
        clock, chat, store, Ports(chat, store, clock, CountingIds(), questions or bank(), rules, owner)
    )


def utc(text: str) -> datetime:
    """An instant such as `2026-11-02 09:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
