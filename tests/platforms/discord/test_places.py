"""Channels and threads that go, shut, move or are not there yet; and the guild itself."""

import discord
import pytest
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.chat.discord.convert import workspace_of
from bot.domain.schedules import ScheduleState
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    ANSWER,
    BENS,
    answer_of,
    asked,
    emit,
    newest_round,
    replies,
    requests,
    text_kept,
    words,
    workspace,
)

ARCHIVED, LOCKED = {"archived": True}, {"archived": True, "locked": True}


async def planned(world: DiscordWorld) -> None:
    await world.command("ada", "/daily set 09:00 track:backend")
    assert await state(world) is ScheduleState.ACTIVE


async def state(world: DiscordWorld) -> ScheduleState:
    (schedule,) = await world.store.read(lambda tx: tx.schedules(workspace(world)))
    return schedule.state


async def told(world: DiscordWorld, name: str = "ada") -> list[str]:
    """What a person has in their direct messages with the bot."""
    place = world.env.backend.dm_channels.get(world.people[name].id)
    ids = set(world.env.backend.messages.get(place, {})) if place is not None else set()
    return [world._seen(one).text for one in world.messages(name) if one.id in ids]


@pytest.mark.bad_input(62)
async def test_a_deleted_channel_pauses_its_schedule_and_tells_who_set_it(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await planned(world)
    study = world.channel
    lobby = world.guild.create_text_channel("lobby")
    with world.env.time_context():
        world.env.backend.delete_channel(study.id)
    world.channel = lobby
    await world.settle()
    assert await state(world) is ScheduleState.PAUSED
    (only,) = await told(world)
    assert only.startswith("The channel is gone") and str(study.id) in only
    answer = await world.store.read(lambda tx: tx.answer(round_.id, round_.asked_by))  # type: ignore[arg-type]
    assert answer is not None and answer.text == ANSWER
    before = requests(world, "POST", "/messages")
    await world.advance(days=2)
    await world.ring()
    assert requests(world, "POST", "/messages") == before


@pytest.mark.bad_input(62)
async def test_a_channel_deleted_while_the_bot_was_down_is_found_at_its_next_post(
    world: DiscordWorld,
) -> None:
    await planned(world)
    lobby = world.guild.create_text_channel("lobby")
    await world.go()
    world.env.backend.delete_channel(world.channel.id)
    world.channel = lobby
    await world.come_back()
    await world.advance(hours=1)
    await world.ring()
    assert await state(world) is ScheduleState.PAUSED
    assert len(await told(world)) == 1


@pytest.mark.bad_input(63)
async def test_a_channel_that_is_renamed_and_moved_is_the_same_channel(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await planned(world)
    category = world.guild.create_category("Archive")
    with world.env.time_context():
        world.env.backend.edit_channel(world.channel.id, {"name": "practice", "parent_id": category.id})
    await world.say("ada", ANSWER)
    await world.advance(hours=1)
    await world.ring()
    assert await text_kept(world, "ada", round_) == ANSWER
    assert (await newest_round(world)).id != round_.id and await state(world) is ScheduleState.ACTIVE


def overwrite(world: DiscordWorld, target: int, kind: OverwriteType, **denied: bool) -> None:
    deny = discord.Permissions(**denied).value
    with world.env.time_context():
        world.env.backend.set_overwrite(world.channel.id, Overwrite(target, kind, 0, deny))


@pytest.mark.bad_input(63, 66)
async def test_a_channel_made_private_refuses_posts_and_its_breaker_opens(world: DiscordWorld) -> None:
    await planned(world)
    bot = world.env.backend.bot_user.id
    overwrite(world, bot, OverwriteType.MEMBER, view_channel=True)
    await world.advance(hours=1)
    await world.ring()
    await world.advance(days=1)
    await world.ring()
    await world.advance(days=1)
    await world.ring()
    assert await state(world) is ScheduleState.PAUSED
    before = len(world.env.http_requests)
    await world.advance(days=3)
    await world.ring()
    assert len(world.env.http_requests) == before
    assert len(await told(world)) <= 2


@pytest.mark.bad_input(64)
async def test_a_prompt_that_a_moderator_deleted_is_not_posted_again(world: DiscordWorld) -> None:
    await planned(world)
    await world.advance(hours=1)
    await world.ring()
    round_ = await newest_round(world)
    await world.say("ada", ANSWER)
    with world.env.time_context():
        world.env.backend.delete_message(world.channel.id, int(round_.message or 0))
    await world.settle()
    for _ in range(3):
        await world.advance(minutes=10)
        await world.ring()
    await world.restart()
    await world.ring()
    assert (await newest_round(world)).id == round_.id
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.say("ben", BENS)
    assert await text_kept(world, "ben", round_) == BENS


@pytest.mark.bad_input(65)
async def test_a_deleted_thread_leaves_the_form(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    with world.env.time_context():
        world.env.backend.delete_channel(world.thread.id)
    await world.settle()
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS
    assert await text_kept(world, "ada", round_) == ANSWER, "a thread that went is no deletion of its answers"
    await world.restart()
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(65)
async def test_an_archived_thread_is_heard_and_read_after_a_restart(world: DiscordWorld) -> None:
    round_ = await asked(world)
    backend, thread = world.env.backend, world.thread
    with world.env.time_context():
        backend.edit_channel(thread.id, {}, thread_metadata=ARCHIVED)
    await world.restart()
    with world.env.time_context():
        backend.create_message(
            thread.id, world.people["ada"].id, ANSWER
        )  # it un-archives, and no event tells first
    await world.settle()
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.go()
    backend.create_message(thread.id, world.people["ben"].id, BENS, broadcast=False)
    await world.come_back()
    assert await text_kept(world, "ben", round_) == BENS


@pytest.mark.bad_input(65)
@pytest.mark.parametrize(("status", "code"), [(403, 160005), (400, 50083), (403, 50013), (404, 10003)])
async def test_a_thread_that_takes_no_word_of_the_bot_still_counts_answers(
    world: DiscordWorld, status: int, code: int
) -> None:
    round_ = await asked(world)
    world.env.inject_error(
        "POST", f"/channels/{world.thread.id}/messages", status=status, code=code, times=None
    )
    await world.say("ada", ANSWER)
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS


@pytest.mark.bad_input(65)
@pytest.mark.parametrize(("status", "code"), [(400, 160006), (403, 50013), (400, 160005), (500, 0)])
async def test_a_prompt_without_a_thread_is_answered_by_its_form(
    world: DiscordWorld, status: int, code: int
) -> None:
    world.env.inject_error("POST", "/channels/*/messages/*/threads", status=status, code=code, times=None)
    round_ = await asked(world)
    assert round_.message is not None and world.channel.threads == []
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS
    await world.press("ben", "Answer")
    assert world.preset("ben") == {"text": BENS}


async def test_a_thread_that_is_there_already_is_the_rounds_thread(world: DiscordWorld) -> None:
    world.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004)
    round_ = await asked(world)
    assert round_.thread is not None and round_.thread.id == round_.message


@pytest.mark.bad_input(67)
async def test_a_guild_that_asks_the_bot_in_again_has_to_resume_its_schedule(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await planned(world)
    back = serializers.guild_create_payload(world.env.backend, world.env.backend.guilds[world.guild.id])
    await emit(world, "GUILD_DELETE", {"id": str(world.guild.id)})
    assert await state(world) is ScheduleState.PAUSED
    await world.advance(days=2)
    before = requests(world, "POST", "/messages")
    await world.ring()
    assert requests(world, "POST", "/messages") == before
    await emit(world, "GUILD_CREATE", back)
    assert await state(world) is ScheduleState.PAUSED
    assert await text_kept(world, "ada", round_) == ANSWER
    await world.command("ada", "/daily resume")
    assert await state(world) is ScheduleState.ACTIVE


@pytest.mark.bad_input(72)
async def test_a_guild_that_is_unavailable_is_not_left(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await planned(world)
    await emit(world, "GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    assert await state(world) is ScheduleState.ACTIVE
    back = serializers.guild_create_payload(world.env.backend, world.env.backend.guilds[world.guild.id])
    await emit(world, "GUILD_CREATE", back)
    await world.say("ada", ANSWER)
    assert await text_kept(world, "ada", round_) == ANSWER and await state(world) is ScheduleState.ACTIVE


@pytest.mark.bad_input(67)
async def test_a_guild_that_was_left_while_the_bot_was_down_is_noticed_and_kept(world: DiscordWorld) -> None:
    await planned(world)
    kept = workspace_of(world.guild.id)
    await world.go()
    left = world.env.backend.guilds.pop(world.guild.id)
    await world.come_back()
    assert (await world.store.read(lambda tx: tx.schedules(kept)))[0].state is ScheduleState.PAUSED
    await world.go()
    world.env.backend.guilds[world.guild.id] = left
    await world.come_back()
    assert await state(world) is ScheduleState.PAUSED
    await world.command("ada", "/daily resume")
    assert await state(world) is ScheduleState.ACTIVE


@pytest.mark.bad_input(69)
async def test_a_member_who_left_or_was_renamed_stays_who_they_were(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ben", BENS)
    world.env.backend.users[world.people["ben"].id].name = "somebody-new"
    await world.say("ada", ANSWER)
    world.guild.remove_member(world.people["ben"])
    await world.settle()
    await world.command("ada", "/board")
    text = (await world.sees("ada"))[-1].text
    assert "ben: 1 day" in text, "by id, however Discord shows it"
    assert (await answer_of(world, "ben", round_)) is not None
    assert len(await replies(world, round_)) == 2


@pytest.mark.bad_input(71)
async def test_what_the_cache_does_not_know_is_fetched_and_not_taken_for_deleted(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await planned(world)
    guild = world.platform.client.get_guild(world.guild.id)
    assert guild is not None
    guild._channels.clear()
    guild._threads.clear()
    await world.advance(hours=1)
    await world.ring()
    assert (await newest_round(world)).id != round_.id and await state(world) is ScheduleState.ACTIVE


async def test_a_command_in_direct_messages_is_told_where_it_works(world: DiscordWorld) -> None:
    with world.env.time_context():
        offered = world.people["ben"].user.available_commands()
    assert offered == () or words(await world.people["ben"].user.slash("streak")).startswith(
        "That did not work."
    )
