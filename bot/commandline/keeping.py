"""`backup`, `restore` and `recount`."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.app import SystemClock, running
from bot.chat.wording.times import count
from bot.commandline.errors import MEND_FIRST, explained, settings_for
from bot.practice.recounting import recount
from bot.settings import Settings
from bot.store.backup import backup, restore
from bot.store.opening import sqlite_file

USE_PG_DUMP = "The facts are in PostgreSQL: use pg_dump and pg_restore for them."
NAME_THE_DATA = "Nothing was made. Name the folder in which practice-bot keeps its data with --data."


def run_backup(data: Path, config: Path | None, file: Path) -> int:
    """Copy the database; gives the exit code."""
    with explained():
        if _is_postgres(settings_for(config)):
            return MEND_FIRST
        backup(sqlite_file(data), file)
    typer.echo(f"Backed up to {file}; the copy was opened and checked.")
    return 0


def run_restore(data: Path, config: Path | None, file: Path) -> int:
    """Put a copy in the database's place; gives the exit code."""
    with explained():
        if _is_postgres(settings_for(config)):
            return MEND_FIRST
        aside = restore(file, sqlite_file(data), datetime.now(UTC))
    typer.echo(
        f"Restored from {file}." + (f" The database that was there is kept as {aside}." if aside else "")
    )
    return 0


def run_recount(data: Path, config: Path | None) -> int:
    """Rebuild what is cached; gives the exit code."""
    with explained():
        settings = settings_for(config)
        if not settings.store.postgresql_url.get_secret_value() and not sqlite_file(data).exists():
            typer.echo(f"There is no database at {sqlite_file(data)}. {NAME_THE_DATA}", err=True)
            return MEND_FIRST
        counted = asyncio.run(_recount(settings, data))
    typer.echo(f"Counted anew for {count(counted, 'member')}.")
    return 0


async def _recount(settings: Settings, data: Path) -> int:
    async with running(settings, data, SystemClock()) as app:
        return await recount(app.ports)


def _is_postgres(settings: Settings) -> bool:
    if settings.store.postgresql_url.get_secret_value():
        typer.echo(USE_PG_DUMP, err=True)
        return True
    return False
