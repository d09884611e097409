"""Small whole values for the contract suite; every one can be varied by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Filters, Kind, Level, Question, SampleAnswer, TimeBox
from bot.domain.reviews import Draft, Review
from bot.domain.rounds import Answer, Claim, Planned, PostingState, Reply, Round, StoredReply
from bot.domain.schedules import Occurrence, Schedule, ScheduleState
from bot.domain.wall_time import WallTime
from bot.practice.records import LedgerLine, LocalMessage, OccurrenceState, Transaction

HOME = Workspace(Platform.LOCAL, "home")
OTHER = Workspace(Platform.LOCAL, "other")
STUDY = Channel(HOME, "study")
THREAD = Thread(STUDY, "100")
ADA, BEN, CY = (Member(HOME, name) for name in ("ada", "ben", "cy"))
NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def elsewhere(place: Any) -> Any:
    """The same channel, thread or member, by the same ids, in the other workspace."""
    if isinstance(place, Thread):
        return Thread(elsewhere(place.channel), place.id)
    return replace(place, workspace=OTHER)


def question(id_: str = "q-1", text: str = "Tell me about `caches` — and why?") -> Question:
    """A question with something in every field."""
    return Question(
        id=id_,
        pack="netflix",
        track="backend",
        level=Level.SENIOR,
        kind=Kind.SYSTEM_DESIGN,
        title="Caches",
        text=text,
        why="it shows judgement",
        stages=("onsite",),
        topics=("caches", "memory"),
        time_box=TimeBox(2, 20),
        hints=("think of reads", "think of writes"),
        key_points=("invalidation",),
        follow_ups=("and across regions?",),
        mistakes=(),
        sample_answer=SampleAnswer("in short", "in full"),
        sources=("own work",),
    )


def round_(id_: str = "r-1", **changes: Any) -> Round:
    """A round that is being posted by this instance."""
    made = Round(
        id=id_,
        channel=STUDY,
        question=question(),
        asked_by=ADA,
        asked_at=NOON,
        reveal_at=NOON + DAY,
        closes_at=NOON + 7 * DAY,
        planned=None,
        posting=PostingState.POSTING,
        claim=Claim("this-instance", 1, NOON + timedelta(seconds=60)),
        message=None,
        thread=None,
        reason=None,
    )
    return replace(made, **changes)


def open_round(tx: Transaction, id_: str = "r-1", thread: Thread = THREAD, **changes: Any) -> Round:
    """Keep a round and bring it so far that its thread is open; gives it as the store has it."""
    made = round_(id_, channel=thread.channel, asked_by=Member(thread.channel.workspace, "ada"), **changes)
    tx.add_round(made)
    assert tx.bind_prompt(made, f"prompt-{id_}", NOON + SECOND)
    tx.bind_thread(made, thread)
    return replace(made, posting=PostingState.POSTED, message=f"prompt-{id_}", thread=thread)


def reply(message: str = "m-1", author: Member = ADA, at: datetime = NOON, **changes: Any) -> StoredReply:
    """A reply that is long enough, in the sample thread."""
    made = StoredReply(
        reply=Reply(
            Thread(Channel(author.workspace, "study"), "100"), message, author, f"text of {message}", at
        ),
        round="r-1",
        edited_at=None,
        deleted_at=None,
        enough_at=at,
        fingerprint=f"print of {message}",
    )
    return replace(made, **changes)


def answer(id_: str = "a-1", member: Member = ADA, **changes: Any) -> Answer:
    """A first answer that counts for today."""
    made = Answer(
        id=id_,
        round="r-1",
        member=member,
        message=f"m-{id_}",
        text="My own words, 'quoted'; DROP TABLE answer; %s {0} \\x00 🦉",
        at=NOON,
        local_date=TODAY,
        zone="Europe/Berlin",
        late=False,
        counts=True,
        chosen=False,
        version=1,
        changed_at=None,
        withdrawn_at=None,
    )
    return replace(made, **changes)


def review(id_: str = "v-1", reviewer: Member = BEN, author: Member = ADA, **changes: Any) -> Review:
    """A first review of the sample answer, named, whose card has to be drawn at once."""
    made = Review(
        workspace=reviewer.workspace,
        id=id_,
        answer="a-1",
        round="r-1",
        author=author,
        reviewer=reviewer,
        answer_version=1,
        draft=Draft((4, 2), (0, 2), f"Strong, says {id_}: the 'reads'; %s 🦉", "Say when it is stale."),
        named=True,
        version=1,
        at=NOON,
        changed_at=None,
        local_date=TODAY,
        zone="Asia/Tokyo",
        counts=True,
        due_at=NOON,
    )
    return replace(made, **changes)


def schedule(slot: str = "daily", channel: Channel = STUDY, **changes: Any) -> Schedule:
    """An active schedule that is due at noon."""
    made = Schedule(
        channel=channel,
        slot=slot,
        time=WallTime(9, 5),
        weekdays=frozenset({0, 2, 4}),
        zone="Europe/Berlin",
        filters=Filters(track="backend", level="senior"),
        state=ScheduleState.ACTIVE,
        pause_reason=None,
        skip=None,
        next_at=NOON,
        reveal_after=timedelta(hours=24),
        seed=2**40 + 7,
        created_by=Member(channel.workspace, "ada"),
    )
    return replace(made, **changes)


def occurrence(
    day: date = TODAY, slot: str = "daily", channel: Channel = STUDY, at: datetime = NOON
) -> Occurrence:
    """An occurrence of the sample schedule."""
    return Occurrence(channel, slot, day, at, "Europe/Berlin", WallTime(9, 5), None)


def line(of: Occurrence, state: OccurrenceState = OccurrenceState.PENDING, **changes: Any) -> LedgerLine:
    """An occurrence as it is created."""
    return replace(LedgerLine(of, state, None, None, None), **changes)


def planned(of: Occurrence) -> Planned:
    """What the round of an occurrence says about it."""
    return Planned(of.slot, of.local_date, of.at, of.zone, str(of.planned))


def adding(text: str) -> Callable[[Transaction], int]:
    """A work that adds a message and gives its number."""
    return lambda tx: tx.add_message(message(text))


def message(text: str = "hello", channel: Channel = STUDY, **changes: Any) -> LocalMessage:
    """A public message of Ada's."""
    made = LocalMessage(
        seq=0,
        channel=channel,
        thread=None,
        author="ada",
        text=text,
        card=None,
        only_for=None,
        marker=None,
        at=NOON,
        edited_at=None,
        deleted_at=None,
    )
    return replace(made, **changes)
