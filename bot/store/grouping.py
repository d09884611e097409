"""Group commit: transactions that wait together are run together, and share one commit and one wait for the disk."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction

T = TypeVar("T")

Work = Callable[[Transaction], object]

BATCH = 256
"""How many transactions share a commit at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one work: its value, or the exception that it raised."""

    value: object
    error: BaseException | None


@dataclass(slots=True)
class _Waiting:
    work: Work
    released: asyncio.Future[object]


class Group:
    """Runs works in the order in which they came, whole batches at a time.

    `run` is given the works of a batch and gives an outcome for each, in the same order, when all that succeeded are
    on disk; what it raises is raised to every caller of the batch. It is called again only when it has returned.
    """

    def __init__(self, run: Callable[[Sequence[Work]], Awaitable[Sequence[Outcome]]]) -> None:
        self._run = run
        self._queue: deque[_Waiting] = deque()
        self._drainer: asyncio.Task[None] | None = None
        self._closed = False

    async def submit(self, work: Callable[[Transaction], T]) -> T:
        """Run a work in the next batch and give its result when it is on disk.

        A caller that is cancelled leaves its work undone if no batch has taken it yet, and whole otherwise.
        """
        if self._closed:
            raise StoreUnavailable("The store is closed. Start practice-bot again.")
        loop = asyncio.get_running_loop()
        waiting = _Waiting(work, loop.create_future())
        self._queue.append(waiting)
        if self._drainer is None:
            self._drainer = loop.create_task(self._drain())
        return cast(T, await waiting.released)

    async def close(self) -> None:
        """Take no more works and wait for those that wait."""
        self._closed = True
        if self._drainer is not None:
            await asyncio.wait((self._drainer,))

    async def _drain(self) -> None:
        """Run batches until nothing waits. It lives no longer than that, and leaves no caller without an answer."""
        batch: list[_Waiting] = []
        try:
            while batch := self._next_batch():
                try:
                    outcomes = await self._run([waiting.work for waiting in batch])
                except Exception as error:  # noqa: BLE001 - whatever it is, the callers hear of it
                    for waiting in batch:
                        _release(waiting, Outcome(None, error))
                else:
                    for waiting, outcome in zip(batch, outcomes, strict=True):
                        _release(waiting, outcome)
        finally:
            self._drainer = None
            stopped = StoreUnavailable("The program is ending, and this was not kept for sure. Try again.")
            for waiting in (*batch, *self._queue):  # empty unless the drain itself was cancelled
                _release(waiting, Outcome(None, stopped))
            self._queue.clear()

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        while self._queue and len(batch) < BATCH:
            waiting = self._queue.popleft()
            if not waiting.released.done():  # else its caller was cancelled
                batch.append(waiting)
        return batch


def _release(waiting: _Waiting, outcome: Outcome) -> None:
    if waiting.released.done():
        return
    if outcome.error is None:
        waiting.released.set_result(outcome.value)
    elif isinstance(outcome.error, StopIteration):  # a future refuses this one, and only this one
        waiting.released.set_exception(RuntimeError("a work raised StopIteration"))
    else:
        waiting.released.set_exception(outcome.error)


class OneWork(Transaction, Protocol):
    """A transaction as a store makes it: a work is run on it, then it is finished."""

    def finish(self) -> None:
        """Write what waits for the end of the work."""
        ...


class Session(Protocol):
    """A database connection, as far as a batch needs it; every method may raise the driver's errors."""

    def run(self, statement: str, /) -> object:
        """Run one of BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK TO."""
        ...

    def is_open(self) -> bool:
        """Whether a transaction is open, which may have failed."""
        ...

    def transaction(self) -> OneWork:
        """A fresh transaction for one work."""
        ...


class CountingSession(Session, Protocol):
    """A connection that also tells whether a failed work needs to be undone at all."""

    def is_sound(self) -> bool:
        """Whether a transaction is open that can take further statements as it is."""
        ...

    def changes(self) -> int:
        """A number that grows with every row that is changed."""
        ...


class _Disturbed(Exception):
    """A work failed after it had changed something, so the batch is run again with savepoints."""


def run_batch(session: Session, begin: str, works: Sequence[Work]) -> list[Outcome]:
    """Run works in one database transaction and commit; a work that raises is undone, and the others are kept.

    Raises what the driver raises when the transaction itself cannot begin, go on or commit; then nothing is kept.
    """
    return _run(session, begin, works, _alone if len(works) == 1 else _in_savepoint)


def run_light_batch(session: CountingSession, begin: str, works: Sequence[Work]) -> list[Outcome]:
    """The same as `run_batch`, without savepoints unless a work fails after it changed something.

    They cost a seventh of the whole, and most works that fail are refused before they change anything.
    """

    def unguarded(_: Session, work: Work) -> Outcome:
        before = session.changes()
        try:
            return Outcome(_run_whole(session, work), None)
        except BaseException as error:
            if not session.is_sound() or session.changes() != before:
                raise _Disturbed from error
            return Outcome(None, error)

    if len(works) > 1:
        try:
            return _run(session, begin, works, unguarded)
        except _Disturbed:
            pass
    return run_batch(session, begin, works)


def _run(
    session: Session, begin: str, works: Sequence[Work], one_by_one: Callable[[Session, Work], Outcome]
) -> list[Outcome]:
    session.run(begin)
    try:
        outcomes = [one_by_one(session, work) for work in works]
        session.run("COMMIT" if any(outcome.error is None for outcome in outcomes) else "ROLLBACK")
    except BaseException:
        if session.is_open():
            session.run("ROLLBACK")
        raise
    return outcomes


def _alone(session: Session, work: Work) -> Outcome:
    """The only work of a batch: undoing it is undoing the transaction."""
    try:
        return Outcome(_run_whole(session, work), None)
    except BaseException as error:
        if not session.is_open():
            raise
        return Outcome(None, error)


def _in_savepoint(session: Session, work: Work) -> Outcome:
    session.run("SAVEPOINT work")
    try:
        value = _run_whole(session, work)
    except BaseException as error:
        if not session.is_open():
            raise
        session.run("ROLLBACK TO work")
        session.run("RELEASE work")
        return Outcome(None, error)
    session.run("RELEASE work")
    return Outcome(value, None)


def _run_whole(session: Session, work: Work) -> object:
    transaction = session.transaction()
    value = work(transaction)
    transaction.finish()
    return value
