"""What people wrote, changed and deleted while the bot was away is there afterwards, once, with its own time."""

import asyncio
from datetime import timedelta

import pytest

from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    ANSWER,
    BENS,
    OTHER,
    answer_of,
    asked,
    emit,
    event,
    replies,
    requests,
    text_kept,
    written,
)


@pytest.mark.bad_input(51, 56)
async def test_messages_of_the_time_away_are_collected_once_with_their_own_time(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    await world.advance(minutes=10)
    said_at = world.clock.now()
    written(world, "ada", ANSWER)
    await world.advance(hours=2)
    written(world, "ben", BENS)
    await world.come_back()
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.text == ANSWER and answer.at == said_at
    assert await text_kept(world, "ben", round_) == BENS
    seen = await world.sees("ada")
    assert [one.title for one in seen if one.author is None].count("Kept. Day 1, a streak begins.") == 2
    await world.restart()
    assert len(await replies(world, round_)) == 2 and await world.sees("ada") == seen


async def test_an_answer_of_the_time_away_credits_the_day_it_was_written(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    await world.advance(hours=15, minutes=30)  # 23:30 on the same day
    written(world, "ada", ANSWER)
    await world.advance(hours=2)
    await world.come_back()
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.local_date.isoformat() == "2026-11-02"
    await world.command("ada", "/streak")
    assert (await world.sees("ada"))[-1].title == "Streak: 1 day"


async def test_an_edit_of_the_time_away_is_followed(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    await world.go()
    await world.advance(minutes=5)
    world.env.backend.edit_message(message.channel_id, message.id, {"content": OTHER})
    await world.come_back()
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.text == OTHER and answer.version == 2


async def test_a_deletion_of_the_time_away_is_followed(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    await world.go()
    await world.advance(minutes=5)
    world.env.backend.delete_message(message.channel_id, message.id)
    await world.come_back()
    assert await text_kept(world, "ada", round_) is None
    (kept,) = await replies(world, round_)
    assert kept.deleted_at is not None


async def test_what_was_written_and_deleted_while_away_leaves_nothing(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    message = written(world, "ada", ANSWER)
    world.env.backend.delete_message(message.channel_id, message.id)
    await world.come_back()
    assert await replies(world, round_) == []


async def test_the_order_of_the_time_away_decides_which_reply_is_the_answer(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    for text in ("short", ANSWER, OTHER):
        await world.advance(seconds=5)
        written(world, "ada", text)
    await world.come_back()
    assert await text_kept(world, "ada", round_) == ANSWER
    assert [stored.reply.text for stored in await replies(world, round_)] == ["short", ANSWER, OTHER]


@pytest.mark.bad_input(60)
async def test_a_long_thread_is_read_page_by_page_and_in_order(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    for number in range(250):
        written(world, "ben", f"Line {number} of what ben has to say about it.")
        world.env.backend.advance_clock(0.5)
    written(world, "ada", ANSWER)
    await world.come_back()
    kept = await replies(world, round_)
    assert [stored.reply.text for stored in kept][:3] == [
        f"Line {number} of what ben has to say about it." for number in range(3)
    ]
    assert len(kept) == 251
    assert await text_kept(world, "ada", round_) == ANSWER
    told = [seen.title for seen in await world.sees("ben") if seen.author is None]
    assert told.count("Kept as a comment.") <= 1, "the second comment and all others are only marked"


@pytest.mark.bad_input(51, 80)
async def test_a_new_session_reads_what_the_lost_one_did_not_tell(world: DiscordWorld) -> None:
    round_ = await asked(world)
    shard = world.platform.client.shards[0]
    await shard.disconnect()
    written(world, "ada", ANSWER, tell=True)
    assert await text_kept(world, "ada", round_) is None
    await shard.reconnect()
    async with asyncio.timeout(5):  # SimCord does not wait for what a reconnection begins
        while await text_kept(world, "ada", round_) is None:
            await asyncio.sleep(0.01)
    await world.settle()
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(51)
async def test_an_event_that_comes_after_the_catching_up_changes_nothing(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.go()
    message = written(world, "ada", ANSWER)
    await world.come_back()
    before = await world.sees("ada")
    await emit(world, "MESSAGE_CREATE", event(world, message))
    assert len(await replies(world, round_)) == 1 and await world.sees("ada") == before


@pytest.mark.bad_input(77)
async def test_a_thread_that_cannot_be_read_now_is_read_later_and_holds_up_no_other(
    world: DiscordWorld,
) -> None:
    first = await asked(world)
    second = await asked(world, "ben")
    assert first.thread is not None and second.thread is not None
    await world.go()
    backend = world.env.backend
    backend.create_message(int(first.thread.id), world.people["ada"].id, ANSWER, broadcast=False)
    backend.create_message(int(second.thread.id), world.people["ben"].id, BENS, broadcast=False)
    world.env.inject_error("GET", f"/channels/{first.thread.id}/messages", status=500, times=1)
    await world.come_back()
    assert await text_kept(world, "ben", second) == BENS
    await world.restart()
    assert await text_kept(world, "ada", first) == ANSWER


@pytest.mark.bad_input(58)
async def test_a_round_that_closed_while_away_takes_what_was_said_before_and_after(
    world: DiscordWorld,
) -> None:
    round_ = await asked(world)
    await world.advance(days=6, hours=20)
    await world.go()
    written(world, "ada", ANSWER)
    await world.advance(hours=6)
    written(world, "ben", BENS)
    await world.come_back()
    on_time, late = await answer_of(world, "ada", round_), await answer_of(world, "ben", round_)
    assert on_time is not None and not on_time.late
    assert late is not None and late.late


async def test_a_quiet_restart_reads_each_open_thread_once(world: DiscordWorld) -> None:
    await asked(world)
    await asked(world, "ben")
    before = requests(world, "GET", "/messages")
    await world.restart()
    assert requests(world, "GET", "/messages") - before <= 4


@pytest.mark.bad_input(50)
async def test_bots_and_hooks_of_the_time_away_are_passed_over(world: DiscordWorld) -> None:
    round_ = await asked(world)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    hook = world.guild.create_webhook(world.channel)
    await world.go()
    backend = world.env.backend
    backend.create_message(world.thread.id, robot.id, "A robot says so, at some length.", broadcast=False)
    backend.create_message(
        world.thread.id,
        hook._webhook.webhook_user_id,
        "A hook says so, at some length.",
        webhook_id=hook.id,
        broadcast=False,
    )
    await world.come_back()
    assert await replies(world, round_) == []


async def test_a_gap_of_weeks_is_read_as_far_as_rounds_are_open(world: DiscordWorld) -> None:
    old = await asked(world)
    await world.go()
    written(world, "ada", ANSWER)
    await world.advance(days=30)
    await world.come_back()
    assert await text_kept(world, "ada", old) is None, (
        "it closed weeks ago; a later message is followed as always"
    )
    assert world.clock.now() - old.closes_at > timedelta(days=20)


@pytest.mark.bad_input(94)
@pytest.mark.parametrize("minutes", [-8, -1, 1, 8])
async def test_a_clock_that_is_some_minutes_off_loses_no_message_and_no_answer(
    world: DiscordWorld, minutes: int
) -> None:
    world.clock.ahead = timedelta(minutes=minutes)
    round_ = await asked(world)
    await world.go()
    await world.advance(seconds=30)
    written(world, "ada", ANSWER)
    await world.come_back()
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS
    assert (await world.sees("ben"))[-1].title == "Kept. Day 1, a streak begins."
