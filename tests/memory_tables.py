"""The tables of the memory store: what is committed, and one transaction's view of it."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Thread, Workspace
from bot.domain.practice_days import NeutralReason, NeutralSpan, RestChoice, ZoneChoice
from bot.domain.questions import Pack
from bot.domain.reviews import Review
from bot.domain.rounds import Answer, Round, StoredReply
from bot.domain.schedules import Schedule
from bot.domain.streaks import Credit, Mend, MendKind, StreakState
from bot.domain.suggestions import Suggestion
from bot.practice.records import LedgerLine, LocalMessage, RecordLine
from bot.practice.review_records import GoldReview, Offer, Reminders

K = TypeVar("K")
V = TypeVar("V")

DAY = timedelta(days=1)


@dataclass
class Committed:
    """Every table by its key; a table is never changed in place, but replaced by a commit."""

    rounds: dict[tuple[Workspace, str], Round] = field(default_factory=dict)
    hints: dict[tuple[str, Member], int] = field(default_factory=dict)
    replies: dict[tuple[Thread, str], StoredReply] = field(default_factory=dict)
    answers: dict[tuple[Workspace, str], Answer] = field(default_factory=dict)
    versions: dict[tuple[Workspace, str, int], Answer] = field(default_factory=dict)
    credits: dict[tuple[Member, date], Credit] = field(default_factory=dict)
    freezes: dict[tuple[Member, date], datetime] = field(default_factory=dict)
    zones: dict[tuple[Member, datetime], ZoneChoice] = field(default_factory=dict)
    rests: dict[tuple[Member, date], RestChoice] = field(default_factory=dict)
    neutral: dict[tuple[Workspace, NeutralReason, datetime], NeutralSpan] = field(default_factory=dict)
    mends: dict[tuple[Member, date, MendKind], Mend] = field(default_factory=dict)
    checkpoints: dict[Member, StreakState] = field(default_factory=dict)
    schedules: dict[tuple[Channel, str], Schedule] = field(default_factory=dict)
    occurrences: dict[tuple[Channel, str, date], LedgerLine] = field(default_factory=dict)
    records: dict[tuple[Workspace, int], RecordLine] = field(default_factory=dict)
    events: dict[tuple[Workspace, str], tuple[datetime, str | None]] = field(default_factory=dict)
    watermarks: dict[Thread, datetime] = field(default_factory=dict)
    small_facts: dict[tuple[Workspace, str], tuple[str, datetime]] = field(default_factory=dict)
    packs: dict[tuple[Workspace, str], tuple[Pack, str | None, datetime]] = field(default_factory=dict)
    suggestions: dict[tuple[Workspace, str], Suggestion] = field(default_factory=dict)
    reviews: dict[tuple[Workspace, str], Review] = field(default_factory=dict)
    review_words: dict[tuple[Workspace, str], frozenset[str]] = field(default_factory=dict)
    offers: dict[tuple[Member, str], Offer] = field(default_factory=dict)
    gold_reviews: dict[tuple[Member, str], GoldReview] = field(default_factory=dict)
    votes: dict[tuple[Member, Pair], Vote] = field(default_factory=dict)
    closed: dict[Member, datetime] = field(default_factory=dict)
    reminders: dict[Member, Reminders] = field(default_factory=dict)
    beats: dict[str, datetime] = field(default_factory=dict)
    people: dict[tuple[Workspace, str], tuple[bool, datetime]] = field(default_factory=dict)
    messages: dict[tuple[Workspace, int], LocalMessage] = field(default_factory=dict)


class Tables(Committed):
    """One transaction's view: it reads what is committed, and copies a table before the first change of it."""

    def __init__(self, committed: Committed, read_only: bool = False) -> None:
        super().__init__(**{each.name: getattr(committed, each.name) for each in fields(Committed)})
        self._committed = committed
        self._read_only = read_only

    def put(self, table: dict[K, V], key: K, value: V) -> None:
        """Add or replace a row."""
        self._own(table)[key] = value

    def drop(self, table: dict[K, V], key: K) -> None:
        """Delete a row, which must be there."""
        del self._own(table)[key]

    def commit(self) -> None:
        """Let everybody see the changes."""
        for each in fields(Committed):
            setattr(self._committed, each.name, getattr(self, each.name))

    def _own(self, table: dict[K, V]) -> dict[K, V]:
        """The table to change: this view's own copy of it."""
        if self._read_only:
            raise AssertionError("a work that was given to `read` writes")
        name = next(each.name for each in fields(Committed) if getattr(self, each.name) is table)
        if table is getattr(self._committed, name):
            table = dict(table)
            setattr(self, name, table)
        return table


class MemoryPart:
    """One subject of a transaction in memory, as `owner`."""

    def __init__(self, tables: Tables, owner: str, living: set[str]) -> None:
        self._tables = tables
        self._owner = owner
        self._living = living

    def _touch(self, member: Member, day: date) -> None:
        """A fact of this date changed: a fold that may rest on it (to two days before) goes."""
        state = self._tables.checkpoints.get(member)
        if state is not None and state.through is not None and state.through >= day - 2 * DAY:
            self._tables.drop(self._tables.checkpoints, member)

    def _touch_all(self, workspace: Workspace, at: datetime) -> None:
        earliest = (at - timedelta(hours=12)).date()
        for member in list(self._tables.checkpoints):
            if member.workspace == workspace:
                self._touch(member, earliest)
