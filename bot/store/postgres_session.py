"""One PostgreSQL connection: how it is opened, how statements and batches run on it, and what its errors mean."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg import Connection, RawCursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

from bot.store.broken import StoreBroken
from bot.store.dialects import POSTGRES
from bot.store.grouping import Outcome, Work, run_light_batch
from bot.store.statements import Row, load
from bot.store.transaction import StoreTransaction

OLDEST_SERVER = 130000
"""PostgreSQL 13 is the first that says what became of a transaction by its number as we ask for it."""

SERIALIZABLE = "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT pg_current_xact_id()::text"
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_COMMIT = "COMMIT"

LOST = (psycopg.OperationalError, psycopg.InterfaceError)
"""What the driver raises when not a statement is wrong, but the server, the connection, or the moment."""

_STATEMENTS_KEPT = 400  # more than there are statements, so that each is planned once a connection
CONNECTING: dict[str, Any] = {
    "autocommit": True,  # BEGIN and COMMIT are said by the batch
    "application_name": "practice-bot",
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds until a silent server counts as gone
}
_SETTINGS = (
    "SET synchronous_commit = on; SET lock_timeout = '5s'; SET statement_timeout = '30s';"
    " SET idle_in_transaction_session_timeout = '30s'; SET TimeZone = 'UTC'"
)
_HOLD = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
_PASSES = (
    *("starting up", "shutting down", "recovery", "not yet accept", "too many"),
    *("refused", "No such file", "closed the connection", "timeout"),
)


def check_url(url: str) -> None:
    """Raise StoreBroken for text that is no URL of a database; nothing of it is repeated, a password may be in it."""
    unreadable = StoreBroken(
        "The PostgreSQL URL cannot be read. It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE;"
        " in the password write @ as %40, / as %2F, : as %3A and % as %25."
    )
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise unreadable from None  # the driver's text may quote the password
    names = "".join(str(parts.get(name) or "") for name in ("host", "dbname", "user"))
    ports = str(parts.get("port") or "5432").split(",")
    if not url.startswith(("postgresql://", "postgres://")) or "@" in names or not "".join(ports).isdigit():
        raise unreadable


def connect(url: str) -> Connection[Row]:
    """A connection with every setting of the house; raises psycopg.OperationalError."""
    connection: Connection[Row] = Connection.connect(url, **CONNECTING)
    prepare(connection)
    return connection


def prepare(connection: Connection[Any]) -> None:
    """Set a fresh connection up: also the pool calls this."""
    connection.cursor_factory = RawCursor  # the statements have $1, $2
    connection.prepare_threshold = 0
    connection.prepared_max = _STATEMENTS_KEPT
    connection.adapters.register_dumper(int, Int8Dumper)  # else each size of number is a statement of its own
    connection.execute(_SETTINGS, prepare=False)


def passes(error: Exception) -> bool:
    """Whether a connection that failed is worth another try soon: the server starts, stops, or is full."""
    return any(word in str(error) for word in _PASSES)


def meaning(error: BaseException, url: str) -> str:
    """What a driver's error says, in one line and without the password."""
    lines = [line.strip() for line in str(error).strip().splitlines() if line.strip()]
    text = lines[0].split("FATAL:")[-1].strip() if lines else type(error).__name__
    password = str(conninfo_to_dict(url).get("password") or "")
    return text.replace(password, "[hidden]") if password else text


def place(url: str) -> str:
    """Which database a URL names, without who may enter."""
    parts = conninfo_to_dict(url)
    where = f" on {parts['host']}" if parts.get("host") else ""
    return f"The PostgreSQL database {parts.get('dbname') or parts.get('user') or ''!s}{where}"


@cache
def _statements() -> dict[str, str]:
    return load(POSTGRES)


class PostgresRunner:
    """Runs named statements on one connection. `doom` is why the open transaction has to be given up."""

    def __init__(self, connection: Connection[Row]) -> None:
        self._connection = connection
        self._statements = _statements()
        self._cursor = RawCursor(connection)
        self.doom: psycopg.Error | None = None
        self.changes = 0

    def rows(self, name: str, values: Row) -> list[Row]:
        """Run a statement and give all its rows."""
        cursor = self._run(name, values)
        result = cursor.pgresult  # not `description`, which is built anew each time for every column
        return cursor.fetchall() if result is not None and result.nfields else []

    def count(self, name: str, values: Row) -> int:
        """Run a statement and give how many rows it touched."""
        return self._run(name, values).rowcount

    def counts(self, name: str, many: Sequence[Row]) -> list[int]:
        """Run a statement once for each line of values, all sent at once, and give how many rows each run touched."""
        statement = self._statements[name]
        self.changes += len(many)
        try:
            with self._connection.pipeline():
                cursors = [self._connection.execute(statement, values) for values in many]
        except LOST as error:
            self.doom = error
            raise
        return [cursor.rowcount for cursor in cursors]

    def _run(self, name: str, values: Row) -> RawCursor[Row]:
        statement = self._statements[name]
        self.changes += not statement.startswith("SELECT")
        try:
            return self._cursor.execute(statement, values)
        except LOST as error:
            self.doom = error
            raise


class PostgresSession:
    """A connection as a batch of works needs it.

    `was_kept` says what became of a transaction, by its number, when the connection was lost during the commit.
    """

    def __init__(
        self, connection: Connection[Row], owner: str, was_kept: Callable[[str], bool] | None = None
    ) -> None:
        self.connection = connection
        self._was_kept = was_kept
        self._xid = ""
        self._owner = owner
        self._runner = PostgresRunner(connection)

    def run(self, statement: str) -> None:
        """Run one of BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK TO."""
        if self._runner.doom is not None:
            raise self._runner.doom
        if statement == "COMMIT":
            return self._commit()
        cursor = self.connection.execute(statement.encode(), prepare=False)
        if statement is SERIALIZABLE:
            cursor.nextset()
            row = cursor.fetchone()
            assert row is not None, "a function gives a row"
            self._xid = row[0]
        return None

    def is_open(self) -> bool:
        """Whether a transaction is open that can go on, perhaps after going back to a savepoint."""
        open_ = self._status() in (TransactionStatus.INTRANS, TransactionStatus.INERROR)
        return open_ and self._runner.doom is None

    def is_sound(self) -> bool:
        """Whether a transaction is open that can take further statements as it is."""
        return self._status() is TransactionStatus.INTRANS and self._runner.doom is None

    def changes(self) -> int:
        """A number that grows with every statement that may have changed a row."""
        return self._runner.changes

    def transaction(self) -> StoreTransaction:
        """A fresh transaction for one work."""
        return StoreTransaction(self._runner, self._owner)

    def batch(self, begin: str, works: Sequence[Work]) -> list[Outcome]:
        """Run works in one transaction; what one of them raises undoes that one only. Raises `LOST`."""
        return run_light_batch(self, begin, works)

    def give_up(self, error: BaseException | None = None) -> bool:
        """Undo the open transaction, after an error if there was one; False when the connection is gone."""
        self._runner.doom = None
        self._close_if_ended(error)
        try:
            if self._status() is not TransactionStatus.IDLE:
                self.connection.execute("ROLLBACK", prepare=False)
        except LOST:
            self.connection.close()
        return not self.connection.closed

    def hold(self, owner: str) -> bool:
        """Let others see, as long as this connection lives, that `owner` lives; False when another one does so."""
        row = self.connection.execute(_HOLD, (owner,)).fetchone()
        return row is not None and bool(row[0])

    def _close_if_ended(self, error: BaseException | None) -> None:
        """Close the connection when the server said that it ends it; the driver notices only at the next statement."""
        if isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(("08", "57P", "25P03")):
            self.connection.close()

    def _commit(self) -> None:
        if self._status() is not TransactionStatus.INTRANS:  # the server would roll back, and report no error
            raise psycopg.OperationalError("a failed transaction cannot be committed")
        try:
            self.connection.execute(_COMMIT, prepare=False)
        except LOST as error:
            self._close_if_ended(error)
            if self._was_kept is None or not self.connection.closed or not self._was_kept(self._xid):
                raise

    def _status(self) -> TransactionStatus:
        return self.connection.info.transaction_status
