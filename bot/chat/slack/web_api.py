"""Calls of Slack's Web API over one shared session: what an answer means, and how long a 429 is waited for."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.patience import LONGEST_WAIT, Patience, retry_after
from bot.practice.ports import Clock

SLACK = "https://slack.com/api/"
RESPONSE_HOST = "hooks.slack.com"
FILE_HOST = "files.slack.com"
FOREIGN = "foreign_host"
LONG = "too_long"
"""Words of our own for why a file is not fetched."""
TIMEOUT = 20
"""Seconds that a call may take; shorter than the lease of a post."""
AT_ONCE = 2.0
"""Seconds that a call may take on whose end an acknowledgement waits."""
CHUNK = 65_536
DOWNLOAD_WITHIN = 10.0
"""Seconds that a file may take."""
LONGEST_KEPT = 24 * 3600.0
SHUT_FOR = timedelta(minutes=15)
_UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Errors after which a part of the request may have taken effect."""
_LIBRARIES = ("slack_sdk", "slack_bolt")
SOCKET_LOGGER = "slack_sdk.socket_mode"


class Refused(Exception):
    """Slack said no, and nothing happened; `error` is its word for it, `needed` the scope that is missing."""

    def __init__(self, error: str, needed: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.needed = needed


class Unknown(Exception):
    """Nobody can say whether the call took effect; the text says why, without any of what was sent."""


DEAD_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "not_allowed_token_type",
    }
)
"""Errors after which no call with this token will ever be taken again."""


def quiet_libraries() -> None:
    """Let Slack's libraries speak of warnings only: at DEBUG they write tickets and what people wrote."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # What it says of a connection that failed holds the ticket, and what failed is said by us.
    logging.getLogger(SOCKET_LOGGER).setLevel(logging.CRITICAL)


def _nobody_listens(_error: str) -> None:
    """Before the platform is connected nobody needs to know that a token is dead."""


class WebApi:
    """Slack's Web API for one token. Nothing is connected until the first call, which needs a running loop."""

    def __init__(self, token: str, api_base: str | None, clock: Clock) -> None:
        """Take the token and where the API is; None is Slack itself."""
        self.base = api_base or SLACK
        self._own_base = api_base is not None
        self._token = token
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._stopped: str | None = None
        self._closed = False
        self._shut_until: datetime | None = None
        self._not_before: dict[str, datetime] = {}
        self.dead: Callable[[str], None] = _nobody_listens

    def client(self, *, patient: bool = True) -> AsyncWebClient:
        """A client of Slack's own library on the shared session, for Bolt and Socket Mode."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        handlers: list[AsyncRetryHandler] = [Patience(max_retry_count=3)] if patient else []
        client = AsyncWebClient(
            self._token,
            self.base,
            timeout=TIMEOUT,
            session=self._session,
            logger=logging.getLogger("slack_sdk"),
            retry_handlers=handlers,
        )
        if self._own_base:
            client.proxy = None  # a base of one's own is on this machine
        return client

    def stop(self, why: str) -> None:
        """Make no call any more: each is refused with this reason."""
        self._stopped = why

    async def close(self) -> None:
        """End the connections, and make no call any more; harmless when there are none."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, *, at_once: bool = False, **body: Any) -> dict[str, Any]:
        """Call a method that writes. Raises Refused and Unknown. `at_once`: within two seconds, waiting for no 429."""
        return await self._answer(method, at_once, "POST", json=body)

    async def read(self, method: str, *, at_once: bool = False, **params: Any) -> dict[str, Any]:
        """Call a method that reads; empty parameters are left out. Raises Refused and Unknown."""
        params = {name: value for name, value in params.items() if value != ""}
        return await self._answer(method, at_once, "GET", params=params)

    async def respond(self, url: str, body: dict[str, Any]) -> None:
        """Answer through a response URL; raises Refused, also for one on a strange host, and Unknown."""
        self._check_open()
        if not self._is_ours(url):
            raise Refused("response_url")
        session = self.client().session
        assert session is not None
        try:
            async with session.post(url, json=body, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise Refused(f"response_url {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise Unknown(type(fault).__name__) from fault

    async def open_socket(self, app_token: str) -> str:
        """Ask for a ticket to a socket; gives the address that holds it. Raises Refused and Unknown."""
        self._check_open()
        try:
            answer = await self.client(patient=False).apps_connections_open(app_token=app_token)
        except SlackApiError as fault:
            raise self._meaning(fault) from fault
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise Unknown(type(fault).__name__) from fault
        url = answer.get("url")
        if not isinstance(url, str):
            raise Unknown("no url")
        return url

    async def upload(self, channel: str, name: str, text: str) -> None:
        """Put a text file into a conversation; raises Refused and Unknown."""
        self._check_open()
        client = self.client()
        try:
            await client.files_upload_v2(channel=channel, filename=name, content=text)
        except SlackApiError as fault:
            raise self._meaning(fault) from fault
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as fault:
            raise Unknown(type(fault).__name__) from fault

    async def download(self, url: str, most: int) -> bytes:
        """Fetch a file of at most so many bytes from Slack's file host; no other host ever sees the token.

        Raises Refused (FOREIGN for another host, LONG for a longer file) and Unknown.
        """
        self._check_open()
        if not self._is_ours(url, FILE_HOST):
            raise Refused(FOREIGN)
        session = self.client().session
        assert session is not None
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"}
        try:
            async with (
                asyncio.timeout(DOWNLOAD_WITHIN),
                session.get(urlsplit(url).geturl(), headers=headers, allow_redirects=False) as answer,
            ):
                return await _body_of(answer, most)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as fault:
            raise Unknown(type(fault).__name__) from fault

    def _is_ours(self, url: str, host: str = RESPONSE_HOST) -> bool:
        """Whether an address is on a host of Slack's to the letter, or else on the base that was set."""
        try:
            given, base = urlsplit(url), urlsplit(self.base)
        except ValueError:
            return False
        ours = (base.scheme, base.netloc) if self._own_base else ("https", host)
        return (given.scheme, given.netloc) == ours

    async def _answer(self, method: str, at_once: bool, verb: str, **sent: Any) -> dict[str, Any]:
        self._check_open(method)
        client = self.client(patient=not at_once)
        try:
            async with asyncio.timeout(AT_ONCE if at_once else None):
                answer = await client.api_call(method, http_verb=verb, **sent)
        except SlackApiError as fault:
            meaning = self._meaning(fault, method)
            if isinstance(meaning, Refused) and meaning.error in DEAD_TOKEN:
                self.dead(meaning.error)
            raise meaning from fault
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise Unknown(type(fault).__name__) from fault
        data = answer.data
        if not isinstance(data, dict):
            raise Unknown("no JSON")
        return {**data, "headers": {name.lower(): value for name, value in answer.headers.items()}}

    def _check_open(self, method: str = "") -> None:
        if self._stopped is not None:
            raise Refused(self._stopped)
        if self._closed:
            raise Unknown("closed")
        until = max(filter(None, (self._shut_until, self._not_before.get(method))), default=None)
        if until is not None and self._clock.now() < until:
            raise Unknown("asked to wait")

    def _meaning(self, fault: SlackApiError, method: str = "") -> Refused | Unknown:
        """A definite no, or something that nobody can tell. A long wait is kept: nothing is asked meanwhile."""
        status = getattr(fault.response, "status_code", getattr(fault.response, "status", 0))
        data = getattr(fault.response, "data", None)
        error = data.get("error") if isinstance(data, dict) else None
        if status == 429:
            if error is None:  # not Slack but what stands before it; going on would only prolong it
                self._shut_until = self._clock.now() + SHUT_FOR
            elif (wait := retry_after(fault.response.headers)) > LONGEST_WAIT:
                self._not_before[method] = self._clock.now() + timedelta(seconds=min(wait, LONGEST_KEPT))
            return Unknown("asked to wait")
        if not isinstance(data, dict) or not isinstance(error, str) or error in _UNSURE or status >= 500:
            return Unknown(f"status {status}")
        if error in ("ratelimited", "rate_limited"):
            return Unknown("asked to wait")
        return Refused(error, str(data.get("needed") or ""))


async def _body_of(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """A file's bytes, read no further than it may be long. A page (Slack's log-in is one) is no file."""
    if answer.status != 200 or answer.content_type == "text/html" or answer.headers.get("Content-Encoding"):
        raise Refused(f"file {answer.status}")
    if (answer.content_length or 0) > most:
        raise Refused(LONG)
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > most:
            raise Refused(LONG)
    return bytes(body)
