"""I5: whatever the order in which a platform delivers messages, edits and deletions, the end is the same."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.rounds import Reply, Round
from bot.domain.streaks import ZoneChoice
from bot.practice import answering, standing
from bot.practice.records import Transaction
from tests.practice.group import ADA, BEN, CLEO, Group, group, utc

MEMBERS = (ADA, BEN, CLEO)
FIRST = utc("2026-11-02 22:30")
STEP = timedelta(minutes=7)  # some steps from a midnight, in one zone or another, on either side
LONG_AFTER = utc("2026-11-08 12:00")
TEXTS = (
    "", "ok", "\u200b\u3164",
    "words enough to be an answer", "Words enough, to be an answer!", "other words that are enough",
    "QUESTION",
)  # fmt: skip
ENOUGH = (3, 5)


@dataclass(frozen=True)
class Message:
    """One message or form with all that ever happens to it; instants are counted in steps."""

    member: int
    round: int
    at: int
    text: int
    edits: tuple[tuple[int, int], ...] = ()
    deleted: int | None = None
    is_form: bool = False


@dataclass(frozen=True)
class Event:
    """One delivery: which message, and which of its happenings (0 is its creation, then edits, then the deletion)."""

    at: int
    message: int
    happening: int


STEPS = st.integers(0, 420)
MESSAGES = st.builds(
    Message,
    member=st.integers(0, 2),
    round=st.integers(0, 1),
    at=STEPS,
    text=st.integers(0, len(TEXTS) - 1),
    edits=st.lists(st.tuples(st.integers(1, 60), st.integers(0, len(TEXTS) - 1)), max_size=2).map(tuple),
    deleted=st.none() | st.integers(1, 200),
    is_form=st.sampled_from((False, False, False, True)),
)


def with_one_form_each(messages: list[Message]) -> tuple[Message, ...]:
    """Forms come as they are sent and are never edited or deleted; let each member send at most one in a round."""
    sent: set[tuple[int, int]] = set()
    made = []
    for message in messages:
        if message.is_form:
            key, is_first = (message.member, message.round), (message.member, message.round) not in sent
            sent.add(key)
            text = message.text if message.text in ENOUGH else ENOUGH[0]
            message = replace(message, text=text, edits=(), deleted=None, is_form=is_first)
        made.append(message)
    return tuple(made)


def events_of(messages: Sequence[Message]) -> list[Event]:
    """Everything in the order in which it happened."""
    found = []
    for number, message in enumerate(messages):
        found.append(Event(message.at, number, 0))
        after = message.at
        for happening, (later, _) in enumerate(message.edits, start=1):
            after += later
            found.append(Event(after, number, happening))
        if message.deleted is not None:
            found.append(Event(after + message.deleted, number, len(message.edits) + 1))
    return sorted(found, key=lambda event: (event.at, event.message, event.happening))


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[tuple[Message, ...], list[Event]]:
    messages = with_one_form_each(draw(st.lists(MESSAGES, min_size=1, max_size=7)))
    events = events_of(messages)
    again = draw(st.lists(st.sampled_from(events), max_size=4))
    return messages, draw(st.permutations(events + again))


class Telling:
    """Delivers events to one group and reads what came of them."""

    def __init__(self, messages: Sequence[Message], rounds: Sequence[Round], here: Group) -> None:
        self.messages = messages
        self.rounds = rounds
        self.here = here

    async def deliver(self, event: Event) -> None:
        message = self.messages[event.message]
        round_ = self.rounds[message.round]
        assert round_.thread is not None
        author, created = MEMBERS[message.member], instant(message.at)
        name = f"m{event.message}"
        ports = self.here.ports
        if message.is_form:
            await answering.submit(ports, round_.id, author, self.text(message.text, round_), name, created)
        elif event.happening == 0:
            text = self.text(message.text, round_)
            await answering.receive(ports, Reply(round_.thread, name, author, text, created))
        elif event.happening <= len(message.edits):
            text = self.text(message.edits[event.happening - 1][1], round_)
            edit = Reply(round_.thread, name, author, text, created)
            await answering.edited(ports, edit, instant(event.at))
        else:
            await answering.deleted(ports, round_.thread, name, author, created, instant(event.at))

    def text(self, number: int, round_: Round) -> str:
        return TEXTS[number].replace("QUESTION", f"{round_.question.text} {round_.question.text}")

    async def outcome(self) -> dict[str, object]:
        """What is to be the same: replies, answers that stand, credits that count, streaks."""
        self.here.clock.at = LONG_AFTER
        ports = self.here.ports
        found: dict[str, object] = {}
        for member in MEMBERS:
            streak = await standing.streak_of(ports, member)
            found[member.id] = streak.length, streak.best, streak.freezes, streak.reasons
        found.update(await ports.store.read(self.facts))
        return found

    def facts(self, tx: Transaction) -> dict[str, object]:
        facts = {m: tx.facts(m, "UTC", None, LONG_AFTER) for m in MEMBERS}
        return {
            "replies": [tx.replies(r.id, m) for r in self.rounds for m in MEMBERS],
            "answers": {
                (a.round, a.member.id): (
                    a.message,
                    a.text,
                    a.at,
                    a.local_date,
                    a.zone,
                    a.late,
                    a.counts,
                    a.chosen,
                )
                for r in self.rounds
                for a in tx.answers_of(r.id, r.channel.workspace)
            },
            "credits": {
                (m.id, credit.local_date): (credit.at, credit.zone)
                for m in MEMBERS
                for credit in facts[m].credits
                if credit.withdrawn_at is None
            },
            "days": [tx.practice_days(m, date(2026, 1, 1)) for m in MEMBERS],
        }


def instant(step: int) -> datetime:
    return FIRST + step * STEP


async def told(messages: Sequence[Message], events: Sequence[Event], in_time: bool) -> dict[str, object]:
    """What comes of a delivery, as it happens or all of it long after."""
    here = group(at=FIRST - timedelta(days=1))
    rounds = [await here.asked(), await here.asked()]
    await here.ports.store.write(lambda tx: tx.choose_zone(BEN, ZoneChoice(instant(100), "Asia/Tokyo")))
    telling = Telling(messages, rounds, here)
    here.clock.at = LONG_AFTER
    for event in events:
        if in_time:
            here.clock.at = instant(event.at)
        await telling.deliver(event)
    assert LONG_AFTER - instant(max(e.at for e in events)) > answering.RESTORE_WITHIN
    return await telling.outcome()


@pytest.mark.bad_input(51, 52, 54, 55, 56, 57, 58, 59)
@settings(max_examples=300)
@given(deliveries())
def test_every_order_of_delivery_gives_the_same_answers_texts_and_credits(
    delivery: tuple[tuple[Message, ...], list[Event]],
) -> None:
    messages, shuffled = delivery

    async def both() -> tuple[dict[str, object], dict[str, object]]:
        return (
            await told(messages, events_of(messages), in_time=True),
            await told(messages, shuffled, in_time=False),
        )

    in_order, in_disorder = asyncio.run(both())
    assert in_disorder == in_order
