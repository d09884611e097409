"""The store as a fake in memory, strict about what the real ones would refuse, with faults to order.

It keeps the contract in `tests/contracts`. Beside that a test may order, each once unless said otherwise:

- `fail_next_commit()`: the next write raises StoreUnavailable and nothing of it happens;
- `crash_before("bind_prompt")`, or before `"commit"`: the program ends there with Crash, and nothing of the
  transaction happened; `crash_after("commit")`: it ends with everything kept and nobody told;
- `crash_at(number)`: the same at the step of this number, counted from 1 over all that `steps` will list: each
  call of a Transaction method, then `commit`, then `committed`, for every write; so a test can walk through them all;
- `after("take_occurrence", callback)`: `callback()` is called each time a call of this name has returned.

`Crash` is a BaseException, as a kill is nothing that a use case may catch. Afterwards `restarted(owner)` gives the
store as the next start of the program finds it: same facts, no faults.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from tests.memory_calendar import MemoryCalendar
from tests.memory_members import MemoryMembers
from tests.memory_packs import MemoryPacks
from tests.memory_platforms import MemoryPlatforms
from tests.memory_review_queue import MemoryReviewQueue
from tests.memory_reviews import MemoryReviews
from tests.memory_rounds import MemoryRounds
from tests.memory_tables import Committed, Tables

T = TypeVar("T")


class Crash(BaseException):
    """The program ended here, as by kill -9."""


class MemoryTransaction(
    MemoryRounds,
    MemoryMembers,
    MemoryCalendar,
    MemoryPlatforms,
    MemoryPacks,
    MemoryReviews,
    MemoryReviewQueue,
):
    """The Transaction port over tables in memory."""


class MemoryStore:
    """The Store port in memory; `living` are the other instances that are alive, whose postings nobody takes over."""

    def __init__(self, owner: str = "here", committed: Committed | None = None) -> None:
        self.owner = owner
        self.living: set[str] = set()
        self.steps: list[str] = []
        self._committed = committed if committed is not None else Committed()
        self._fail_commit = False
        self._crashes: set[str] = set()
        self._crash_at: int | None = None
        self._callbacks: dict[str, list[Callable[[], None]]] = defaultdict(list)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run a work whole; others may run before it and between its commit and its return, as with a real store."""
        await asyncio.sleep(0)
        result = self.write_now(work)
        await asyncio.sleep(0)
        return result

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run a work that only reads; one that writes fails."""
        await asyncio.sleep(0)
        return work(self._transaction(Tables(self._committed, read_only=True), watched=False))

    def write_now(self, work: Callable[[Transaction], T]) -> T:
        """The same as `write` for arrangements outside of a loop."""
        tables = Tables(self._committed)
        result = work(self._transaction(tables, watched=True))
        self._before("commit")
        if self._fail_commit:
            self._fail_commit = False
            raise StoreUnavailable("ordered by a test")
        tables.commit()
        self._before("committed")
        return result

    def restarted(self, owner: str | None = None) -> "MemoryStore":
        """This store as the next start of the program finds it; also a second instance beside this one."""
        return MemoryStore(owner or self.owner, self._committed)

    def fail_next_commit(self) -> None:
        """Let the next write raise StoreUnavailable."""
        self._fail_commit = True

    def crash_before(self, step: str) -> None:
        """Let the program end before the next step of this name."""
        self._crashes.add(step)

    def crash_after(self, step: str) -> None:
        """Let the program end after the next commit; within a transaction it is all one, so only `commit` is taken."""
        if step != "commit":
            raise ValueError("before the commit nothing has happened: use crash_before")
        self._crashes.add("committed")

    def crash_at(self, number: int) -> None:
        """Let the program end before the step of this number, counted from 1 and from now on."""
        self.steps.clear()
        self._crash_at = number

    def after(self, step: str, callback: Callable[[], None]) -> None:
        """Call back each time a step of this name is done."""
        self._callbacks[step].append(callback)

    def _transaction(self, tables: Tables, watched: bool) -> Transaction:
        transaction: Transaction = MemoryTransaction(tables, self.owner, self.living)
        return cast(Transaction, _Watched(transaction, self._before, self._done)) if watched else transaction

    def _before(self, step: str) -> None:
        self.steps.append(step)
        if len(self.steps) == self._crash_at or step in self._crashes:
            self._crashes.discard(step)
            self._crash_at = None
            raise Crash(step)
        if step == "committed":
            self._done("commit")

    def _done(self, step: str) -> None:
        for callback in self._callbacks[step]:
            callback()


class _Watched:
    """A transaction of which each call is a step."""

    def __init__(
        self, inner: Transaction, before: Callable[[str], None], done: Callable[[str], None]
    ) -> None:
        self._inner = inner
        self._before = before
        self._done = done

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def step(*arguments: Any, **named: Any) -> Any:
            self._before(name)
            result = method(*arguments, **named)
            self._done(name)
            return result

        return step
