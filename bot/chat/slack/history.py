"""The threads of Slack as practice reads them again after a gap."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from bot.chat.slack.convert import Identity, Malformed, ts_of
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

        A thread that is not found says nothing of its messages: they stay as they were heard.
        """
        cursor = ""
        while True:
            page = await self._page(thread, after, cursor)
            messages = page.get("messages")
            read = (
                [self._found(message, thread) for message in messages if isinstance(message, dict)]
                if (isinstance(messages, list))
                else []
            )
            found = [one for one in read if one is not None]
            found.sort(key=lambda one: (one.reply.at, one.reply.message))
            for one in found:
                await self._meet(one.reply.author, one.reply.at)
            yield found
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    def _found(self, message: dict[str, Any], thread: Thread) -> Found | None:
        try:
            found = found_in(self._identity, message, thread.channel.id)
        except Malformed:
            return None
        return found if found is not None and found.reply.thread == thread else None

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
