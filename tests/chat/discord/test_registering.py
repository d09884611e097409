"""What is registered with Discord is what is declared, within Discord's limits."""

import re
from typing import Any

import pytest

from bot.chat.actions import MESSAGE_ACTIONS
from bot.chat.calls import Who
from bot.chat.commands import COMMANDS, GROUPS
from bot.chat.discord.registering import declaration

NAME = re.compile(r"[-_a-z0-9]{1,32}")
MANAGE_GUILD = "32"


def walked(commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Commands, subcommands and options."""
    found = list(commands)
    for each in commands:
        found += walked(each.get("options", []))
    return found


def test_every_command_is_there_once() -> None:
    names = []
    for each in declaration():
        inner = [option["name"] for option in each.get("options", []) if option["type"] == 1]
        names += [f"{each['name']} {name}" for name in inner] or [each["name"]]
    labels = [action.label for action in MESSAGE_ACTIONS]
    assert sorted(names) == sorted([*(command.name for command in COMMANDS), *labels])


@pytest.mark.parametrize("everywhere", [True, False])
def test_names_descriptions_and_numbers_are_within_the_limits(everywhere: bool) -> None:
    drawn = declaration(everywhere)
    assert sum(each["type"] == 1 for each in drawn) <= 100 and sum(each["type"] == 3 for each in drawn) <= 5
    for each in walked(drawn):
        assert len(each.get("options", [])) <= 25
        if each["type"] == 3 and "description" not in each:
            assert 1 <= len(each["name"]) <= 32
        else:
            assert NAME.fullmatch(each["name"]) and 1 <= len(each["description"]) <= 100


def test_required_options_come_first() -> None:
    for each in walked(declaration()):
        required = [option["required"] for option in each.get("options", []) if option["type"] != 1]
        assert required == sorted(required, reverse=True)


@pytest.mark.bad_input(102)
def test_managers_commands_are_shown_to_managers_only() -> None:
    drawn = {each["name"]: each.get("default_member_permissions") for each in declaration()}
    for command in COMMANDS:
        if command.words[0] not in GROUPS:
            assert drawn[command.name] == (MANAGE_GUILD if command.who is Who.MANAGERS else None)
    assert drawn["daily"] == MANAGE_GUILD and drawn["privacy"] is None


def test_commands_are_for_servers_only() -> None:
    assert all(each["contexts"] == [0] for each in declaration())


def test_options_that_know_values_complete_them() -> None:
    question = next(each for each in declaration() if each["name"] == "question")
    assert all(option["autocomplete"] for option in question["options"])


def test_a_member_is_chosen_by_discord_itself() -> None:
    restore = next(each for each in declaration() if each["name"] == "restore")
    assert next(option["type"] for option in restore["options"] if option["name"] == "member") == 6
