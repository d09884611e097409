"""Run a migration in child processes, each of which ends at one of its statements, as by a kill.

`python -m tests.store.crashing PLACE HOW MIGRATIONS`, where PLACE is `sqlite:` and a file or `postgresql:` and a URL,
HOW is `kill` or `term`, and MIGRATIONS a folder, prints one line for each child: the statement's number, and the
revision that the database has afterwards. The last child is not disturbed.
"""

import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401 - so that not each child imports it
import psycopg
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401
from sqlalchemy import Engine, event

from bot.store import driver, migrating
from bot.store.dialects import POSTGRES, SQLITE


def main(place: str, how: str, migrations: str) -> None:
    """Crash at statement 1, at statement 2, and so on, until a child gets through."""
    migrating.MIGRATIONS = Path(migrations)
    revisions = sorted(file.stem[:4] for file in (migrating.MIGRATIONS / "versions").glob("*.py"))
    migrating.REVISIONS = tuple(revisions)
    number, ended = 0, 1
    while ended:
        number += 1
        child = os.fork()
        if child == 0:
            _migrate(place, how, number)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        ended = status
        sys.stdout.write(f"{number} {_revision(place)}\n")
        sys.stdout.flush()


def _migrate(place: str, how: str, fatal: int) -> None:
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL if how == "kill" else signal.SIGTERM)

    # before each statement, and before the commit
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    dbms, _, where = place.partition(":")
    if dbms == "sqlite":
        migrating.migrate_sqlite(Path(where))
    else:
        migrating.migrate_postgres(where)


def _revision(place: str) -> str | None:
    dbms, _, where = place.partition(":")
    if dbms == "sqlite":
        with closing(driver.library.connect(where)) as connection:
            return migrating.current(connection, SQLITE)
    with psycopg.connect(where) as server:
        return migrating.current(server, POSTGRES)


if __name__ == "__main__":
    main(*sys.argv[1:])
