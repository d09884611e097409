"""How long a 429 is waited for, and that nothing else is ever sent a second time."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

LONGEST_WAIT = 60.0
"""Seconds that a call waits; who is told to wait longer tries again much later."""
WITHOUT_HEADER = 5.0


def jittered(seconds: float) -> float:
    """A pause of half to all of so long, never the same for all who lost their connection at once."""
    return seconds * (0.5 + secrets.randbelow(500) / 1000)


class Patience(AsyncRetryHandler):
    """Waits as long as a 429 says, if that is a minute at most; nothing else is ever sent again by itself."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - as Slack's library calls it
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if error is not None or response is None or response.status_code != 429:
            return False
        return response.body is not None and retry_after(response.headers) <= LONGEST_WAIT

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - as Slack's library calls it
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        """Wait."""
        state.next_attempt_requested = True
        await asyncio.sleep(retry_after(response.headers) if response is not None else WITHOUT_HEADER)
        state.increment_current_attempt()


def retry_after(headers: Mapping[str, Any]) -> float:
    """The seconds that a 429 asks for; some when it does not say."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            told = value[0] if isinstance(value, list) else value
            try:
                return max(0.0, float(told))
            except (TypeError, ValueError):
                return WITHOUT_HEADER
    return WITHOUT_HEADER
