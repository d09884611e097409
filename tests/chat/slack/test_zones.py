"""The first answer of somebody new is dated by their own zone, which Slack tells, in whatever way it is heard."""

from datetime import date, timedelta

import pytest

from bot.domain.places import Member, Platform, Workspace
from tests.contracts.slack_world import SlackWorld, slack_world
from tests.memory_store import MemoryStore

TEAM = Workspace(Platform.SLACK, "T0TEAM")
FAR = "Pacific/Kiritimati"
ANSWER = "My own answer, long enough to count."


async def credited(store: MemoryStore, member: str) -> tuple[date, ...]:
    return await store.read(lambda tx: tx.practice_days(Member(TEAM, member), date(2026, 1, 1)))


@pytest.mark.parametrize("way", ["reply", "form", "read again"])
async def test_the_first_answer_counts_for_the_day_where_its_author_lives(way: str) -> None:
    store = MemoryStore()
    async with slack_world(store, False, SlackWorld) as world:
        await world.join("ada")
        world.there.join("eve", ("C0STUDY",), tz=FAR)
        await world.say("ada", "/question backend")
        await world.advance(hours=4)
        here, there = world.clock.now().date(), (world.clock.now() + timedelta(hours=14)).date()
        assert there > here
        if way == "reply":
            said = world.people.write("U0EVE", "C0STUDY", ANSWER, world.newest_prompt().ts)
            await world.advance(seconds=2)  # an event arrives later than it happened
            await world.people.event(world.people.said(said))
            await world.settled()
        elif way == "form":
            await world.press("eve", "Answer")
            await world.fill("eve", {"text": ANSWER})
        else:
            await world.end()
            prompt = world.newest_prompt()
            world.people.write("U0EVE", "C0STUDY", ANSWER, prompt.ts)
            await world.advance(seconds=30)
            await world.start()
            await world.settled()
        assert await credited(store, "U0EVE") == (there,)
