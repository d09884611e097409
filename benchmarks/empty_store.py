"""A store that answers at once, that there is nothing: what a use case costs up to its first question."""

from collections.abc import Callable
from typing import TypeVar, cast

from bot.domain.places import Thread
from bot.practice.records import Transaction

T = TypeVar("T")


class _NoRound:
    """The part of a transaction that a reply asks for first."""

    def round_in(self, thread: Thread) -> None:  # noqa: ARG002 - nobody's thread
        return None


class EmptyStore:
    """The Store port without a round; `asked` is how often a use case came, `told` is called each time."""

    def __init__(self, told: Callable[[], None] = lambda: None) -> None:
        self.asked = 0
        self.told = told
        self._nothing = cast(Transaction, _NoRound())

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run a work on nothing."""
        return self._run(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run a work on nothing."""
        return self._run(work)

    def _run(self, work: Callable[[Transaction], T]) -> T:
        self.asked += 1
        self.told()
        return work(self._nothing)
