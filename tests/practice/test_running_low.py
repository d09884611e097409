"""A manager is told when few questions of a schedule are new to its channel, once in each turn of the pool."""

from dataclasses import replace

import pytest

from bot.practice import asking, recovery, scheduling
from bot.practice.outcomes import Trouble
from bot.practice.running_low import LOW
from bot.practice.scheduling import Wish
from tests.practice.group import ADA, STUDY, Group, bank, group


async def told_by_day(here: Group, days: int) -> list[int]:
    """The days, counted from 0, after whose question the managers were told."""
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00"))
    here.clock.advance(minutes=61)
    return await told_from_now(here, days)


async def told_from_now(here: Group, days: int) -> list[int]:
    told = []
    for number in range(days):
        await asking.post_due(here.ports)
        await recovery.settle(here.ports)
        notices = [notice for _, notice in here.chat.notices if notice.trouble is Trouble.POOL_LOW]
        if notices:
            told.append(number)
            assert notices[0].reason == str(LOW)
            here.chat.notices.clear()
        here.clock.advance(days=1)
    return told


@pytest.mark.parametrize(("size", "days"), [(12, [6, 18]), (20, [14])])
async def test_it_is_told_once_in_each_turn_when_five_are_left(size: int, days: list[int]) -> None:
    assert await told_by_day(group(questions=bank(size)), 26) == days


async def test_a_small_pool_says_nothing_day_after_day() -> None:
    assert await told_by_day(group(questions=bank(10)), 25) == []


async def test_questions_that_were_added_make_it_news_again_in_the_same_turn() -> None:
    here = group(questions=bank(12))
    assert await told_by_day(here, 7) == [6]
    here = replace(here, ports=replace(here.ports, bank=bank(16)))
    assert await told_from_now(here, 6) == [3]
