"""The file host of the strict fake: what people uploaded, given to whoever shows the token, and who asked for it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Give = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""Gives a file in a way of its own."""


class FileHost:
    """Files by name. `asked` has each request with the token that came with it."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes | Give] = {}
        self.asked: list[tuple[str, str]] = []

    async def give(self, request: web.Request) -> web.StreamResponse:
        """Give a file, as Slack does: a log-in page to whoever has no token."""
        name, token = request.match_info["name"], request.headers.get("Authorization", "")
        self.asked.append((name, token))
        kept = self.kept.get(name)
        if kept is None:
            raise web.HTTPNotFound
        if not token.startswith("Bearer xoxb-"):
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        if isinstance(kept, bytes):
            return web.Response(body=kept, content_type="application/octet-stream")
        return await kept(request)
