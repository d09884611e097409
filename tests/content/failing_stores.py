"""Stores and a provider that answer after a few turns of the loop, and fail when they are told to."""

import asyncio
from collections.abc import Collection
from typing import Any

TURNS = 3  # of the loop, that a call takes: enough for others to run in between
PATIENCE = 200


async def a_moment() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def ends(task: "asyncio.Task[Any]") -> bool:
    """Whether the task ends by itself; a task that hangs is canceled. Takes turns of the loop and no time."""
    for _ in range(PATIENCE):
        if task.done():
            return True
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return False


class Store:
    """Values by key. `failing` names the calls that fail once each, such as "get"."""

    def __init__(self, nothing: Any, failing: Collection[str] = ()) -> None:
        self.nothing = nothing
        self.kept: dict[str, Any] = {}
        self.failing = set(failing)

    async def get(self, key: str) -> Any:
        await self._call("get")
        return self.kept.get(key, self.nothing)

    async def put(self, key: str, value: Any) -> None:
        await self._call("put")
        self.kept[key] = value

    async def _call(self, name: str) -> None:
        await a_moment()
        if name in self.failing:
            self.failing.remove(name)
            raise ConnectionError("the store is away")


class Provider:
    """Takes money once a key; the answers of the calls numbered in `lost` do not arrive."""

    def __init__(self, lost: Collection[int] = ()) -> None:
        self.lost = set(lost)
        self.calls = 0
        self.taken: dict[str, int] = {}

    async def charge(self, member: str, cents: int, key: str) -> str:
        self.calls += 1
        self.taken.setdefault(key, cents)
        await asyncio.sleep(0)
        if self.calls in self.lost:
            raise TimeoutError("no answer")
        return key
