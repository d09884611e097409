"""Serves the page within the process and the event loop of the bot: NiceGUI on uvicorn, nothing from any network."""

import asyncio
import contextlib
import hashlib
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import ui
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from bot.chat.local.convert import HOME, BadName, channel_named
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.page import browser, chat, composer, progress, reviewing, schedules
from bot.chat.local.page.door import BODY, Door, PassPhrase
from bot.chat.local.page.elements import notice
from bot.chat.local.page.entry import Entry
from bot.chat.local.page.shell import PRODUCT, Session, frame
from bot.chat.local.page.visits import Cookies, key_in
from bot.chat.local.sentences import REVIEWS
from bot.domain.places import Channel, Member
from bot.practice.ports import StoreUnavailable

log = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"
BUILD_TIME = 20.0
"""Seconds that a page may take to be built."""

RECONNECT = 5.0
"""Seconds after which a tab that is gone is forgotten."""

REPEATED = 20
"""Updates that are kept for a tab that was away for a moment."""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#2f5d50"/>'
    '<path d="M9 16.5l5 5 9.5-11" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"'
    ' stroke-linejoin="round"/></svg>'
)

Show = Callable[[Session], Awaitable[None]]
VIEWS: tuple[tuple[str, str, Show], ...] = (
    ("/", "Chat", chat.show),
    ("/channel/{channel}", "Chat", chat.show),
    ("/reviews", REVIEWS, reviewing.show),
    ("/progress", "Progress", progress.show),
    ("/questions", "Questions", browser.show),
    ("/schedules", "Schedules", schedules.show),
)
"""Addresses, names and views."""


class AddressTaken(Exception):
    """Another program listens there already, or there is no such address on this machine."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port} cannot be used: {reason}")


class _Server(uvicorn.Server):
    """Leaves the signals to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def open_page(
    room: LocalRoom, home: str, folder: Path, host: str, port: int, phrase: str
) -> AsyncIterator[str]:
    """Serve the page while the block runs, once a process; gives its address. Raises AddressTaken, OSError.

    `home` is the channel where a visit begins, `folder` the data folder, `phrase` the pass phrase or empty.
    """
    listening = _listen(host, port)
    try:
        await room.catch_up()
        page = Page(room, channel_named(home), Cookies(key_in(folder)), PassPhrase(phrase, time.monotonic))
        server = _Server(_config(page.build(), page, host))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            yield _address(host, listening.getsockname()[1])
        finally:
            server.should_exit = True
            await serving
    finally:
        listening.close()


def _config(app: FastAPI, page: "Page", host: str) -> uvicorn.Config:
    return uvicorn.Config(
        Door(app, page.cookies, page.phrase, host),
        log_config=None,
        access_log=False,
        lifespan="on",
        ws_max_size=BODY,
        ws_per_message_deflate=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as fault:
        raise AddressTaken(host, port, fault.strerror or "unknown") from fault
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError as fault:
        made.close()
        raise AddressTaken(host, port, fault.strerror or "unknown") from fault
    return made


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


class Page:
    """The addresses of the page, and who may see what stands there."""

    def __init__(self, room: LocalRoom, home: Channel, cookies: Cookies, phrase: PassPhrase) -> None:
        """Take the room that is shown."""
        self._room = room
        self._home = home
        self.cookies = cookies
        self.phrase = phrase

    def build(self) -> FastAPI:
        """Register everything with NiceGUI, which has one application a process."""
        app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        mark = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(ASSETS.iterdir()))).hexdigest()[
            :12
        ]
        styles = f"/assets/page.css?{mark}"
        entry = Entry(self._room, self.cookies, self.phrase, styles)
        app.add_route("/door", entry.show_door, methods=["GET"])
        app.add_route("/door", entry.open_door, methods=["POST"])
        app.add_route("/enter", entry.show_names, methods=["GET"])
        app.add_route("/enter", entry.enter, methods=["POST"])
        app.add_route(composer.COMPLETE, self._complete, methods=["GET"])
        app.mount("/assets", StaticFiles(directory=ASSETS))
        ui.add_head_html(
            f'<link rel="stylesheet" href="{styles}"><script defer src="/assets/page.js?{mark}"></script>',
            shared=True,
        )
        for path, name, show in VIEWS:
            ui.page(path, title=PRODUCT, response_timeout=BUILD_TIME)(self._view(name, show))
        nicegui_app.on_exception(_note)
        nicegui_app.config.quasar_config["loadingBar"]["skipHijack"] = (
            True  # no bar of another design, without a name
        )
        ui.run_with(
            app,
            title=PRODUCT,
            favicon=ICON,
            dark=None,
            language="en-US",
            binding_refresh_interval=None,
            reconnect_timeout=RECONNECT,
            message_history_length=REPEATED,
            tailwind=False,
            show_welcome_message=False,
        )
        return app

    def _view(self, name: str, show: Show) -> Callable[[Request], Awaitable[Response | None]]:
        async def view(request: Request) -> Response | None:
            session = self._session(request)
            if isinstance(session, Response):
                ui.context.client.delete()  # nothing was drawn, and nobody will connect to it
                return session
            try:
                await show(session)
            except StoreUnavailable:
                with frame(session, name):
                    notice("The facts cannot be read just now. Load this page again in a moment.")
            return None

        return view

    def _session(self, request: Request) -> Session | Response:
        """Who asks; whoever gave no name yet is asked for one first."""
        names = self.cookies.read(request).names
        asked = {**request.query_params, **request.path_params}
        name = asked.pop("as", None)
        if name is None and names:
            return RedirectResponse(
                f"{request.url.path}?{urlencode({'as': names[0], **request.query_params})}", 303
            )
        if name is None or name not in names:
            return RedirectResponse("/enter", 303)
        return Session(self._room, Member(HOME, name), self._home, asked)

    async def _complete(self, request: Request) -> Response:
        session = self._session(request)
        if isinstance(session, Response):
            return JSONResponse([], 403)
        try:
            channel = channel_named(session.query.get("channel", ""))
            return await composer.complete(session, channel, session.query.get("line", ""))
        except (BadName, StoreUnavailable):
            return JSONResponse([])


def _note(fault: Exception) -> None:
    """A fault in one tab is logged, without anybody's text, and the rest goes on."""
    log.error("fault", exc_info=fault, extra={"facts": {"workspace": HOME.key}})
