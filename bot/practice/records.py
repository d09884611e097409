"""The Transaction port: what the use cases need from storage, by subject.

A transaction is synchronous: it runs whole on the store's own thread. Every method is bound to a workspace by
its arguments (a Workspace, or a Channel, Thread or Member, which carry one).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Answer, Claim, Round, StoredReply
from bot.domain.schedules import Occurrence, Schedule
from bot.domain.streaks import Facts, MendKind, NeutralReason, RestChoice, StreakState, ZoneChoice
from bot.practice.pack_records import PackRecords
from bot.practice.platform_records import PlatformRecords
from bot.practice.review_records import ReviewRecords


class OccurrenceState(StrEnum):
    """How an occurrence ended, or how far it is."""

    PENDING = "pending"
    POSTING = "posting"
    POSTED = "posted"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One occurrence as `/daily log` shows it."""

    occurrence: Occurrence
    state: OccurrenceState
    reason: str | None
    round: str | None
    posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One member's line on the board: practice days of one calendar month (`recent_days`), all days, and answers.

    A withdrawn credit or answer does not count; it counts again when it is restored.
    """

    member: Member
    recent_days: int
    days: int
    answers: int


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the workspace's record: who did what of consequence, and when."""

    at: datetime
    by: str | None
    action: str
    detail: str


@dataclass(frozen=True, slots=True)
class LocalMessage:
    """A message of the local chat; `seq` orders a workspace's messages; `only_for` makes it a private one.

    `card` is the bot's card as JSON text; `thread` is the id of the message that the thread hangs under.
    """

    seq: int
    channel: Channel
    thread: str | None
    author: str | None
    text: str
    card: str | None
    only_for: str | None
    marker: str | None
    at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class Rounds(Protocol):
    """Rounds and the protocol by which their prompts are posted."""

    def times_asked(self, channel: Channel) -> dict[str, int]:
        """How often each question was asked in a channel; failed rounds do not count."""
        ...

    def seen_by(self, member: Member) -> frozenset[str]:
        """The questions that a member asked for or answered, in any channel of the workspace."""
        ...

    def answered_by(self, member: Member) -> frozenset[str]:
        """The questions that a member's live answers are about, in any channel of the workspace."""
        ...

    def add_round(self, round_: Round) -> None:
        """Keep a new round, and its question's text as it is now."""
        ...

    def round(self, workspace: Workspace, id_: str) -> Round | None:
        """A round by id, if this workspace has it."""
        ...

    def round_in(self, thread: Thread) -> Round | None:
        """The round whose thread this is: one indexed read."""
        ...

    def newest_round(self, channel: Channel) -> Round | None:
        """The newest posted round of a channel."""
        ...

    def reclaim_round(self, round_: Round, claim: Claim) -> bool:
        """Take over a posting round if its attempt is still `round_.claim.attempt`; False when it moved on."""
        ...

    def bind_prompt(self, round_: Round, message: str, at: datetime) -> bool:
        """posting -> posted(message), fenced by the attempt; False when another attempt has the round."""
        ...

    def bind_thread(self, round_: Round, thread: Thread) -> None:
        """Note the thread of a posted round."""
        ...

    def fail_round(self, round_: Round, reason: str) -> bool:
        """posting -> failed(reason), fenced by the attempt."""
        ...

    def stale_postings(self, now: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        """Posting rounds whose lease has ended and whose owner is this instance or gone, oldest first.

        Of all workspaces on the platforms that this instance serves.
        """
        ...

    def threadless(self, since: datetime, served: Collection[Platform], limit: int) -> list[Round]:
        """Posted rounds asked since then that have no thread yet, oldest first, of the platforms that are served."""
        ...

    def take_hint(self, round_: str, member: Member, upto: int) -> int:
        """Note one more hint taken by a member in a round, at most `upto`; gives how many they have now."""
        ...


class Answers(Protocol):
    """Replies as they came, and the answers derived from them."""

    def keep_reply(self, stored: StoredReply) -> bool:
        """Keep a new reply; False when its message is already known (a duplicate, or an edit or delete came first)."""
        ...

    def reply(self, thread: Thread, message: str) -> StoredReply | None:
        """A kept reply by its message."""
        ...

    def change_reply(self, stored: StoredReply) -> None:
        """Replace a kept reply's text, times and fingerprint."""
        ...

    def replies(self, round_: str, member: Member) -> list[StoredReply]:
        """A member's replies and forms in a round, by creation time then message."""
        ...

    def same_words(self, stored: StoredReply) -> list[StoredReply]:
        """Replies with the same fingerprint by creation time then message: one earlier, if any, and all later ones.

        They are the author's in other rounds of the workspace, and somebody else's to the same question.
        """
        ...

    def answer(self, round_: str, member: Member) -> Answer | None:
        """What stands as a member's answer in a round; withdrawn ones too."""
        ...

    def answer_by_id(self, workspace: Workspace, id_: str) -> Answer | None:
        """An answer by its opaque id, if this workspace has it."""
        ...

    def add_answer(self, answer: Answer) -> bool:
        """Keep a first answer with its first version; False when the member has one in the round."""
        ...

    def change_answer(self, answer: Answer) -> None:
        """Replace an answer; a new version of the text is kept when `version` grew."""
        ...

    def answers_of(self, round_: str, workspace: Workspace) -> list[Answer]:
        """The live answers of a round, oldest first."""
        ...


class Days(Protocol):
    """The stored facts that streaks are derived from."""

    def zones(self, member: Member, default_zone: str) -> tuple[tuple[ZoneChoice, ...], str]:
        """The zones a member chose, oldest first, and what serves before: the first schedule's, else `default_zone`."""
        ...

    def choose_zone(self, member: Member, choice: ZoneChoice) -> None:
        """Keep a choice of zone."""
        ...

    def choose_rest(self, member: Member, choice: RestChoice) -> None:
        """Keep a choice of rest weekdays; it replaces one with the same first date."""
        ...

    def facts(self, member: Member, default_zone: str, after: date | None, now: datetime) -> Facts:
        """All streak facts of a member, zones as by `zones`; `after` leaves out what touches no later date."""
        ...

    def counted(self, member: Member, day: date) -> list[Answer]:
        """A member's answers of a local date that count, withdrawn ones too, by creation time."""
        ...

    def begin_credit(self, member: Member, day: date, at: datetime, zone: str) -> bool:
        """Credit a date that has no credit, not even a withdrawn one; False, and nothing changed, when it has one."""
        ...

    def put_credit(
        self, member: Member, day: date, at: datetime, zone: str, withdrawn_at: datetime | None
    ) -> None:
        """Set the credit of a date to what its answers say; touching a checkpointed date drops the checkpoint."""
        ...

    def drop_credit(self, member: Member, day: date) -> None:
        """No answer of this date counts any more, and none ever did."""
        ...

    def add_mend(self, member: Member, day: date, kind: MendKind, at: datetime, by: str | None) -> None:
        """Keep a repair or a manager's restore of a missed date."""
        ...

    def new_freeze_uses(self, member: Member, days: Collection[date], at: datetime) -> tuple[date, ...]:
        """Note spent freezes; gives those that were not known before, so that each is told once."""
        ...

    def checkpoint(self, member: Member) -> StreakState | None:
        """The cached fold of a member's older days, if one is valid."""
        ...

    def put_checkpoint(self, member: Member, state: StreakState) -> None:
        """Cache a fold."""
        ...

    def drop_checkpoints(self, workspace: Workspace) -> None:
        """Forget all cached folds of a workspace, so that they are derived anew."""
        ...

    def open_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        """Begin a span on which nothing could be done, unless one for this reason is open."""
        ...

    def close_neutral(self, workspace: Workspace, reason: NeutralReason, at: datetime) -> None:
        """End the open span for this reason, if there is one."""
        ...

    def practice_days(self, member: Member, first: date) -> tuple[date, ...]:
        """The credited dates from `first` on, oldest first."""
        ...

    def board(self, workspace: Workspace, month: str, limit: int) -> list[Standing]:
        """The members with the most practice days in a month such as `2026-11`, by an index.

        Ties go by all days up to the end of that month, then by member id; `answers` are those up to then, too.
        """
        ...

    def standing(self, member: Member, month: str) -> Standing:
        """One member's own line; all days and answers are those of all time."""
        ...

    def rebuild_tallies(self, workspace: Workspace) -> None:
        """Derive the sums behind `board` and `standing` anew from credits and answers."""
        ...


class Calendar(Protocol):
    """Schedules, their occurrences, and the ledger."""

    def schedules(self, workspace: Workspace) -> list[Schedule]:
        """The schedules of a workspace that are not removed, by channel and slot."""
        ...

    def schedule(self, channel: Channel, slot: str) -> Schedule | None:
        """One schedule, removed ones too."""
        ...

    def put_schedule(self, schedule: Schedule) -> None:
        """Keep a new or changed schedule."""
        ...

    def due_schedules(self, now: datetime, limit: int) -> list[Schedule]:
        """All workspaces' active schedules with `next_at` <= now, the earliest first; locked until the commit."""
        ...

    def advance_schedules(self, moved: Sequence[Schedule]) -> None:
        """Set `next_at` and `skip` of many schedules at once."""
        ...

    def add_occurrences(self, lines: Sequence[LedgerLine]) -> list[bool]:
        """Create occurrences (pending or skipped); False for each whose (channel, slot, date) already exists."""
        ...

    def pending(self, served: Collection[Platform], late: datetime, limit: int) -> list[Occurrence]:
        """Pending occurrences, the earliest first, passing over those another instance is claiming.

        Of the platforms that this instance serves; of any platform if due before `late`, so that what nobody serves
        gets its reason.
        """
        ...

    def take_occurrence(self, occurrence: Occurrence, round_: str) -> bool:
        """pending -> posting as this round; False when it is no longer pending."""
        ...

    def skip_occurrence(self, occurrence: Occurrence, reason: str) -> bool:
        """pending -> skipped(reason); False when it is no longer pending."""
        ...

    def reopen_occurrence(self, occurrence: Occurrence) -> bool:
        """failed -> pending at the occurrence's instant, without reason and round; False when it did not fail."""
        ...

    def occurrence(self, channel: Channel, slot: str, day: date) -> LedgerLine | None:
        """One line of the ledger."""
        ...

    def ledger(self, channel: Channel, limit: int) -> list[LedgerLine]:
        """The newest occurrences of a channel, newest first."""
        ...

    def overdue(self, before: datetime) -> int:
        """How many due occurrences from before this instant are not yet posted, skipped or failed (all workspaces)."""
        ...


class Membership(Protocol):
    """What is kept about a member, and the workspace's record."""

    def export_member(self, member: Member) -> dict[str, list[dict[str, object]]]:
        """Every row kept about a member, by table, as JSON-ready values."""
        ...

    def count_member(self, member: Member) -> dict[str, int]:
        """How many rows of each table are kept about a member."""
        ...

    def delete_member(self, member: Member, at: datetime) -> int:
        """Delete what is kept about a member, at this instant; gives how many rows went.

        Rounds they asked for stay, and cards that name them say "a former member". Of the reviews that they gave
        nothing is left but what is needed to draw the card in the thread as removed; the reviews that they got stay,
        without them. Private cards of others that lead to their answers or reviews go. When no manager is left, the
        person who joined first becomes one.
        """
        ...

    def record(self, workspace: Workspace, line: RecordLine) -> None:
        """Add a line to the workspace's record."""
        ...

    def records(self, workspace: Workspace, limit: int) -> list[RecordLine]:
        """The newest lines of the record, newest first."""
        ...

    def workspaces(self) -> list[Workspace]:
        """Every workspace that anything is kept of."""
        ...

    def members(self, workspace: Workspace) -> list[Member]:
        """Every member with a credit or an answer."""
        ...


class Upkeep(Protocol):
    """Instances and their heartbeats."""

    def beat(self, instance: str, at: datetime) -> None:
        """Note that this instance is alive."""
        ...

    def beat_of(self, instance: str) -> datetime | None:
        """The newest heartbeat under one name."""
        ...

    def last_beat(self) -> datetime | None:
        """The newest heartbeat of any instance, if `run` was ever used."""
        ...


class LocalChat(Protocol):
    """People, channels and messages of the local platform."""

    def join_person(self, workspace: Workspace, name: str, at: datetime) -> bool:
        """Make a person known; gives whether they are a manager (the first of a workspace is)."""
        ...

    def person_is_manager(self, member: Member) -> bool | None:
        """Whether a known person is a manager; None for a stranger."""
        ...

    def people(self, workspace: Workspace) -> list[str]:
        """Names, in order of joining."""
        ...

    def channels(self, workspace: Workspace) -> list[str]:
        """Channels that have messages, by name."""
        ...

    def add_message(self, message: LocalMessage) -> int:
        """Keep a message, whose `seq` is ignored, and give its `seq`; for a known marker that of the earlier one."""
        ...

    def message(self, workspace: Workspace, seq: int) -> LocalMessage | None:
        """One message."""
        ...

    def change_message(self, message: LocalMessage) -> None:
        """Replace a message's text, card, edit and delete times."""
        ...

    def marked_message(self, workspace: Workspace, marker: str) -> LocalMessage | None:
        """The message that carries this marker."""
        ...

    def messages(self, channel: Channel, reader: str, before: int | None, limit: int) -> list[LocalMessage]:
        """The newest messages that `reader` may see, oldest first; `before` pages back."""
        ...

    def channel_messages(
        self, channel: Channel, reader: str, before: int | None, limit: int
    ) -> list[LocalMessage]:
        """As `messages`, but only what stands in no thread."""
        ...

    def thread_messages(self, thread: Thread, reader: str, limit: int) -> list[LocalMessage]:
        """The newest messages of a thread that `reader` may see, oldest first; deleted ones are left out."""
        ...

    def thread_sizes(self, channel: Channel, after: int) -> dict[str, int]:
        """How many messages of people each thread has, deleted ones left out, counting those after a message."""
        ...

    def messages_after(self, workspace: Workspace, reader: str, after: int, limit: int) -> list[LocalMessage]:
        """New messages of all channels that `reader` may see, oldest first."""
        ...


class Transaction(
    Rounds,
    Answers,
    Days,
    Calendar,
    Membership,
    Upkeep,
    LocalChat,
    PlatformRecords,
    PackRecords,
    ReviewRecords,
    Protocol,
):
    """One transaction: all of it happens, or nothing."""
