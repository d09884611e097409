"""Fakes of the other ports: a clock that a test sets, ids that count, and a chat whose faults a test orders.

What was posted stays in a `ChatWorld`, as it would on a platform, when the program that posted it is killed. For the
next posts a test puts outcomes into `FakeChat.outcomes`; when there are none left a post succeeds:

- `REFUSED`, or a `PostRefused` of one's own: a definite no;
- `LOST`: nobody knows, and nothing lands;
- `ANSWER_LOST`: nobody knows, and it has landed;
- a timedelta: nobody knows, and it lands so much later;
- `HANGS`: the answer never comes, and nothing lands.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from bot.domain.places import Channel, Member, Platform, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import LookupFailed, OutcomeUnknown, PostRefused

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
"""A Monday."""

EVERYWHERE = frozenset(Platform)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant that a test has set."""
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move on, or back, by so much; takes what `timedelta` takes."""
        self.at += timedelta(**by)
        return self.at


class CountingIds:
    """Ids of the right form that count up, so that a failure reads the same each time."""

    def __init__(self) -> None:
        self.given = 0

    def new_id(self) -> str:
        """16 characters of [a-z2-7]."""
        self.given += 1
        digits = "abcdefghijklmnopqrstuvwxyz234567"
        number = self.given
        return "".join(digits[number >> 5 * place & 31] for place in reversed(range(16)))


class Outcome(Enum):
    """What becomes of a post."""

    REFUSED = auto()
    LOST = auto()
    ANSWER_LOST = auto()
    HANGS = auto()


Ordered = Outcome | Exception | timedelta


@dataclass(frozen=True)
class Prompt:
    """A message that has landed, or will."""

    id: str
    marker: str
    channel: Channel
    late: bool
    at: datetime


@dataclass
class ReviewCard:
    """A review's card in a thread, as it was drawn last; it lands at `at`."""

    id: str
    shown: ShownReview
    at: datetime
    drawn: int = 1


@dataclass
class ChatWorld:
    """The platform's side: it outlives the program. `gone` are members whose account is closed."""

    prompts: list[Prompt] = field(default_factory=list)
    reviews: list[ReviewCard] = field(default_factory=list)
    gone: set[Member] = field(default_factory=set)

    def add(self, round_: Round, late: bool, at: datetime) -> Prompt:
        """Let a prompt land at an instant."""
        prompt = Prompt(f"m{len(self.prompts) + 1}", round_.id, round_.channel, late, at)
        self.prompts.append(prompt)
        return prompt

    def landed(self, now: datetime, channel: Channel | None = None) -> list[Prompt]:
        """What everybody can see by now, oldest first."""
        seen = [p for p in self.prompts if p.at <= now and channel in (None, p.channel)]
        return sorted(seen, key=lambda prompt: prompt.at)


async def _ordered(outcomes: list[Ordered]) -> Outcome | timedelta | None:
    """What is to become of a request, if a test has ordered anything; a definite no, a fault and a hang happen here."""
    outcome = outcomes.pop(0) if outcomes else None
    if outcome is Outcome.REFUSED:
        raise PostRefused("missing permission")
    if isinstance(outcome, Exception):
        raise outcome
    if outcome is Outcome.HANGS:
        await asyncio.Event().wait()
    return outcome


class FakeChat:
    """The Chat port over a `ChatWorld`, with faults to order; `review_outcomes` are those of review cards."""

    def __init__(
        self, clock: FakeClock, world: ChatWorld | None = None, landing: timedelta = timedelta(seconds=30)
    ) -> None:
        self.clock = clock
        self.world = world if world is not None else ChatWorld()
        self.outcomes: list[Ordered] = []
        self.review_outcomes: list[Ordered] = []
        self.lookup_faults = 0
        self.thread_faults: list[Exception] = []
        self.before_post: Callable[[Round], None] = lambda round_: None
        self.after_post: Callable[[Round], None] = lambda round_: None
        self.lacking: tuple[str, ...] = ()
        self.requests = 0
        self.acknowledged: list[tuple[Reply, Kept]] = []
        self.notices: list[tuple[Channel, Notice]] = []
        self.reminded: list[tuple[Member, int]] = []
        self._landing = landing

    def landing(self, channel: Channel) -> timedelta:
        """How long a request of unknown outcome may still take effect."""
        return self._landing

    async def post(self, round_: Round, late: bool) -> str:
        """Land a prompt, or whatever was ordered."""
        await asyncio.sleep(0)
        self.before_post(round_)
        self.requests += 1
        message = await self._land(round_, late)
        self.after_post(round_)
        await asyncio.sleep(0)
        return message

    async def _land(self, round_: Round, late: bool) -> str:
        outcome = await _ordered(self.outcomes)
        if outcome is Outcome.LOST:
            self.after_post(round_)
            raise OutcomeUnknown("the connection broke")
        delay = outcome if isinstance(outcome, timedelta) else timedelta()
        message = self.world.add(round_, late, self.clock.now() + delay)
        if outcome is not None:
            self.after_post(round_)
            raise OutcomeUnknown("the connection broke")
        return message.id

    async def find(self, round_: Round) -> str | None:
        """The first landed prompt with the round's marker."""
        await asyncio.sleep(0)
        if self.lookup_faults > 0:
            self.lookup_faults -= 1
            raise LookupFailed("500")
        landed = self.world.landed(self.clock.now(), round_.channel)
        return next((prompt.id for prompt in landed if prompt.marker == round_.id), None)

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """The thread under a prompt, as often as it is asked for."""
        await asyncio.sleep(0)
        if self.thread_faults:
            raise self.thread_faults.pop(0)
        return Thread(round_.channel, f"thread-{message}")

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Note what the author would be told."""
        self.acknowledged.append((reply, kept))

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """What a test says that the bot lacks."""
        return self.lacking

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Note what the managers would be told."""
        self.notices.append((channel, notice))

    async def show_review(self, shown: ShownReview) -> str:
        """Land a review's card, or whatever was ordered; one that is there is drawn anew."""
        await asyncio.sleep(0)
        outcome = await _ordered(self.review_outcomes)
        if outcome is Outcome.LOST:
            raise OutcomeUnknown("the connection broke")
        message = self._review_landed(shown, outcome if isinstance(outcome, timedelta) else timedelta())
        if outcome is not None:
            raise OutcomeUnknown("the connection broke")
        return message

    def _review_landed(self, shown: ShownReview, delay: timedelta) -> str:
        known = next((card for card in self.world.reviews if card.id == shown.review.message), None)
        if known is not None:
            known.shown, known.drawn = shown, known.drawn + 1
            return known.id
        card = ReviewCard(f"v{len(self.world.reviews) + 1}", shown, self.clock.now() + delay)
        self.world.reviews.append(card)
        return card.id

    async def find_review(self, shown: ShownReview) -> str | None:
        """The first landed card of the review."""
        await asyncio.sleep(0)
        if self.lookup_faults > 0:
            self.lookup_faults -= 1
            raise LookupFailed("500")
        now = self.clock.now()
        landed = (card for card in self.world.reviews if card.at <= now)
        return next((card.id for card in landed if card.shown.review.id == shown.review.id), None)

    async def is_here(self, member: Member) -> bool:
        """Whether a test has not closed the member's account."""
        if self.lookup_faults > 0:
            self.lookup_faults -= 1
            raise LookupFailed("500")
        return member not in self.world.gone

    async def remind(self, member: Member, waiting: int) -> None:
        """Note who would be reminded."""
        self.reminded.append((member, waiting))
