"""A file that comes with a command or stands in a message reaches the use case, or its sender is told why not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.chat.calls import UPLOAD
from bot.chat.wording import buttons
from bot.domain.questions import Pack
from bot.practice.ports import BadPack
from tests.platforms.discord.fake_discord import SLASH, fake_discord
from tests.platforms.discord.reading import text_of
from tests.platforms.discord.transport import Served, serving

MENU = 3
IMPORT, COUNT = buttons.OF_MESSAGES[buttons.IMPORT], buttons.OF_MESSAGES[buttons.COUNT]


class Group:
    """The bot on the wire, a file to send, and what came through to be read as a pack."""

    def __init__(self, served: Served, url: str, asked: list[str]) -> None:
        self.served, self.url, self.asked = served, url, asked
        self.read: list[tuple[str, bytes]] = []
        served.platform.attach(replace(served.ports, read_upload=self._noted))

    async def _noted(self, name: str, data: bytes) -> Pack:
        self.read.append((name, data))
        raise BadPack(("it was read",))

    def file(self, **changes: Any) -> dict[str, Any]:
        return {"id": "9", "filename": "pack.yaml", "size": 5, "url": self.url, **changes}

    async def imported(self, name: str = "ada", **changes: Any) -> str:
        """Use `/pack import` with a file, and give what the bot says."""
        fake = self.served.fake
        given = {"name": "import", "type": 1, "options": [{"name": "file", "type": 11, "value": "9"}]}
        data = {**fake.named("pack"), "options": [given]}
        data["resolved"] = {"attachments": {"9": self.file(**changes)}}
        return await self._said(name, data)

    async def used(self, label: str, name: str = "ada", **changes: Any) -> str:
        """Use an entry of the menu of a message with a file, and give what the bot says."""
        fake = self.served.fake
        message = await fake.say(name, fake.channel, "Our pack")
        message = {**message, "attachments": [self.file(**changes)]}
        data = {**fake.named(label), "type": MENU, "target_id": message["id"]}
        data["resolved"] = {"messages": {message["id"]: message}}
        return await self._said(name, data)

    async def _said(self, name: str, data: dict[str, Any]) -> str:
        fake = self.served.fake
        done = await fake._done(fake.begun(name, SLASH, fake.channel, data))
        shown = done.said or [(done.callback or {})["data"]]
        assert fake.http.wrong == []
        return "\n".join(text_of(one["components"]) for one in shown)


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    """The bot in a server, and a file on this machine."""
    async with files() as (url, asked), fake_discord() as fake, serving(fake) as served:
        await served.connected()
        yield Group(served, url, asked)


@asynccontextmanager
async def files() -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a file, and who asked for it so far."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization", "nobody"))
        return web.Response(body=b"id: x")

    app = web.Application()
    app.router.add_get("/pack.yaml", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/pack.yaml", asked
    finally:
        await runner.cleanup()


async def test_the_file_of_a_command_is_read_and_the_token_stays_here(group: Group) -> None:
    assert "Nothing was imported." in await group.imported()
    assert group.read == [("pack.yaml", b"id: x")] and group.asked == ["nobody"]


async def test_the_file_of_a_message_is_read(group: Group) -> None:
    assert "Nothing was imported." in await group.used(IMPORT)
    assert group.read == [("pack.yaml", b"id: x")]


@pytest.mark.bad_input(48)
async def test_an_action_that_takes_no_file_fetches_none(group: Group) -> None:
    assert "I could not take the file." not in await group.used(COUNT, size=500_000_000)
    assert group.asked == []


@pytest.mark.bad_input(48, 102)
async def test_nothing_is_fetched_for_those_who_may_not(group: Group) -> None:
    await group.imported("ben")
    await group.used(IMPORT, "ben")
    assert group.asked == [] and group.read == []


@pytest.mark.bad_input(21)
@pytest.mark.parametrize("url", ["https://cdn.discordapp.com.evil.example/x", "https://evil.example/x"])
async def test_a_file_from_elsewhere_is_not_fetched_and_that_is_said(group: Group, url: str) -> None:
    for said in (await group.imported(url=url), await group.used(IMPORT, url=url)):
        assert "I could not take the file." in said and "where Discord keeps files" in said
    assert group.read == []


@pytest.mark.bad_input(48)
async def test_a_file_that_is_too_big_is_not_fetched_and_that_is_said(group: Group) -> None:
    assert "at most 1 MB" in await group.imported(size=UPLOAD + 1)
    assert group.asked == [] and group.read == []
