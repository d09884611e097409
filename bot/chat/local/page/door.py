"""Who may speak to the page at all: its own machine, its own origin, who knows the pass phrase; and how much at once.

Everything passes here before NiceGUI sees it, WebSockets too.
"""

import hmac
import ipaddress
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.chat.local.page.visits import Cookies

BODY = 256 * 1024
"""Bytes of a request; the longest message takes 40,000 characters of four bytes."""

TRIES, TRIES_IN = 10, 60.0
"""Wrong pass phrases that are looked at, from everybody together, in so many seconds."""

OPEN_TO_ALL = ("/door", "/assets/", "/favicon.ico")
"""What is shown before the pass phrase is given."""

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing comes from elsewhere. The two exceptions are NiceGUI's: it writes its start into the page, and evaluates."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


def is_loopback(host: str) -> bool:
    """Whether an address is reached from its own machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class PassPhrase:
    """The shared pass phrase, compared in constant time, and only so often a minute."""

    def __init__(self, phrase: str, clock: Callable[[], float]) -> None:
        """Take the phrase (empty: none is asked for) and a clock in seconds."""
        self.phrase = phrase
        self._clock = clock
        self._wrong: deque[float] = deque()

    def wait(self) -> float:
        """Seconds until another try is looked at; 0 when it is now."""
        now = self._clock()
        while self._wrong and self._wrong[0] <= now - TRIES_IN:
            self._wrong.popleft()
        return self._wrong[0] + TRIES_IN - now if len(self._wrong) >= TRIES else 0

    def is_right(self, given: str) -> bool:
        """Whether this is the phrase; a wrong one counts."""
        right = hmac.compare_digest(given.encode(), self.phrase.encode())
        if not right:
            self._wrong.append(self._clock())
        return right


class Door:
    """ASGI middleware before the whole page."""

    def __init__(self, app: ASGIApp, cookies: Cookies, phrase: PassPhrase, host: str) -> None:
        """Take the page, and the address that it is bound to."""
        self.app = app
        self._cookies = cookies
        self._phrase = phrase
        self._local_only = is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a WebSocket through, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if not (self._is_our_host(connection) and self._is_our_origin(connection)):
            await _refuse(scope, receive, send, 403, "This page answers its own address only.")
        elif not self._is_let_in(connection):
            if scope["type"] == "http" and scope["method"] == "GET" and "/_nicegui" not in scope["path"]:
                await RedirectResponse("/door", 303)(scope, receive, send)
            else:
                await _refuse(scope, receive, send, 403, "Give the pass phrase first.")
        elif int(connection.headers.get("content-length") or 0) > BODY:
            await _refuse(scope, receive, send, 413, "That is more than this page takes at once.")
        else:
            await self.app(scope, _limited(receive), _with_headers(send))

    def _is_our_host(self, connection: HTTPConnection) -> bool:
        """Against a foreign name that points to this machine: a loopback address is called by a loopback name."""
        name = urlsplit(f"//{connection.headers.get('host', '')}").hostname or ""
        return not self._local_only or is_loopback(name)

    def _is_our_origin(self, connection: HTTPConnection) -> bool:
        """Whatever can change something comes from a page of ours; browsers say where from, others need not."""
        writes = connection.scope["type"] == "websocket" or connection.scope["method"] in WRITING
        origin = connection.headers.get("origin")
        if not writes:
            return True
        return origin is not None and urlsplit(origin).netloc == connection.headers.get("host")

    def _is_let_in(self, connection: HTTPConnection) -> bool:
        if not self._phrase.phrase or connection.scope["path"].startswith(OPEN_TO_ALL):
            return True
        mark = self._cookies.pass_mark(self._phrase.phrase)
        return hmac.compare_digest(self._cookies.read(connection).pass_mark.encode(), mark.encode())


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": sentence})
    else:
        await PlainTextResponse(sentence, status)(scope, receive, send)


def _limited(receive: Receive) -> Receive:
    """A body without a stated length ends where it grows too long."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > BODY:
                return {"type": "http.disconnect"}
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return with_headers
