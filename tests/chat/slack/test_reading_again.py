"""A history that cannot be read says nothing of what was deleted, and only what failed is read again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.slack import catching_up
from bot.chat.slack.catching_up import CatchUp
from bot.chat.slack.history import SlackHistory
from bot.domain.places import Channel, Thread
from bot.practice.catching_up import Found
from bot.practice.ports import LookupFailed
from tests.chat.slack.payloads import ME, PARENT, said
from tests.contracts.slack_world import SlackWorld, slack_world
from tests.memory_store import MemoryStore

THREAD = Thread(Channel(ME.workspace, "C1"), PARENT)


class Pages:
    """Gives pages as they are ordered."""

    def __init__(self, *pages: dict[str, Any]) -> None:
        self.left = list(pages)

    async def read(self, _method: str, **_: Any) -> dict[str, Any]:
        return self.left.pop(0)


async def _nobody(*_: object) -> None:
    return None


async def read(*pages: dict[str, Any]) -> tuple[list[str], bool]:
    """The texts that were heard, and whether the reading failed."""
    history, heard = SlackHistory(Pages(*pages), ME, _nobody), []  # type: ignore[arg-type]  # only `read` is called
    try:
        async for page in history.pages(THREAD, datetime(2025, 1, 1, tzinfo=UTC)):
            heard += [found.reply.text for found in page]
    except LookupFailed:
        return heard, True
    return heard, False


@pytest.mark.parametrize(
    "page",
    [
        {"ok": True},
        {"messages": None},
        {"messages": [], "has_more": True},
        {"messages": [], "has_more": True, "response_metadata": "odd"},
    ],
)
async def test_a_page_that_cannot_be_read_or_is_cut_is_a_failed_reading(page: dict[str, Any]) -> None:
    assert (await read(page))[1]


@pytest.mark.parametrize("odd", [said("x", user=None), said("x", files="many"), "text"])
async def test_behind_a_message_that_cannot_be_read_the_rest_is_heard_and_the_reading_has_failed(
    odd: Any,
) -> None:
    first = {"messages": [odd, said("one")], "has_more": True, "response_metadata": {"next_cursor": "n"}}
    assert await read(first, {"messages": [said("two")]}) == (["one", "two"], True)


async def test_a_whole_history_is_no_failure() -> None:
    assert await read({"messages": [said("one")], "has_more": False}) == (["one"], False)


class Counted:
    """A history one thread of which cannot be read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.broken = ""

    async def pages(self, thread: Thread, after: datetime) -> AsyncIterator[Sequence[Found]]:
        assert after
        self.read.append(thread.id)
        if thread.id == self.broken:
            raise LookupFailed("not_in_channel")
        yield []


async def test_only_what_failed_is_read_again_with_longer_and_longer_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catching_up, "LONGEST_PAUSE", 0.16)
    async with slack_world(MemoryStore("this-instance"), False, SlackWorld) as world:
        await world.join("ada")
        for _ in range(2):
            await world.say("ada", "/question backend")
            await world.advance(minutes=5)
        good, bad = (prompt.ts for prompt in world.prompts())
        counted = Counted()
        counted.broken = bad
        catch_up = CatchUp(world.ports, counted, 0.02)  # type: ignore[arg-type]  # only `pages` is called
        task = asyncio.create_task(catch_up.run())
        catch_up.want()
        await asyncio.sleep(timedelta(seconds=0.5).total_seconds())
        assert counted.read.count(good) == 1
        assert 3 <= counted.read.count(bad) <= 7, "0, 20, 60, 140, 300, 460 ms"
        counted.broken = ""
        catch_up.want()
        await catch_up.settled()
        assert counted.read.count(good) == 2, "a new wish begins whole again"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
