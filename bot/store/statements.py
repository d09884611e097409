"""Every statement by its name, as one database's driver wants it, and the way to run one."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import aiosql

from bot.store import kept, review_rows, rows
from bot.store.dialects import Dialect

Row = tuple[Any, ...]

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


@cache
def _declared() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each statement's text and the parameters that it declares, in their order."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    folder = files("bot.store") / "queries"
    texts = [each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".sql")]
    for text in (*texts, kept.statements()):
        queries = aiosql.from_str(text, "sqlite3")
        for name in queries.available_queries:
            if not name.endswith("_cursor"):  # aiosql's second form of a query that gives rows
                query = getattr(queries, name)
                if name in found:
                    raise ValueError(f"two statements are named {name}")
                found[name] = (query.sql.rstrip(";\n "), tuple(query.parameters or ()))
    return found


def load(dialect: Dialect) -> dict[str, str]:
    """Name -> statement, with numbered placeholders: parameters are given in the order of the declaration."""
    return {name: _written(sql, order, dialect) for name, (sql, order) in _declared().items()}


def parameters(name: str) -> tuple[str, ...]:
    """The parameters that a statement declares, in their order."""
    return _declared()[name][1]


def _written(sql: str, order: tuple[str, ...], dialect: Dialect) -> str:
    for word, columns in (rows.COLUMNS | review_rows.COLUMNS).items():
        sql = sql.replace("{" + word + "}", columns)
    sql = dialect.fill(sql)
    return _PARAMETER.sub(lambda found: dialect.placeholder(order.index(found[1]) + 1), sql)


class Runner(Protocol):
    """What a transaction needs of a database: run a statement by its name."""

    def rows(self, name: str, values: Row) -> list[Row]:
        """Run a statement and give all its rows."""
        ...

    def count(self, name: str, values: Row) -> int:
        """Run a statement and give how many rows it touched."""
        ...

    def counts(self, name: str, many: Sequence[Row]) -> list[int]:
        """Run a statement once for each line of values and give how many rows each run touched."""
        ...


class Part:
    """One subject of a transaction; the names of its statements stand in `queries/`."""

    def __init__(self, runner: Runner) -> None:
        self._rows = runner.rows
        self._changes = runner.count
        self._counts = runner.counts

    def _all(self, name: str, *values: Any) -> list[Row]:
        return self._rows(name, values)

    def _one(self, name: str, *values: Any) -> Row | None:
        found = self._rows(name, values)
        return found[0] if found else None

    def _count(self, name: str, *values: Any) -> int:
        return self._changes(name, values)
