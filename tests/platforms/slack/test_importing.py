"""A question pack that a manager uploads to Slack: fetched from Slack only, whole, and for managers only."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.chat.calls import UPLOAD
from bot.chat.flood import Flood
from bot.chat.slack import incoming, web_api
from bot.chat.slack.web_api import FOREIGN, Refused, WebApi
from bot.chat.wording import buttons
from bot.domain.questions import Pack
from bot.practice.ports import BadPack
from tests.contracts.slack_world import slack_world
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.platforms.slack.conftest import Watched
from tests.platforms.slack.fake_faults import Refused as RefusedCall
from tests.platforms.slack.fake_files import FileHost, Give
from tests.platforms.slack.fake_slack import BOT_TOKEN
from tests.platforms.slack.fake_state import Json

PACK = b"pack: own"
NAME = "own questions.yaml"


class Importing(Watched):
    """A workspace whose bot reads files of any sort, and what it was given to read."""

    def build(self) -> None:
        super().build()
        self.given: list[tuple[str, bytes]] = []
        self.ports = replace(self.ports, read_upload=self._read)
        self.platform.attach(self.ports)

    async def _read(self, name: str, data: bytes) -> Pack:
        self.given.append((name, data))
        if data == b"bad":
            raise BadPack(("own.yaml:3:1: The field `id` is missing here; add it.",))
        return Pack("own", 1, "Own", "", (), (), ())

    def url(self, name: str) -> str:
        """Where the file host has a file."""
        return f"{self.slack.base}/files/{name}"

    async def bring(self, who: str = "ada", content: bytes | Give = PACK, **changes: object) -> str:
        """Let somebody upload a file and choose the import on its message; gives the title of the answer."""
        self.slack.files.kept["F1"] = content
        file: Json = {"id": "F1", "name": NAME, "mode": "hosted", "is_external": False, "size": 9}
        file |= {"url_private": self.url("F1"), "url_private_download": self.url("F1"), **changes}
        return await self.choose(who, files=[file])

    async def choose(self, who: str, **more: object) -> str:
        """Let somebody write a message outside of threads and choose the import on it."""
        user = f"U0{who.upper()}"
        said = self.people.write(user, self.channel.id, "here it is", None, **more)
        self.clock.advance(seconds=3)
        await self.people.shortcut(user, said, buttons.IMPORT)
        await self.settled()
        return (await self.sees(who))[-1].text

    async def packs(self) -> list[str]:
        """The workspace's own packs."""
        return [pack.id for pack in await self.store.read(lambda tx: tx.packs_of(self.workspace))]


@pytest.fixture(params=["socket", "http"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[Importing]:
    async with slack_world(MemoryStore("this-instance"), request.param == "http", Importing) as running:
        await running.join("ada")
        await running.join("ben")
        yield running


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[str, FileHost]]:
    """Another host, which must never be asked for anything; gives its address."""
    host = FileHost()
    app = web.Application()
    app.router.add_get("/{name:.*}", host.give)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}", host
    await runner.cleanup()


async def test_a_manager_imports_the_file_of_a_message(world: Importing) -> None:
    assert "Imported: Own" in await world.bring()
    assert world.given == [(NAME, PACK)] and await world.packs() == ["own"]
    assert world.slack.files.asked == [("F1", f"Bearer {BOT_TOKEN}")]
    assert "is here already" in await world.bring()


async def test_what_is_wrong_with_a_file_is_told_with_its_place(world: Importing) -> None:
    assert "own.yaml:3:1" in await world.bring(content=b"bad")
    assert await world.packs() == []


async def test_a_message_without_a_file_says_so(world: Importing) -> None:
    assert "That message has no file." in await world.choose("ada")
    assert "That message has no file." in await world.choose("ada", files=[])


@pytest.mark.bad_input(26)
async def test_for_whoever_is_no_manager_nothing_is_fetched(world: Importing) -> None:
    assert "is for managers" in await world.bring("ben")
    world.there.people["U0ADA"].is_admin = False
    assert "is for managers" in await world.bring("ada")
    world.slack.faults.next("users.info", RefusedCall("user_not_found"))
    assert "could not ask Slack who you are" in await world.bring("ada")
    assert world.slack.files.asked == [] and world.given == [] and await world.packs() == []


@pytest.mark.bad_input(9, 48)
async def test_a_file_that_is_too_big_is_not_fetched_whole_whatever_it_claims(world: Importing) -> None:
    assert "too big" in await world.bring(size=UPLOAD + 1)
    assert world.slack.files.asked == []
    assert "too big" in await world.bring(content=b"x" * (UPLOAD + 1))
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        await answer.prepare(request)
        while sent < 50 * UPLOAD:
            await answer.write(b"x" * 65_536)
            sent += 65_536
        return answer

    assert "too big" in await world.bring(content=endless, size=None)
    assert sent < 50 * UPLOAD and world.given == []
    assert "Imported" in await world.bring(content=b"x" * UPLOAD)


@pytest.mark.bad_input(21)
async def test_no_other_host_is_asked_or_sees_the_token(
    world: Importing, elsewhere: tuple[str, FileHost]
) -> None:
    other, host = elsewhere
    ours = world.slack.base.removeprefix("http://")
    for url in (
        f"http://{other}/F1",
        f"http://{ours}@{other}/F1",
        f"http://{other}\\@{ours}/F1",
        f"http://x@{ours}/files/F1",
        f"https://{ours}/files/F1",
        f"//{ours}/files/F1",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "http://[::1",
        "",
    ):
        assert "does not keep that file" in await world.bring(url_private_download=url, url_private=url), url
    for changes in (
        {"is_external": True},
        {"mode": "external"},
        {"mode": "tombstone", "url_private_download": None, "url_private": None},
    ):
        assert "does not keep that file" in await world.bring(**changes)
    assert host.asked == [] and world.slack.files.asked == [] and await world.packs() == []


@pytest.mark.bad_input(21)
@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com@evil.example/F1",
        "https://files.slack.com.evil.example/F1",
        "https://evil.example/files.slack.com",
        "https://evil.example#@files.slack.com/",
        "https://files.slack.com:8443/F1",
        "https://files.slack.com\\@evil.example/",
        "https://files.slack.com%2eevil.example/",
        "https://xfiles.slack.com/F1",
        "https://slack.com/F1",
        "http://files.slack.com/F1",
        "ftp://files.slack.com/F1",
    ],
)
async def test_only_the_file_host_of_slack_itself_is_asked(url: str) -> None:
    web = WebApi(BOT_TOKEN, None, FakeClock())
    with pytest.raises(Refused) as refused:
        await web.download(url, UPLOAD)
    assert refused.value.error == FOREIGN
    await web.close()


@pytest.mark.bad_input(21)
async def test_a_redirect_is_not_followed(world: Importing, elsewhere: tuple[str, FileHost]) -> None:
    other, host = elsewhere

    async def redirect(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"http://{other}/F1")

    assert "did not give me the file" in await world.bring(content=redirect)
    assert host.asked == [] and world.given == []


async def test_what_is_no_file_is_not_read_as_one(world: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>Sign in</html>", content_type="text/html")

    async def packed(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})

    async def gone(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPForbidden

    async def never(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    for given in (page, packed, gone):
        assert "did not give me the file" in await world.bring(content=given)
    monkeypatch.setattr(web_api, "DOWNLOAD_WITHIN", 0.2)
    assert "did not give me the file" in await world.bring(content=never)
    assert world.given == []


@pytest.mark.bad_input(20)
@pytest.mark.parametrize("typed", ["", " http://169.254.169.254/latest", " file:///etc/passwd own.yaml"])
async def test_an_import_that_is_typed_says_how_a_file_is_brought(world: Importing, typed: str) -> None:
    await world.say("ada", f"/pack import{typed}")
    text = (await world.sees("ada"))[-1].text
    assert re.search("Upload a .yaml or .csv file.*Import question pack.*follow no address", text, re.DOTALL)
    await world.say("ben", f"/pack import{typed}")
    assert "is for managers" in (await world.sees("ben"))[-1].text
    assert world.slack.files.asked == [] and world.given == []


async def test_help_has_a_name_of_its_own_and_says_so(world: Importing) -> None:
    await world.say("ada", "/practice-help")
    text = (await world.sees("ada"))[-1].text
    assert "/practice-help" in text and "/question" in text and " /help" not in text


async def test_those_who_have_been_quiet_are_not_counted_for_ever(
    world: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[Flood] = []
    monkeypatch.setattr(Flood, "forget_quiet", lambda flood: forgotten.append(flood))
    monkeypatch.setattr(incoming, "FORGET_EVERY", 3)
    for _ in range(7):
        await world.say("ada", "/streak")
    assert len(forgotten) == 2
