"""Prompts of forums, and prompts that have to be found again."""

import pytest

from tests.contracts.discord_world import DiscordWorld
from tests.fakes import Outcome
from tests.platforms.discord.happenings import (
    ANSWER,
    BENS,
    OTHER,
    channel,
    newest_round,
    requests,
    text_kept,
)


async def test_a_forum_gets_a_post_for_each_question(world: DiscordWorld) -> None:
    forum = world.guild.create_forum_channel("questions")
    world.channel = forum
    await world.settle()
    await world.command("ada", "/question backend")
    round_ = await newest_round(world)
    assert round_.thread is not None and len(forum.threads) == 1
    await world.say("ada", ANSWER)
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.press("ben", "Hint")
    assert (await world.sees("ben"))[-1].title == "Hint 1 of 2"
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS


async def test_a_forum_post_of_unknown_outcome_is_found_and_not_doubled(world: DiscordWorld) -> None:
    world.channel = world.guild.create_forum_channel("questions")
    await world.settle()
    world.next_post(Outcome.ANSWER_LOST)
    await world.command("ada", "/question backend")
    await world.advance(minutes=3)
    await world.ring()
    await world.ring()
    assert len(world.channel.threads) == 1
    round_ = await newest_round(world)
    await world.say("ada", OTHER)
    assert await text_kept(world, "ada", round_) == OTHER


@pytest.mark.bad_input(78)
async def test_a_prompt_far_back_in_the_channel_is_found_again(world: DiscordWorld) -> None:
    world.next_post(Outcome.ANSWER_LOST)
    await world.command("ada", "/question backend")
    for number in range(230):
        world.env.backend.create_message(
            world.channel.id, world.people["ben"].id, f"chat {number}", broadcast=False
        )
        world.env.backend.advance_clock(0.2)
    await world.advance(minutes=3)
    await world.ring()
    round_ = await newest_round(world)
    assert round_.message is not None
    own = [one for one in world.messages() if one.author_id == world.env.backend.bot_user.id]
    assert len([one for one in own if one.channel_id == world.channel.id]) == 1


@pytest.mark.bad_input(77)
async def test_a_look_up_that_fails_means_wait(world: DiscordWorld) -> None:
    world.next_post(Outcome.LOST)
    await world.command("ada", "/question backend")
    await world.advance(minutes=3)
    world.env.inject_error("GET", "/channels/*/messages", status=500, times=3)
    before = requests(world, "POST", f"/channels/{world.channel.id}/messages")
    for _ in range(3):
        await world.ring()
    assert requests(world, "POST", f"/channels/{world.channel.id}/messages") == before
    await world.advance(minutes=5)
    await world.ring()
    await world.ring()
    assert requests(world, "POST", f"/channels/{world.channel.id}/messages") == before + 1
    assert (await newest_round(world)).channel == channel(world)
