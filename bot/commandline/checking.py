"""`check` and `content check`: what is wrong, where, and what to do about it."""

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import typer

from bot.app import OWN_CONTENT, bank_for
from bot.chat.wording.times import count
from bot.commandline.errors import MEND_FIRST, explained, settings_for
from bot.commandline.online import online_lines
from bot.packs import PackError, house_findings, read_packs_apart, read_packs_placed
from bot.settings import Settings, SettingsError
from bot.store.broken import StoreBroken
from bot.store.opening import inspect
from bot.store.process_lock import StoreInUse

SPACE_WANTED = 200_000_000
"""Bytes that should be free where the data is: room for the database, its log and a backup."""
OLDEST_PYTHON = (3, 11)
NO_PACK = "there is no pack. Name a pack's YAML file, or a folder with packs in it."


def run_check(data: Path, config: Path | None, online: bool) -> int:
    """Print one line for everything looked at; gives 0, or 2 when something must be mended."""
    faults = 0
    for name, fault, told in _looks(data, config, online):
        faults += fault
        typer.echo(f"{'fault' if fault else 'ok   '}  {name:9} {told}")
    return MEND_FIRST if faults else 0


def _looks(data: Path, config: Path | None, online: bool) -> Iterator[tuple[str, bool, str]]:
    yield _versions()
    try:
        settings = settings_for(config)
    except SettingsError as error:
        for finding in error.findings:
            yield "settings", True, finding
        return
    yield "settings", False, "all keys known and within bounds"
    yield from _packs(settings)
    yield _database(settings, data)
    yield _space(data)
    if online:
        yield from online_lines(settings, data)


def _versions() -> tuple[str, bool, str]:
    told = f"Python {platform.python_version()}, practice-bot {version('practice-bot')}, tzdata {version('tzdata')}"
    if sys.version_info < OLDEST_PYTHON:
        return "versions", True, f"{told}; install Python 3.11 or newer"
    return "versions", False, told


def _packs(settings: Settings) -> Iterator[tuple[str, bool, str]]:
    try:
        bank = bank_for(settings)
    except PackError as error:
        for finding in error.findings:
            yield "packs", True, str(finding)
        return
    for pack in bank.packs:
        yield "packs", False, f"{pack.id} version {pack.version}: {len(pack.questions)} questions"


def _database(settings: Settings, data: Path) -> tuple[str, bool, str]:
    try:
        told = inspect(data, settings.store.postgresql_url.get_secret_value())
    except StoreInUse as error:
        holder = "another process" if error.pid is None else f"process {error.pid}"
        return "database", False, f"in use by {holder}, as it should be while the bot runs"
    except StoreBroken as error:
        return "database", True, str(error)
    return "database", False, told


def _space(data: Path) -> tuple[str, bool, str]:
    there = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    told = f"{free // 1_000_000:,} MB free at {data}"
    if free < SPACE_WANTED:
        return (
            "space",
            True,
            f"{told}; free at least {SPACE_WANTED // 1_000_000} MB, or choose another --data folder",
        )
    return "space", False, told


def run_content_check(path: Path | None, config: Path | None) -> int:
    """Print every finding in packs, those of the house rules as well; gives 0, or 2 for findings, or no pack at all."""
    with explained():
        folders = [path] if path else [OWN_CONTENT, *settings_for(config).content.folders]
        read_packs_apart(folders)  # bounds time and memory, and raises all that is wrong
        packs, places = read_packs_placed(folders)
    if not packs:
        typer.echo(f"{path}: {NO_PACK}", err=True)
        return MEND_FIRST
    findings = house_findings(packs, places)
    for finding in findings:
        typer.echo(str(finding))
    questions = sum(len(pack.questions) for pack in packs)
    told = (count(questions, "question"), count(len(packs), "pack"), count(len(findings), "finding"))
    typer.echo("{} in {}, {}".format(*told))
    return MEND_FIRST if findings else 0
