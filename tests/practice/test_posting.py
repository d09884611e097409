"""Asking, claiming, posting, binding; and what recovery makes of outcomes that nobody knows (PROMISES, "Posting")."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.bank import EmptyPool, NoSuchValue
from bot.domain.places import Platform
from bot.domain.questions import Filters
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import Claim, PostingState, Round
from bot.practice import asking, posting, recovery, scheduling
from bot.practice.outcomes import SkipReason
from bot.practice.ports import OutcomeUnknown, PostRefused, Rules, StoreUnavailable
from bot.practice.scheduling import Wish
from tests.fakes import EVERYWHERE, LONG_AGO, FakeChat, Outcome
from tests.memory_store import MemoryStore
from tests.practice.group import ABROAD, ADA, BEN, HERE, LOUNGE, STRANGER, STUDY, Group, bank, group, utc

SECONDS = timedelta(seconds=1)


@pytest.fixture
async def here() -> Group:
    return group()


async def kept(here: Group, round_: Round) -> Round:
    found = await here.ports.store.read(lambda tx: tx.round(round_.channel.workspace, round_.id))
    assert found is not None
    return found


async def in_flight(here: Group) -> Round:
    """The round whose posting is not settled."""
    far = here.clock.now() + timedelta(days=1)
    (found,) = await here.ports.store.read(lambda tx: tx.stale_postings(far, EVERYWHERE, 9))
    return found


async def lost(here: Group, outcome: object = Outcome.LOST) -> Round:
    here.chat.outcomes.append(outcome)  # type: ignore[arg-type]
    with pytest.raises(PostUnsettled):
        await here.asked()
    return await in_flight(here)


async def test_a_question_is_posted_with_its_thread_and_bound(here: Group) -> None:
    round_ = await here.asked()
    assert (round_.posting, round_.message) == (PostingState.POSTED, "m1")
    assert round_.thread is not None
    assert await kept(here, round_) == round_
    assert round_.reveal_at - round_.asked_at == timedelta(hours=24)
    assert (await here.ports.store.read(lambda tx: tx.round_in(round_.thread))) == round_  # type: ignore[arg-type]


async def test_no_question_comes_twice_in_a_channel_or_to_a_member_before_all_have_come() -> None:
    here = group(questions=bank(4))
    first = [(await here.asked()).question.id for _ in range(4)]
    assert len(set(first)) == 4
    assert len({(await here.asked()).question.id for _ in range(4)}) == 4
    elsewhere = group(questions=bank(4))
    by_ada = (await elsewhere.asked(STUDY, ADA)).question.id
    assert (await elsewhere.asked(LOUNGE, ADA)).question.id != by_ada
    answered = await elsewhere.asked(STUDY, ADA)
    await elsewhere.replied(answered, BEN)
    assert (await elsewhere.asked(LOUNGE, BEN)).question.id != answered.question.id


async def test_channels_have_orders_of_their_own() -> None:
    here = group(questions=bank(40))
    one = [(await here.asked(STUDY, ADA)).question.id for _ in range(6)]
    other = [(await here.asked(ABROAD, STRANGER)).question.id for _ in range(6)]
    assert one != other
    assert asking.seed_of(STUDY) != asking.seed_of(ABROAD) != asking.seed_of(LOUNGE)


async def test_filters_that_fit_nothing_are_refused_and_nothing_is_kept(here: Group) -> None:
    with pytest.raises(NoSuchValue):
        await here.asked(filters=Filters(track="nowhere"))
    with pytest.raises(EmptyPool):
        await here.asked(filters=Filters(level="junior"))
    assert here.chat.requests == 0
    assert await here.ports.store.read(lambda tx: tx.times_asked(STUDY)) == {}


async def test_a_refused_post_fails_with_its_reason_and_the_question_may_come_again(here: Group) -> None:
    here.chat.outcomes.append(Outcome.REFUSED)
    with pytest.raises(PostFailed) as refused:
        await here.asked()
    assert refused.value.reason == "missing permission"
    assert await here.ports.store.read(lambda tx: tx.times_asked(STUDY)) == {}
    assert here.chat.notices == []


@pytest.mark.bad_input(75)
async def test_a_lost_request_is_sent_again_when_it_can_no_longer_land(here: Group) -> None:
    round_ = await lost(here)
    here.clock.advance(seconds=89)
    await recovery.settle(here.ports)
    assert here.chat.requests == 1
    here.clock.advance(seconds=1)
    await recovery.settle(here.ports)
    settled = await kept(here, round_)
    assert (settled.posting, settled.claim.attempt) == (PostingState.POSTED, 2)
    assert settled.thread is not None


@pytest.mark.bad_input(75, 76)
@pytest.mark.parametrize("outcome", [Outcome.ANSWER_LOST, timedelta(seconds=5), timedelta(seconds=29)])
async def test_a_request_that_has_landed_is_adopted(here: Group, outcome: object) -> None:
    round_ = await lost(here, outcome)
    here.clock.advance(seconds=90)
    await recovery.settle(here.ports)
    settled = await kept(here, round_)
    assert (settled.posting, settled.message, settled.claim.attempt) == (PostingState.POSTED, "m1", 1)
    assert here.chat.requests == 1


@pytest.mark.bad_input(77)
async def test_while_the_look_up_fails_nothing_is_posted(here: Group) -> None:
    round_ = await lost(here)
    here.clock.advance(seconds=90)
    here.chat.lookup_faults = 3
    for _ in range(3):
        await recovery.settle(here.ports)
        assert (await kept(here, round_)).posting is PostingState.POSTING
        here.clock.advance(seconds=5)
    assert here.chat.requests == 1
    await recovery.settle(here.ports)
    assert (await kept(here, round_)).posting is PostingState.POSTED


async def test_a_second_unknown_outcome_is_settled_like_the_first(here: Group) -> None:
    round_ = await lost(here)
    for outcome in (Outcome.LOST, Outcome.REFUSED):
        here.clock.advance(seconds=90)
        here.chat.outcomes.append(outcome)
        await recovery.settle(here.ports)
    settled = await kept(here, round_)
    assert (settled.posting, settled.reason) == (PostingState.FAILED, "missing permission")
    assert settled.claim.attempt == 3


async def test_a_member_who_asked_too_long_ago_gets_no_question_any_more(here: Group) -> None:
    round_ = await lost(here)
    here.clock.advance(minutes=15, seconds=1)
    await recovery.settle(here.ports)
    assert (await kept(here, round_)).reason == SkipReason.EXPIRED


async def test_a_daily_question_that_never_arrived_is_given_up_after_the_late_window(here: Group) -> None:
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00"))
    here.clock.at = utc("2026-11-02 09:00")
    here.chat.outcomes.append(Outcome.LOST)
    await asking.post_due(here.ports)
    here.clock.at = utc("2026-11-02 13:00:01")
    await recovery.settle(here.ports)
    (line,) = await scheduling.log(here.ports, STUDY)
    assert (line.state, line.reason) == ("failed", SkipReason.EXPIRED)


async def test_a_post_that_does_not_end_within_its_lease_is_unknown() -> None:
    here = group(rules=Rules("UTC", lease=timedelta(milliseconds=20)))
    await lost(here, Outcome.HANGS)


async def test_a_process_that_stood_still_past_its_lease_sends_nothing(here: Group) -> None:
    store = here.store
    assert isinstance(store, MemoryStore)

    def stand_still() -> None:
        here.clock.advance(seconds=61)

    store.after("add_round", stand_still)
    with pytest.raises(PostUnsettled):
        await here.asked()
    assert here.chat.requests == 0


@pytest.mark.bad_input(98)
async def test_a_process_whose_round_another_has_taken_over_sends_and_binds_nothing(here: Group) -> None:
    round_ = await lost(here)
    store = here.store
    assert isinstance(store, MemoryStore)
    other = here.restarted("other", store.restarted("other"))
    here.clock.advance(seconds=90)
    await recovery.settle(other.ports)
    with pytest.raises(PostUnsettled):
        await posting.put(here.ports, round_)
    bound = await posting.bind(here.ports, round_, "m99")
    assert bound.thread is None
    assert (await kept(here, round_)).message == "m1"
    assert not await here.ports.store.write(
        lambda tx: tx.reclaim_round(round_, Claim("here", 2, here.clock.now()))
    )
    await recovery._post_again(here.ports, round_)
    assert other.chat.requests + here.chat.requests == 2


async def test_nobody_settles_the_posting_of_an_instance_that_is_alive(here: Group) -> None:
    await lost(here)
    store = here.store
    assert isinstance(store, MemoryStore)
    second = store.restarted("other")
    second.living.add("here")
    here.clock.advance(hours=1)
    other = here.restarted("other", second)
    await recovery.settle(other.ports)
    assert other.chat.requests == 0


@pytest.mark.parametrize("fault", [PostRefused("no threads here"), OutcomeUnknown("reset")])
async def test_a_thread_that_could_not_be_opened_is_opened_later(here: Group, fault: Exception) -> None:
    here.chat.thread_faults.append(fault)
    round_ = await here.asked()
    assert round_.thread is None
    await recovery.settle(here.ports)
    assert (await kept(here, round_)).thread is not None


async def test_when_the_store_fails_after_the_post_the_message_is_adopted(here: Group) -> None:
    store = here.store
    assert isinstance(store, MemoryStore)
    here.chat.after_post = lambda round_: store.fail_next_commit()
    with pytest.raises(StoreUnavailable):
        await here.asked()
    here.clock.advance(seconds=90)
    await recovery.settle(here.ports)
    assert [prompt.marker for prompt in here.chat.world.prompts] == [
        round_.id for round_ in [await here.ports.store.read(lambda tx: tx.newest_round(STUDY))] if round_
    ]
    assert here.chat.requests == 1


async def test_two_instances_post_each_due_question_once(here: Group) -> None:
    for number in range(20):
        channel = replace(STUDY, id=f"c{number}")
        await scheduling.set_daily(here.ports, channel, ADA, Wish("09:00"))
    store = here.store
    assert isinstance(store, MemoryStore)
    other = here.restarted("other", store.restarted("other"))
    here.clock.at = utc("2026-11-02 09:00")
    await asyncio.gather(asking.post_due(here.ports), asking.post_due(other.ports))
    prompts = here.chat.world.prompts
    assert len(prompts) == 20
    assert len({prompt.channel for prompt in prompts}) == 20


async def test_a_question_is_claimed_by_one_only(here: Group) -> None:
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00"))
    here.clock.at = utc("2026-11-02 09:00")
    await asking.advance(here.ports)
    (occurrence,) = await here.ports.store.write(lambda tx: tx.pending(EVERYWHERE, LONG_AGO, 9))
    first = await here.ports.store.write(lambda tx: asking.claim(here.ports, occurrence, tx))
    assert first is not None
    assert await here.ports.store.write(lambda tx: asking.claim(here.ports, occurrence, tx)) is None


@pytest.mark.bad_input(96)
async def test_time_that_the_bot_was_down_is_neutral_also_when_it_ends_again_at_once(here: Group) -> None:
    assert await spans(here) == []
    await recovery.note_downtime(here.ports)
    assert await spans(here) == [], "it was never up before"
    await here.asked()
    await recovery.beat(here.ports)
    start = here.clock.now()
    here.clock.advance(minutes=2)
    await recovery.note_downtime(here.ports)
    assert await spans(here) == []
    for hours in (1, 2):
        here.clock.advance(hours=hours)
        await recovery.note_downtime(here.ports)
    assert sum(((end - begin) for begin, end in await spans(here)), timedelta()) == timedelta(
        hours=3, minutes=2
    )
    assert (await spans(here))[0][0] == start


async def test_time_that_a_platform_was_away_is_neutral_on_that_platform_alone(here: Group) -> None:
    await here.asked()
    await here.asked(ABROAD, STRANGER)
    await recovery.beat_platform(here.ports, Platform.SLACK)
    await recovery.beat_platform(here.ports, Platform.DISCORD)
    start = here.clock.now()
    for _ in range(4):
        here.clock.advance(minutes=1)
        await recovery.beat(here.ports)
        await recovery.beat_platform(here.ports, Platform.DISCORD)
    assert await spans(here) == [], "nobody can tell yet for how long"
    here.clock.advance(hours=30)
    await recovery.beat_platform(here.ports, Platform.SLACK)
    assert await spans(here) == [(start, here.clock.now())]
    facts = await here.ports.store.read(lambda tx: tx.facts(STRANGER, "UTC", None, here.clock.now()))
    assert facts.neutral == ()
    here.clock.advance(minutes=1)
    await recovery.beat_platform(here.ports, Platform.SLACK)
    assert len(await spans(here)) == 1


async def spans(here: Group) -> list[tuple[datetime, datetime]]:
    facts = await here.ports.store.read(lambda tx: tx.facts(ADA, "UTC", None, here.clock.now()))
    return [(span.start, span.end or here.clock.now()) for span in facts.neutral]


async def test_the_fake_chat_keeps_the_contract_of_a_platform() -> None:
    here = group()
    chat: FakeChat = here.chat
    round_ = await here.asked()
    assert round_.message is not None
    assert await chat.find(round_) == round_.message
    assert await chat.open_thread(round_, round_.message) == await chat.open_thread(round_, round_.message)
    assert await chat.find(replace(round_, channel=LOUNGE)) is None
    assert STUDY.workspace == HERE


@pytest.mark.bad_input(98)
async def test_a_process_asks_again_whether_the_round_is_its_own_before_it_sends(here: Group) -> None:
    round_ = await lost(here)
    claim = Claim("other", 2, round_.claim.lease_until)
    assert await here.ports.store.write(lambda tx: tx.reclaim_round(round_, claim))
    with pytest.raises(PostUnsettled):
        await posting.put(here.ports, round_)
    assert here.chat.requests == 1


async def test_a_look_up_leaves_a_request_alone_that_is_still_on_its_way(here: Group) -> None:
    looked: list[bool] = []

    class Slow(FakeChat):
        """A chat during whose request the clock jumps a day, and the timer rings."""

        async def post(self, round_: Round, late: bool) -> str:
            here.clock.advance(days=1)
            looked.append(round_.id in ports.in_flight)
            await recovery.settle(ports)
            return await super().post(round_, late)

    ports = replace(here.ports, chat=Slow(here.clock, here.chat.world))
    round_ = await asking.ask(ports, STUDY, ADA, Filters())
    assert looked == [True]
    assert ports.in_flight.in_channel(STUDY) == ()
    assert round_.posting is PostingState.POSTED
    assert len(here.chat.world.prompts) == 1


async def test_a_thread_that_cannot_be_opened_is_given_up_after_a_day(here: Group) -> None:
    here.chat.thread_faults.extend([PostRefused("no threads here")] * 2)
    round_ = await here.asked()
    here.clock.advance(hours=23)
    await recovery.settle(here.ports)
    assert here.chat.thread_faults == []
    here.clock.advance(hours=2)
    await recovery.settle(here.ports)
    assert (await kept(here, round_)).thread is None
