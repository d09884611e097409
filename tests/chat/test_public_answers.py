"""What a command declares of who sees its answer is what its answer says."""

import pytest

from bot.chat.calls import Call, Command, Response
from bot.chat.commands import COMMANDS, command_named, run
from tests.chat.world import ADA, World

GIVEN = {
    "time": "09:00",
    "member": "ada",
    "day": "2026-11-01",
    "file": "pack.yaml",
    "name": "nothing",
    "switch": "off",
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_an_answer_is_as_public_as_its_command_declares(command: Command) -> None:
    needed = {option.name: GIVEN.get(option.name, "x") for option in command.options if option.required}
    outcome = await run(World().caller(ADA, True), Call(command, needed))
    if isinstance(outcome, Response):
        assert outcome.private is not command.public


def test_the_board_is_for_everybody_and_the_streak_is_not() -> None:
    assert command_named("board").public and not command_named("streak").public


async def test_the_refusal_of_a_public_command_is_private() -> None:
    outcome = await run(World().caller(ADA, True), Call(command_named("board"), {"nonsense": "x"}))
    assert isinstance(outcome, Response) and outcome.private
