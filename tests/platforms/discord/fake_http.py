"""The HTTP half of the fake Discord: it refuses what Discord refuses, and goes wrong where a test orders it."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.platforms.discord.fake_gateway import Gateway, Payload
from tests.platforms.discord.fake_guild import FakeGuild, Interaction
from tests.platforms.discord.limits import (
    command_faults,
    mention_faults,
    message_faults,
    modal_faults,
    thread_faults,
)

PREFIX = "/api/v10"
DEFERRED, MODAL, EPHEMERAL = 5, 9, 64
OPEN = ("/interactions/", "/webhooks/")
"""What needs no token of the bot: its address has one of its own."""


@dataclass
class Fault:
    """What becomes of the next requests of a method whose path matches: an answer, or none.

    `lands` lets the request take effect before its answer goes wrong; `drops` ends the connection in its place.
    """

    method: str
    path: str
    status: int = 500
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    lands: bool = False
    drops: bool = False
    times: int = 1


class Refused(Exception):
    """Discord's own error."""

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(text)
        self.status, self.body = status, {"code": code, "message": text}


class FakeHttp:
    """The requests to a guild. `wrong` has what Discord would have refused, `requests` everything."""

    def __init__(self, world: FakeGuild, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway
        self.requests: list[tuple[str, str, Any]] = []
        self.wrong: list[str] = []
        self.faults: list[Fault] = []
        self.sessions_left = 1000
        self.down = False
        self._routes = self._all_routes()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path, body = request.path.removeprefix(PREFIX), await _body(request)
        self.requests.append((request.method, path, body))
        fault = Fault("*", "*", drops=True) if self.down else self._fault(request.method, path)
        if fault is None:
            return await self._answer(request, path, body)
        if fault.lands:
            await self._answer(request, path, body)
        if fault.drops and request.transport is not None:
            request.transport.abort()
        if isinstance(fault.body, str):
            shown = {"Content-Type": "text/html", **fault.headers}
            return web.Response(body=fault.body.encode(), status=fault.status, headers=shown)
        return _json(fault.body or {"code": 0, "message": "fault"}, fault.status, fault.headers)

    async def _answer(self, request: web.Request, path: str, body: Any) -> web.StreamResponse:
        try:
            if (
                not path.startswith(OPEN)
                and request.headers.get("Authorization") != f"Bot {self.gateway.token}"
            ):
                raise Refused(401, 0, "401: Unauthorized")
            for method, pattern, work in self._routes:
                found = re.fullmatch(pattern, path)
                if method == request.method and found:
                    given = work(body, dict(request.query), *found.groups())
                    if asyncio.iscoroutine(given):
                        given = await given
                    return _json(given) if given is not None else web.Response(status=204)
            raise Refused(404, 0, "404: Not Found")
        except Refused as refused:
            self.wrong.append(f"{request.method} {path}: {refused}")
            return _json(refused.body, refused.status)

    def _all_routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        world = self.world
        one, all_, hook = (
            r"/channels/(\d+)/messages/(\d+)",
            r"/channels/(\d+)/messages",
            r"/webhooks/\d+/([^/]+)",
        )
        commands, original = r"/applications/\d+(?:/guilds/\d+)?/commands", hook + "/messages/@original"
        return [
            ("GET", "/users/@me", lambda body, query: world.bot),
            ("GET", "/oauth2/applications/@me", lambda body, query: world.application_shape()),
            ("GET", "/gateway/bot", lambda body, query: self._gateway_bot()),
            ("GET", commands, lambda body, query: world.commands),
            ("PUT", commands, self._register),
            ("GET", r"/channels/(\d+)", lambda body, query, id_: _known(world.channels.get(id_), 10003)),
            ("POST", all_, self._post),
            ("GET", all_, self._history),
            ("GET", one, lambda body, query, channel, id_: self._find(channel, id_)),
            ("PATCH", one, self._edit),
            ("PATCH", r"/channels/(\d+)", self._archive),
            ("GET", r"/guilds/(\d+)/members/(\d+)", self._member),
            ("POST", one + "/threads", self._open_thread),
            (
                "PUT",
                one + r"/reactions/[^/]+/@me",
                lambda body, query, channel, id_: self._find(channel, id_) and None,
            ),
            ("POST", r"/interactions/(\d+)/[^/]+/callback", self._call_back),
            ("POST", hook, self._follow_up),
            ("PATCH", original, self._follow_up),
            ("DELETE", original, self._take_back),
        ]

    def _gateway_bot(self) -> Payload:
        limit = {
            "total": 1000,
            "remaining": self.sessions_left,
            "reset_after": 3_600_000,
            "max_concurrency": 1,
        }
        return {"url": self.gateway.url, "shards": 1, "session_start_limit": limit}

    def _register(self, body: list[Payload], query: Payload) -> list[Payload]:
        _check(command_faults(list(body)))
        own = {"application_id": self.world.application, "version": "1"}
        self.world.commands = [{**one, **own, "id": self.world.new_id()} for one in body]
        return [
            {"type": 1, "description": "", "default_member_permissions": None, **one}
            for one in self.world.commands
        ]

    def _post(self, body: Payload, query: Payload, channel: str) -> Payload:
        _known(self.world.channels.get(channel), 10003)
        _check([*message_faults(body), *mention_faults(body)])
        thread = self.world.thread_state(channel)
        if thread.get("locked") and not self.world.manages_threads:
            raise Refused(400, 160005, "Thread is locked")
        thread["archived"] = False
        for known in self.world.messages[channel] if body.get("enforce_nonce") else ():
            if known["nonce"] is not None and known["nonce"] == body.get("nonce"):
                return known
        return self.world.written(channel, self.world.bot, body)

    def _edit(self, body: Payload, query: Payload, channel: str, id_: str) -> Payload:
        _known(self.world.channels.get(channel), 10003)
        message = self._find(channel, id_)
        if message["author"] is not self.world.bot:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        if self.world.thread_state(channel).get("archived"):
            raise Refused(400, 50083, "Thread is archived")
        _check([*message_faults(body), *mention_faults(body)])
        edited = {"components": body["components"], "edited_timestamp": self.world.now()}
        message.update(edited)
        return message

    async def _archive(self, body: Payload, query: Payload, id_: str) -> Payload:
        """A thread is archived and opened by its creator, which the bot is, but not when it is locked."""
        thread: Payload = _known(self.world.channels.get(id_), 10003)
        _check([] if set(body) == {"archived"} else [f"{sorted(body)} of a thread"])
        state = self.world.thread_state(id_)
        if state["locked"] and not self.world.manages_threads:
            raise Refused(403, 50013, "Missing Permissions")
        state["archived"] = body["archived"]
        await self.gateway.dispatch("THREAD_UPDATE", thread)
        return thread

    def _member(self, body: Any, query: Payload, guild: str, id_: str) -> Payload:
        if guild != self.world.guild:
            raise Refused(404, 10004, "Unknown Guild")
        found = next((person for person in self.world.everybody if person["id"] == id_), None)
        return self.world.member_shape(_known(found, 10007))

    def _history(self, body: Any, query: Payload, channel: str) -> list[Payload]:
        found = sorted(_known(self.world.messages.get(channel), 10003), key=lambda one: int(one["id"]))
        limit = int(query.get("limit", 50))
        if "after" in query:  # the page has the oldest ones, and stands newest first all the same
            return [one for one in found if int(one["id"]) > int(query["after"])][:limit][::-1]
        return [one for one in found if int(one["id"]) < int(query.get("before", 1 << 63))][::-1][:limit]

    async def _open_thread(self, body: Payload, query: Payload, channel: str, id_: str) -> Payload:
        _check(thread_faults(body))
        self._find(channel, id_)
        if id_ in self.world.channels:
            raise Refused(400, 160004, "A thread has already been created for this message")
        thread = self.world.thread_shape(id_, body["name"], channel)
        self.world.channels[id_], self.world.messages[id_] = thread, []
        await self.gateway.dispatch("THREAD_CREATE", {**thread, "newly_created": True})
        return thread

    def _call_back(self, body: Payload, query: Payload, id_: str) -> Payload:
        interaction: Interaction = _known(self.world.interactions.get(id_), 10062)
        kind, data = body["type"], body.get("data") or {}
        if kind in (4, 7):
            _check([*message_faults(data), *mention_faults(data)])
        if kind == MODAL:
            _check(modal_faults(data))
        if interaction.callback is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged")
        interaction.callback = body
        interaction.answered_after = time.monotonic() - interaction.began
        shape = {"id": id_, "type": interaction.payload["type"], "response_message_id": self.world.new_id()}
        private = bool(int(data.get("flags") or 0) & EPHEMERAL)
        shape |= {"response_message_loading": kind == DEFERRED, "response_message_ephemeral": private}
        return {"interaction": shape}

    def _follow_up(self, body: Payload, query: Payload, token: str) -> Payload:
        _check([*message_faults(body), *mention_faults(body)])
        self._of_token(token).said.append(body)
        return self.world.message_shape(self.world.channel, self.world.bot, body)

    def _take_back(self, body: Any, query: Payload, token: str) -> None:
        self._of_token(token).deleted = True

    def _of_token(self, token: str) -> Interaction:
        found: Interaction = _known(
            next((one for one in self.world.interactions.values() if one.token == token), None), 10015
        )
        return found

    def _find(self, channel: str, id_: str) -> Payload:
        found = next((one for one in self.world.messages.get(channel, ()) if one["id"] == id_), None)
        message: Payload = _known(found, 10008)
        return message

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and re.fullmatch(fault.path, path):
                fault.times -= 1
                if fault.times == 0:
                    self.faults.remove(fault)
                return fault
        return None


def _known(found: Any, code: int) -> Any:
    if found is None:
        raise Refused(404, code, f"Unknown ({code})")
    return found


def _check(faults: list[str]) -> None:
    if faults:
        raise Refused(400, 50035, "; ".join(faults))


async def _body(request: web.Request) -> Any:
    if not request.can_read_body:
        return None
    if request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        return json.loads(str((await request.post())["payload_json"]))
    return await request.json()


def _json(given: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer as Discord heads it: discord.py takes `application/json` for JSON, and nothing else."""
    shown = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(given).encode(), status=status, headers=shown)
