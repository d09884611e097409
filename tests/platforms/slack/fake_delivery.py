"""How the strict fake brings events, commands and presses to the bot: Socket Mode and signed HTTP, with every
acknowledgement and how long it took; what is not acknowledged in time is sent again, as Slack does."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, WSCloseCode, WSMsgType, web

from tests.platforms.slack.fake_state import APP, Json

RETRIES = 3
"""How often Slack sends an event again."""


@dataclass
class Sent:
    """One sending: how many seconds the answer took (None: there was none), its status, and what stood in it."""

    seconds: float | None = None
    status: int | None = None
    body: Any = None

    @property
    def taken(self) -> bool:
        """Whether it was acknowledged."""
        return self.seconds is not None and self.status in (None, 200)


@dataclass
class Delivery:
    """An event, a command or a press on its way, with all its sendings."""

    kind: str
    payload: Json
    sent: list[Sent] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        """Whether the last sending was taken."""
        return bool(self.sent) and self.sent[-1].taken

    @property
    def body(self) -> Any:
        """What came with the acknowledgement."""
        return self.sent[-1].body if self.sent else None


class Road(Protocol):
    """One way to the bot."""

    async def send(self, kind: str, payload: Json, within: float, attempt: int, reason: str) -> Sent:
        """Send once and wait so many seconds for the acknowledgement."""
        ...


class Deliveries:
    """Sends on a road, and keeps what became of it. `patience` is how long Slack waits, in seconds."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.patience = 3.0
        self.pause = 0.02
        self.all: list[Delivery] = []

    async def deliver(self, kind: str, payload: Json) -> Delivery:
        """Send until it is acknowledged; commands and presses are never sent again."""
        delivery = Delivery(kind, payload)
        self.all.append(delivery)
        reason = ""
        for attempt in range(1 + (RETRIES if kind == "events_api" else 0)):
            delivery.sent.append(await self.road.send(kind, payload, self.patience, attempt, reason))
            if delivery.acknowledged:
                break
            reason = "http_timeout" if delivery.sent[-1].status is None else "http_error"
            await asyncio.sleep(self.pause)
        return delivery


@dataclass(eq=False)
class Line:
    """One WebSocket of the bot; a `frozen` one hears and says nothing any more, though it is open."""

    socket: web.WebSocketResponse
    request: web.Request
    frozen: bool = False

    def reset(self) -> None:
        """Cut the connection without a closing handshake."""
        if self.request.transport is not None:
            self.request.transport.abort()


class SocketRoad:
    """Socket Mode: tickets, connections and envelopes. `refused` is how many connections are still turned away."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tickets: set[str] = set()
        self.connections = 0
        self.refused = 0
        self.refusing = False
        self.grumbles: list[str] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._sent = 0

    @property
    def live(self) -> list[Line]:
        """The connections that work."""
        return [line for line in self.lines if not line.frozen and not line.socket.closed]

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Let the bot come in with a ticket that it has not used yet."""
        ticket = request.query.get("ticket", "")
        if self.refusing or self.refused > 0 or ticket not in self.tickets:
            self.refused = max(0, self.refused - 1)
            self.tickets.discard(ticket)  # for good: it is as dead as one that was used
            return web.Response(status=403, text="ticket refused")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        line = Line(socket, request)
        self.lines.append(line)
        self.connections += 1
        hello = {"type": "hello", "num_connections": len(self.live), "connection_info": {"app_id": APP}}
        await socket.send_json(
            {**hello, "debug_info": {"host": "fake", "approximate_connection_time": 18060}}
        )
        try:
            await self._listen(line)
        finally:
            self.lines.remove(line)
        return socket

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if line.frozen:
                continue
            if message.type is WSMsgType.PING:
                await line.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._take(json.loads(message.data))

    def _take(self, frame: Json) -> None:
        waiting = self._waiting.pop(str(frame.get("envelope_id")), None)
        if waiting is None:
            self.grumbles.append("an acknowledgement of nothing that waits for one")
        elif not waiting.done():
            waiting.set_result(frame.get("payload"))

    async def send(self, kind: str, payload: Json, within: float, attempt: int, reason: str) -> Sent:
        """Send an envelope on one of the working connections, in turn."""
        began = time.monotonic()
        while not self.live:
            if time.monotonic() - began > within:
                return Sent()
            await asyncio.sleep(0.01)
        self._sent += 1
        id_ = f"envelope-{self._sent}"
        envelope: Json = {"envelope_id": id_, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        self._waiting[id_] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        await self.live[self._sent % len(self.live)].socket.send_json(envelope)
        try:
            body = await asyncio.wait_for(self._waiting[id_], within)
        except TimeoutError:
            self._waiting[id_] = asyncio.get_running_loop().create_future()  # it may still come, late
            return Sent()
        return Sent(time.monotonic() - began, None, body)

    async def ask_to_leave(self, reason: str = "refresh_requested") -> None:
        """Send `disconnect` on every connection, and close it a moment later."""
        for line in list(self.live):
            await line.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}}
            )
            await line.socket.close(code=WSCloseCode.GOING_AWAY)

    async def close(self) -> None:
        """Close every connection."""
        for line in list(self.lines):
            line.reset() if line.frozen else await line.socket.close()


class HttpRoad:
    """Signed HTTP to the address that the manifest names."""

    def __init__(self, secret: str, now: Callable[[], datetime]) -> None:
        self.secret = secret
        self.now = now
        self.address = ""
        self.session: ClientSession | None = None

    async def send(self, kind: str, payload: Json, within: float, attempt: int, reason: str) -> Sent:
        """Post a request as Slack signs it."""
        if kind == "events_api":
            body, media = json.dumps(payload).encode(), "application/json"
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, media = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        again = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        return await self.post(body, {"Content-Type": media, **self.signed(body), **again}, within)

    def signed(self, body: bytes, ago: float = 0) -> dict[str, str]:
        """The two headers of a body, as they were made so many seconds ago."""
        stamp = str(int(self.now().timestamp() - ago))
        mac = hmac.new(self.secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}"}

    async def post(self, body: bytes, headers: dict[str, str], within: float = 3.0) -> Sent:
        """Post anything at all; an empty answer has no body."""
        if self.session is None:
            self.session = ClientSession()
        began = time.monotonic()
        try:
            async with self.session.post(
                self.address, data=BytesIO(body), headers=headers, timeout=ClientTimeout(total=within)
            ) as answer:
                text = await answer.text()
        except (TimeoutError, ClientError):
            return Sent()
        try:
            read = json.loads(text) if text else None
        except ValueError:
            read = text
        return Sent(time.monotonic() - began, answer.status, read)

    async def close(self) -> None:
        """Close the connections."""
        if self.session is not None:
            await self.session.close()
            self.session = None
