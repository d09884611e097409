"""The README's table of commands is the one that the commands themselves give."""

from pathlib import Path

from bot.chat.commands import COMMANDS, commands_table

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_holds_the_table_of_commands() -> None:
    _, start, rest = README.read_text(encoding="utf-8").partition("<!-- commands -->")
    table, end, _ = rest.partition("<!-- /commands -->")
    assert start and end, "README.md needs <!-- commands --> and <!-- /commands --> around its table"
    assert table.strip() == commands_table()


def test_the_table_has_a_line_for_each_command() -> None:
    lines = commands_table().splitlines()
    assert len(lines) == len(COMMANDS) + 2
    assert all(line.count("|") == 4 for line in lines)
