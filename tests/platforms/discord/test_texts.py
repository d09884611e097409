"""What people write, at its worst: markup, mentions, great length, files; it is kept as it is and pings nobody."""

import pytest
from simcord.backend.models import MessageSticker

from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import ANSWER, asked, text_kept, written


@pytest.mark.bad_input(44, 45, 46, 47)
@pytest.mark.parametrize(
    "text",
    [
        "@everyone @here look at this answer of mine",
        "<@&1> <@1> <#2> </daily set:3> and some words of mine",
        "```\nnever closed, with words of my own\n",
        "||open spoiler and [x](javascript:alert(1)) of mine",
        "\u202eright to left\u202c and t\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 marks",
        "\\x00 '; DROP TABLE answer; -- %s {0.__class__}",
    ],
)
async def test_hostile_text_is_kept_as_it_is_and_pings_nobody(world: DiscordWorld, text: str) -> None:
    round_ = await asked(world)
    await world.say("ada", text)
    assert await text_kept(world, "ada", round_) == text
    await world.press("ada", "Answer")
    assert world.preset("ada") == {"text": text}
    await world.edit("ada", text, f"{text} and more")
    assert await text_kept(world, "ada", round_) == f"{text} and more"
    # that nothing pinged is checked of every message when the world stops


@pytest.mark.bad_input(44, 42)
async def test_an_answer_that_comes_back_with_its_form_pings_nobody(world: DiscordWorld) -> None:
    await asked(world)
    await world.press("ada", "Answer")
    assert await world.fill("ada", {"text": "@everyone"}) is not None
    await world.press("ada", "Open the form again")
    assert await world.fill("ada", {"text": ANSWER}) is None


@pytest.mark.bad_input(43, 49)
async def test_the_longest_message_is_kept_whole_and_comes_back_whole(world: DiscordWorld) -> None:
    round_ = await asked(world)
    text = ("👨‍👩‍👧‍👦 family words " * 200)[:1999].strip() + "x"
    await world.say("ada", text)
    assert await text_kept(world, "ada", round_) == text
    await world.press("ada", "Answer")
    assert world.preset("ada") == {"text": text}


@pytest.mark.bad_input(43)
async def test_an_answer_that_is_longer_than_a_form_is_kept_and_its_form_begins_empty(
    world: DiscordWorld,
) -> None:
    round_ = await asked(world)
    first, second = "first words " * 150, "second words " * 150
    await world.say("ada", first)
    await world.say("ada", second)
    await world.press("ada", "Add to my answer")
    assert await text_kept(world, "ada", round_) == f"{first}\n\n{second}"
    await world.press("ada", "Answer")
    assert world.preset("ada") == {"text": ""}


@pytest.mark.bad_input(48)
async def test_files_are_links_in_an_answer_and_are_never_fetched(world: DiscordWorld) -> None:
    round_ = await asked(world)
    files = [(f"diagram-{number}.png", b"x" * 10) for number in range(10)]
    with world.env.time_context():
        await world.people["ada"].send(world.thread, ANSWER, attachments=files)
    kept = await text_kept(world, "ada", round_)
    assert kept is not None and kept.startswith(ANSWER) and kept.count("https://") == 10
    assert not any("attachments" in entry.path for entry in world.env.http_requests)


@pytest.mark.bad_input(48)
async def test_a_sticker_or_a_file_alone_is_no_answer(world: DiscordWorld) -> None:
    round_ = await asked(world)
    with world.env.time_context():
        await world.people["ada"].send(world.thread, "", attachments=[("voice-message.ogg", b"x")])
    sticker = world.guild.create_sticker("wave")
    written(world, "ben", "", tell=True, stickers=[MessageSticker(sticker.id, "wave", 1, world.guild.id)])
    await world.settle()
    assert await text_kept(world, "ada", round_) is None and await text_kept(world, "ben", round_) is None
    await world.command("ada", "/streak")
    assert (await world.sees("ada"))[-1].title == "Streak: 0 days"
