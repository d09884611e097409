"""Backups of the SQLite file, daily and on demand, and the way back from one.

PostgreSQL has its own tools for that: pg_dump and pg_restore.
"""

import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from bot.store import driver
from bot.store.broken import StoreBroken
from bot.store.dialects import SQLITE
from bot.store.migrating import current, is_due
from bot.store.process_lock import ProcessLock
from bot.store.snapshots import check, flush, open_unchanged, reason, snapshot

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; beside another file of the same name it would damage that."""


def backup(source: Path, target: Path) -> None:
    """Copy the database to a new file, also while the bot runs; the copy is opened and checked.

    Raises StoreBroken when `target` is there already, or cannot be written; then nothing was changed.
    """
    if target.exists():
        raise StoreBroken(
            f"{target} is there already and was left as it is. Name a file that does not exist yet."
        )
    snapshot(source, target)


def daily_backup(source: Path, keep: int, today: date) -> Path | None:
    """Keep one backup a day in `backups/` beside the database, and the newest `keep` of them.

    Gives the new backup, or None if today's is there already. Raises StoreBroken, and then deletes no older one.
    """
    folder = source.parent / "backups"
    target = folder / f"daily-{today.isoformat()}.sqlite"
    if target.exists():
        return None
    snapshot(source, target)
    for old in sorted(folder.glob("daily-????-??-??.sqlite"))[:-keep]:
        old.unlink(missing_ok=True)
    return target


def restore(source: Path, target: Path, at: datetime) -> Path | None:
    """Put a copy of a backup in the database's place; gives where the replaced one is kept, if there was one.

    The replaced one gets a name with `at` in it. Raises StoreInUse, naming the process, while the bot runs, and
    StoreBroken when the backup is damaged, is not ours, or is newer than the program; then nothing was changed.
    """
    if not source.is_file():
        raise StoreBroken(f"There is no file {source}. Nothing was changed.")
    if target.exists() and source.samefile(target):
        raise StoreBroken(f"{source} is the database itself. Name a backup of it.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = ProcessLock(target)
    staged = target.with_name(f".{target.name}.restoring")
    try:
        _refuse_unsuitable(source)
        shutil.copyfile(source, staged)
        staged.chmod(0o600)
        flush(staged)
        check(staged)
        aside = _set_aside(target, at)
        for ending in _BESIDE:
            _beside(target, ending).unlink(missing_ok=True)
        staged.replace(target)
        flush(target.parent)
    except OSError as error:
        raise StoreBroken(
            f"{source} could not be put in the place of {target}: {reason(error)}."
            " The database is as it was. Free some space or mend the rights, and try again."
        ) from error
    finally:
        with suppress(OSError):
            staged.unlink()
        lock.release()
    return aside


def _refuse_unsuitable(source: Path) -> None:
    """Raise StoreBroken for what is no sound backup that this program can use; the file is only read."""
    for ending in ("-wal", "-journal"):
        log = _beside(source, ending)
        if log.exists() and log.stat().st_size > 0:
            raise StoreBroken(
                f"{log} lies beside {source}, so that is no finished backup, and it cannot be told whether the two"
                " belong together. Nothing was changed. Use a file made by `practice-bot backup`, or move the log away."
            )
    check(source)
    try:
        with closing(open_unchanged(source)) as connection:
            found = current(connection, SQLITE)
    except driver.Error as error:
        raise StoreBroken(f"{source} cannot be read: {reason(error)}. Nothing was changed.") from error
    if found is None:
        raise StoreBroken(
            f"{source} is empty. Nothing was changed. Use a file made by `practice-bot backup`."
        )
    is_due(found)


def _set_aside(target: Path, at: datetime) -> Path | None:
    """Give the database, whole and with its log, a second name that stays when the first is taken from it."""
    if not target.exists():
        return None
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = target.with_name(f"{target.stem}.replaced-{stamp}{target.suffix}")
    made: list[Path] = []
    try:
        for ending in ("", "-wal", "-journal"):
            if _beside(target, ending).exists():
                _name_too(_beside(target, ending), _beside(aside, ending))
                made.append(_beside(aside, ending))
    except OSError:
        for each in made:
            each.unlink(missing_ok=True)
        raise
    flush(target.parent)
    return aside


def _name_too(file: Path, second: Path) -> None:
    try:
        os.link(file, second)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        shutil.copyfile(file, second)
        second.chmod(0o600)
        flush(second)


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)
