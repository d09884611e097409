"""Tells others whether the bot is well."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

Check = Callable[[], Awaitable[str | None]]
"""Asks one thing: None when it is well, else the fault in one sentence without secrets."""

SECONDS_FOR_A_CHECK = 2.0


class Health:
    """Answers `GET /healthz`: 200 when every check is well, else 503 with the faults by name."""

    def __init__(self, checks: Mapping[str, Check], *, limit: float = SECONDS_FOR_A_CHECK) -> None:
        """Take the checks by name, and the seconds that each may take."""
        self._checks = dict(checks)
        self._limit = limit
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int | None:
        """The port that is listened on, or None when there is none."""
        return self._runner.addresses[0][1] if self._runner else None

    async def faults(self) -> dict[str, str]:
        """Run all checks side by side and give the faults by the check's name; empty means well."""
        found = await asyncio.gather(*(self._fault(check) for check in self._checks.values()))
        return {name: fault for name, fault in zip(self._checks, found, strict=True) if fault}

    async def start(self, host: str, port: int) -> None:
        """Listen, on a free port when `port` is 0. Raises OSError when the address cannot be had."""
        from aiohttp import web  # costs 100 ms, which a bot without this door need not pay

        app = web.Application()
        app.router.add_get("/healthz", self._answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner

    async def stop(self) -> None:
        """Stop listening; harmless when nothing listens."""
        if self._runner:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def _fault(self, check: Check) -> str | None:
        try:
            async with asyncio.timeout(self._limit):
                return await check()
        except TimeoutError:
            return f"no answer within {self._limit:g} s"
        except Exception as error:  # noqa: BLE001 - whatever a check raises is a fault to be shown, by kind only
            return f"the check itself failed ({type(error).__name__})"

    async def _answer(self, _request: "web.Request") -> "web.Response":
        from aiohttp import web

        faults = await self.faults()
        body = {"status": "failing", "faults": faults} if faults else {"status": "ok"}
        return web.json_response(body, status=503 if faults else 200, dumps=json.dumps)
