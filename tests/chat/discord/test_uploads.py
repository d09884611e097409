"""A file is fetched from where Discord keeps files, without redirects or a token, and never beyond its bounds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.chat.calls import UPLOAD
from bot.chat.discord import sentences, uploads
from bot.chat.discord.uploads import Files, NotHad

BASE = "http://127.0.0.1:1/api/v10"
Door = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(answer: Door) -> AsyncIterator[str]:
    """An address on this machine that answers so."""
    app = web.Application()
    app.router.add_get("/pack.yaml", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/pack.yaml"
    finally:
        await runner.cleanup()


def told(url: str, size: object = 5, name: str = "pack.yaml") -> dict[str, Any]:
    """What Discord tells of a file."""
    return {"id": "1", "url": url, "size": size, "filename": name}


async def why(files: Files, file: dict[str, Any]) -> str:
    """The sentence with which a file is not had."""
    with pytest.raises(NotHad) as refused:
        await files.fetch(file)
    return refused.value.why


async def test_a_file_comes_with_its_name_and_nobody_is_told_who_asks() -> None:
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        return web.Response(body=b"id: x")

    async with served(answer) as url:
        upload = await Files(BASE).fetch(told(url))
    assert (upload.name, upload.data) == ("pack.yaml", b"id: x")
    assert "Authorization" not in asked[0].headers and "Cookie" not in asked[0].headers


@pytest.mark.bad_input(21)
@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.discordapp.com@evil.example/pack.yaml",
        "https://cdn.discordapp.com:secret@evil.example/pack.yaml",
        "https://me@cdn.discordapp.com/pack.yaml",
        "https://cdn.discordapp.com.evil.example/pack.yaml",
        "https://evil.example/https://cdn.discordapp.com/pack.yaml",
        "https://evil.example\\@cdn.discordapp.com/pack.yaml",
        "https://xcdn.discordapp.com/pack.yaml",
        "https://cdn.discordapp.com:8443/pack.yaml",
        "http://cdn.discordapp.com/pack.yaml",
        "ftp://cdn.discordapp.com/pack.yaml",
        "https://cdn.discordapp.com./pack.yaml",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/pack.yaml",
        "http://localhost/pack.yaml",
        "https://[::1]/pack.yaml",
        "https://cdn.discordapp.com:99999999/pack.yaml",
        "file:///etc/passwd",
        "//cdn.discordapp.com/pack.yaml",
        "pack.yaml",
        "",
    ],
)
async def test_nothing_but_discords_own_hosts_is_asked(url: str) -> None:
    assert await why(Files(), told(url)) == sentences.FILE_ELSEWHERE


@pytest.mark.bad_input(21)
def test_a_base_that_is_not_this_machine_adds_no_host() -> None:
    files = Files("https://evil.example/api/v10")
    with pytest.raises(NotHad):
        files._address("https://evil.example/pack.yaml")


@pytest.mark.bad_input(21)
def test_discords_own_addresses_are_taken() -> None:
    for host in uploads.HOSTS:
        assert (
            Files()._address(f"https://{host}/ephemeral-attachments/1/2/pack.yaml?ex=a&is=b&hm=c&").host
            == host
        )


@pytest.mark.bad_input(21)
async def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    async def other(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"secret")

    async with served(other) as elsewhere:

        async def answer(_request: web.Request) -> web.Response:
            raise web.HTTPFound(elsewhere)

        async with served(answer) as url:
            assert await why(Files(BASE), told(url)) == sentences.FILE_NOT_GIVEN
    assert asked == []


@pytest.mark.bad_input(48)
@pytest.mark.parametrize("size", [UPLOAD + 1, 500_000_000, None, "5"])
async def test_what_is_told_to_be_too_big_is_never_fetched(size: object) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"x")

    async with served(answer) as url:
        assert "at most 1 MB" in await why(Files(BASE), told(url, size))
    assert asked == []


@pytest.mark.bad_input(48)
async def test_a_file_that_is_bigger_than_it_said_is_left_off_in_the_middle() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            for _ in range(200):
                await response.write(b"x" * 65_536)
        except ConnectionError:
            return response
        return response

    async with served(answer) as url:
        assert "at most 1 MB" in await why(Files(BASE), told(url))


async def test_a_file_of_just_the_size_is_taken() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * UPLOAD)

    async with served(answer) as url:
        assert len((await Files(BASE).fetch(told(url, UPLOAD))).data) == UPLOAD


async def test_a_file_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WITHIN", 0.05)

    async def answer(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async with served(answer) as url:
        assert await why(Files(BASE), told(url)) == sentences.FILE_LATE


@pytest.mark.parametrize("status", [204, 403, 404, 500])
async def test_what_discord_does_not_give_is_said(status: int) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with served(answer) as url:
        assert await why(Files(BASE), told(url)) == sentences.FILE_NOT_GIVEN
    assert await why(Files(BASE), told(url)) == sentences.FILE_NOT_GIVEN  # and nobody listens there now


async def test_a_packed_file_is_not_unpacked() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"\x1f\x8b packed", headers={"Content-Encoding": "gzip"})

    async with served(answer) as url:
        assert (await Files(BASE).fetch(told(url))).data == b"\x1f\x8b packed"
