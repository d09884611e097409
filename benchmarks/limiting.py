"""Servers that answer as Discord and Slack do, and enforce how often they may be called."""

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from aiohttp import web

from benchmarks import discord_shapes as shapes

Payload = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

DISCORDS_SECOND = 50
"""Calls that Discord takes from a token in any second."""
LATENCY = 0.03
"""Seconds that a call takes."""


class Bucket:
    """Calls of any `seconds`, of which `most` are taken."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Take a call: 0; or refuse it: how many seconds it has to wait."""
        while self._taken and now - self._taken[0] >= self._seconds:
            self._taken.popleft()
        if len(self._taken) >= self._most:
            return self._taken[0] + self._seconds - now
        self._taken.append(now)
        return 0.0


class Leaky:
    """One call a second after `burst` calls in a row."""

    def __init__(self, burst: int) -> None:
        self._burst = burst
        self._level = 0.0
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Take a call: 0; or refuse it: how many seconds it has to wait."""
        level = max(0.0, self._level - (now - self._at))
        if level + 1 > self._burst:
            return level + 1 - self._burst
        self._level, self._at = level + 1, now
        return 0.0


class Tally:
    """What a server has seen: calls that it took, with their instants, prompts among them, and refusals."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.prompts = 0
        self.refused = 0

    @property
    def seconds(self) -> float:
        """From the first call that was taken to the last."""
        return self.taken[-1] - self.taken[0] if self.taken else 0.0

    @property
    def rate(self) -> float:
        """Calls a second."""
        return (len(self.taken) - 1) / self.seconds if self.seconds else 0.0


class LimitedDiscord:
    """Discord's HTTP interface for posting, with its limit for a token."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.base = ""
        self._bucket = Bucket(DISCORDS_SECOND, 1.0)
        self._ids = itertools.count(10**18)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        path = request.path
        if path.endswith("/users/@me"):
            return _json({**shapes.person(-1), "bot": True})
        if path.endswith("/oauth2/applications/@me"):
            return _json(_application())
        wait = self._bucket.wait(perf_counter())
        if wait:
            self.tally.refused += 1
            told = {"message": "You are being rate limited.", "retry_after": wait, "global": True}
            headers = {"X-RateLimit-Global": "true", "Retry-After": str(wait), "Via": "1.1 here"}
            return _json(told, status=429, headers=headers)
        self.tally.taken.append(perf_counter())
        body = await request.post() if request.content_type.startswith("multipart") else await request.json()
        await asyncio.sleep(LATENCY)
        parts = path.split("/")
        channel = parts[parts.index("channels") + 1]
        if path.endswith("/threads"):
            return _json(_thread(parts[-2], channel, str(body["name"])))
        self.tally.prompts += 1
        number = next(self._ids)
        said = {
            **shapes.message(0, int(channel), 0),
            "id": str(number),
            "author": {**shapes.person(-1), "bot": True},
        }
        said.pop("member")
        return _json(said)


class LimitedSlack:
    """Slack's Web API for posting, with its limit for a channel: one a second, after `burst` in a row."""

    def __init__(self, burst: int) -> None:
        self.tally = Tally()
        self.base = ""
        self._channels: defaultdict[str, Leaky] = defaultdict(lambda: Leaky(burst))
        self._numbers = itertools.count(1)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        if not request.path.endswith("/chat.postMessage"):
            return web.json_response({"ok": False, "error": "unknown_method"})
        body = await request.json() if request.content_type == "application/json" else await request.post()
        wait = self._channels[str(body["channel"])].wait(perf_counter())
        if wait:
            self.tally.refused += 1
            headers = {"Retry-After": str(max(1, round(wait + 0.5)))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        self.tally.taken.append(perf_counter())
        self.tally.prompts += "thread_ts" not in body
        await asyncio.sleep(LATENCY)
        stamp = f"1793606400.{next(self._numbers):06}"
        return web.json_response(
            {"ok": True, "channel": body["channel"], "ts": stamp, "message": {"ts": stamp}}
        )


@asynccontextmanager
async def listening(server: LimitedDiscord | LimitedSlack) -> AsyncIterator[str]:
    """Let a server listen on a port of its own; gives where."""
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", server.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _json(data: Payload, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer whose type is written as Discord writes it; discord.py reads no other."""
    return web.Response(
        body=json.dumps(data).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


def _application() -> Payload:
    shape: Payload = {
        "id": str(shapes.BOT),
        "name": "practice-bot",
        "description": "",
        "icon": None,
        "flags": 0,
    }
    shape |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "00"}
    return {**shape, "owner": shapes.person(0)}


def _thread(id_: str, channel: str, name: str) -> Payload:
    now = "2026-11-02T08:00:00+00:00"
    state = {"archived": False, "locked": False, "archive_timestamp": now, "auto_archive_duration": 10080}
    shape: Payload = {"id": id_, "name": name, "type": 11, "guild_id": str(shapes.guild_id(0)), "flags": 0}
    shape |= {"parent_id": channel, "owner_id": str(shapes.BOT), "thread_metadata": state, "nsfw": False}
    return {**shape, "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "last_message_id": None}
