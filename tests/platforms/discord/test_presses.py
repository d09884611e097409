"""A button, a form and their values are anybody's word: each press is judged by who pressed, and where."""

import discord
import pytest
import simcord
from simcord.results import to_discord_message

from bot.chat.wording import refusals
from bot.domain.questions import Filters
from bot.practice import asking
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    ANSWER,
    BENS,
    OTHER,
    answer_of,
    asked,
    forged,
    member,
    newest_round,
    shown_button,
    text_kept,
    words,
)
from tests.platforms.discord.reading import pressed


@pytest.mark.bad_input(101, 102)
async def test_the_button_of_somebody_elses_answer_does_nothing(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = world.messages("ben")[-1]
    for label in ("Withdraw",):
        custom_id = pressed(message.components, label)
        assert custom_id is not None
        result = await world.press_on("ben", message, custom_id)
        assert words(result).startswith("That did not work.")
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(101, 102)
@pytest.mark.parametrize("label", ["Use instead", "Add to my answer"])
async def test_the_buttons_of_somebody_elses_comment_do_nothing(world: DiscordWorld, label: str) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    await world.say("ben", BENS)
    message = next(one for one in reversed(world.messages("ben")) if pressed(one.components, label))
    result = await world.press_on("ben", message, pressed(message.components, label) or "")
    assert words(result).startswith("That did not work.")
    assert await text_kept(world, "ada", round_) == ANSWER and await text_kept(world, "ben", round_) == BENS


@pytest.mark.bad_input(102)
async def test_the_button_that_deletes_everything_works_for_its_owner_only(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.command("ada", "/privacy delete")
    message = world.messages("ada")[-1]
    custom_id = pressed(message.components, "Delete everything")
    assert custom_id is not None and not message.visible_to(world.people["ben"].id)
    result = await forged(world, "ben", custom_id, message)
    assert words(result).startswith("That did not work.")
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    "custom_id",
    [
        "answer:",
        "answer:aaaaaaaaaaaaaaaa",
        "hint:'; DROP TABLE answer; --",
        "withdraw:" + "z" * 91,
        "no-such-action:abc",
        "no colon at all",
        ":",
        "replace:/",
        "replace:1/2/3",
        "replace:\u202e/\u200b",
        "delete-me:somebody",
        "ask:../../etc/passwd",
        "ANSWER:aaaaaaaaaaaaaaaa",
        "answer:%s{0.__class__}",
    ],
)
async def test_a_forged_id_is_refused_and_changes_nothing(world: DiscordWorld, custom_id: str) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    message = shown_button(world, custom_id)
    before = await world.sees("ada")
    result = await forged(world, "ben", custom_id, message)
    assert words(result).startswith("That did not work."), words(result)
    assert result.ephemeral or all(one.ephemeral for one in result.followups)
    assert await text_kept(world, "ada", round_) == ANSWER and await world.sees("ada") == before


@pytest.mark.bad_input(101)
async def test_a_press_of_a_button_that_its_message_does_not_have_changes_nothing(
    world: DiscordWorld,
) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    answer = await answer_of(world, "ada", round_)
    assert answer is not None
    for message in (world.messages("ben")[0], None):
        await forged(world, "ben", f"withdraw:{answer.id}", message)
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("custom_id", ["answer:aaaaaaaaaaaaaaaa", "hint:x", "no-such:form", "junk"])
async def test_a_forged_form_is_refused_and_keeps_nothing(world: DiscordWorld, custom_id: str) -> None:
    round_ = await asked(world)
    result = await forged(world, "ben", custom_id, fields={"text": BENS})
    assert words(result).startswith("That did not work."), words(result)
    assert await answer_of(world, "ben", round_) is None


@pytest.mark.bad_input(101)
async def test_a_form_with_other_fields_than_its_own_is_refused(world: DiscordWorld) -> None:
    round_ = await asked(world)
    for fields in ({}, {"other": BENS}, {"text": ""}):
        result = await forged(world, "ben", f"answer:{round_.id}", fields=fields)
        assert words(result).startswith("That was not sent."), words(result)
    assert await answer_of(world, "ben", round_) is None


@pytest.mark.bad_input(42)
async def test_a_form_with_four_thousand_characters_comes_back_whole(world: DiscordWorld) -> None:
    round_ = await asked(world)
    text = "word @everyone " * 266 + "and the end"
    result = await forged(world, "ben", f"answer:{round_.id}", fields={"text": text})
    shown = words(result)
    assert shown.startswith("That was not sent.") and "3000" in shown
    assert shown.count("word") == shown.count("@everyone") == 266 and "and the end" in shown
    assert await answer_of(world, "ben", round_) is None


@pytest.mark.bad_input(42)
async def test_a_form_of_three_thousand_characters_is_kept_whole(world: DiscordWorld) -> None:
    round_ = await asked(world)
    text = ("ü\u0301 long words " * 250)[:3000].strip().ljust(3000, "x")
    await world.press("ada", "Answer")
    assert await world.fill("ada", {"text": text}) is None
    assert await text_kept(world, "ada", round_) == text


@pytest.mark.bad_input(51)
async def test_a_form_that_arrives_twice_counts_once(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.press("ada", "Answer")
    await world.fill("ada", {"text": ANSWER})
    payload = next(
        data
        for kind, name, data in reversed(world.env.backend.transcript)
        if (kind, name) == ("GATEWAY", "INTERACTION_CREATE")
    )
    with world.env.time_context():
        world.env.backend.emit("INTERACTION_CREATE", payload)
    await world.settle()
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.version == 1


@pytest.fixture
def other_guild(world: DiscordWorld) -> simcord.GuildHandle:
    """A second guild that has the bot as well; eve is its manager, and owns it."""
    guild = world.env.create_guild("Elsewhere", owner=world.env.create_user("owner"))
    guild.create_text_channel("lobby")
    world.people["eve"] = guild.add_member(world.env.create_user("eve"))
    return guild


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    "action", ["answer", "hint", "points", "sample", "withdraw", "restore", "replace", "add"]
)
async def test_ids_of_another_guild_are_found_nowhere(
    world: DiscordWorld, other_guild: simcord.GuildHandle, action: str
) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and round_.thread is not None
    about_answers = {"withdraw": answer.id, "restore": answer.id}
    about_replies = dict.fromkeys(("replace", "add"), f"{round_.thread.id}/{answer.message}")
    value = (about_answers | about_replies).get(action, round_.id)
    lobby = other_guild.channels["lobby"]
    study, world.channel = world.channel, lobby
    custom_id = f"{action}:{value}"
    result = await forged(world, "eve", custom_id, shown_button(world, custom_id))
    world.channel = study
    assert words(result).startswith("That did not work."), words(result)
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(101)
async def test_a_form_for_another_guilds_question_is_refused(
    world: DiscordWorld, other_guild: simcord.GuildHandle
) -> None:
    round_ = await asked(world)
    study, world.channel = world.channel, other_guild.channels["lobby"]
    result = await forged(world, "eve", f"answer:{round_.id}", fields={"text": BENS})
    world.channel = study
    assert words(result).startswith("That did not work.")


@pytest.mark.bad_input(104)
async def test_a_double_click_gives_one_effect(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    for label in ("Withdraw", "Withdraw", "Restore", "Restore"):
        await world.press("ada", label)
    answer = await answer_of(world, "ada", round_)
    assert answer is not None and answer.withdrawn_at is None and answer.text == ANSWER


@pytest.mark.bad_input(106)
async def test_a_flood_of_presses_is_told_once_and_others_are_served(world: DiscordWorld) -> None:
    await asked(world)
    await world.advance(minutes=1)
    message = world.messages("ben")[0]
    custom_id = pressed(message.components, "Hint") or ""
    said = []
    for _ in range(20):
        with world.env.time_context():
            result = await world.people["ben"].click(_shown(world), custom_id=custom_id)
        said.append(words(result))
    assert sum(text.startswith("Hint") for text in said) == 5
    notice = refusals.SLOW_DOWN.title
    assert [text.split("\n")[0] for text in said[5:]] == [notice, *[""] * 14]
    await world.press("ada", "Hint")
    assert (await world.sees("ada"))[-1].title == "Hint 1 of 2"
    await world.advance(seconds=11)
    await world.press("ben", "Hint")
    assert (await world.sees("ben"))[-1].title.startswith("Hint")


def _shown(world: DiscordWorld) -> discord.Message:
    return to_discord_message(world.env, world.messages("ben")[0])


@pytest.mark.bad_input(106)
async def test_a_flood_of_many_people_is_held_for_the_guild(world: DiscordWorld) -> None:
    await asked(world)
    await world.advance(minutes=1)
    for number in range(12):
        await world.join(f"p{number}")
    message = world.messages("ben")[0]
    custom_id = pressed(message.components, "Hint") or ""
    served = 0
    for _ in range(3):
        for number in range(12):
            with world.env.time_context():
                result = await world.people[f"p{number}"].click(_shown(world), custom_id=custom_id)
            served += words(result).startswith("Hint")
    assert served == 30


async def test_a_menu_on_a_message_makes_it_the_answer(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    other = world.said("ada", OTHER)
    await world.pause()
    with world.env.time_context():
        shown = to_discord_message(world.env, other)
        result = await world.people["ada"].context_menu(world.thread, "Count this as my answer", shown)
    assert words(result).startswith("Kept."), words(result)
    assert await text_kept(world, "ada", round_) == OTHER
    await world.pause()
    with world.env.time_context():
        result = await world.people["ben"].context_menu(world.thread, "Count this as my answer", shown)
    assert words(result).startswith("That did not work.")
    assert await text_kept(world, "ben", round_) is None


async def test_a_menu_on_a_message_outside_of_threads_is_refused(world: DiscordWorld) -> None:
    await asked(world)
    with world.env.time_context():
        message = await world.people["ben"].send(world.channel, BENS)
        await world.pause()
        result = await world.people["ben"].context_menu(world.channel, "Count this as my answer", message)
    assert words(result).startswith("That did not work.")


async def test_a_question_posted_for_another_use_keeps_its_own_marker(world: DiscordWorld) -> None:
    first = await asked(world)
    with world.env.time_context():
        await asking.ask(world.ports, first.channel, member(world, "ben"), Filters(track="backend"))
    await world.settle()
    second = await newest_round(world)
    assert first.id != second.id
    prompts = [one for one in world.messages() if pressed(one.components, "Sample answer")]
    assert [pressed(one.components, "Answer") for one in prompts] == [
        f"answer:{first.id}",
        f"answer:{second.id}",
    ]
