"""Each import contract is seen to catch a fault planted in a copy of the tree."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# contract -> faults; a fault is a file, new or not, and a line that breaks the contract there
FAULTS = {
    "rooms": [
        ("bot/domain/planted.py", "import bot.practice.ports"),
        ("bot/practice/planted.py", "import bot.store"),
        ("bot/store/planted.py", "import bot.chat"),
        ("bot/figures.py", "import bot.store"),
        ("bot/practice/planted.py", "import bot.figures"),
        ("bot/unheard_of.py", ""),
    ],
    "chat": [
        ("bot/chat/local/planted.py", "import bot.chat.discord"),
        ("bot/chat/calls.py", "import bot.chat.wording"),
        ("bot/chat/cards.py", "import bot.chat.wording"),
        ("bot/chat/fields.py", "import bot.chat.cards"),
        ("bot/chat/wording/planted.py", "import bot.chat.commands"),
        ("bot/chat/unheard_of.py", ""),
    ],
    "discord-library": [("bot/chat/local/planted.py", "import discord")],
    "slack-library": [
        ("bot/chat/router.py", "import slack_bolt"),
        ("bot/chat/local/planted.py", "from slack_sdk.errors import SlackApiError"),
    ],
    "local-libraries": [
        ("bot/chat/router.py", "import nicegui"),
        ("bot/commandline/planted.py", "import prompt_toolkit"),
    ],
    "database-libraries": [
        ("bot/app.py", f"import {library}")
        for library in (
            "aiosql",
            "aiosqlite",
            "alembic",
            "psycopg",
            "psycopg_pool",
            "pysqlite3",
            "sqlalchemy",
            "sqlite3",
        )
    ],
    "scheduler-library": [("bot/app.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler")],
    "yaml-library": [("bot/settings.py", "import yaml")],
    "http-library": [("bot/chat/local/planted.py", "import aiohttp")],
    "picture-library": [("bot/chat/wording/planted.py", "from PIL import Image")],
    "command-line-library": [("bot/app.py", "import typer")],
    "settings-library": [("bot/app.py", "import pydantic_settings")],
    "statistics-libraries": [
        *(("bot/app.py", f"import {library}") for library in ("choix", "numpy", "scipy")),
        ("bot/chat/pictures.py", "import numpy.typing"),
        ("bot/app.py", "from sklearn.metrics import cohen_kappa_score"),
    ],
}


def contracts() -> dict[str, str]:
    """Names of the contracts by their ids."""
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    mark = "importlinter:contract:"
    return {name.removeprefix(mark): rules[name]["name"] for name in rules.sections() if mark in name}


def lint(tree: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Check one contract in a tree."""
    command = [str(LINT_IMPORTS), "--no-cache", "--contract", contract]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program and of its rules, with every module that a fault names."""
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for room in ("chat/discord", "chat/local", "chat/commands", "commandline"):
        (tmp_path / "bot" / room).mkdir(exist_ok=True)
        (tmp_path / "bot" / room / "__init__.py").touch()
    return tmp_path


def test_each_contract_has_a_planted_fault() -> None:
    assert set(FAULTS) == set(contracts())


@pytest.mark.parametrize("contract", FAULTS)
def test_the_tree_as_it_stands_keeps_the_contract(tree: Path, contract: str) -> None:
    found = lint(tree, contract)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [(contract, *fault) for contract, faults in FAULTS.items() for fault in faults],
)
def test_a_planted_fault_breaks_the_contract(tree: Path, contract: str, file: str, line: str) -> None:
    with (tree / file).open("a", encoding="utf-8") as planted:
        planted.write(f"\n{line}\n")
    found = lint(tree, contract)
    assert found.returncode == 1
    assert f"{contracts()[contract]} BROKEN" in found.stdout
