"""Without the Message Content Intent, or with reading turned off, the forms alone are enough."""

import pytest

from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    ANSWER,
    BENS,
    OTHER,
    answer_of,
    asked,
    replies,
    text_kept,
    words,
)

FORM_ONLY = pytest.mark.parametrize("world", [{"message_content": False}], indirect=True)


@pytest.mark.bad_input(30)
@FORM_ONLY
async def test_answers_come_by_the_form_and_can_be_changed(world: DiscordWorld) -> None:
    round_ = await asked(world)
    for text in (ANSWER, OTHER):
        await world.press("ada", "Answer")
        assert await world.fill("ada", {"text": text}) is None
        assert await text_kept(world, "ada", round_) == text
    await world.command("ada", "/streak")
    assert (await world.sees("ada"))[-1].title == "Streak: 1 day"


@pytest.mark.bad_input(30)
@FORM_ONLY
async def test_messages_without_their_text_are_nobodys_answer_and_earn_no_word(world: DiscordWorld) -> None:
    round_ = await asked(world)
    before = await world.sees("ada")
    await world.say("ada", ANSWER)
    await world.edit("ada", ANSWER, OTHER)
    await world.delete("ada", OTHER)
    assert await replies(world, round_) == [] and await world.sees("ada") == before


@pytest.mark.bad_input(30)
@FORM_ONLY
async def test_a_message_can_still_be_made_the_answer_by_its_menu(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ben", BENS)
    await world.pause()
    with world.env.time_context():
        message = world.thread.history()[-1]
        result = await world.people["ben"].context_menu(world.thread, "Count this as my answer", message)
    assert words(result).startswith("Kept. Day 1")
    answer = await answer_of(world, "ben", round_)
    assert answer is not None and answer.text == BENS


@pytest.mark.bad_input(30)
@FORM_ONLY
async def test_a_message_that_mentions_the_bot_is_read(world: DiscordWorld) -> None:
    round_ = await asked(world)
    text = f"<@{world.env.backend.bot_user.id}> {ANSWER}"
    await world.say("ada", text)
    assert await text_kept(world, "ada", round_) == text


@FORM_ONLY
async def test_a_restart_reads_no_thread_whose_text_is_left_out(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.press("ada", "Answer")
    await world.fill("ada", {"text": ANSWER})
    await world.say("ben", BENS)
    await world.restart()
    assert await text_kept(world, "ada", round_) == ANSWER
    assert await text_kept(world, "ben", round_) is None


@FORM_ONLY
async def test_the_start_says_that_it_reads_no_replies(world: DiscordWorld) -> None:
    assert any("Answer button" in notice for notice in world.platform.notices)


async def test_with_the_intent_nothing_is_said_of_it(world: DiscordWorld) -> None:
    assert not any("Answer button" in notice for notice in world.platform.notices)
