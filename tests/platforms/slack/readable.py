"""A door before local-slack's Web API that turns `rich_text` into sections, which its page can draw.

For looking only: the page shows `[rich_text]` in place of what Slack draws. The tests call local-slack without it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import aiohttp
from aiohttp import web

from tests.platforms.slack.drawn import Json

NO_BREAK = "\u00a0"
"""A blank that the page does not put together with the next."""


class Readable:
    """A server on loopback in front of another one's Web API."""

    def __init__(self, base: str) -> None:
        """Take the address of the server behind it."""
        self._behind = base
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self.base = ""

    async def start(self) -> None:
        """Serve on a free port."""
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop serving."""
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body = await request.read()
        if request.content_type == "application/json":
            body = json.dumps(readable(json.loads(body))).encode()
        kept = ("Authorization", "Content-Type")
        headers = {name: request.headers[name] for name in kept if name in request.headers}
        url = f"{self._behind}{request.path_qs}"
        async with self._session.request(request.method, url, data=body, headers=headers) as answer:
            return web.Response(
                status=answer.status, body=await answer.read(), content_type=answer.content_type
            )


def readable(args: Json) -> Json:
    """The arguments of a call with their blocks as the page can draw them."""
    if isinstance(args.get("blocks"), list):
        args = {**args, "blocks": [one for block in args["blocks"] for one in _drawable(block)]}
    if isinstance(args.get("view"), dict):
        args = {**args, "view": readable(args["view"])}
    return args


def _drawable(block: Json) -> Iterator[Json]:
    if block.get("type") != "rich_text":
        yield block
        return
    text = "\n".join(line for group in block["elements"] for line in _group(group))
    yield {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _group(group: Json) -> Iterator[str]:
    match group["type"]:
        case "rich_text_list":
            first = 1 + int(group.get("offset") or 0)
            for number, item in enumerate(group["elements"], first):
                mark = f"{number}." if group.get("style") == "ordered" else "•"
                yield f"{mark} {_words(item['elements'])}"
        case "rich_text_quote":
            yield from (f"> {line}" for line in _words(group["elements"]).split("\n"))
        case "rich_text_preformatted":
            lines = _words(group["elements"]).split("\n")
            yield from (f"`{line.replace(' ', NO_BREAK)}`" for line in lines)
        case _:
            yield _words(group["elements"]).rstrip("\n")


def _words(parts: list[Any]) -> str:
    return "".join(_word(part) for part in parts)


def _word(part: Json) -> str:
    """One part; nothing is escaped, since the page reads no `&gt;` back."""
    if part["type"] == "channel":
        return f"<#{part['channel_id']}>"
    text = re.sub(r" {2,}", lambda blanks: NO_BREAK * len(blanks[0]), str(part["text"]))
    bold = (part.get("style") or {}).get("bold") and text.strip()
    return text.replace(text.strip(), f"*{text.strip()}*") if bold else text
