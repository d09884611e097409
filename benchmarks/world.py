"""The study group that is measured: its ports over a store, its questions, its rounds and its answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.bank import Bank, bank_of
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Kind, Level, Pack, Question, SampleAnswer, TimeBox, Track
from bot.domain.rounds import Claim, PostingState, Reply, Round
from bot.practice.ports import Ports, Rules, Store
from bot.practice.records import Transaction
from tests.fakes import START, CountingIds, FakeChat, FakeClock

GROUP = Workspace(Platform.LOCAL, "group")
CHANNEL = Channel(GROUP, "study")
OWNER = "this-instance"
MEMBERS = 500
"""Members who answer each round, so that most answers find the member's earlier ones."""

_WORDS = "I would first measure where the time goes, then change one thing at a time and measure again. " * 3


def question(number: int) -> Question:
    """One of many questions of one track."""
    return Question(
        id=f"q{number}",
        pack="bench",
        track="backend",
        level=Level.SENIOR,
        kind=Kind.TECHNICAL_CONCEPT,
        title=f"Question {number}",
        text=f"What would you look at first in case {number}?",
        why="It shows how somebody works.",
        stages=("onsite",),
        topics=("measuring",),
        time_box=TimeBox(5, 20),
        hints=("Think of the disk.", "Think of the queue."),
        key_points=("Measures before changing anything.",),
        follow_ups=("What if nothing is slow?",),
        mistakes=("Changing two things at once.",),
        sample_answer=SampleAnswer("I measure first.", "I measure first, and then again."),
        sources=("https://example.org/",),
    )


def bank(size: int) -> Bank:
    """A bank of so many questions."""
    pack = Pack(
        "bench", 1, "Bench", "", (Track("backend", "Backend"),), (), tuple(map(question, range(size)))
    )
    return bank_of([pack])


def ports_over(store: Store, clock: FakeClock, questions: int = 20) -> Ports:
    """The use cases' needs over a store; clock and ids are the tests' fakes, which cost next to nothing."""
    rules = Rules("Europe/Berlin")
    return Ports(FakeChat(clock), store, clock, CountingIds(), bank(questions), rules, OWNER)


def opens_rounds(amount: int) -> Callable[[Transaction], None]:
    """For `Store.write`: put one round a day to the channel, each with its thread."""

    def work(tx: Transaction) -> None:
        for number in range(amount):
            round_ = _round(number)
            tx.add_round(round_)
            tx.bind_prompt(round_, f"m{number}", round_.asked_at)
            tx.bind_thread(round_, _thread(number))

    return work


def reply(number: int) -> Reply:
    """The reply of that number: a long enough text of its own, the member's first one in that day's round."""
    day, member = divmod(number, MEMBERS)
    at = START + timedelta(days=day, seconds=member)
    text = f"Case {number}. {_WORDS}"
    return Reply(_thread(day), f"msg{number}", Member(GROUP, f"u{member}"), text, at)


def days_for(replies: int) -> int:
    """How many rounds so many replies need."""
    return replies // MEMBERS + 1


def instant(number: int) -> datetime:
    """When the reply of that number was written."""
    return reply(number).at


def _thread(number: int) -> Thread:
    return Thread(CHANNEL, f"t{number}")


def _round(number: int) -> Round:
    at = START + timedelta(days=number) - timedelta(hours=1)
    return Round(
        id=f"r{number}",
        channel=CHANNEL,
        question=question(number % 20),
        asked_by=None,
        asked_at=at,
        reveal_at=at + timedelta(days=1),
        closes_at=at + timedelta(days=7),
        planned=None,
        posting=PostingState.POSTING,
        claim=Claim(OWNER, 1, at + timedelta(minutes=1)),
        message=None,
        thread=None,
        reason=None,
    )
