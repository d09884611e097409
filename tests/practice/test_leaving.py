"""Channels that go and workspaces that remove the bot: schedules pause, data stays, and goes after a while."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.domain.schedules import ScheduleState
from bot.practice import leaving, scheduling
from bot.practice.outcomes import Trouble
from bot.practice.records import Transaction
from bot.practice.scheduling import Wish
from tests.practice.group import ABROAD, ADA, HERE, LOUNGE, STRANGER, STUDY, THERE, Group, group

T = TypeVar("T")


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02, with two schedules."""
    made = group()
    for channel in (STUDY, LOUNGE):
        await scheduling.set_daily(made.ports, channel, ADA, Wish("09:00"))
    return made


async def states(here: Group) -> dict[str, ScheduleState]:
    found = await scheduling.schedules(here.ports, HERE)
    return {planning.schedule.channel.id: planning.schedule.state for planning in found}


@pytest.mark.bad_input(62, 63)
async def test_a_channel_that_is_gone_pauses_its_schedules_only_and_is_told_once(here: Group) -> None:
    for _ in range(2):
        await leaving.channel_gone(here.ports, STUDY, "the channel was deleted")
    assert await states(here) == {"study": ScheduleState.PAUSED, "lounge": ScheduleState.ACTIVE}
    assert [notice.trouble for _, notice in here.chat.notices] == [Trouble.CHANNEL_GONE]


@pytest.mark.bad_input(67, 68)
async def test_a_workspace_that_comes_back_keeps_its_data_and_waits_for_a_manager(here: Group) -> None:
    round_ = await here.asked()
    await leaving.left(here.ports, HERE)
    assert set((await states(here)).values()) == {ScheduleState.PAUSED}
    here.clock.advance(days=20)
    await leaving.came_back(here.ports, HERE)
    here.clock.advance(days=20)
    await leaving.forget_old(here.ports)
    assert await here.ports.store.read(lambda tx: tx.round(HERE, round_.id)) is not None
    assert set((await states(here)).values()) == {ScheduleState.PAUSED}
    await scheduling.resume(here.ports, STUDY, ADA, "daily")


@pytest.mark.bad_input(67, 68)
async def test_what_is_kept_of_a_workspace_that_stays_away_goes_after_thirty_days(here: Group) -> None:
    gone = await here.asked()
    stays = await here.asked(ABROAD, STRANGER)
    await leaving.left(here.ports, HERE)
    here.clock.advance(days=29)
    await leaving.left(here.ports, HERE)  # told again, which does not begin the time anew
    await leaving.forget_old(here.ports)
    assert await here.ports.store.read(lambda tx: tx.round(HERE, gone.id)) is not None
    here.clock.advance(days=1, seconds=1)
    await leaving.forget_old(here.ports)
    assert await here.ports.store.read(lambda tx: tx.round(HERE, gone.id)) is None
    assert await states(here) == {}
    assert await here.ports.store.read(lambda tx: tx.round(THERE, stays.id)) is not None
    assert HERE not in await here.ports.store.read(lambda tx: tx.workspaces())


async def test_a_workspace_that_comes_back_while_old_ones_are_forgotten_stays(here: Group) -> None:
    round_ = await here.asked()
    await leaving.left(here.ports, HERE)
    here.clock.advance(days=31)

    class BackMeanwhile:
        async def read(self, work: Callable[[Transaction], T]) -> T:
            found = await here.ports.store.read(work)
            await leaving.came_back(here.ports, HERE)
            return found

        async def write(self, work: Callable[[Transaction], T]) -> T:
            return await here.ports.store.write(work)

    await leaving.forget_old(replace(here.ports, store=BackMeanwhile()))
    assert await here.ports.store.read(lambda tx: tx.round(HERE, round_.id)) is not None


@pytest.mark.bad_input(61)
async def test_the_inbox_forgets_after_a_week(here: Group) -> None:
    now = here.clock.now()

    async def take() -> bool:
        return await here.ports.store.write(lambda tx: tx.take_event(HERE, "Ev1", now, "{}"))

    assert (await take(), await take()) == (True, False)
    here.clock.advance(days=7)
    await leaving.forget_old(here.ports)
    assert not await take()
    here.clock.at += timedelta(seconds=1)
    await leaving.forget_old(here.ports)
    assert await take()
