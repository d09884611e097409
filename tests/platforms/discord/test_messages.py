"""Messages of a thread as Discord tells of them: odd ones, doubled ones, late ones, and in any order."""

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
    text_kept,
    written,
)


async def own_titles(world: DiscordWorld, name: str = "ada") -> list[str]:
    return [seen.title for seen in await world.sees(name) if seen.author is None]


@pytest.mark.bad_input(50)
async def test_bots_hooks_and_the_bot_itself_are_no_answerers(world: DiscordWorld) -> None:
    round_ = await asked(world)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    hook = world.guild.create_webhook(world.channel)
    backend = world.env.backend
    with world.env.time_context():
        await robot.send(world.thread, "A robot says so, at some length.")
        backend.create_message(
            world.thread.id,
            hook._webhook.webhook_user_id,
            "A hook says so, at some length.",
            webhook_id=hook.id,
        )
        backend.create_message(
            world.thread.id, backend.bot_user.id, "The bot itself says so, at some length."
        )
    await world.settle()
    assert await replies(world, round_) == []


@pytest.mark.bad_input(51)
async def test_an_event_four_times_is_one_reply_and_one_acknowledgement(world: DiscordWorld) -> None:
    round_ = await asked(world)
    message = written(world, "ada", ANSWER)
    for _ in range(4):
        await emit(world, "MESSAGE_CREATE", event(world, message))
    assert len(await replies(world, round_)) == 1
    assert (await own_titles(world)).count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(52)
async def test_an_edit_before_its_message_ends_the_same(world: DiscordWorld) -> None:
    round_ = await asked(world)
    message = written(world, "ada", ANSWER)
    created = event(world, message)
    await world.advance(seconds=2)
    world.env.backend.edit_message(message.channel_id, message.id, {"content": OTHER})
    await world.settle()
    await emit(world, "MESSAGE_CREATE", created)
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.text == OTHER and len(await replies(world, round_)) == 1


@pytest.mark.bad_input(52, 54)
async def test_a_deletion_before_the_edit_and_the_message_again_stays_a_deletion(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    created = event(world, message)
    await world.advance(seconds=2)
    changed = event(world, message, content=OTHER, edited_timestamp=world.clock.now().isoformat())
    await world.delete("ada", ANSWER)
    await emit(world, "MESSAGE_UPDATE", changed)
    await world.advance(days=2)
    await emit(world, "MESSAGE_CREATE", created)
    assert await text_kept(world, "ada", round_) is None
    assert [stored.deleted_at is not None for stored in await replies(world, round_)] == [True]


@pytest.mark.bad_input(52)
async def test_a_deletion_before_its_message_leaves_no_answer(world: DiscordWorld) -> None:
    round_ = await asked(world)
    message = written(world, "ada", ANSWER)
    created = event(world, message)
    world.env.backend.delete_message(message.channel_id, message.id)
    await world.settle()
    await emit(world, "MESSAGE_CREATE", created)
    assert await text_kept(world, "ada", round_) is None


@pytest.mark.bad_input(52, 55)
async def test_an_old_edit_after_a_new_one_is_passed_over(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    await world.advance(seconds=2)
    old = event(
        world,
        message,
        content="The older of two edits, by seconds.",
        edited_timestamp=world.clock.now().isoformat(),
    )
    await world.advance(seconds=2)
    await world.edit("ada", ANSWER, OTHER)
    await emit(world, "MESSAGE_UPDATE", old)
    assert await text_kept(world, "ada", round_) == OTHER


@pytest.mark.bad_input(55)
async def test_an_edit_whose_time_goes_back_by_less_than_a_millisecond_is_the_newest(
    world: DiscordWorld,
) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    await world.advance(seconds=2)
    await world.edit("ada", ANSWER, "The first of two edits in one moment.")
    before = world.clock.now() - timedelta(microseconds=400)
    message.content, message.edited_timestamp = OTHER, before.isoformat()
    await emit(world, "MESSAGE_UPDATE", event(world, message))
    assert await text_kept(world, "ada", round_) == OTHER


@pytest.mark.bad_input(55)
async def test_an_update_that_is_no_edit_says_nothing(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", "My answer is at https://example.org/a, in many words.")
    before = await world.sees("ada")
    message = world.messages("ada")[-2]
    embeds = [{"type": "article", "title": "A page", "url": "https://example.org/a"}]
    await emit(world, "MESSAGE_UPDATE", event(world, message, embeds=embeds, edited_timestamp=None))
    await emit(
        world,
        "MESSAGE_UPDATE",
        {"id": str(message.id), "channel_id": str(message.channel_id), "embeds": embeds},
    )
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.version == 1 and await world.sees("ada") == before


@pytest.mark.bad_input(55)
async def test_a_link_that_unfolds_under_an_edited_message_is_no_second_edit(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.advance(seconds=2)
    await world.edit("ada", ANSWER, OTHER)
    before = await world.sees("ada")
    message = world.said("ada", OTHER)
    await world.advance(seconds=2)
    embeds = [{"type": "article", "title": "A page", "url": "https://example.org/a"}]
    await emit(world, "MESSAGE_UPDATE", event(world, message, embeds=embeds))
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.version == 2 and await world.sees("ada") == before


@pytest.mark.bad_input(56)
async def test_an_event_two_hours_late_counts_for_the_day_it_was_written(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.advance(hours=15, minutes=30)
    message = written(world, "ada", ANSWER)
    await world.advance(hours=2)
    await emit(world, "MESSAGE_CREATE", event(world, message))
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.local_date.isoformat() == "2026-11-02"


@pytest.mark.bad_input(57)
async def test_a_tenth_of_a_second_around_midnight_decides_the_day(world: DiscordWorld) -> None:
    round_ = await asked(world)
    midnight = world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    await world.advance(seconds=(midnight - timedelta(seconds=0.1) - world.clock.now()).total_seconds())
    await world.say("ada", ANSWER)
    await world.advance(seconds=0.1)
    await world.say("ben", BENS)
    before, after = await answer_of(world, "ada", round_), await answer_of(world, "ben", round_)
    assert before is not None and before.local_date.isoformat() == "2026-11-02"
    assert after is not None and after.local_date.isoformat() == "2026-11-03"


@pytest.mark.bad_input(59)
async def test_an_answer_edited_into_nothing_keeps_its_versions_and_its_day(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.said("ada", ANSWER)
    await world.advance(seconds=2)
    changed = event(world, message, content="\u200b", edited_timestamp=world.clock.now().isoformat())
    await emit(world, "MESSAGE_UPDATE", changed)
    assert await text_kept(world, "ada", round_) != "\u200b" or len(await replies(world, round_)) == 1
    await world.command("ada", "/streak")
    assert (await world.sees("ada"))[-1].title == "Streak: 1 day"


@pytest.mark.bad_input(61)
async def test_null_where_text_was_changes_nothing(world: DiscordWorld) -> None:
    round_ = await asked(world)
    message = written(world, "ben", BENS)
    await emit(world, "MESSAGE_CREATE", event(world, message, content=None))
    await emit(world, "MESSAGE_DELETE", {"id": "5", "channel_id": "6"})
    await emit(world, "MESSAGE_UPDATE", {"id": "5", "channel_id": "6"})
    assert await text_kept(world, "ben", round_) is None
    await world.say("ada", ANSWER)
    assert await text_kept(world, "ada", round_) == ANSWER


async def test_messages_of_the_channel_and_of_other_threads_are_left_alone(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say_in("ada", world.channel, ANSWER)
    other = world.env.backend.create_thread(world.channel.id, "off topic", world.people["ben"].id)
    await world.settle()
    before = len(world.env.http_requests)
    world.env.backend.create_message(other.id, world.people["ben"].id, BENS)
    await world.settle()
    assert await replies(world, round_) == [] and len(world.env.http_requests) == before


@pytest.mark.bad_input(104)
async def test_many_messages_deleted_at_once_are_all_followed(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ben", BENS)
    ids = [world.said("ada", ANSWER).id, world.said("ben", BENS).id]
    with world.env.time_context():
        world.env.backend.bulk_delete_messages(world.thread.id, ids)
    await world.settle()
    assert await text_kept(world, "ada", round_) is None and await text_kept(world, "ben", round_) is None
