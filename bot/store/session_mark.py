"""Which log belongs to which file: a -wal that is found beside another state of the database is not replayed.

SQLite would take any log of the right form and silently put its pages over the file, for instance over a backup
that somebody copied into its place after a crash. So each run writes a fresh number into the file itself
(`user_version`, bytes 60 to 63) and into `<file>.session` beside it; copies made by `backup` carry 0.
"""

import secrets
from pathlib import Path
from typing import Any

from bot.store.broken import StoreBroken

_OFFSET = 60
_BITS = 31


def check_log(file: Path) -> None:
    """Raise StoreBroken when the log beside a file was left by a run that worked on another state of it."""
    log = _beside(file, "-wal")
    try:
        left = int(_beside(file, ".session").read_text("ascii"))
        if not log.stat().st_size:
            return
        with file.open("rb") as opened:
            opened.seek(_OFFSET)
            found = int.from_bytes(opened.read(4), "big")
    except (OSError, ValueError):
        return  # the last run ended well, or nothing is known of it
    if found != left:
        raise StoreBroken(
            f"{log} was left by a run that did not work on this {file.name}: the file was put there since."
            " Nothing was changed. If you restored a backup by hand, move the files whose names end in -wal and"
            " -shm away and start again; else put your newest backup in place with `practice-bot restore FILE`."
        )


def begin(connection: Any, file: Path) -> None:
    """Mark the file for this run. The order holds at a crash anywhere: the old mark, then none, then the new one."""
    if not _emptied(connection):
        return  # another program is reading: this run goes unmarked
    _beside(file, ".session").unlink(missing_ok=True)
    mark = secrets.randbits(_BITS)
    connection.execute(f"PRAGMA user_version = {mark}")
    if _emptied(connection):
        _beside(file, ".session").write_text(f"{mark}\n", "ascii")


def end(file: Path) -> None:
    """Take the mark away after a run that left no log."""
    if not _beside(file, "-wal").exists():
        _beside(file, ".session").unlink(missing_ok=True)


def _emptied(connection: Any) -> bool:
    """Whether everything in the log could be put into the file, and the log emptied."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.name}{ending}")
