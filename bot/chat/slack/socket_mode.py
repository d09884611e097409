"""Socket Mode: connections of Slack's own client, and the watch over them.

The client tries a refused ticket for ever on the same dead address; forgetting the address makes it ask for a new one.
"""

import asyncio
import logging
from collections.abc import Callable
from time import time

from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.chat.slack.bolt import BoltDoor
from bot.chat.slack.config import Pace
from bot.chat.slack.patience import jittered
from bot.chat.slack.web_api import SOCKET_LOGGER, Refused, Unknown, WebApi

log = logging.getLogger(__name__)

FIRST_LOOK = 0.05
"""Seconds between two looks while nothing stands yet."""
SLOWEST = 60.0
"""Seconds between two tries at the most."""


class Connection(SocketModeClient):
    """One connection, whose tickets are asked for ever more slowly while Slack does not give any."""

    def __init__(
        self, web: WebApi, app_token: str, ping_every: float, refused: Callable[[Refused], None]
    ) -> None:
        """Take the calls, the app-level token, and who is told that Slack said no."""
        self._web = web
        self._refused = refused
        self._failures = 0
        super().__init__(
            app_token,
            logger=logging.getLogger(SOCKET_LOGGER),
            web_client=web.client(patient=False),
            ping_interval=ping_every,
        )
        self.proxy = self.web_client.proxy

    async def issue_new_wss_url(self) -> str:
        """The address of a new socket."""
        try:
            url = await self._web.open_socket(self.app_token)
        except (Refused, Unknown) as fault:
            if isinstance(fault, Refused):
                self._refused(fault)
            log.warning("no ticket", extra={"facts": {"fault": str(fault), "tries": self._failures + 1}})
            await asyncio.sleep(self._pause())
            raise
        self._failures = 0
        return url

    def _pause(self) -> float:
        """Twice as long each time."""
        self._failures = min(self._failures + 1, 8)
        return jittered(min(SLOWEST, self.ping_interval * 2.0**self._failures))

    async def end(self) -> None:
        """Close, and wait until nothing runs any more."""
        await self.close()  # type: ignore[no-untyped-call]  # Slack's library leaves it untyped
        running = [self.message_processor, self.current_session_monitor, self.message_receiver]
        await asyncio.gather(*(one for one in running if one is not None), return_exceptions=True)


async def _connect(connection: Connection) -> None:
    await connection.connect()  # type: ignore[no-untyped-call]  # Slack's library leaves it untyped


class SocketMode:
    """The connections of one app. What Slack sends comes over any of them."""

    def __init__(
        self,
        door: BoltDoor,
        web: WebApi,
        app_token: str,
        pace: Pace,
        refused: Callable[[Refused], None],
        gap: Callable[[], None],
        watched: Callable[[bool], None],
    ) -> None:
        """Take the door to Bolt, the calls, the token, and who listens.

        `gap` is told of each connection that was lost and is back, `watched` again and again whether any stands.
        """
        self._door = door
        self._pace = pace
        self._gap = gap
        self._watched = watched
        self._connections = [
            Connection(web, app_token, pace.ping_every, refused) for _ in range(pace.connections)
        ]
        self._tasks: list[asyncio.Task[None]] = []
        self._standing = asyncio.Event()
        self._seen: dict[Connection, object] = {}

    def start(self, url: str | None) -> None:
        """Begin to connect, with a ticket that is there already for the first."""
        if self._connections and url is not None:
            self._connections[0].wss_uri = url
        for connection in self._connections:
            connection.socket_mode_request_listeners.append(self._take)
            self._tasks.append(asyncio.ensure_future(_connect(connection)))
        self._tasks.append(asyncio.ensure_future(self._watch()))

    async def stands(self) -> None:
        """Wait until one connection stands."""
        await self._standing.wait()

    async def is_connected(self) -> bool:
        """Whether any connection stands."""
        return any([await connection.is_connected() for connection in self._connections])

    async def close(self) -> None:
        """End all connections; harmless twice."""
        for connection in self._connections:
            connection.closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in self._connections:
            await connection.end()
        self._tasks, self._connections = [], []

    async def _watch(self) -> None:
        while True:
            for connection in self._connections:
                if not await connection.is_connected():
                    connection.wss_uri = None
                    continue
                self._standing.set()
                session = connection.current_session
                if self._seen.setdefault(connection, session) is not session:
                    self._seen[connection] = session
                    self._gap()
            self._watched(await self.is_connected())
            await asyncio.sleep(self._pace.watch_every if self._standing.is_set() else FIRST_LOOK)

    async def _take(self, client: AsyncBaseSocketModeClient, asked: SocketModeRequest) -> None:
        """Give what came to Bolt, and send its answer; what is not answered is sent again by Slack."""
        began = time()
        answer = await self._door.dispatch(asked.payload)
        try:
            await send_async_response(client, asked, answer, began)
        except (ConnectionError, RuntimeError) as fault:
            log.warning("answer not sent", extra={"facts": {"fault": type(fault).__name__}})
