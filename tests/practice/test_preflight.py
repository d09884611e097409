"""Rights are looked up before a schedule is accepted, and posts that are forbidden again and again stop."""

import pytest

from bot.domain.refusals import ChannelShut, MissingRights, PostFailed
from bot.domain.schedules import ScheduleState
from bot.practice import asking, recovery, scheduling
from bot.practice.outcomes import Trouble
from bot.practice.ports import LookupFailed, PostRefused
from bot.practice.scheduling import Wish
from tests.practice.group import ADA, HERE, STUDY, Group, group


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


def forbidden() -> PostRefused:
    return PostRefused("Send Messages is missing", forbidden=True)


async def set_daily(here: Group) -> None:
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00"))


async def ring_daily(here: Group, days: int) -> None:
    here.clock.advance(minutes=65)
    for _ in range(days):
        await asking.post_due(here.ports)
        await recovery.settle(here.ports)
        here.clock.advance(days=1)


async def test_a_schedule_is_refused_where_rights_are_missing(here: Group) -> None:
    here.chat.lacking = ("Send Messages in Threads", "Embed Links")
    with pytest.raises(MissingRights) as refused:
        await set_daily(here)
    assert refused.value.rights == here.chat.lacking
    assert await scheduling.schedules(here.ports, HERE) == ()


async def test_a_paused_schedule_is_not_resumed_where_rights_are_missing(here: Group) -> None:
    await set_daily(here)
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    here.chat.lacking = ("Send Messages",)
    with pytest.raises(MissingRights):
        await scheduling.resume(here.ports, STUDY, ADA, "daily")
    (planning,) = await scheduling.schedules(here.ports, HERE)
    assert planning.schedule.state is ScheduleState.PAUSED


async def test_rights_that_cannot_be_looked_up_keep_nobody_from_a_schedule(
    here: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_channel: object) -> tuple[str, ...]:
        raise LookupFailed("500")

    monkeypatch.setattr(here.chat, "missing", fails)
    await set_daily(here)
    assert len(await scheduling.schedules(here.ports, HERE)) == 1


@pytest.mark.bad_input(66)
async def test_three_forbidden_daily_posts_pause_the_channel_and_are_told_at_the_first_and_the_last(
    here: Group,
) -> None:
    await set_daily(here)
    here.chat.outcomes += [forbidden() for _ in range(9)]
    await ring_daily(here, 9)
    assert here.chat.requests == 3
    assert [notice.trouble for _, notice in here.chat.notices] == [Trouble.POST_FAILED, Trouble.CHANNEL_SHUT]
    (planning,) = await scheduling.schedules(here.ports, HERE)
    assert planning.schedule.state is ScheduleState.PAUSED
    assert planning.schedule.pause_reason == "not allowed: Send Messages is missing"


@pytest.mark.bad_input(66)
async def test_after_three_forbidden_posts_nothing_is_tried_for_an_hour(here: Group) -> None:
    here.chat.outcomes += [forbidden() for _ in range(4)]
    for _ in range(3):
        with pytest.raises(PostFailed):
            await here.asked()
    shut_at = here.clock.now()
    here.clock.advance(minutes=59)
    with pytest.raises(ChannelShut) as refused:
        await here.asked()
    assert (refused.value.until - shut_at).total_seconds() == 3600
    assert here.chat.requests == 3
    here.clock.advance(minutes=1)
    with pytest.raises(PostFailed):
        await here.asked()
    assert here.chat.requests == 4, "one try an hour"
    here.clock.advance(minutes=30)
    with pytest.raises(ChannelShut):
        await asking.ask_this(here.ports, STUDY, ADA, "backend-q1")


async def test_a_post_that_arrives_begins_the_count_anew(here: Group) -> None:
    here.chat.outcomes += [forbidden(), forbidden()]
    for _ in range(2):
        with pytest.raises(PostFailed):
            await here.asked()
    await here.asked()
    here.chat.outcomes += [forbidden(), forbidden()]
    for _ in range(2):
        with pytest.raises(PostFailed):
            await here.asked()
    await here.asked()


async def test_other_refusals_shut_nothing(here: Group) -> None:
    here.chat.outcomes += [PostRefused("too long") for _ in range(4)]
    for _ in range(4):
        with pytest.raises(PostFailed):
            await here.asked()
    await here.asked()
