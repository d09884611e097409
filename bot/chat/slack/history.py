"""The threads of Slack as practice reads them again after a gap."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from bot.chat.slack.convert import Identity, Malformed, mapping, ts_of
from bot.chat.slack.messages import found_in
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.domain.places import Member, Thread
from bot.practice.catching_up import Found
from bot.practice.ports import LookupFailed

PAGE = 200
Meet = Callable[[Member, datetime], Awaitable[None]]


class SlackHistory:
    """Reads threads by `conversations.replies`."""

    def __init__(self, web: WebApi, identity: Identity, meet: Meet) -> None:
        """Take the calls, who the bot is, and who asks for the zone of somebody new before they are heard."""
        self._web = web
        self._identity = identity
        self._meet = meet

    async def pages(self, thread: Thread, after: datetime) -> AsyncIterator[Sequence[Found]]:
        """People's messages created at or after an instant, oldest first; raises LookupFailed.

        A thread that is not found says nothing of its messages: they stay as they were heard. What cannot be read is
        told at the end, when the rest is heard: otherwise what is not among the pages would be taken for deleted.
        """
        cursor, fault = "", ""
        while True:
            page = await self._page(thread, after, cursor)
            messages = page.get("messages")
            if not isinstance(messages, list):
                raise LookupFailed("conversations.replies: a page without messages")
            found: list[Found] = []
            for message in messages:
                try:
                    found += self._found(message, thread)
                except Malformed as odd:
                    fault = f"conversations.replies: a message without its {odd.what}"
            found.sort(key=lambda one: (one.reply.at, one.reply.message))
            for one in found:
                await self._meet(one.reply.author, one.reply.at)
            yield found
            cursor = next_cursor(page)
            if not cursor:
                break
        if fault:
            raise LookupFailed(fault)

    def _found(self, message: object, thread: Thread) -> list[Found]:
        """A message as the reply it is, if it is one. Raises Malformed."""
        found = found_in(self._identity, mapping(message, "message"), thread.channel.id)
        return [found] if found is not None and found.reply.thread == thread else []

    async def _page(self, thread: Thread, after: datetime, cursor: str) -> dict[str, Any]:
        try:
            return await self._web.read(
                "conversations.replies",
                channel=thread.channel.id,
                ts=thread.id,
                oldest=ts_of(after),
                inclusive=True,
                limit=PAGE,
                cursor=cursor,
            )
        except (Refused, Unknown) as fault:
            raise LookupFailed(str(fault)) from fault


def next_cursor(page: dict[str, Any]) -> str:
    """Where the next page begins; empty after the last one. Raises LookupFailed where more was promised."""
    more = page.get("response_metadata")
    cursor = more.get("next_cursor") if isinstance(more, dict) else None
    if isinstance(cursor, str) and cursor:
        return cursor
    if page.get("has_more") is True:
        raise LookupFailed("a page promises more, and gives no way on")
    return ""
