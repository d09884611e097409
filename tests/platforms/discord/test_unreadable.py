"""Without Read Message History, Discord shows an empty page in place of a refusal: that means nothing was deleted."""

import pytest

from tests.contracts.discord_world import DiscordWorld
from tests.fakes import Outcome
from tests.platforms.discord.happenings import ANSWER, BENS, asked, replies, requests, text_kept, written
from tests.platforms.discord.test_rights import deny

HISTORY = "read_message_history"


@pytest.mark.bad_input(66, 77)
async def test_a_thread_that_may_not_be_read_keeps_its_answers_and_is_read_when_it_may(
    world: DiscordWorld,
) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.advance(seconds=5)
    await world.go()
    written(world, "ben", BENS)
    await deny(world, HISTORY)
    await world.come_back()
    (kept,) = await replies(world, round_)
    assert kept.deleted_at is None and await text_kept(world, "ada", round_) == ANSWER
    await deny(world)
    await world.advance(minutes=6)
    assert await text_kept(world, "ben", round_) == BENS


@pytest.mark.bad_input(66, 77)
@pytest.mark.parametrize("forum", [False, True])
async def test_a_prompt_is_not_posted_again_where_it_could_not_be_looked_for(
    world: DiscordWorld, forum: bool
) -> None:
    if forum:
        world.channel = world.guild.create_forum_channel("questions")
        await world.settle()
    world.next_post(Outcome.ANSWER_LOST)
    await world.command("ada", "/question backend")
    await deny(world, HISTORY)
    path = "threads" if forum else "messages"
    before = requests(world, "POST", f"/channels/{world.channel.id}/{path}")
    looked = len(world.env.http_requests)
    await world.advance(minutes=3)
    await world.ring()
    assert len(world.env.http_requests) == looked, "what may not be read is not asked for"
    assert requests(world, "POST", f"/channels/{world.channel.id}/{path}") == before
    await deny(world)
    await world.ring()
    assert requests(world, "POST", f"/channels/{world.channel.id}/{path}") == before
