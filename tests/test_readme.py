"""What the README shows is what the program prints."""

import re
from pathlib import Path

from tests.commandline.calling import call

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
PROMPT = "#study: "


def block(start: str, end: str) -> list[str]:
    """The lines of the README between two marks, without the fences."""
    inside = README[README.index(start) + len(start) : README.index(end)]
    return [line for line in inside.splitlines() if line and line != "```"]


def test_the_transcript_is_what_a_new_person_sees(tmp_path: Path) -> None:
    lines = block("<!-- transcript -->", "<!-- /transcript -->")
    typed = [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]
    shown = [line for line in lines if not line.startswith(PROMPT) and "[…]" not in line]
    done = call(tmp_path, "chat", "--as", "ada", text="\n".join(typed) + "\n")
    printed = done.stdout.splitlines()
    at = 0
    for line in shown:
        assert line in printed[at:], line
        at = printed.index(line, at) + 1


def test_the_preview_is_what_the_program_prints(tmp_path: Path) -> None:
    command = re.search(r"^\$ practice-bot (daily preview .*)$", README, re.MULTILINE)
    assert command is not None
    shown = README[command.end() : README.index("```", command.end())].strip().splitlines()
    assert call(tmp_path, *command[1].split()).stdout.splitlines() == shown


def test_the_scopes_are_those_of_the_manifest() -> None:
    from bot.chat.slack.scopes import scopes_table

    assert block("<!-- scopes -->", "<!-- /scopes -->") == scopes_table().splitlines()


def test_the_permissions_number_is_that_of_the_invite_link() -> None:
    from bot.chat.discord.permissions import RIGHTS, wanted

    assert f"`{wanted().value}`" in README
    assert all(right in README for right in RIGHTS.values())


def test_the_number_of_questions_is_that_of_the_packs() -> None:
    from bot.app import bank_for
    from bot.settings import Settings

    assert f"has {len(bank_for(Settings()).questions)} questions" in README
