"""Commands: what they declare, who may, what they complete, and that each of them runs."""

import re
from datetime import timedelta

import pytest

from bot.chat.calls import BadValue, Call, Command, Quiet, Response, UnknownCommand, Who
from bot.chat.commands import COMMANDS, GROUPS, command_named, complete, run, subcommands
from bot.chat.plain import plain
from bot.chat.typed import parse
from bot.chat.wording import refusals
from bot.domain.places import Channel, Member
from bot.practice import answering
from tests.chat.world import ADA, BEN, ELSEWHERE, LONG_ENOUGH, World

BY_NAME = {command.name: command for command in COMMANDS}


def said(outcome: object) -> str:
    """A private or public card as text."""
    assert isinstance(outcome, Response), outcome
    return "\n".join(plain(outcome.card))


async def typed(world: World, line: str, member: Member = ADA, is_manager: bool = True) -> object:
    """Type a line as a member."""
    return await run(world.caller(member, is_manager), parse(line, world.ports.bank))


def test_names_and_counts_keep_the_limits_of_every_platform() -> None:
    assert len(COMMANDS) == len(BY_NAME)
    for command in COMMANDS:
        assert len(command.words) <= 2 and len(command.options) <= 25
        assert all(re.fullmatch(r"[a-z-]{1,32}", word) for word in command.words)
        assert all(re.fullmatch(r"[a-z]{1,20}", option.name) for option in command.options)
        assert all(len(option.description) <= 100 for option in command.options)
    assert all(len(subcommands(group)) <= 25 for group in GROUPS)


def test_a_command_with_subcommands_cannot_itself_be_called() -> None:
    for command in COMMANDS:
        assert command.name not in GROUPS
        assert len(command.words) == 1 or command.words[0] in GROUPS


def test_required_options_come_first() -> None:
    for command in COMMANDS:
        required = [option.required for option in command.options]
        assert required == sorted(required, reverse=True), command.name


def test_every_example_is_a_line_that_can_be_typed() -> None:
    world = World()
    for command in COMMANDS:
        for example in command.examples:
            assert parse(example, world.ports.bank).command is command


def test_a_description_beyond_a_hundred_characters_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="/long"):
        Command("long", "x" * 101, COMMANDS[0].run)


VALUES = {
    "time": "09:00",
    "member": "ben",
    "day": "2026-11-20",
    "file": "own.yaml",
    "name": "own",
    "switch": "on",
}


@pytest.mark.bad_input(102)
@pytest.mark.parametrize("name", sorted(BY_NAME))
@pytest.mark.parametrize("is_manager", [False, True])
async def test_managers_commands_are_for_managers_and_all_others_for_everybody(
    name: str, is_manager: bool
) -> None:
    world, command = World(), BY_NAME[name]
    values = {option.name: VALUES[option.name] for option in command.options if option.required}
    outcome = await run(world.caller(ADA, is_manager), Call(command, values))
    refusal = f"/{name} is for managers of this group. Ask one of them."
    refused = isinstance(outcome, Response) and refusal in said(outcome).replace("\n", " ")
    assert refused == (command.who is Who.MANAGERS and not is_manager)


@pytest.mark.bad_input(102)
async def test_a_refused_command_changes_nothing() -> None:
    world = World()
    assert "managers" in said(await typed(world, "/daily set 09:00", BEN, is_manager=False))
    assert "There is none yet" in said(await typed(world, "/daily list"))


async def test_a_question_is_posted_and_the_command_adds_nothing() -> None:
    world = World()
    assert await typed(world, "/question devops") == Quiet()
    assert [round_.question.track for round_ in world.chat.prompts] == ["devops"]


async def test_an_unknown_track_names_the_nearest_and_posts_nothing() -> None:
    world = World()
    assert "Did you mean backend?" in said(await typed(world, "/question track:bakend"))
    assert world.chat.prompts == []


async def test_a_refused_post_is_told_with_the_reason() -> None:
    world = World()
    world.chat.refuses = "no permission"
    assert "“no permission”" in said(await typed(world, "/question"))


@pytest.mark.parametrize("line", ["/question kind:coding", "/daily set 09:00 kind:coding"])
async def test_one_filter_without_questions_is_named_alone(line: str) -> None:
    assert "No installed question is coding." in said(await typed(World(), line))


def test_a_word_that_is_near_to_nothing_gets_the_tracks() -> None:
    with pytest.raises(BadValue) as caught:
        parse("/question zzzzzz", World().ports.bank)
    assert "Give a track: backend" in refusals.sentence(caught.value)


def test_a_slash_alone_asks_for_a_command() -> None:
    with pytest.raises(UnknownCommand) as caught:
        parse("/", World().ports.bank)
    assert refusals.sentence(caught.value) == "Type a command after the slash; /help lists them."


async def test_a_store_that_does_not_answer_is_told_and_nothing_is_posted() -> None:
    world = World()
    world.store.fail_next_commit()
    assert await typed(world, "/question") == Response(refusals.UNAVAILABLE)
    assert world.chat.prompts == []


async def test_streak_progress_and_board_start_from_nothing() -> None:
    world = World()
    assert "Streak: 0 days" in said(await typed(world, "/streak"))
    assert "In these weeks: 0 practice days" in said(await typed(world, "/progress"))
    board = await typed(world, "/board")
    assert "Nobody has practiced this month" in said(board)
    assert isinstance(board, Response) and not board.private


async def test_a_schedule_is_set_listed_skipped_paused_resumed_posted_and_removed() -> None:
    world = World()
    line = "/daily set 09:00 mon-fri zone:Europe/Berlin track:backend"
    assert "Set: 09:00, mon-fri (Europe/Berlin)" in said(await typed(world, line))
    assert "Changed: 10:00, mon-fri (Europe/Berlin)" in said(await typed(world, "/daily set 10:00"))
    assert "#study · daily: 10:00, mon-fri" in said(await typed(world, "/daily list"))
    assert said(await typed(world, "/daily next")).count("10:00 (Europe/Berlin)") == 3
    assert "Skipped: Mon 23 Nov 2026" in said(await typed(world, "/daily skip"))
    assert "Mon 23 Nov 2026 is left out" in said(await typed(world, "/daily list"))
    assert "Paused: 10:00" in said(await typed(world, "/daily pause"))
    assert "is paused" in said(await typed(world, "/daily pause"))
    assert "Resumed: 10:00" in said(await typed(world, "/daily resume"))
    assert "is running" in said(await typed(world, "/daily resume"))
    assert await typed(world, "/daily now") == Quiet()
    assert "posted already" in said(await typed(world, "/daily now"))
    assert "Mon 23 Nov 2026, 10:00 (Europe/Berlin), daily: posted at 09:00" in said(
        await typed(world, "/daily log")
    )
    assert "Removed: 10:00" in said(await typed(world, "/daily remove"))
    assert "no daily question yet" in said(await typed(world, "/daily pause"))


@pytest.mark.bad_input(34)
@pytest.mark.parametrize("time", ["25:00", "9", "9pm", "24:00"])
async def test_a_wrong_time_is_answered_with_the_right_form(time: str) -> None:
    assert f"“{time}” as a time. Write it with 24 hours, such as 09:00" in said(
        await typed(World(), f"/daily set {time}")
    )


@pytest.mark.bad_input(34)
async def test_wrong_weekdays_are_answered_with_the_right_form() -> None:
    answer = said(await typed(World(), "/daily set 09:00 weekdays:mon-fry"))
    assert "“mon-fry” as weekdays. Did you mean fri?" in answer and "mon-fri" in answer


@pytest.mark.bad_input(33)
@pytest.mark.parametrize("zone", ["utc", "EST5", "America/new_york", "x" * 300, "Factory", "localtime"])
async def test_a_wrong_zone_is_answered_with_three_near_names(zone: str) -> None:
    answer = said(await typed(World(), f"/zone {zone}")).replace("\n", " ")
    assert re.search(
        r"I know no time zone .*Near to it: \S+, \S+, \S+\. A name looks like Europe/Berlin", answer
    )


@pytest.mark.parametrize("hours", ["-1", "1.5", "721", "٣", "99999999999", "soon"])
async def test_hours_until_the_key_points_open_are_a_whole_number_within_bounds(hours: str) -> None:
    answer = said(await typed(World(), f"/daily set 09:00 reveal:{hours}"))
    assert "Give a number of hours from 0 to 720" in answer.replace("\n", " ")


async def test_key_points_open_for_all_after_the_hours_that_a_manager_set() -> None:
    answer = said(await typed(World(), "/daily set 09:00 reveal:48"))
    assert "or 48 hours after the question" in answer


def test_a_command_is_found_by_its_name_and_an_unknown_name_is_refused() -> None:
    assert command_named("daily set").words == ("daily", "set")
    with pytest.raises(UnknownCommand) as caught:
        command_named("daily sett")
    assert caught.value.nearest[0] == "daily set"


async def test_a_zone_is_chosen_and_shown() -> None:
    world = World()
    assert "You have chosen none" in said(await typed(world, "/zone"))
    assert "from now on" in said(await typed(world, "/zone Europe/Berlin"))
    assert "Your time zone: Europe/Berlin" in said(await typed(world, "/zone"))


async def test_rest_days_are_chosen_explained_and_ended() -> None:
    world = World()
    assert "/rest sat,sun" in said(await typed(world, "/rest"))
    assert "Rest days: Sat and Sun" in said(await typed(world, "/rest sat sun"))
    assert "From Tue 24 Nov 2026 on" in said(await typed(world, "/rest none"))
    assert "Leave out at least one" in said(await typed(world, "/rest daily"))


async def test_a_manager_gives_a_missed_day_back_once_it_is_over() -> None:
    world = World()
    assert "nobody called" in said(await typed(world, "/restore @ben 2026-11-20")).replace("\n", " ")
    round_ = await world.asked()
    await answering.submit(world.ports, round_.id, BEN, LONG_ENOUGH, "form-1", world.clock.now())
    first = world.clock.now().date()
    world.clock.forward(days=3)
    assert "ben now has a streak of" in said(await typed(world, f"/restore @ben {first + timedelta(days=1)}"))
    for day in (first - timedelta(days=1), first, first + timedelta(days=3)):
        assert "was not missed" in said(await typed(world, f"/restore @ben {day}")).replace("\n", " ")
    assert "Give a date such as" in said(await typed(world, "/restore @ben 2026-02-30")).replace("\n", " ")


async def test_privacy_shows_exports_and_asks_before_it_deletes() -> None:
    world = World()
    assert "Nothing." in said(await typed(world, "/privacy show"))
    await typed(world, "/zone Europe/Berlin")
    assert "Choices of time zone: 1" in said(await typed(world, "/privacy show"))
    export = await typed(world, "/privacy export")
    assert isinstance(export, Response) and export.private and export.attachment is not None
    assert export.attachment.name == "practice-bot-my-data.json" and "Europe/Berlin" in export.attachment.text
    assert "[Delete everything]" in said(await typed(world, "/privacy delete"))
    assert "Choices of time zone: 1" in said(await typed(world, "/privacy show"))


async def test_help_lists_what_the_asker_may_use() -> None:
    member = said(await typed(World(), "/help", is_manager=False))
    manager = said(await typed(World(), "/help", is_manager=True))
    for command in COMMANDS:
        assert (f"- /{command.name}" in member) == (command.who is Who.EVERYBODY)
        assert f"- /{command.name}" in manager


async def test_help_tells_of_one_command_of_a_group_and_of_the_nearest() -> None:
    world = World()
    assert "track: The role: backend, devops" in said(await typed(world, "/help question"))
    assert "- /daily pause [slot]" in said(await typed(world, "/help daily"))
    assert "For managers." in said(await typed(world, "/help /Daily set"))
    assert "Did you mean /streak?" in said(await typed(world, "/help strek"))


async def test_values_from_a_platforms_own_form_are_checked_like_typed_ones() -> None:
    world = World()
    missing = await run(world.caller(ADA, True), Call(command_named("daily set"), {"time": "  "}))
    assert "/daily set needs a time" in said(missing)
    unknown = await run(world.caller(), Call(command_named("question"), {"trak": "backend"}))
    assert "Did you mean track?" in said(unknown)


def test_completion_gives_what_begins_so_before_what_contains_it() -> None:
    caller = World().caller()
    question = command_named("question")
    assert complete(caller, question, "track", "") == ["backend", "devops"]
    assert complete(caller, question, "kind", "l") == [
        *("leadership", "behavioral", "technical-concept", "operational-debugging")
    ]
    assert complete(caller, question, "kind", "de") == [
        "system-design",
        "operational-debugging",
        "leadership",
    ]
    assert complete(caller, question, "kind", "System D") == ["system-design"]
    assert complete(caller, question, "level", "zzz") == []
    assert complete(caller, question, "nosuch", "") == []


def test_completion_of_zones_finds_a_city_and_stays_within_25() -> None:
    caller, zone = World().caller(), command_named("zone")
    assert complete(caller, zone, "zone", "berl")[0] == "Europe/Berlin"
    assert complete(caller, zone, "zone", "new york")[0] == "America/New_York"
    assert len(complete(caller, zone, "zone", "")) == 25
    assert len(complete(caller, zone, "zone", "a")) == 25


async def test_one_workspace_sees_nothing_of_another() -> None:
    world = World()
    await typed(world, "/daily set 09:00")
    stranger = world.caller(Member(ELSEWHERE, "ada"), True, Channel(ELSEWHERE, "study"))
    outcome = await run(stranger, Call(command_named("daily list"), {}))
    assert "There is none yet" in said(outcome)
