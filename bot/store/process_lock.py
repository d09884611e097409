"""One process for one SQLite file: a lock that ends with its process, and the holder's process id beside it."""

import os
from pathlib import Path

from bot.store.broken import StoreBroken


class StoreInUse(StoreBroken):
    """Another process has the file; `pid` is its process id, if it could be read. The program ends with code 3."""

    def __init__(self, file: Path, pid: int | None) -> None:
        self.pid = pid
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(
            f"{file} is in use by {holder}. A SQLite file serves one practice-bot at a time: stop that process"
            " first, or give each instance its own folder with --data, or use PostgreSQL for several instances."
        )


class ProcessLock:
    """The lock on a file. It also ends when the process does, however that happens."""

    def __init__(self, file: Path) -> None:
        """Take the lock; raises StoreInUse."""
        from filelock import FileLock, Timeout  # its import tries links out in a folder that it makes

        self._pid_file = file.with_name(f"{file.name}.pid")
        self._lock = FileLock(file.with_name(f"{file.name}.lock"), timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise StoreInUse(file, _pid_in(self._pid_file)) from None
        self._pid_file.write_text(f"{os.getpid()}\n", "ascii")

    def release(self) -> None:
        """Let another process have the file."""
        self._pid_file.unlink(missing_ok=True)
        self._lock.release()


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):
        return None
