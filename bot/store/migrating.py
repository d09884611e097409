"""The schema's versions: which one a database has, and the way to the newest one.

Alembic and SQLAlchemy are slow to import, so that happens only when a migration is due. All migrations that are due
run in one transaction, on both databases: whatever ends the program in the middle, the old schema is still there.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from bot.store import driver
from bot.store.broken import StoreBroken
from bot.store.dialects import POSTGRES, SQLITE, Dialect
from bot.store.snapshots import snapshot

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004")
"""Every revision, oldest first; a test holds it equal to the folder `migrations/versions`."""

MIGRATIONS = Path(__file__).with_name("migrations")

_MIGRATING = 0x70_62_6D_69_67  # the advisory lock of the one instance that migrates a PostgreSQL database
_HAS_VERSION = {
    SQLITE.name: "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'",
    POSTGRES.name: "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}
_HAS_TABLES = {
    SQLITE.name: "SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1",
    POSTGRES.name: "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1",
}


class Queryable(Protocol):
    """A driver's connection, as far as it is needed here."""

    def execute(self, statement: str, /) -> Any:
        """Run a statement and give a cursor."""
        ...


def head() -> str:
    """The revision that this program works with."""
    return REVISIONS[-1]


def current(connection: Queryable, dialect: Dialect) -> str | None:
    """The revision of a database; None for an empty one.

    Raises StoreBroken when its tables are not ours.
    """
    if connection.execute(_HAS_VERSION[dialect.name]).fetchone():
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row:
            return str(row[0])
    elif not connection.execute(_HAS_TABLES[dialect.name]).fetchone():
        return None
    raise StoreBroken(
        "The database has tables, but not those of practice-bot. Nothing was changed."
        " Give practice-bot a database of its own."
    )


def is_due(found: str | None) -> bool:
    """Whether a database of this revision has to be migrated; raises StoreBroken if it is newer than the program."""
    if found is not None and found not in REVISIONS:
        raise StoreBroken(
            f"The database has schema {found}, and this practice-bot knows {head()} at most."
            " Nothing was changed. Start the newer practice-bot that the database was last used with, or go"
            " back: put the backup made before that version in its place with `practice-bot restore FILE`"
            f" (backups/before-{found}.sqlite)."
        )
    return found != head()


def migrate_sqlite(file: Path) -> None:
    """Bring a SQLite file, which may be missing, to the newest schema; the caller keeps other processes away.

    What is there is copied to `backups/before-<revision>.sqlite` beside it first. Raises StoreBroken.
    """

    def connect() -> Any:
        return driver.library.connect(file, timeout=30, isolation_level=None, check_same_thread=False)

    with closing(connect()) as connection:
        found = current(connection, SQLITE)
    if not is_due(found):
        return
    if found is not None:
        snapshot(file, file.parent / "backups" / f"before-{head()}.sqlite")
    _upgrade("sqlite://", connect, "BEGIN IMMEDIATE", SQLITE, module=driver.library)


def migrate_postgres(url: str) -> None:
    """Bring a PostgreSQL database to the newest schema; of several instances one does it and the others wait.

    Raises StoreBroken, and psycopg.OperationalError when the server does not serve.
    """
    import psycopg

    def connect() -> Any:
        return psycopg.connect(url, prepare_threshold=None)

    with psycopg.connect(url) as connection:
        found = current(connection, POSTGRES)
    if is_due(found):
        _upgrade("postgresql+psycopg://", connect, f"SELECT pg_advisory_xact_lock({_MIGRATING})", POSTGRES)


def _upgrade(dbms: str, connect: Callable[[], Any], begin: str, dialect: Dialect, **options: Any) -> None:
    """Run what is due between `begin`, which keeps others out until the end of the transaction, and the commit."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = create_engine(dbms, creator=connect, poolclass=NullPool, **options)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(begin)
            found = current(_Plain(connection), dialect)
            if is_due(found):  # another instance may have been faster
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except DBAPIError as error:
        raise StoreBroken(
            f"The database could not be brought to schema {head()}: {error.orig}. It is as it was before."
            " Mend that, and start again."
        ) from error


class _Plain:
    """A connection of SQLAlchemy as a driver's one."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, /) -> Any:
        return self._connection.exec_driver_sql(statement)
