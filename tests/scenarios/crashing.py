"""A program that ends at a chosen step, as by kill -9, over any store; and its next start."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.store.sqlite import opened
from tests.memory_store import MemoryStore

T = TypeVar("T")

Opening = Callable[[str], AbstractAsyncContextManager[Store]]
"""Opens the store, always the same one, for an owner."""


class Crash(BaseException):
    """The program ended here; nothing that a use case may catch."""


class CrashingStore:
    """A store whose program ends before step number `crash_at`, counted from 1.

    Steps are the calls of Transaction methods, then `commit`, then `committed`, of each write, in one row.
    """

    def __init__(self, inner: Store, crash_at: int | None = None) -> None:
        self.inner = inner
        self.steps: list[str] = []
        self._crash_at = crash_at

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run a work, and end where it was ordered."""

        def watched(tx: Transaction) -> T:
            result = work(cast(Transaction, _Watched(tx, self._step)))
            self._step("commit")
            return result

        result = await self.inner.write(watched)
        self._step("committed")
        return result

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Reading changes nothing, so no step of it is another state to end in."""
        return await self.inner.read(work)

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if len(self.steps) == self._crash_at:
            raise Crash(name)


class _Watched:
    def __init__(self, inner: Transaction, step: Callable[[str], None]) -> None:
        self._inner = inner
        self._step = step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def called(*arguments: Any, **named: Any) -> Any:
            self._step(name)
            return method(*arguments, **named)

        return called


async def ends(happening: Awaitable[object], *expected: type[Exception]) -> bool:
    """Await something; gives whether the program ended in it. What is expected may be raised as well."""
    try:
        await happening
    except Crash:
        return True
    except expected:
        return False
    except BaseExceptionGroup as group:
        if group.subgroup(Crash) is None:
            raise
        return True
    return False


def in_memory() -> Opening:
    """One store in memory, however often it is opened."""
    first = MemoryStore()

    @asynccontextmanager
    async def opening(owner: str) -> AsyncIterator[Store]:
        yield first.restarted(owner)

    return opening


def on_disk(file: Path) -> Opening:
    """One SQLite file. What a program that ended has not committed is gone when the file is opened again."""

    @asynccontextmanager
    async def opening(owner: str) -> AsyncIterator[Store]:
        async with opened(file, owner) as store:
            yield store

    return opening
