"""`content import` and `content export`: a group's own questions in, and questions out for other programs."""

import asyncio
import re
import sys
from pathlib import Path

import typer

from bot.app import SystemClock, bank_for, running
from bot.chat.local.convert import HOME
from bot.chat.wording.refusals import sentence
from bot.chat.wording.times import count
from bot.commandline.errors import MEND_FIRST, explained, settings_for
from bot.domain.places import Platform, Workspace
from bot.domain.questions import Pack
from bot.domain.refusals import Refusal
from bot.packs import Finding, PackError, read_pack_apart
from bot.packs.characters import LARGEST_FILE
from bot.packs.csv_form import ENDING
from bot.packs.exporting import EXPORTS
from bot.packs.findings import shown
from bot.practice.importing import Imported, import_pack
from bot.settings import Settings

NO_ADDRESS = "Addresses are not imported. Download the file, look at it, and name it here."
NO_FILE = "There is no such plain file. Name one pack's .yaml or .csv file."
ID_OF_YAML = "--pack is for a CSV; a YAML pack has its id in its header."
NO_WORKSPACE = "--for wants a workspace such as local:home, discord:123 or slack:T123; the platforms are {}."
IS_THERE = "{} is there already. Name another file, or write over it with --force."

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def run_content_import(
    file: Path, data: Path, config: Path | None, workspace: str | None, pack: str | None = None
) -> int:
    """Bring a pack into a workspace, the local one if none is named; gives the exit code."""
    with explained():
        place = _workspace(workspace)
        if place is None:
            typer.echo(NO_WORKSPACE.format(", ".join(Platform)), err=True)
            return MEND_FIRST
        read = _pack_in(file, pack)
        try:
            imported = asyncio.run(_import(settings_for(config), data, place, read))
        except Refusal as refused:
            typer.echo(sentence(refused), err=True)
            return MEND_FIRST
    typer.echo(_told(imported, place))
    return 0


def run_content_export(
    fmt: str, out: Path | None, data: Path, config: Path | None, workspace: str | None, *, force: bool
) -> int:
    """Write the installed questions, or a workspace's own, to a file or standard output; gives the exit code."""
    with explained():
        place = _workspace(workspace)
        if place is None:
            typer.echo(NO_WORKSPACE.format(", ".join(Platform)), err=True)
            return MEND_FIRST
        settings = settings_for(config)
        packs = bank_for(settings).packs if workspace is None else asyncio.run(_own(settings, data, place))
    text = EXPORTS[fmt][1](packs)
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return 0
    try:
        # Spreadsheets take a file without the mark for one of their own old encodings.
        with out.open(
            "w" if force else "x", encoding="utf-8-sig" if fmt == "csv" else "utf-8", newline=""
        ) as file:
            file.write(text)
    except FileExistsError:
        typer.echo(IS_THERE.format(out), err=True)
        return MEND_FIRST
    except OSError as error:
        typer.echo(f"{out} cannot be written: {error.strerror}. Name another file.", err=True)
        return MEND_FIRST
    typer.echo(f"Wrote {count(sum(len(pack.questions) for pack in packs), 'question')} to {out}.")
    return 0


def _workspace(key: str | None) -> Workspace | None:
    if key is None:
        return HOME
    platform, _, id_ = key.partition(":")
    if platform not in tuple(Platform) or not id_ or id_ != id_.strip():
        return None
    return HOME if platform == Platform.LOCAL else Workspace(Platform(platform), id_)


def _pack_in(file: Path, sheet: str | None) -> Pack:
    if _ADDRESS.match(str(file)):
        raise PackError([Finding(shown(str(file)), 0, 0, NO_ADDRESS)])
    if sheet is not None and file.suffix.lower() != ENDING:
        raise PackError([Finding(shown(file.name), 0, 0, ID_OF_YAML)])
    if file.is_symlink() or not file.is_file():  # a pipe or device might never end
        raise PackError([Finding(shown(str(file)), 0, 0, NO_FILE)])
    try:
        with file.open("rb") as opened:
            read = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        told = f"The file cannot be read: {error.strerror}; see to its permissions."
        raise PackError([Finding(shown(file.name), 0, 0, told)]) from error
    return read_pack_apart({file.name: read}, sheet=sheet)


async def _import(settings: Settings, data: Path, workspace: Workspace, pack: Pack) -> Imported:
    async with running(settings, data, SystemClock()) as app:
        return await import_pack(app.ports, workspace, None, pack)


async def _own(settings: Settings, data: Path, workspace: Workspace) -> tuple[Pack, ...]:
    async with running(settings, data, SystemClock()) as app:
        return await app.ports.store.read(lambda tx: tx.packs_of(workspace))


def _told(imported: Imported, workspace: Workspace) -> str:
    pack = f"{imported.pack.id} version {imported.pack.version}"
    if imported.same:
        return f"{pack} was in {workspace.key} just so; nothing changed."
    added = count(imported.added, "question")
    return f"{pack} is in {workspace.key}: {added} added, {imported.changed} changed, {imported.retired} retired."
