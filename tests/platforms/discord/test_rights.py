"""What the bot may do, what people may do, and what happens where either is missing."""

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.chat import commands
from bot.chat.calls import OptionKind, Who
from bot.chat.commands import COMMANDS
from bot.domain.schedules import ScheduleState
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    ANSWER,
    asked,
    channel,
    newest_round,
    requests,
    text_kept,
    words,
    workspace,
)

WANTED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
NEEDED = {
    OptionKind.TIME: "09:00",
    OptionKind.MEMBER: "@ada",
    OptionKind.DATE: "2026-11-01",
    OptionKind.FILE: "pack.yaml",
    OptionKind.TEXT: "anything",
    OptionKind.CHOICE: "anything",
}
"""What a test gives for an option that is needed."""
DAILY = {command.name for command in COMMANDS if command.who is Who.MANAGERS}


async def deny(world: DiscordWorld, *rights: str) -> None:
    """Take rights from the bot in the channel; none gives all back."""
    bot = world.env.backend.bot_user.id
    denied = discord.Permissions(**dict.fromkeys(rights, True)).value
    with world.env.time_context():
        world.env.backend.set_overwrite(world.channel.id, Overwrite(bot, OverwriteType.MEMBER, 0, denied))
    await world.settle()


async def schedules(world: DiscordWorld) -> list[ScheduleState]:
    return [one.state for one in await world.store.read(lambda tx: tx.schedules(workspace(world)))]


@pytest.mark.bad_input(66)
@pytest.mark.parametrize("right", WANTED)
async def test_a_schedule_is_not_accepted_where_a_right_is_missing(world: DiscordWorld, right: str) -> None:
    await deny(world, right)
    assert WANTED[right] in await world.ports.chat.missing(channel(world))
    result = await world.command("ada", "/daily set 09:00")
    shown = words(result)
    assert shown.startswith("That did not work.") and WANTED[right] in shown
    assert await schedules(world) == []
    await deny(world)
    assert await world.ports.chat.missing(channel(world)) == ()
    await world.command("ada", "/daily set 09:00")
    assert await schedules(world) == [ScheduleState.ACTIVE]


@pytest.mark.bad_input(66)
async def test_all_missing_rights_are_named_at_once(world: DiscordWorld) -> None:
    await deny(world, "send_messages", "create_public_threads", "read_message_history")
    shown = words(await world.command("ada", "/daily set 09:00"))
    assert all(
        WANTED[right] in shown for right in ("send_messages", "create_public_threads", "read_message_history")
    )


async def test_a_role_of_the_guild_counts_for_the_bots_rights(world: DiscordWorld) -> None:
    everyone = discord.Permissions(send_messages=True).value
    with world.env.time_context():
        world.env.backend.set_overwrite(
            world.channel.id, Overwrite(world.guild.id, OverwriteType.ROLE, 0, everyone)
        )
    await world.settle()
    assert "Send Messages" in await world.ports.chat.missing(channel(world))


@pytest.mark.bad_input(66)
async def test_three_posts_forbidden_in_a_row_end_the_calls_and_the_manager_is_told_once(
    world: DiscordWorld,
) -> None:
    await world.command("ada", "/daily set 09:00")
    await deny(world, "send_messages")
    place = f"/channels/{world.channel.id}/messages"
    for hours in (1, 24, 24, 24, 24):
        await world.advance(hours=hours)
        await world.ring()
    assert requests(world, "POST", place) == 3
    assert await schedules(world) == [ScheduleState.PAUSED]
    private = world.env.backend.dm_channels[world.people["ada"].id]
    told = [world._seen(one).text for one in world.messages("ada") if one.channel_id == private]
    assert len(told) <= 2 and "Send Messages" in told[-1]
    await world.command("ada", "/daily log")
    assert "Send Messages" in (await world.sees("ada"))[-1].text


@pytest.mark.bad_input(66)
async def test_asking_in_a_shut_channel_makes_at_most_one_call_an_hour(world: DiscordWorld) -> None:
    await deny(world, "send_messages")
    place = f"/channels/{world.channel.id}/messages"
    for _ in range(8):
        shown = words(await world.command("ben", "/question backend"))
        assert shown.startswith("That did not work."), shown
    assert requests(world, "POST", place) == 3
    await world.advance(hours=1, minutes=1)
    await world.command("ben", "/question backend")
    await world.command("ben", "/question backend")
    assert requests(world, "POST", place) == 4
    await deny(world)
    await world.advance(hours=1, minutes=1)
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(65, 66)
async def test_a_channel_without_threads_is_answered_by_forms_and_says_so_nowhere_loudly(
    world: DiscordWorld,
) -> None:
    await deny(world, "create_public_threads")
    round_ = await asked(world)
    assert round_.message is not None and round_.thread is None
    await world.press("ada", "Answer")
    assert await world.fill("ada", {"text": ANSWER}) is None
    assert await text_kept(world, "ada", round_) == ANSWER


@pytest.mark.bad_input(102)
@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
async def test_the_matrix_of_roles_and_commands(world: DiscordWorld, command: str) -> None:
    declared = commands.command_named(command)
    given = "".join(f" {NEEDED[option.kind]}" for option in declared.options if option.required)
    world.files["pack.yaml"] = b"pack: nothing\n"
    result = await world.command("ben", f"/{command}{given}")
    assert ("is for managers" in words(result)) == (command in DAILY)
    result = await world.command("ada", f"/{command}{given}")
    assert "is for managers" not in words(result)


async def test_managers_commands_are_hidden_from_others_by_discord_itself(world: DiscordWorld) -> None:
    world.env.backend.command_permissions.clear()
    for_all = {command.words[0] for command in COMMANDS if command.who is Who.EVERYBODY}
    hidden = {name.split()[0] for name in DAILY} - for_all  # a group is hidden whole, or not at all
    offered = {name.split()[0] for name in world.people["ben"].available_commands(world.channel)}
    assert offered & hidden == set() and {"question", "streak", "help"} <= offered
    assert hidden <= {name.split()[0] for name in world.people["ada"].available_commands(world.channel)}


@pytest.mark.bad_input(73)
async def test_who_was_a_manager_a_moment_ago_is_none_now(world: DiscordWorld) -> None:
    await world.command("ada", "/daily set 09:00")
    with world.env.time_context():
        world.env.backend.remove_member_role(world.guild.id, world.people["ada"].id, world.manager.id)
    await world.settle()
    assert "is for managers" in words(await world.command("ada", "/daily remove"))
    assert await schedules(world) == [ScheduleState.ACTIVE]


@pytest.mark.bad_input(102)
async def test_a_managers_private_card_is_no_use_to_others(world: DiscordWorld) -> None:
    result = await world.command("ada", "/daily list")
    cards = [one for one in (result.response, *result.followups) if one is not None]
    assert cards and all(one.ephemeral for one in cards)
    ids = {one.id for one in cards}
    assert not ids & {one.id for one in world.messages("ben")}


async def test_completion_offers_at_most_twenty_five_and_takes_anything(world: DiscordWorld) -> None:
    for name, option, text in (
        ("question", "track", "b"),
        ("question", "topic", ""),
        ("zone", "zone", "e"),
        ("zone", "zone", "berl"),
        ("daily set", "zone", "\u202e'; DROP TABLE"),
        ("help", "command", "x" * 100),
    ):
        with world.env.time_context():
            offered = await world.people["ada"].autocomplete(world.channel, name, option, text)
        assert len(offered) <= 25 and all(0 < len(one["name"]) <= 100 for one in offered)
    with world.env.time_context():
        offered = await world.people["ada"].autocomplete(world.channel, "zone", "zone", "berl")
    assert [one["value"] for one in offered] == ["Europe/Berlin"]


@pytest.mark.bad_input(33, 34)
async def test_what_completion_did_not_offer_is_checked_all_the_same(world: DiscordWorld) -> None:
    for line in ("/question track:nonsense", "/zone Factory", "/daily set 24:00", "/rest someday"):
        assert words(await world.command("ada", line)).startswith("That did not work."), line


@pytest.mark.bad_input(64, 66)
async def test_a_day_on_which_nothing_could_be_posted_costs_no_streak(world: DiscordWorld) -> None:
    await world.command("ada", "/daily set 09:00")
    await world.advance(hours=1)
    await world.ring()
    await world.say("ada", ANSWER)
    await deny(world, "send_messages")
    for _ in range(6):
        await world.advance(days=1)
        await world.ring()
    await deny(world)
    await world.command("ada", "/daily resume")
    await world.advance(days=1)
    await world.ring()
    assert (await newest_round(world)).message is not None
    await world.say("ada", "Another answer of mine, with other words in it.")
    assert (await world.sees("ada"))[-1].title.startswith("Kept.")


@pytest.mark.bad_input(66)
async def test_a_forbidden_acknowledgement_is_tried_once_an_hour(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await deny(world, "send_messages_in_threads")
    place = f"/channels/{world.thread.id}/messages"
    await world.say("ada", ANSWER)
    await world.edit("ada", ANSWER, f"{ANSWER} And more.")
    await world.say("ben", ANSWER)
    await world.delete("ben", ANSWER)
    assert requests(world, "POST", place) == 1
    assert await text_kept(world, "ada", round_) == f"{ANSWER} And more.", "it is kept all the same"
    await deny(world)
    await world.advance(hours=1, minutes=1)
    await world.say("ben", f"{ANSWER} Again.")
    assert requests(world, "POST", place) == 2
