"""The real platform on local-slack, in either mode, with a store that outlives it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.slack.client import Pace, SlackConfig, SlackPlatform
from bot.domain.bank import Bank
from bot.practice.ports import Ports, Rules, Store
from tests.fakes import CountingIds
from tests.platforms.slack.drawn import Json, buttons_of, text_of
from tests.platforms.slack.local_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    SECRET,
    WAITS,
    LocalSlack,
    Missing,
    free_port,
    id_of,
)

QUICK = Pace(connections=1, watch_every=0.1, login_again=0.1, burst=1000)


class ShiftedClock:
    """The machine's time, moved by as much as a test says: local-slack lives in real time."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC) + self.shift


class LocalBot:
    """The bot on a local-slack; `restart` builds everything but server and store anew."""

    def __init__(self, server: LocalSlack, store: Store, bank: Bank, pace: Pace = QUICK) -> None:
        self.server = server
        self.store = store
        self.bank = bank
        self.pace = pace
        self.clock = ShiftedClock()
        self.base = ""  # of a door before the server, if there is one
        self._ids = CountingIds()

    async def start(self) -> None:
        """Serve, and wait until the bot is there."""
        api, port = f"{self.base or self.server.base}/api/", self.server.bot_port
        if port:
            config = SlackConfig(BOT_TOKEN, "", SECRET, api, "http", "127.0.0.1", port, "")
        else:
            config = SlackConfig(BOT_TOKEN, APP_TOKEN, "", api, "socket", "127.0.0.1", 0, "")
        self.platform = SlackPlatform(config, self.bank, self.clock, self.pace)
        chat, rules = self.platform.outgoing, Rules("UTC")
        self.ports = Ports(chat, self.store, self.clock, self._ids, self.bank, rules, "this-instance")
        self.platform.attach(self.ports)
        self.task = asyncio.create_task(self.platform.serve())
        await asyncio.wait_for(self.platform.ready.wait(), 10)

    async def end(self) -> None:
        """End the bot."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.platform.close()

    async def restart(self) -> None:
        """End the bot and start it again."""
        await self.end()
        await self.start()

    async def seen(self, name: str, heart: str) -> Json:
        """The newest message that somebody sees with these words; waits for it."""
        found: list[Json] = []

        async def there() -> bool:
            messages = await self.server.messages()
            found[:] = [
                m for m in messages if m.get("ephemeral_to", id_of(name)) == id_of(name) and heart in read(m)
            ]
            return bool(found)

        await eventually(there, f"{name} sees {heart!r}")
        return found[-1]

    async def modal(self, heart: str) -> Json:
        """The open modal when these words stand in it."""

        async def there() -> bool:
            return bool(self.server.modals) and heart in read(self.server.modals[-1])

        await eventually(there, f"a modal with {heart!r}")
        return self.server.modals[-1]


def read(message: Json) -> str:
    """A message or a view as text, with the labels of its buttons at the end."""
    blocks = message.get("blocks") or []
    labels = " ".join(f"[{button['text']['text']}]" for button in buttons_of(blocks))
    title = (message.get("title") or {}).get("text", "")
    return f"{title}\n{text_of(blocks, lambda id_: id_) or message.get('text', '')}\n{labels}"


async def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait until something holds; `condition` is a coroutine function."""
    until = asyncio.get_running_loop().time() + WAITS
    while not await condition():  # type: ignore[misc]
        assert asyncio.get_running_loop().time() < until, f"never: {what}"
        await asyncio.sleep(0.03)


@asynccontextmanager
async def local_bot(folder: Path, store: Store, bank: Bank, http: bool) -> AsyncIterator[LocalBot]:
    """A bot on a local-slack of its own."""
    server = LocalSlack(folder, bot_port=free_port() if http else 0)
    bot = LocalBot(server, store, bank)
    try:
        try:
            await server.start()
        except Missing as missing:
            pytest.skip(str(missing))
        await bot.start()
        try:
            yield bot
        finally:
            await bot.end()
    finally:
        await server.stop()
