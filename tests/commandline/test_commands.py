"""The program has every command that the README names, and the README names every command that the program has."""

import re
from pathlib import Path

from typer.models import CommandInfo

from bot.commandline.program import program

README = Path(__file__).parents[2] / "README.md"


def in_readme() -> set[str]:
    """The commands of the table under "Running it"; `a` and `b` may share a row."""
    table = README.read_text(encoding="utf-8").partition("## Running it")[2].partition("They end with 0")[0]
    rows = [line.split("|")[1] for line in table.replace("\\|", "/").splitlines() if line.startswith("| `")]
    return {words(cell) for row in rows for cell in re.findall(r"`([^`]+)`", row)}


def words(cell: str) -> str:
    """`content import FILE [--for WORKSPACE]` -> `content import`."""
    return " ".join(re.findall(r"^(?:[a-z]+ ?)+", cell)).strip()


def in_program() -> set[str]:
    groups = {group.name: group.typer_instance for group in program.registered_groups}
    found = {name_of(command) for command in program.registered_commands}
    for name, group in groups.items():
        assert group is not None
        found |= {f"{name} {name_of(command)}" for command in group.registered_commands}
    return found


def name_of(command: CommandInfo) -> str:
    assert command.callback is not None
    return command.name or command.callback.__name__


def test_the_readme_and_the_program_name_the_same_commands() -> None:
    assert in_readme() == in_program()
