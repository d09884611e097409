"""A small strict Slack, in process on loopback, with real HTTP and WebSocket.

Strict: an unknown method or argument, a wrong token, a missing scope, and blocks that break a limit are refused as
Slack would refuse them, and besides written into `complaints`, which a test's end finds empty unless it expects some.
What goes wrong on order stands in `fake_faults`; what people do, in `fake_people`.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.platforms.slack import fake_views  # noqa: F401 - registers its methods
from tests.platforms.slack.fake_delivery import Deliveries, HttpRoad, SocketRoad
from tests.platforms.slack.fake_faults import (
    CutJson,
    Fault,
    Faults,
    Late,
    Limited,
    Refused,
    Reset,
    Silence,
    Status,
)
from tests.platforms.slack.fake_files import FileHost
from tests.platforms.slack.fake_methods import METHODS
from tests.platforms.slack.fake_state import BOT_USER, Json, Said, SlackError, Workspace
from tests.platforms.slack.limits import faults_of_message, faults_of_view

BOT_TOKEN = "xoxb-1111111111-2222222222-canaryOfTheBotToken"
APP_TOKEN = "xapp-1-A0APP-3333333333-canaryOfTheAppToken"
SIGNING_SECRET = "c4n4ry0fth3s1gn1ngs3cr3t00000000"
TICKET = "canary-ticket"

MANNERS = {"unfurl_links": False, "unfurl_media": False}
"""What the house says with every message that stands for good."""


class FakeSlack:
    """One workspace and its server. `http` chooses signed HTTP instead of Socket Mode."""

    def __init__(self, now: Callable[[], datetime], http: bool = False) -> None:
        self.there = Workspace(now)
        self.files = FileHost()
        self.faults = Faults()
        self.scopes: set[str] = {one.scope for one in METHODS.values() if one.scope}
        self.bot_token_fault: str | None = None
        self.app_token_fault: str | None = None
        self.complaints: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self.landing: list[tuple[datetime, Callable[[], Any]]] = []
        self.sockets = SocketRoad()
        self.web = HttpRoad(SIGNING_SECRET, now)
        self.deliveries = Deliveries(self.web if http else self.sockets)
        self.http = http
        self.busy = 0
        self.base = ""
        self.responses: dict[str, tuple[str, str, str | None, str | None, list[None]]] = {}
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Serve on a free port; gives the base of the Web API."""
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self.sockets.connect)
        app.router.add_post("/hooks/{id}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{name}", self.files.give)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"
        self.there.upload_base = f"{self.base}/upload"
        return f"{self.base}/api/"

    async def stop(self) -> None:
        """Close every connection and the server."""
        await self.sockets.close()
        await self.web.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def called(self, method: str) -> list[Json]:
        """The arguments of each call of a method, refused ones too."""
        return [args for name, args in self.calls if name == method]

    def land(self) -> None:
        """Let take effect what is on its way and due by now."""
        due = [one for at, one in self.landing if at <= self.there.now()]
        self.landing = [(at, one) for at, one in self.landing if at > self.there.now()]
        for run in due:
            run()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        self.busy += 1
        try:
            name, args = request.match_info["method"], await _arguments(request)
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            self.calls.append((name, args))
            return await self._answer(request, name, lambda: self._run(name, token, args))
        finally:
            self.busy -= 1

    async def _answer(self, request: web.Request, name: str, run: Callable[[], Json]) -> web.StreamResponse:
        """What the bot gets: the result, or what was ordered instead of it."""
        fault = self.faults.take(name)
        if isinstance(fault, Refused):
            return web.json_response({"ok": False, "error": fault.error})
        if isinstance(fault, Limited):
            return _limited(fault)
        if isinstance(fault, Late):
            self.landing.append((self.there.now() + fault.by, run))
        if isinstance(fault, CutJson) or getattr(fault, "took_effect", False):
            answer = run()
        if fault is None:
            answer = run()
            headers = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))} if answer.get("ok") else {}
            return web.json_response(answer, headers=headers)
        return await _broken(request, fault)

    def _run(self, name: str, token: str, args: Json) -> Json:
        """Do what a call asks for."""
        try:
            return {"ok": True, **self._judged(name, token, args)}
        except SlackError as error:
            self.complaints += [f"{name}: {one}" for one in error.more.pop("sentences", ())]
            return {"ok": False, "error": error.name, **error.more}

    def _judged(self, name: str, token: str, args: Json) -> Json:
        if name == "apps.connections.open":
            return self._ticket(token)
        found = METHODS.get(name)
        if found is None:
            self.complaints.append(f"{name}: no such method")
            raise SlackError("unknown_method", req_method=name)
        if self.bot_token_fault is not None or token != BOT_TOKEN:
            raise SlackError(self.bot_token_fault or "invalid_auth")
        if found.scope is not None and found.scope not in self.scopes:
            raise SlackError("missing_scope", needed=found.scope, provided=",".join(sorted(self.scopes)))
        args = {key: value for key, value in args.items() if key != "token"}
        missing, unknown = found.needs - set(args), set(args) - found.needs - found.takes
        if missing or unknown:
            self.complaints.append(f"{name}: lacks {sorted(missing)}, does not take {sorted(unknown)}")
            raise SlackError("invalid_arguments")
        if name == "chat.postMessage" and {**args, **MANNERS} != args:
            self.complaints.append("chat.postMessage: links would be unfurled")
        if name.startswith("chat.post") and args.get("link_names") not in (None, False, 0, "0", "false"):
            self.complaints.append(f"{name}: names would be linked")
        return found.run(self.there, args)

    def _ticket(self, token: str) -> Json:
        if self.app_token_fault is not None or token != APP_TOKEN:
            raise SlackError(self.app_token_fault or "invalid_auth")
        ticket = f"{TICKET}-{len(self.calls)}"
        self.sockets.tickets.add(ticket)
        return {"url": f"{self.base.replace('http', 'ws')}/link/?ticket={ticket}".replace("link/", "link")}

    def response_url(self, channel: str, user: str, thread: str | None = None, of: str | None = None) -> str:
        """An address for at most five answers to one command or press."""
        id_ = self.there.new("hook")
        self.responses[id_] = (channel, user, thread, of, [])
        return f"{self.base}/hooks/{id_}"

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        self.busy += 1
        try:
            channel, user, thread, of, used = self.responses[request.match_info["id"]]
            used.append(None)
            body = await request.json()
            if len(used) > 5:
                return web.json_response({"ok": False, "error": "used_url"}, status=404)
            self._say_for(body, channel, user, thread, of)
            return web.Response(text="ok")
        finally:
            self.busy -= 1

    def _say_for(self, body: Json, channel: str, user: str, thread: str | None, of: str | None) -> None:
        if body.get("delete_original") or body.get("replace_original"):
            self.there.messages = [m for m in self.there.messages if m.ts != of]
        if not body.get("delete_original"):
            self.show(body, channel, user, thread)

    def show(self, body: Json, channel: str, user: str, thread: str | None = None) -> None:
        """Let an answer stand that came with an acknowledgement or to a response address."""
        self.complaints += [f"answer: {one}" for one in faults_of_message(body)]
        said = Said(self.there.ts(), channel, BOT_USER, body.get("text", ""), body.get("thread_ts", thread))
        said.blocks = body.get("blocks") or []
        said.reader = None if body.get("response_type") == "in_channel" else user
        self.there.add(said)

    def run_view(self, user: str, view: Json, id_: str) -> None:
        """Let a modal change by the answer to its submission."""
        self.complaints += [f"answer: {one}" for one in faults_of_view(view)]
        self.there.modals[user] = {**view, "id": id_, "hash": self.there.ts(), "state": {"values": {}}}

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = self.there.files[request.match_info["file"]]
        if request.headers.get("Authorization"):
            self.complaints.append("the token was sent to an address for uploads")
        file["content"] = await request.read()
        return web.Response(text="OK")


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call, however they came; what stands there as JSON is read."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.can_read_body:
        args |= dict(await request.post())
    for name in ("blocks", "view", "metadata", "files"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args


def _limited(fault: Limited) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
    if fault.page:
        return web.Response(
            status=429, text="<html>slow down</html>", content_type="text/html", headers=headers
        )
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


async def _broken(request: web.Request, fault: Fault) -> web.StreamResponse:
    """A connection or an answer that breaks."""
    if isinstance(fault, Status):
        return web.Response(status=fault.code, text="<html>an error</html>", content_type="text/html")
    if isinstance(fault, Silence):
        await asyncio.sleep(3600)
    if isinstance(fault, CutJson):
        return web.Response(text='{"ok": true, "ts": "17', content_type="application/json")
    assert isinstance(fault, Reset | Late)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
