"""SQLite itself: which library serves, how its connections are set up, and what its errors mean."""

import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.practice.ports import StoreUnavailable

_STATEMENTS_KEPT = 400  # more than there are statements, so that each is compiled once a connection
_BUSY_MS = 5000
_WAL_PAGES = 4000  # 16 MB; at SQLite's 1000 a busy minute spends a tenth of its time copying pages twice
_FIXED = ((3, 44, 6), (3, 45, 0)), ((3, 50, 7), (3, 51, 0)), ((3, 51, 3), (99, 0, 0))

library: ModuleType = sqlite3
try:
    from pysqlite3 import dbapi2

    library = dbapi2
except ImportError:  # a platform for which there is no wheel
    pass

Error: type[Exception] = library.Error
DatabaseError: type[Exception] = library.DatabaseError
_OUR_MISTAKES: tuple[type[Exception], ...] = (
    library.IntegrityError,
    library.ProgrammingError,
    library.DataError,
)

_MEANINGS = {
    "SQLITE_BUSY": "is locked by another program; close what has it open, and try again",
    "SQLITE_LOCKED": "is locked by another program; close what has it open, and try again",
    "SQLITE_FULL": "cannot grow, because the disk is full; free some space, practice-bot goes on by itself then",
    "SQLITE_READONLY": "cannot be written; give practice-bot the right to write the file and its folder",
    "SQLITE_IOERR": "cannot be read or written, the disk reports an error; look at the disk and its free space",
    "SQLITE_CANTOPEN": "cannot be opened; look at the rights of the file and its folder",
    "SQLITE_CORRUPT": "is damaged; stop practice-bot and run `practice-bot restore FILE` with your newest backup",
    "SQLITE_NOTADB": "is no SQLite database; put the right file there, or run `practice-bot restore FILE`",
}


def is_exposed(version: tuple[int, ...]) -> bool:
    """Whether a SQLite can damage a WAL file that two connections write and checkpoint at once.

    The fault is in 3.7.0 to 3.51.2; it was mended in 3.44.6, 3.50.7 and 3.51.3 (SQLite's own notes on WAL).
    """
    return version >= (3, 7, 0) and not any(first <= version < end for first, end in _FIXED)


def journal_mode(version: tuple[int, ...] = library.sqlite_version_info) -> str:
    """WAL, or DELETE where WAL is not safe."""
    return "DELETE" if is_exposed(version) else "WAL"


def connect(file: Path, read_only: bool = False) -> Any:
    """A connection with every setting of the house; it belongs to the thread that calls this.

    A reading connection cannot change anything, not even by a mistake of ours.
    """
    connection = library.connect(
        file, isolation_level=None, cached_statements=_STATEMENTS_KEPT, timeout=_BUSY_MS / 1000
    )
    try:
        for pragma in (
            f"busy_timeout = {_BUSY_MS}",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "mmap_size = 0",
            *(
                ("query_only = ON",)
                if read_only
                else (
                    f"journal_mode = {journal_mode()}",
                    "synchronous = FULL",
                    "secure_delete = ON",  # what a member deletes is not left in the file's free space
                    f"wal_autocheckpoint = {_WAL_PAGES}",
                )
            ),
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def meaning(error: Exception, file: Path) -> str:
    """A sentence for people about an error of SQLite."""
    name = getattr(error, "sqlite_errorname", None) or ""
    known = next((text for start, text in _MEANINGS.items() if name.startswith(start)), None)
    return f"The database {file} {known or f'reports: {error}'}."


def named(error: BaseException, file: Path) -> BaseException:
    """What an exception is to a use case: StoreUnavailable when the database failed, else itself."""
    if isinstance(error, DatabaseError) and not isinstance(error, _OUR_MISTAKES):
        return StoreUnavailable(meaning(error, file))
    return error
