"""A small Discord of our own on loopback, HTTP and WebSocket: the real transport, and the faults SimCord has not.

Strict: a request without the token, to an address it does not know, or with a body that Discord would refuse is
answered as Discord does, and stands in `wrong`, which a test expects to be empty.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.platforms.discord.fake_gateway import Gateway, Payload
from tests.platforms.discord.fake_guild import FakeGuild, Interaction
from tests.platforms.discord.fake_http import DEFERRED, PREFIX, FakeHttp
from tests.platforms.discord.limits import LABEL
from tests.platforms.discord.reading import pressed

TOKEN = "MTA0NzUxMjM0NTY3ODkwMTIz.GaBcDe.not-a-real-token-but-of-its-form-00"
SLASH, PRESS, FORM = 2, 3, 5


class FakeDiscord(FakeGuild):
    """The guild with its two doors, and what people do there."""

    def __init__(self, beat: float = 41.25) -> None:
        super().__init__()
        self.gateway = Gateway(TOKEN, self.bot["id"], beat)
        self.gateway.on_identify = lambda session: self.greeting(session, self.gateway.url)
        self.http = FakeHttp(self, self.gateway)
        self.api_base = ""

    async def say(self, name: str, channel: str, text: str, tell: bool = True) -> Payload:
        """Write a message; without `tell` it is there, and no event says so."""
        message = self.written(channel, self.people[name], {"content": text})
        if tell:
            member = self.member_shape(self.people[name])
            await self.gateway.dispatch("MESSAGE_CREATE", {**message, "member": member})
        return message

    async def slash(self, name: str, command: str, **options: str) -> Interaction:
        """Use a slash command that the bot has registered, and wait for what it gives back."""
        root, *inner = command.split()
        given: list[Payload] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        for word in reversed(inner):
            given = [{"name": word, "type": 1, "options": given}]
        return await self._done(self.begun(name, SLASH, self.channel, {**self.named(root), "options": given}))

    async def press(self, name: str, message: Payload, label: str) -> Interaction:
        """Press a button of a message, and wait for what it gives back."""
        data = {"custom_id": pressed(message["components"], label), "component_type": 2}
        return await self._done(self.begun(name, PRESS, message["channel_id"], data, message))

    async def use_menu(self, name: str, entry: str, message: Payload) -> Interaction:
        """Choose an entry of a message's menu, and wait for what it gives back."""
        chosen = {**self.named(entry), "type": 3, "target_id": message["id"]}
        data = {**chosen, "resolved": {"messages": {message["id"]: message}}}
        return await self._done(self.begun(name, SLASH, message["channel_id"], data))

    async def submit(self, name: str, form: Interaction, text: str) -> Interaction:
        """Fill the first field of a form that came back, send it, and wait for what that gives back."""
        modal = (form.callback or {})["data"]
        (part, *_) = modal["components"]
        assert part["type"] == LABEL
        inner = part["component"]
        filled = {"type": inner["type"], "id": 2, "custom_id": inner["custom_id"], "value": text}
        data = {
            "custom_id": modal["custom_id"],
            "components": [{"type": LABEL, "id": 1, "component": filled}],
        }
        place, message = form.payload["channel_id"], form.payload.get("message")
        return await self._done(self.begun(name, FORM, place, data, message))

    def tried(self, method: str, path: str) -> int:
        """How often a request was made, of a path that matches."""
        return sum(one == method and bool(re.fullmatch(path, way)) for one, way, _ in self.http.requests)

    async def _done(self, interaction: Interaction) -> Interaction:
        await self.gateway.dispatch("INTERACTION_CREATE", interaction.payload)
        await self.gateway.until(lambda: interaction.callback is not None)
        if (interaction.callback or {})["type"] == DEFERRED:
            await self.gateway.until(lambda: bool(interaction.said) or interaction.deleted)
        return interaction


@asynccontextmanager
async def fake_discord(beat: float = 41.25) -> AsyncIterator[FakeDiscord]:
    """A Discord that listens on a port of its own while the block runs; heartbeats come `beat` seconds apart."""
    fake = FakeDiscord(beat)
    app = web.Application()
    app.router.add_get("/gateway", fake.gateway.serve)
    app.router.add_route("*", PREFIX + "/{rest:.*}", fake.http.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    fake.api_base, fake.gateway.url = f"http://127.0.0.1:{port}{PREFIX}", f"ws://127.0.0.1:{port}/gateway"
    try:
        yield fake
    finally:
        await fake.gateway.drop(1001)
        await runner.cleanup()
