"""What the use cases need from outside: chat, store, clock, chance; and the bundle of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.domain.bank import Bank
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Pack
from bot.domain.refusals import Refusal
from bot.domain.reviews import ReviewRules
from bot.domain.rounds import Reply, Round
from bot.practice.figures import Figures, NoFigures
from bot.practice.flights import Flights
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.records import Transaction

T = TypeVar("T")


class PostRefused(Exception):
    """The platform said a definite no: nothing was posted. `reason` is a short fact for the ledger.

    `forbidden` means that the bot may not post there; then the reason says what it lacks.
    """

    def __init__(self, reason: str, channel_gone: bool = False, forbidden: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.channel_gone = channel_gone
        self.forbidden = forbidden


class OutcomeUnknown(Exception):
    """Nobody can say whether the post took effect; it may still land within the chat's `landing` time."""


class LookupFailed(Exception):
    """Our own messages could not be read; wait, and never post blind."""


class StoreUnavailable(Exception):
    """The store cannot keep or read anything right now (locked, full, gone); nothing of the work happened."""


@dataclass(eq=False)
class BadPack(Refusal):
    """A file is no sound question pack; `findings` are sentences, each with its place."""

    findings: tuple[str, ...]


ReadUpload = Callable[[str, bytes], Awaitable[Pack]]
"""Reads a pack from a file's name and bytes, with bounds on time and memory; refuses BadPack."""


async def no_uploads(name: str, data: bytes) -> Pack:  # noqa: ARG001 - whatever it is
    """Stands where nobody gave a reader."""
    raise BadPack(("This bot reads no files.",))


class Chat(Protocol):
    """A platform, or many behind a router."""

    def landing(self, channel: Channel) -> timedelta:
        """How long a request of unknown outcome may still take effect."""
        ...

    async def post(self, round_: Round, late: bool) -> str:
        """Post a round's prompt with the round's id as its marker and give the message's id.

        Raises PostRefused or OutcomeUnknown.
        """
        ...

    async def find(self, round_: Round) -> str | None:
        """The message in the round's channel that carries its marker, however old; raises LookupFailed."""
        ...

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """Open the thread under a prompt; one that is already open is success. Raises PostRefused or OutcomeUnknown."""
        ...

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell the author, quietly, what became of a reply."""
        ...

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """The rights that the bot lacks for posting, threads and reading there, as the platform's screens name them.

        Raises LookupFailed.
        """
        ...

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell those who look after a channel that something needs them."""
        ...

    async def show_review(self, shown: ShownReview) -> str:
        """Put a review's card into its round's thread, or draw the card anew that is `shown.review.message`.

        It is marked with the review's id. Gives the message's id; a message that is gone stays gone, and its id is
        given. Raises PostRefused and OutcomeUnknown.
        """
        ...

    async def find_review(self, shown: ShownReview) -> str | None:
        """The message in the round's thread that carries the review's mark; raises LookupFailed."""
        ...

    async def is_here(self, member: Member) -> bool:
        """Whether a member's account is open and they are still in the workspace; raises LookupFailed."""
        ...

    async def remind(self, member: Member, waiting: int) -> None:
        """Tell a member, for their eyes only, that answers wait for a review. Raises PostRefused and OutcomeUnknown."""
        ...


class Store(Protocol):
    """Where facts are kept."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` whole in one transaction and return its result when the commit is on disk.

        An exception of `work` rolls back its own effects only and is raised here. Raises StoreUnavailable.
        `work` may be run again from its start (after a lost connection or a serialization failure).
        """
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, on one consistent view. Raises StoreUnavailable."""
        ...


class Clock(Protocol):
    """The time, asked for on every happening."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        ...


class Ids(Protocol):
    """Chance, so that tests can fix it."""

    def new_id(self) -> str:
        """A fresh opaque id: 16 characters of [a-z2-7], unguessable."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that bear on practice. Lengths are in visible characters."""

    default_zone: str
    minimum_length: int = 15
    reveal_after: timedelta = timedelta(hours=24)
    open_for: timedelta = timedelta(days=7)
    late_window: timedelta = timedelta(hours=4)
    lease: timedelta = timedelta(seconds=60)
    give_up_asking: timedelta = timedelta(minutes=15)
    left_kept_for: timedelta = timedelta(days=30)
    reviews: ReviewRules = field(default_factory=ReviewRules)


Marks = dict[Workspace, tuple[int, ...]]
"""For each workspace with own packs, figures that change whenever one of them does."""


@dataclass(slots=True)
class OwnBanks:
    """The banks of workspaces that brought packs of their own, as the store had them last; see `importing.refresh`."""

    banks: dict[Workspace, Bank] = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)
    refreshing: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Ports:
    """All that a use case is given.

    `owner` names this instance in claims. `in_flight` has the rounds between their request and their thread: while one
    is, nobody else of this instance looks for its message, even if the clock jumps past the lease, and replies in its
    channel wait for it. `platforms` are
    those that this instance serves; what belongs to others is left to instances that serve them.
    """

    chat: Chat
    store: Store
    clock: Clock
    ids: Ids
    bank: Bank
    rules: Rules
    owner: str
    in_flight: Flights = field(default_factory=Flights)
    platforms: frozenset[Platform] = frozenset(Platform)
    own_banks: OwnBanks = field(default_factory=OwnBanks)
    read_upload: ReadUpload = no_uploads
    figures: Figures = field(default_factory=NoFigures)

    def bank_for(self, workspace: Workspace) -> Bank:
        """The questions of a workspace: what is installed, and the packs that it brought itself."""
        return self.own_banks.banks.get(workspace, self.bank)
