"""Bolt, with one router in place of a listener for each command: what comes is stored before Bolt answers."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.chat.slack.incoming import Answer
from bot.chat.slack.web_api import WebApi

BOLTS_OWN = frozenset({"url_verification", "ssl_check"})
"""What Bolt answers by itself, as Slack asks for it when an address is set up."""
UNREADABLE = (TypeError, AttributeError, KeyError, IndexError, ValueError)
"""What Bolt raises when a part of a payload is not what it always is."""

Take = Callable[[Mapping[str, Any]], Awaitable[Answer]]
Next = Callable[[], Awaitable[BoltResponse]]


class Router(AsyncMiddleware):
    """The one listener. Being a middleware of Bolt's own kind, it is given the request as it came."""

    def __init__(self, take: Take) -> None:
        """Take what takes everything that comes."""
        self._take = take

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse:  # noqa: ARG002
        """Answer, or leave to Bolt what is Bolt's own."""
        if req.body.get("type") in BOLTS_OWN:
            return await next()
        return _response(await self._take(req.body))


class BoltDoor:
    """The way through Bolt to `take`, for both modes.

    The router stands before Bolt's authorization, which would ask Slack while Slack waits for us. Signatures are the
    guard's work, and our own messages are looked at, so Bolt sees to neither.
    """

    def __init__(self, web: WebApi, take: Take) -> None:
        """Take the calls, and what takes everything that comes."""
        self._take = take
        self._app = AsyncApp(
            name="practice-bot",
            logger=logging.getLogger("slack_bolt"),
            client=web.client(),
            before_authorize=Router(take),
            process_before_response=True,
            request_verification_enabled=False,
            ignoring_self_events_enabled=False,
        )

    async def dispatch(self, payload: dict[str, Any]) -> BoltResponse:
        """Give a payload through Bolt; what Bolt cannot read is taken all the same, so that it is set aside."""
        try:
            asked = AsyncBoltRequest(body=payload, mode="socket_mode")  # a payload that is read already
        except UNREADABLE:
            return _response(await self._take(payload))
        return await self._app.async_dispatch(asked)


def _response(answer: Answer) -> BoltResponse:
    return BoltResponse(status=answer.status, body=dict(answer.body) if answer.body is not None else "")
