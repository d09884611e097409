"""The WebSocket half of the fake Discord: sessions that can be resumed, lost, refused or left unanswered."""

import asyncio
import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 15
UNKNOWN_ERROR, AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4000, 4004, 4014

Payload = dict[str, Any]


@dataclass
class Session:
    """What one IDENTIFY began: its events by their sequence number, until it is lost."""

    id: str
    intents: int
    events: list[tuple[str, Payload]] = field(default_factory=list)

    def wants(self, event: str) -> bool:
        """Whether the intents let an event through."""
        return not event.startswith("MESSAGE_") or bool(self.intents & GUILD_MESSAGES)

    def seen(self, event: str, payload: Payload, bot: str) -> Payload:
        """The event as this session gets it: without the intent, no words of others."""
        others = event.startswith("MESSAGE_") and payload.get("author", {}).get("id") != bot
        if others and not self.intents & MESSAGE_CONTENT and "content" in payload:
            return {**payload, "content": "", "embeds": [], "attachments": [], "components": []}
        return payload


@dataclass(eq=False)
class Connection:
    """One socket; what goes out is one zlib stream, as Discord sends it."""

    socket: web.WebSocketResponse
    compressed: bool
    session: Session | None = None
    packer: Any = field(default_factory=zlib.compressobj)

    async def send(self, **message: Any) -> None:
        """Send one message of the protocol."""
        text = json.dumps({"t": None, "s": None, "d": None, **message})
        with suppress(ConnectionError):  # it may just have ended
            if not self.compressed:
                await self.socket.send_str(text)
                return
            await self.socket.send_bytes(
                self.packer.compress(text.encode()) + self.packer.flush(zlib.Z_SYNC_FLUSH)
            )

    async def deliver(self, number: int, event: str, payload: Payload) -> None:
        """Send one event."""
        await self.send(op=0, t=event, s=number, d=payload)


class Gateway:
    """The gateway: `token` and `intents` are what it accepts, `refuses` a code it closes the next IDENTIFY with.

    `deaf` acknowledges no heartbeat: a connection that looks alive and is not. `mute` says not even HELLO.
    """

    def __init__(self, token: str, bot: str, beat: float = 41.25) -> None:
        self.token, self.bot, self.beat = token, bot, beat
        self.intents = (1 << 32) - 1
        self.refuses: list[int] = []
        self.deaf = self.mute = False
        self.identified: list[Payload] = []
        self.resumed = 0
        self.attempts = 0
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.on_identify: Callable[[Session], list[tuple[str, Payload]]] = lambda session: []
        self.url = ""

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with one client until it goes or is sent away."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.attempts += 1
        connection = Connection(socket, request.query.get("compress") == "zlib-stream")
        self.connections.add(connection)
        try:
            if not self.mute:
                await connection.send(op=10, d={"heartbeat_interval": round(self.beat * 1000)})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(connection, json.loads(message.data))
        finally:
            self.connections.discard(connection)
        return socket

    async def dispatch(self, event: str, payload: Mapping[str, Any]) -> None:
        """Let something happen: every session that is not lost gets it now, or when it resumes."""
        for session in self.sessions.values():
            if session.wants(event):
                session.events.append((event, session.seen(event, dict(payload), self.bot)))
                for connection in list(self.connections):
                    if connection.session is session:
                        await connection.deliver(len(session.events), *session.events[-1])

    async def drop(self, code: int = UNKNOWN_ERROR) -> None:
        """Close all connections; their sessions can be resumed."""
        for connection in list(self.connections):
            await connection.socket.close(code=code)

    async def cut(self) -> None:
        """End all connections without a word, as a cable does."""
        for connection in list(self.connections):
            if connection.socket._req is not None and connection.socket._req.transport is not None:
                connection.socket._req.transport.abort()

    def lose_sessions(self) -> None:
        """Forget all sessions: whoever resumes one is told that it is invalid."""
        self.sessions.clear()

    async def _hear(self, connection: Connection, message: Payload) -> None:
        match message["op"]:
            case 1 if not self.deaf:
                await connection.send(op=11)
            case 2:
                await self._identify(connection, message["d"])
            case 6:
                await self._resume(connection, message["d"])

    async def _identify(self, connection: Connection, data: Payload) -> None:
        self.identified.append(data)
        if data["token"] != self.token:
            await connection.socket.close(code=AUTHENTICATION_FAILED)
        elif self.refuses:
            await connection.socket.close(code=self.refuses.pop(0))
        elif data["intents"] & ~self.intents:
            await connection.socket.close(code=DISALLOWED_INTENTS)
        else:
            session = Session(f"session-{len(self.identified)}", data["intents"])
            self.sessions[session.id] = connection.session = session
            session.events += self.on_identify(session)
            for number, (event, payload) in enumerate(session.events, 1):
                await connection.deliver(number, event, payload)

    async def _resume(self, connection: Connection, data: Payload) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            await connection.send(op=9, d=False)
            return
        self.resumed += 1
        connection.session = session
        for number, (event, payload) in enumerate(session.events, 1):
            if number > data["seq"]:
                await connection.deliver(number, event, payload)
        await connection.deliver(len(session.events), "RESUMED", {})

    async def until(self, what: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something is so; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not what():
                await asyncio.sleep(0.01)
