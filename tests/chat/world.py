"""A small world for the tests of the chat: a bank, a set clock, counted ids, a chat that writes down."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chat.calls import Caller
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
from bot.practice import asking
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import Ports, PostRefused, Rules
from tests.memory_store import MemoryStore

HERE = Workspace(Platform.LOCAL, "home")
ELSEWHERE = Workspace(Platform.LOCAL, "away")
STUDY = Channel(HERE, "study")
ADA = Member(HERE, "ada")
BEN = Member(HERE, "ben")
CYD = Member(HERE, "cyd")
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LONG_ENOUGH = "My own answer, long enough to count."


def question(number: int, track: str = "backend", level: Level = Level.SENIOR, **other: object) -> Question:
    """A question with everything in it."""
    values: dict[str, object] = {
        "id": f"{track}-{number}",
        "pack": "trial",
        "track": track,
        "level": level,
        "kind": Kind.SYSTEM_DESIGN,
        "title": f"Question {number}",
        "text": f"How would you build number {number}?",
        "why": "It shows how you think.",
        "stages": ("technical-screen", "onsite-technical"),
        "topics": ("caching", "load-balancing"),
        "time_box": TimeBox(2, 30),
        "hints": ("Count first.", "Then draw."),
        "key_points": ("Counts the load", "Names the weak spot"),
        "follow_ups": ("And with ten times as many?",),
        "mistakes": ("Drawing before counting.",),
        "sample_answer": SampleAnswer("I would count first.", "First I count. Then I draw."),
        "sources": ("trial-1",),
    }
    return Question(**(values | other))  # type: ignore[arg-type]


def rubric(kind: Kind) -> Rubric:
    """The rubric of a kind, with words for 1, 3 and 5."""
    return Rubric(
        kind,
        (
            Criterion("structure", "Structure", ("No order.", "Some order.", "Each step follows.")),
            Criterion(
                "substance", "Substance", ("Only names.", "It would work.", "Every size is worked out.")
            ),
        ),
    )


def gold(number: int) -> GoldAnswer:
    """A sample to the question of the same number, with the house's review of it."""
    return GoldAnswer(
        f"sample-{number}",
        f"backend-{number}",
        f"I would count first, number {number}, then draw.",
        (4, 2),
        (0,),
        "It begins with the figures.",
        "Say what breaks first.",
        "The order is there, the sizes are not.",
    )


def bank() -> Bank:
    """Two tracks, six questions, the rubrics of their kinds and two gold answers."""
    tracks = (Track("backend", "Backend engineer"), Track("devops", "DevOps engineer"))
    questions = (
        *(question(number) for number in range(1, 5)),
        question(5, level=Level.JUNIOR, kind=Kind.TECHNICAL_CONCEPT, topics=("hashing",)),
        question(6, track="devops", topics=("system-design-basics",)),
    )
    rubrics = (rubric(Kind.SYSTEM_DESIGN), rubric(Kind.TECHNICAL_CONCEPT))
    return bank_of([Pack("trial", 1, "Trial", "", tracks, rubrics, questions, gold=(gold(1), gold(2)))])


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def forward(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass
class CountedIds:
    """Ids of the right form, one after the other."""

    given: int = 0

    def new_id(self) -> str:
        self.given += 1
        letters = "abcdefghijklmnopqrstuvwxyz"
        return letters[self.given % 26] * 12 + f"{self.given:04}".translate(str.maketrans("0189", "abcd"))


@dataclass
class WritingChat:
    """A chat that writes down what it is told; `refuses` is a reason for which it posts nothing.

    `gone` are members whose accounts are closed.
    """

    prompts: list[Round] = field(default_factory=list)
    reviews: dict[str, ShownReview] = field(default_factory=dict)
    reminded: list[tuple[Member, int]] = field(default_factory=list)
    gone: set[Member] = field(default_factory=set)
    acknowledged: list[tuple[Reply, Kept]] = field(default_factory=list)
    told: list[tuple[Channel, Notice]] = field(default_factory=list)
    refuses: str | None = None

    def landing(self, channel: Channel) -> timedelta:
        return timedelta()

    async def post(self, round_: Round, late: bool) -> str:
        if self.refuses is not None:
            raise PostRefused(self.refuses)
        self.prompts.append(round_)
        return str(len(self.prompts))

    async def find(self, round_: Round) -> str | None:
        ids = [one.id for one in self.prompts]
        return str(ids.index(round_.id) + 1) if round_.id in ids else None

    async def open_thread(self, round_: Round, message: str) -> Thread:
        return Thread(round_.channel, message)

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        self.acknowledged.append((reply, kept))

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """Nothing is lacking here."""
        return ()

    async def tell(self, channel: Channel, notice: Notice) -> None:
        self.told.append((channel, notice))

    async def show_review(self, shown: ShownReview) -> str:
        self.reviews[shown.review.id] = shown
        return f"review-{shown.review.id}"

    async def find_review(self, shown: ShownReview) -> str | None:
        return f"review-{shown.review.id}" if shown.review.id in self.reviews else None

    async def is_here(self, member: Member) -> bool:
        return member not in self.gone

    async def remind(self, member: Member, waiting: int) -> None:
        self.reminded.append((member, waiting))


@dataclass
class World:
    """Ports over memory, and those who call."""

    chat: WritingChat = field(default_factory=WritingChat)
    clock: SetClock = field(default_factory=SetClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    ids: CountedIds = field(default_factory=CountedIds)
    bank: Bank = field(default_factory=bank)

    @property
    def ports(self) -> Ports:
        return Ports(self.chat, self.store, self.clock, self.ids, self.bank, Rules("UTC"), "here")

    def caller(self, member: Member = ADA, is_manager: bool = False, channel: Channel = STUDY) -> Caller:
        return Caller(self.ports, member, channel, is_manager)

    async def asked(self, member: Member = ADA) -> Round:
        """A round that is posted."""
        return await asking.ask(self.ports, STUDY, member, Filters())
