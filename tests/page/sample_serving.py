"""The page over a sample group in memory, in a process of its own, with requests of tests on its standard input."""

import asyncio
import inspect
import json
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from bot.chat.local.convert import HOME
from bot.chat.local.page.server import open_page
from bot.domain.places import Member
from tests.page.sample_group import SampleGroup


class Requests:
    """What tests ask of the process; each gives something that JSON can say."""

    def __init__(self, group: SampleGroup) -> None:
        self._group = group

    def demote(self, name: str) -> bool:
        """Make a person no manager any more, whatever stands on their screen."""
        self._group.demote(Member(HOME, name))
        return True

    def away(self, is_away: bool) -> bool:
        """Let the store be away, or be back."""
        self._group.store.away = is_away
        return is_away

    def forward(self, days: int) -> int:
        """Let days pass without anything."""
        self._group.clock.advance(days=days)
        return days

    async def answer(self, name: str) -> bool:
        """Let a person practice today."""
        await self._group.practiced(Member(HOME, name))
        return True

    def states(self) -> list[str]:
        """The schedules with their states."""
        found = self._group.store.write_now(lambda tx: tx.schedules(HOME))
        return [f"{one.channel.id} {one.slot} {one.time} {one.state}" for one in found]

    def asked(self, channel: str) -> list[str]:
        """The questions that the newest messages of a channel ask, by title."""
        return self._group.titles(channel)


async def main(folder: Path, begin: str) -> None:
    group = SampleGroup()
    if begin == "lived":
        await group.lived()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(open_page(group.room, "study", folder, "127.0.0.1", 0, ""))
        _answer(url)
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
        listening = asyncio.create_task(_listen(Requests(group), reader))
        await stopped.wait()
        listening.cancel()


async def _listen(requests: Requests, reader: asyncio.StreamReader) -> None:
    while line := await reader.readline():
        name, *values = json.loads(line)
        found = getattr(requests, name)(*values)
        _answer(await found if inspect.isawaitable(found) else found)


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
