"""Signed HTTP: a small server for `/slack/events` and `/healthz`, the guard before Bolt."""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response

from bot.chat.slack.bolt import BoltDoor
from bot.chat.slack.guard_http import LARGEST, Guard, Turned

log = logging.getLogger(__name__)

READ_WITHIN = 10.0
"""Seconds in which a body must have come."""
END_WITHIN = 2.0


class HttpMode:
    """The server. It listens on loopback unless told otherwise."""

    def __init__(self, door: BoltDoor, guard: Guard, is_well: Callable[[], bool]) -> None:
        """Take the door to Bolt, the guard, and what `/healthz` asks."""
        self._door = door
        self._guard = guard
        self._is_well = is_well
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; port 0 takes any free one. Gives the port; raises OSError."""
        server = web.Application(client_max_size=LARGEST + 1)
        server.router.add_post("/slack/events", self._take)
        server.router.add_get("/healthz", self._health)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=END_WITHIN)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        return int(runner.addresses[0][1])

    async def close(self) -> None:
        """Take nothing more, let what is being answered end, and stop listening; harmless twice."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        try:
            payload = self._guard.check(request.headers, await _read(request))
        except Turned as turned:
            log.warning("turned away", extra={"facts": {"status": turned.status, "why": turned.why}})
            return web.Response(status=turned.status)
        return await to_aiohttp_response(await self._door.dispatch(payload))

    async def _health(self, _request: web.Request) -> web.Response:
        well = self._is_well()
        return web.json_response({"status": "ok" if well else "failing"}, status=200 if well else 503)


async def _read(request: web.Request) -> bytes:
    """The body; raises Turned for one that is too large, before it is read where its length is told, or too slow."""
    if request.content_length is not None and request.content_length > LARGEST:
        raise Turned(413, "too large")
    try:
        async with asyncio.timeout(READ_WITHIN):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Turned(413, "too large") from None
    except TimeoutError:
        raise Turned(408, "too slow") from None
