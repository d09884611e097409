"""The bot speaks: messages for all and for one, a second apart in a channel, each within Slack's limits."""

import asyncio
from collections import OrderedDict
from typing import Any

from aiolimiter import AsyncLimiter

from bot.chat.cards import Card
from bot.chat.slack.convert import user_id
from bot.chat.slack.marks import Marker
from bot.chat.slack.people import People
from bot.chat.slack.prefixing import prefixed
from bot.chat.slack.render import Drawn, card_view, draw
from bot.chat.slack.web_api import Unknown, WebApi
from bot.domain.places import Channel, Member, Thread

LIMITERS = 1000
"""Channels whose pace is kept in mind."""
SIGNS = 48
"""Reactions a minute; Slack takes about fifty."""
QUIET = {"link_names": False, "parse": "none"}
"""Nothing that was written turns into a mention or a link."""
FOLDED = {"unfurl_links": False, "unfurl_media": False}
"""No link shows a preview; a private message never does."""


class Speaker:
    """Writes cards into a workspace. Every method may raise Refused and Unknown."""

    def __init__(self, web: WebApi, people: People, prefix: str, burst: int, per_second: float) -> None:
        """Take the calls, those who know names, the commands' prefix, and how fast a channel may be spoken in."""
        self.web = web
        self.people = people
        self._prefix = prefix
        self._burst = burst
        self._per_second = per_second
        self._signs = AsyncLimiter(max(SIGNS, burst), 60)
        self._limiters: OrderedDict[str, AsyncLimiter] = OrderedDict()

    async def draw(self, card: Card, marker: Marker | None = None) -> list[Drawn]:
        """A card as messages, with its people by name."""
        name = await self.people.namer(card)
        return draw(prefixed(card, self._prefix), name, marker.block_id if marker else "")

    async def view(self, card: Card, metadata: str) -> dict[str, Any]:
        """A card as a modal."""
        return card_view(prefixed(card, self._prefix), metadata, await self.people.namer(card))

    async def post(
        self, channel: str, card: Card, thread: str | None = None, marker: Marker | None = None
    ) -> str:
        """Write a card for all; gives the id of its first message."""
        first = ""
        for drawn in await self.draw(card, marker if not first else None):
            body = {**_body(channel, drawn, thread), **FOLDED}
            if marker is not None and not first:
                body["metadata"] = marker.metadata
            answer = await self._paced("chat.postMessage", channel, body)
            ts = answer.get("ts")
            if not isinstance(ts, str):
                raise Unknown("no ts")
            first = first or ts
        return first

    async def redraw(self, channel: str, message: str, card: Card, marker: Marker) -> None:
        """Draw a card anew that is one message; its mark stays."""
        drawn, *_ = await self.draw(card, marker)
        body = {**_body(channel, drawn, None), "ts": message, "metadata": marker.metadata}
        await self._paced("chat.update", channel, body)

    async def whisper(self, channel: Channel, member: Member, card: Card, thread: Thread | None) -> None:
        """Write a card that one person sees, in a thread if there is one."""
        for drawn in await self.draw(card):
            body = _body(channel.id, drawn, thread.id if thread is not None else None)
            await self._paced("chat.postEphemeral", channel.id, {**body, "user": user_id(member)})

    async def respond(self, url: str, card: Card, *, private: bool, thread: Thread | None = None) -> None:
        """Answer through a response URL, which may be used five times in half an hour."""
        for drawn in await self.draw(card):
            body = {
                "response_type": "ephemeral" if private else "in_channel",
                "replace_original": False,
                "text": drawn.text,
                "blocks": list(drawn.blocks),
                **FOLDED,
            }
            await self.web.respond(url, {**body, "thread_ts": thread.id} if thread is not None else body)

    async def react(self, channel: Channel, message: str, name: str) -> None:
        """Put a sign on a message."""
        async with self._signs:
            await self.web.call("reactions.add", channel=channel.id, timestamp=message, name=name)

    async def _paced(self, method: str, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        limiter = self._limiters.get(channel)
        if limiter is None:
            limiter = AsyncLimiter(self._burst, self._burst / self._per_second)
            self._limiters[channel] = limiter
            if len(self._limiters) > LIMITERS:
                self._limiters.popitem(last=False)
        self._limiters.move_to_end(channel)
        async with limiter:
            return await self.web.call(method, **body)


def _body(channel: str, drawn: Drawn, thread: str | None) -> dict[str, Any]:
    body = {"channel": channel, "text": drawn.text, "blocks": list(drawn.blocks), **QUIET}
    return {**body, "thread_ts": thread} if thread is not None else body


class Afterwards:
    """Work that goes on after something was acknowledged. Each piece sees to its own faults."""

    def __init__(self) -> None:
        """Nothing goes on yet."""
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Any) -> "asyncio.Task[None]":
        """Let a coroutine run by itself."""
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settled(self) -> None:
        """Wait until nothing goes on any more."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def end(self, within: float) -> None:
        """Give what goes on some seconds, then cancel it."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=within)
        for task in set(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
