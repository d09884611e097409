"""The program as `run` serves it, in a process of its own, with requests of tests on its standard input."""

import asyncio
import gc
import json
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from nicegui import Client
from nicegui.element import Element

from bot.app import App, SystemClock, ringing, running
from bot.chat import actions
from bot.chat.cards import Card, Text
from bot.chat.local.convert import channel_named
from bot.chat.local.page.server import open_page
from bot.domain.places import Thread
from bot.settings import load
from tests.contracts.rating import Rating

STUDY = channel_named("study")
AT_ONCE = 50


class Requests:
    """What tests ask of the process; each gives something that JSON can say."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._client = app.room.client
        self._rating = Rating()

    async def say(self, amount: int, first: int, thread: str) -> int:
        """Let ada and ben say so many lines in a thread, without practice hearing of it; gives how many."""
        people = [await self._app.room.enter(name) for name in ("ada", "ben")]
        place = Thread(STUDY, thread)
        for start in range(first, first + amount, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, first + amount))
            await asyncio.gather(
                *(self._client.write_text(place, people[n % 2], f"line {n}") for n in numbers)
            )
        return amount

    async def cards(self, amount: int) -> int:
        """Put so many cards into the channel."""
        for start in range(0, amount, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, amount))
            await asyncio.gather(
                *(self._client.write_card(STUDY, Card(f"card {n}", (Text(("words",)),))) for n in numbers)
            )
        return amount

    async def newest(self) -> str | None:
        """The thread of the newest question."""
        round_ = await self._app.room.newest_round(STUDY)
        return round_.thread.id if round_ is not None and round_.thread is not None else None

    async def rate(self) -> str:
        """Let the Answer button open a form with everything that a form can have."""
        action = self._rating.action()
        actions.ACTIONS[action.name] = action
        return action.label

    async def rated(self) -> list[dict[str, str]]:
        """What was sent by that form."""
        return self._rating.sent

    async def people(self) -> list[str]:
        """Who is known."""
        return await self._app.ports.store.read(lambda tx: tx.people(STUDY.workspace))

    async def held(self) -> dict[str, int]:
        """How many tabs, elements and other objects are held."""
        tabs = list(Client.instances.values())
        elements = sum(len(tab.elements) for tab in tabs)
        alive = [one for one in gc.get_objects() if isinstance(one, Element)]
        return {
            "tabs": len(tabs),
            "elements": elements,
            "alive": len(alive),
            "objects": len(gc.get_objects()),
        }

    async def collect(self) -> int:
        """Collect what nobody holds any more."""
        return gc.collect()


async def main(data: Path) -> None:
    settings = load(None)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(running(settings, data, SystemClock()))
        await stack.enter_async_context(ringing(app, serving=True))
        page = settings.page
        phrase = page.pass_phrase.get_secret_value()
        url = await stack.enter_async_context(
            open_page(app.room, settings.local.channel, data, page.host, page.port, phrase)
        )
        _answer(url)
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        listening = asyncio.create_task(_listen(Requests(app), reader))
        await stopped.wait()
        listening.cancel()


async def _listen(requests: Requests, reader: asyncio.StreamReader) -> None:
    while line := await reader.readline():
        name, *values = json.loads(line)
        _answer(await getattr(requests, name)(*values))


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
