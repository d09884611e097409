"""Whole and checked copies of a SQLite file, also while the bot writes to it."""

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from bot.store import driver
from bot.store.broken import StoreBroken


def snapshot(source: Path, target: Path) -> None:
    """Copy a database by VACUUM INTO; `target` appears under its name only when it is whole, checked and on disk.

    Only its owner can read it, and the folder if that is made here. What stands at `target` is replaced.
    Raises StoreBroken, and then leaves `target` and `source` as they were.
    """
    if not source.is_file():
        raise StoreBroken(f"There is no database at {source}, so there is nothing to copy.")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        # SQLite fills an empty file, and its own would be for everybody to read.
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with closing(driver.library.connect(source, timeout=30, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        check(unfinished)
        flush(unfinished)
        unfinished.replace(target)
        flush(target.parent)
    except (OSError, driver.Error) as error:
        raise StoreBroken(
            f"The database {source} could not be copied to {target}: {reason(error)}."
            " Nothing was changed. Free some space, or choose another place, and try again."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def check(file: Path) -> None:
    """Read a whole database file and raise StoreBroken if any part of it is damaged; the file stays as it is."""
    problems: list[str]
    try:
        with closing(open_unchanged(file)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
            problems += [f"a row of {row[0]} lost its {row[2]}" for row in _orphans(connection)]
    except driver.Error as error:
        problems = [reason(error)]
    if problems:
        raise StoreBroken(
            f"{file} is not a sound SQLite database: {problems[0]}. It was left as it is. Use another copy of it."
        )


def open_unchanged(file: Path) -> Any:
    """A connection to a file that nobody writes to; it makes no -wal and no -shm, and reads none."""
    return driver.library.connect(
        f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )


def reason(error: Exception) -> str:
    """What an operating system or SQLite error says, in few words."""
    return getattr(error, "strerror", None) or str(error)


def flush(path: Path) -> None:
    """Have a file, or a folder's list of names, written to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _orphans(connection: Any) -> list[tuple[str, int, str, int]]:
    found: list[tuple[str, int, str, int]] = connection.execute("PRAGMA foreign_key_check").fetchmany(3)
    return found
