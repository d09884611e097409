"""Write the filled databases of the present schema: `python -m tests.store.releases.make`.

A later program has to open them. Once a release is out its two files are never written again.
"""

import asyncio
import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from bot.store import postgres, sqlite
from bot.store.migrating import head
from tests.postgres_server import postgres_server
from tests.store.filling import fill

FOLDER = Path(__file__).parent


async def _of_sqlite() -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practice.sqlite"
        async with sqlite.opened(file, "filler") as store:
            await store.write(fill)
        with closing(sqlite3.connect(file)) as connection:  # pysqlite3 cannot dump
            return "\n".join(connection.iterdump()) + "\n"


async def _of_postgres() -> str:
    server = postgres_server()
    name = server.new_database()
    async with postgres.opened(server.url(name), "filler") as store:
        await store.write(fill)
    command: list[str | Path] = [
        server.tool("pg_dump"),
        "--inserts",
        "--no-owner",
        "--no-privileges",
        server.url(name),
    ]
    dumped = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"PGTZ": "UTC"}
    )
    lines = (line for line in dumped.stdout.splitlines() if line and not line.startswith(("--", "\\")))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write both files."""
    (FOLDER / f"{head()}.sqlite.sql").write_text(asyncio.run(_of_sqlite()), "utf-8")
    (FOLDER / f"{head()}.postgresql.sql").write_text(asyncio.run(_of_postgres()), "utf-8")


if __name__ == "__main__":
    main()
