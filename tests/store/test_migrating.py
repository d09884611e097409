"""The way to the newest schema: from nothing and from every release, on both databases, whatever breaks off."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.store import driver, migrating, postgres, sqlite
from bot.store.broken import StoreBroken
from bot.store.dialects import POSTGRES, SQLITE
from bot.store.migrating import MIGRATIONS, REVISIONS, current, head, is_due, migrate_postgres, migrate_sqlite
from bot.store.snapshots import check
from tests.contracts.samples import ADA, HOME
from tests.postgres_server import postgres_server
from tests.store.filling import TABLES

ROOT = Path(__file__).resolve().parents[2]
RELEASES = Path(__file__).with_name("releases")
RELEASED = sorted({file.name.split(".")[0] for file in RELEASES.glob("*.sql")})


@pytest.fixture
def database() -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    server = postgres_server()
    name = server.new_database()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with one more migration than there is; gives its folder of migrations."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (RELEASES / "next_schema.py").read_text("utf-8").replace('"newest"', repr(head()))
    (folder / "versions" / "9999_next.py").write_text(text, "utf-8")
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    monkeypatch.setattr(migrating, "REVISIONS", (*REVISIONS, "9999"))
    return folder


def sqlite_of(release: str, file: Path) -> Path:
    """A filled SQLite file as a release left it."""
    with closing(driver.library.connect(file, isolation_level=None)) as connection:
        connection.executescript((RELEASES / f"{release}.sqlite.sql").read_text("utf-8"))
    return file


def postgres_of(release: str, url: str) -> None:
    """Fill a PostgreSQL database as a release left it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((RELEASES / f"{release}.postgresql.sql").read_text("utf-8").encode())


def revision(file: Path) -> str | None:
    with closing(driver.library.connect(file)) as connection:
        return current(connection, SQLITE)


def counts(connection: Any, tables: tuple[str, ...]) -> dict[str, int]:
    return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


def tables_of(connection: Any) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {name for (name,) in found} - {"alembic_version"}


def tables_of_postgres(connection: Any) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    )
    return tuple(name for (name,) in rows.fetchall() if name != "alembic_version")


def test_the_revisions_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in script.walk_revisions())[::-1] == REVISIONS
    assert script.get_current_head() == head()


def test_every_revision_has_its_filled_databases_and_they_fill_every_table() -> None:
    assert list(REVISIONS) == RELEASED
    with closing(driver.library.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript((RELEASES / f"{head()}.sqlite.sql").read_text("utf-8"))
        assert tables_of(connection) == set(TABLES)
        assert min(counts(connection, TABLES).values()) >= 1


def test_the_filled_database_of_the_newest_revision_has_exactly_the_schema_that_the_migrations_make(
    tmp_path: Path,
) -> None:
    migrate_sqlite(tmp_path / "made.sqlite")
    kept = sqlite_of(head(), tmp_path / "kept.sqlite")
    query = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
    schemas = []
    for file in (tmp_path / "made.sqlite", kept):
        with closing(driver.library.connect(file)) as connection:
            schemas.append([(name, " ".join(sql.split())) for name, sql in connection.execute(query)])
    assert schemas[0] == schemas[1]


def test_alembic_is_not_loaded_when_nothing_is_due(tmp_path: Path) -> None:
    migrate_sqlite(tmp_path / "x.sqlite")
    code = (
        "import sys; from pathlib import Path; from bot.store.migrating import migrate_sqlite;"
        f"migrate_sqlite(Path({str(tmp_path / 'x.sqlite')!r}));"
        "sys.exit(int('alembic' in sys.modules or 'sqlalchemy' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_nothing_is_done_twice(tmp_path: Path, database: str) -> None:
    file = tmp_path / "x.sqlite"
    for _ in range(2):
        migrate_sqlite(file)
        migrate_postgres(database)
    assert revision(file) == head()
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("release", RELEASED)
async def test_a_filled_sqlite_file_of_a_release_opens_with_all_its_rows(
    release: str, tmp_path: Path
) -> None:
    file = sqlite_of(release, tmp_path / "practice.sqlite")
    with closing(driver.library.connect(file)) as connection:
        before = counts(connection, tuple(tables_of(connection)))
    async with sqlite.opened(file, "now") as store:
        found = await store.read(
            lambda tx: (tx.round(HOME, "r-1"), tx.answer("r-1", ADA), tx.export_member(ADA))
        )
    with closing(driver.library.connect(file)) as connection:
        assert counts(connection, tuple(before)) == before
    assert all(found)
    assert revision(file) == head()
    check(file)


@pytest.mark.parametrize("release", RELEASED)
async def test_a_filled_postgresql_database_of_a_release_opens_with_all_its_rows(
    release: str, database: str, tmp_path: Path
) -> None:
    postgres_of(release, database)
    with psycopg.connect(database) as connection:
        there = tables_of_postgres(connection)
        before = counts(connection, there)
    async with postgres.opened(database, "now") as store:
        found = await store.read(
            lambda tx: (tx.round(HOME, "r-1"), tx.answer("r-1", ADA), tx.export_member(ADA))
        )
    with psycopg.connect(database) as connection:
        assert counts(connection, there) == before
    assert all(found)


def test_a_backup_is_made_before_a_filled_file_is_migrated(tmp_path: Path, next_schema: Path) -> None:
    file = sqlite_of(RELEASED[-1], tmp_path / "practice.sqlite")
    migrate_sqlite(file)
    kept = tmp_path / "backups" / "before-9999.sqlite"
    assert (revision(file), revision(kept)) == ("9999", RELEASED[-1])
    with closing(driver.library.connect(kept)) as connection:
        assert min(counts(connection, TABLES).values()) >= 1


@pytest.mark.bad_input(84)
def test_without_a_backup_there_is_no_migration(
    tmp_path: Path, next_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sqlite_of(RELEASED[-1], tmp_path / "practice.sqlite")
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(StoreBroken, match="could not be copied"):
        migrate_sqlite(file)
    assert revision(file) == RELEASED[-1]


def crash(place: str, how: str, migrations: Path) -> list[list[str]]:
    """What the children that crashed at each statement left."""
    command = [sys.executable, "-m", "tests.store.crashing", place, how, str(migrations)]
    found = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return [line.split() for line in found.stdout.splitlines()]


@pytest.mark.bad_input(90)
def test_a_crash_at_any_statement_of_the_first_migration_leaves_an_empty_file_or_a_whole_schema(
    tmp_path: Path,
) -> None:
    left = crash(f"sqlite:{tmp_path / 'x.sqlite'}", "kill", MIGRATIONS)
    assert len(left) > 30
    assert {after for _, after in left[:-1]} == {"None"}
    assert left[-1][1] == head()


@pytest.mark.bad_input(88, 90)
@pytest.mark.parametrize("how", ["kill", "term"])
def test_a_crash_at_any_statement_of_a_later_migration_leaves_the_old_schema_and_a_second_start_works(
    how: str, tmp_path: Path, next_schema: Path
) -> None:
    file = sqlite_of(RELEASED[-1], tmp_path / "practice.sqlite")
    left = crash(f"sqlite:{file}", how, next_schema)
    assert len(left) >= 7
    assert {after for _, after in left[:-1]} == {RELEASED[-1]}
    assert left[-1][1] == "9999"
    assert revision(tmp_path / "backups" / "before-9999.sqlite") == RELEASED[-1]
    with closing(driver.library.connect(file)) as connection:
        assert counts(connection, ("mood", "round")) == {"mood": 2, "round": 2}
    check(file)


@pytest.mark.bad_input(90)
def test_on_postgresql_a_crash_at_any_statement_leaves_the_old_schema_too(
    database: str, next_schema: Path
) -> None:
    first = crash(f"postgresql:{database}", "kill", MIGRATIONS)
    assert {after for _, after in first[:-1]} == {"None"}
    later = crash(f"postgresql:{database}", "kill", next_schema)
    assert {after for _, after in later[:-1]} == {RELEASED[-1]}
    assert later[-1][1] == "9999"


@pytest.mark.bad_input(38, 99)
async def test_a_schema_newer_than_the_program_is_refused_and_not_touched(
    tmp_path: Path, database: str, next_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sqlite_of(RELEASED[-1], tmp_path / "practice.sqlite")
    migrate_sqlite(file)
    migrate_postgres(database)
    monkeypatch.undo()  # the older program again
    before = file.read_bytes()
    for opened in (sqlite.opened(file, "old"), postgres.opened(database, "old")):
        with pytest.raises(StoreBroken) as refused:
            async with opened:
                pass
        assert (
            "9999" in str(refused.value) and head() in str(refused.value) and "restore" in str(refused.value)
        )
    assert file.read_bytes() == before


def test_tables_that_are_not_ours_are_refused_and_not_touched(tmp_path: Path, database: str) -> None:
    file = tmp_path / "x.sqlite"
    with closing(driver.library.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with psycopg.connect(database) as server:
        server.execute("CREATE TABLE theirs (a int)")
    with pytest.raises(StoreBroken, match="not those of practice-bot"):
        migrate_sqlite(file)
    with pytest.raises(StoreBroken, match="not those of practice-bot"):
        migrate_postgres(database)
    with psycopg.connect(database) as server, pytest.raises(StoreBroken):
        current(server, POSTGRES)


def test_a_migration_that_fails_is_said_in_a_sentence_and_undone(tmp_path: Path, next_schema: Path) -> None:
    file = sqlite_of(RELEASED[-1], tmp_path / "practice.sqlite")
    with closing(driver.library.connect(file)) as connection:
        connection.execute("CREATE TABLE mood (a)")
    with pytest.raises(StoreBroken, match=r"could not be brought to schema 9999: .*mood"):
        migrate_sqlite(file)
    assert revision(file) == RELEASED[-1]


def test_only_an_unknown_revision_is_too_new() -> None:
    assert is_due(None)
    assert not is_due(head())
    with pytest.raises(StoreBroken):
        is_due("9999")
