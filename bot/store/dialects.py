"""The few words in which the two databases differ; every statement is written once, with these in braces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """How one database wants things written; `placeholder` writes the n-th parameter of a statement."""

    name: str
    words: Mapping[str, str]
    placeholder: Callable[[int], str]

    def fill(self, text: str) -> str:
        """A statement's text with this database's words in place of the names in braces."""
        for name, word in self.words.items():
            text = text.replace("{" + name + "}", word)
        return text


SQLITE = Dialect(
    "sqlite",
    {
        "int": "INTEGER",
        "text": "TEXT",
        "rows": " STRICT",
        "keyed": " STRICT, WITHOUT ROWID",  # small rows that are always found by their key
        "listed": "json_each",  # the rows of a JSON list; each one is its column `value`
        "skip_locked": "",  # there is one writer
        "owner_gone": "TRUE",  # a second process is refused, so any other owner has ended
    },
    "?{}".format,
)

POSTGRES = Dialect(
    "postgresql",
    {
        "int": "BIGINT",
        "text": 'TEXT COLLATE "C"',  # ordered by code point, as SQLite orders
        "rows": "",
        "keyed": "",
        "listed": "jsonb_array_elements_text",
        "skip_locked": "FOR UPDATE SKIP LOCKED",
        # Each instance holds an advisory lock of its name as long as its connection lives (bot/store/postgres.py).
        "owner_gone": "NOT EXISTS (SELECT 1 FROM pg_locks AS held"
        " WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1"
        " AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND ((held.classid::bigint << 32) | held.objid::bigint) = hashtextextended(round.owner, 0))",
    },
    "${}".format,
)
