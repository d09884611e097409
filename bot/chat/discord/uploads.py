"""A file that comes with a command: its bytes, fetched from where Discord keeps files and from nowhere else.

The address stands in what Discord tells, but it is an address all the same: only exact hosts are asked, without a
token, a cookie or a redirect, and never for more bytes than a file may have.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import yarl

from bot.chat.calls import UPLOAD, Upload
from bot.chat.discord import sentences

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps files that people send."""
WITHIN = 10.0
"""Seconds for all of a file."""
NAME = 200
"""Characters of a file's name that are kept; it is a label only."""

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CHUNK = 65_536


class NotHad(Exception):
    """The file cannot be had; `why` is the sentence for whoever sent it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Files:
    """Fetches files that came with a call."""

    def __init__(self, api_base: str | None = None) -> None:
        """Files come from Discord's own hosts; in a test, from the host of its server too, if that is this machine."""
        host = yarl.URL(api_base).host if api_base else None
        self._own = host if host in _LOOPBACK else None

    async def fetch(self, told: Mapping[str, Any]) -> Upload:
        """A file with its name, by what Discord tells of it; raises NotHad."""
        size = told.get("size")
        if not isinstance(size, int) or size > UPLOAD:
            raise NotHad(sentences.file_too_big(size if isinstance(size, int) else None))
        address = self._address(told.get("url"))
        try:
            async with asyncio.timeout(WITHIN):
                data = await _fetched(address)
        except TimeoutError as late:
            raise NotHad(sentences.FILE_LATE) from late
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise NotHad(sentences.FILE_NOT_GIVEN) from fault
        return Upload(str(told.get("filename", ""))[:NAME], data)

    def _address(self, url: object) -> yarl.URL:
        """The address of a file, if it is one of Discord's; the very object that is then asked for."""
        try:
            address = yarl.URL(str(url))
            port = address.explicit_port
        except ValueError as fault:
            raise NotHad(sentences.FILE_ELSEWHERE) from fault
        plain = address.user is None and address.password is None
        discords = address.scheme == "https" and address.host in HOSTS and port is None
        own = self._own is not None and address.scheme in ("http", "https") and address.host == self._own
        if not plain or not (discords or own):
            raise NotHad(sentences.FILE_ELSEWHERE)
        return address


async def _fetched(address: yarl.URL) -> bytes:
    """The bytes at an address; raises NotHad, and what aiohttp raises."""
    data = bytearray()
    # Nothing is unpacked: a few bytes could become very many.
    session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)
    headers = {"Accept-Encoding": "identity"}
    async with session, session.get(address, allow_redirects=False, headers=headers) as answer:
        if answer.status != 200:
            raise NotHad(sentences.FILE_NOT_GIVEN)
        async for chunk in answer.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > UPLOAD:
                raise NotHad(sentences.file_too_big(None))
    return bytes(data)
