"""People see a question, and reply, before the bot has noted its thread: what they say then is heard all the same."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.places import Platform, Thread
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import Reply, Round
from bot.practice import answering, catching_up, recovery
from bot.practice.catching_up import Found
from bot.practice.flights import Flight, Flights
from bot.practice.outcomes import Kept, Verdict
from bot.practice.ports import OutcomeUnknown, Rules, StoreUnavailable
from tests.fakes import FakeChat, Outcome
from tests.memory_store import MemoryStore
from tests.practice.group import ABROAD, BEN, LOUNGE, OWN_WORDS, STRANGER, STUDY, Group, group, thread_of

FIRST_THREAD = Thread(STUDY, "thread-m1")


class SlowChat(FakeChat):
    """A chat that opens no thread until it may; `wanted` is set when one is asked for."""

    def slow(self) -> "SlowChat":
        """Be slow from now on."""
        self.threads = 0
        self.wanted, self.may = asyncio.Event(), asyncio.Event()
        return self

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """The thread, when it may be opened."""
        self.threads += 1
        self.wanted.set()
        await self.may.wait()
        return await super().open_thread(round_, message)


class NobodyWaits(Flights):
    """Flights for which a test expects no waiting."""

    async def landed(self, flights: Collection[Flight], within: float | None = None) -> bool:
        """Never called."""
        raise AssertionError(f"waited for {flights}, {within}")


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


def slowed(here: Group, patience: float = 60.0) -> tuple[Group, SlowChat]:
    """The same with a slow chat, and with replies that wait for so many seconds."""
    chat = SlowChat(here.clock, here.chat.world).slow()
    return replace(here, chat=chat, ports=replace(here.ports, chat=chat, in_flight=Flights(patience))), chat


def early(here: Group, text: str = OWN_WORDS, thread: Thread = FIRST_THREAD) -> Reply:
    """What ben says under the first question."""
    return Reply(thread, "early", BEN, text, here.clock.now())


async def turns() -> None:
    """Let everything go on that can."""
    for _ in range(50):
        await asyncio.sleep(0)


async def words(here: Group) -> list[str]:
    """The answers to the newest question."""
    round_ = await here.ports.store.read(lambda tx: tx.newest_round(STUDY))
    assert round_ is not None
    answers = await here.ports.store.read(lambda tx: tx.answers_of(round_.id, STUDY.workspace))
    return [answer.text for answer in answers if answer.withdrawn_at is None]


@pytest.mark.parametrize("step", ["the prompt lands", "it was sent", "bind_prompt", "commit", "bind_thread"])
async def test_a_reply_at_any_moment_of_the_posting_is_kept(here: Group, step: str) -> None:
    said: list[asyncio.Task[Kept]] = []

    def say(_round: Round | None = None) -> None:
        if not said and here.chat.requests > (step == "it was sent"):
            said.append(asyncio.ensure_future(answering.receive(here.ports, early(here))))

    store = here.store
    assert isinstance(store, MemoryStore)
    if step == "the prompt lands":
        here.chat.requests = 1
        here.chat.before_post = say
    elif step == "it was sent":
        here.chat.requests = 1
        here.chat.after_post = say
    else:
        store.after(step, say)
    await here.asked()
    (kept,) = await asyncio.gather(*said)
    assert kept.verdict is Verdict.ACCEPTED
    assert await words(here) == [OWN_WORDS]


async def test_an_edit_and_a_deletion_in_the_gap_are_followed_like_the_message(here: Group) -> None:
    here, chat = slowed(here)
    asked = asyncio.ensure_future(here.asked())
    await chat.wanted.wait()
    other = "Other words of mine, and enough of them."
    later = here.clock.now() + timedelta(seconds=1)
    edited = asyncio.ensure_future(answering.edited(here.ports, early(here, other), later))
    said = early(here)
    gone = answering.deleted(here.ports, FIRST_THREAD, "gone", BEN, said.at, later)
    deleted = asyncio.ensure_future(gone)
    await turns()
    assert not edited.done() and not deleted.done()
    chat.may.set()
    await asked
    assert (await edited).verdict is Verdict.ACCEPTED and (await deleted).verdict is Verdict.REMOVED
    assert await words(here) == [other]
    late = await answering.receive(here.ports, replace(said, message="gone"))
    assert late.verdict is not Verdict.ACCEPTED, "a deleted message never comes back"


async def test_a_thread_that_is_noted_while_a_reply_is_looked_up_is_found(here: Group) -> None:
    here.chat.thread_faults.append(OutcomeUnknown("reset"))
    round_ = await here.asked()
    store, flight = here.store, here.ports.in_flight.under_way(round_)
    assert isinstance(store, MemoryStore)

    def note_thread() -> None:
        if round_.id in here.ports.in_flight:
            flight.__exit__(None, None, None)
            store.write_now(lambda tx: tx.bind_thread(round_, FIRST_THREAD))

    flight.__enter__()
    store.after("commit", note_thread)
    assert (await answering.receive(here.ports, early(here))).verdict is Verdict.ACCEPTED


async def test_nobody_waits_while_nothing_is_on_its_way_in_that_channel(here: Group) -> None:
    ports = replace(here.ports, in_flight=NobodyWaits())
    for channel in (LOUNGE, ABROAD):
        round_ = replace(await here.asked(channel, STRANGER if channel == ABROAD else BEN), id="elsewhere")
        with ports.in_flight.under_way(round_):
            kept = await answering.receive(ports, early(here, thread=Thread(STUDY, "nobody's")))
            assert kept.verdict is Verdict.ELSEWHERE


async def test_a_reply_to_an_older_question_never_waits_for_a_newer_one(here: Group) -> None:
    first = await here.asked()
    ports = replace(here.ports, in_flight=NobodyWaits())
    with ports.in_flight.under_way(replace(first, id="newer")):
        kept = await answering.receive(ports, early(here, thread=thread_of(first)))
    assert kept.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        (Outcome.REFUSED, PostFailed),
        (Outcome.LOST, PostUnsettled),
        (Outcome.HANGS, PostUnsettled),
        ("store", StoreUnavailable),
        ("canceled", asyncio.CancelledError),
    ],
)
async def test_a_post_that_fails_releases_who_waits(
    outcome: Outcome | str, refusal: type[BaseException]
) -> None:
    lease = timedelta(milliseconds=50) if outcome is Outcome.HANGS else timedelta(seconds=60)
    here = group(rules=Rules("UTC", lease=lease))
    store, ports = here.store, replace(here.ports, in_flight=Flights(patience=60.0))
    assert isinstance(store, MemoryStore)
    said: list[asyncio.Task[Kept]] = []

    def say(_round: Round) -> None:
        said.append(asyncio.ensure_future(answering.receive(ports, early(here))))
        if outcome == "canceled":
            asked.cancel()

    here.chat.before_post = say
    if isinstance(outcome, Outcome):
        here.chat.outcomes.append(outcome)
    elif outcome == "store":
        store.after("bind_prompt", store.fail_next_commit)
    asked = asyncio.ensure_future(replace(here, ports=ports).asked())
    with pytest.raises(refusal):
        await asked
    assert [kept.verdict for kept in await asyncio.gather(*said)] == [Verdict.ELSEWHERE]
    assert ports.in_flight.in_channel(STUDY) == ()


async def test_a_thread_that_cannot_be_opened_releases_who_waits(here: Group) -> None:
    here.chat.thread_faults.append(OutcomeUnknown("reset"))
    here.chat.after_post = lambda _: said.append(
        asyncio.ensure_future(answering.receive(here.ports, early(here)))
    )
    said: list[asyncio.Task[Kept]] = []
    await here.asked()
    assert [kept.verdict for kept in await asyncio.gather(*said)] == [Verdict.ELSEWHERE]


async def test_who_has_waited_too_long_asks_to_be_told_again_and_holds_up_no_question(here: Group) -> None:
    here, chat = slowed(here, patience=0.01)
    asked = asyncio.ensure_future(here.asked())
    await chat.wanted.wait()
    with pytest.raises(StoreUnavailable):
        await answering.receive(here.ports, early(here))
    chat.may.set()
    await asked
    assert (await answering.receive(here.ports, early(here))).verdict is Verdict.ACCEPTED


async def test_a_reply_while_a_late_prompt_is_adopted_is_kept(here: Group) -> None:
    here, chat = slowed(here)
    here.chat.outcomes.append(Outcome.ANSWER_LOST)
    with pytest.raises(PostUnsettled):
        await here.asked()
    here.clock.advance(seconds=90)
    settled = asyncio.ensure_future(recovery.settle(here.ports))
    await chat.wanted.wait()
    said = asyncio.ensure_future(answering.receive(here.ports, early(here)))
    await turns()
    chat.may.set()
    await settled
    assert (await said).verdict is Verdict.ACCEPTED


async def test_a_reply_while_a_missing_thread_is_opened_is_kept(here: Group) -> None:
    here.chat.thread_faults.append(OutcomeUnknown("reset"))
    await here.asked()
    here, chat = slowed(here)
    settled = asyncio.ensure_future(recovery.settle(here.ports))
    await chat.wanted.wait()
    said = asyncio.ensure_future(answering.receive(here.ports, early(here)))
    await turns()
    chat.may.set()
    await settled
    assert (await said).verdict is Verdict.ACCEPTED


async def test_a_thread_that_is_just_being_opened_is_not_opened_by_the_look_up_too(here: Group) -> None:
    here, chat = slowed(here)
    asked = asyncio.ensure_future(here.asked())
    await chat.wanted.wait()
    settled = asyncio.ensure_future(recovery.settle(here.ports))
    await turns()
    assert settled.done() and chat.threads == 1
    chat.may.set()
    assert (await asked).thread is not None


async def test_what_is_read_after_a_gap_waits_for_the_question_on_its_way(here: Group) -> None:
    here, chat = slowed(here)

    async def history(_thread: Thread, _after: datetime) -> AsyncIterator[Sequence[Found]]:
        yield [Found(early(here))]

    asked = asyncio.ensure_future(here.asked())
    await chat.wanted.wait()
    reading = asyncio.ensure_future(catching_up.read_all_again(here.ports, Platform.SLACK, history))
    await turns()
    assert not reading.done()
    assert await catching_up.open_threads(here.ports, Platform.DISCORD) == []
    chat.may.set()
    await asked
    assert await reading
    assert await words(here) == [OWN_WORDS]
