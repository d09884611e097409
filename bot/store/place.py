"""Whether a SQLite file can be where it is wanted: a local disk, a file, readable, whole."""

import os
from contextlib import closing
from pathlib import Path

from bot.store import driver
from bot.store.broken import StoreBroken

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs"})
_MOUNTS = Path("/proc/mounts")
_RESTORE = (
    "Nothing was changed. Stop everything that uses it, keep a copy of the file and of those beside it that begin"
    " with its name, and put your newest backup in its place: `practice-bot restore FILE`"
)


def prepare(file: Path) -> None:
    """Make the folder and an empty file, which only their owner can read, where there is none; raises StoreBroken."""
    if file.is_dir():
        raise StoreBroken(f"{file} is a folder. Name a file for the database, or another folder with --data.")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kind = file_system(file.parent.resolve(), _mounts())
        if kind in _NETWORK:
            raise StoreBroken(
                f"{file} is on a network file system ({kind}), where SQLite's locks cannot be trusted."
                " Choose a folder on a local disk with --data, or use PostgreSQL."
            )
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        if not os.access(file.parent, os.W_OK):
            raise PermissionError(13, "the folder cannot be written")
    except OSError as error:
        raise StoreBroken(
            f"{file} cannot be used as the database: {error.strerror or error}."
            " Give practice-bot the right to write the file and its folder, or choose another folder with --data."
        ) from error


def check_whole(file: Path) -> None:
    """Read a database with what its last process left beside it, and change nothing; raises StoreBroken.

    A connection that only reads leaves the file and its -wal as they are, also when it closes.
    """
    try:
        uri = f"{file.absolute().as_uri()}?mode=ro"
        with closing(driver.library.connect(uri, uri=True, timeout=5.0, isolation_level=None)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except driver.Error as error:
        raise StoreBroken(f"{driver.meaning(error, file)} {_RESTORE}.") from error
    if found != "ok":
        raise StoreBroken(f"The database {file} is damaged: {found}. {_RESTORE}.")


def file_system(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder is on, by the text of /proc/mounts; empty when it is not known."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if folder.is_relative_to(mounted) and len(mounted.parts) >= best:
            best, kind = len(mounted.parts), fields[2]
    return kind


def identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name; None when there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - asked for on every commit, and a third of the time of Path.stat
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", "replace")
    except OSError:  # no Linux
        return ""
