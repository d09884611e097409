"""The bot in a Slack workspace of its own, whose server is in this process; and requests as Slack signs them."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import time
from typing import Any, TypeVar

from aiohttp import web

from benchmarks.world import OWNER
from bot.chat.slack.http_mode import HttpMode
from bot.chat.slack.scopes import SCOPES
from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.store.sqlite import opened as opened_sqlite
from tests.contracts.slack_world import QUICK, STUDY, SlackWorld
from tests.platforms.slack.fake_people import People
from tests.platforms.slack.fake_slack import SIGNING_SECRET, FakeSlack
from tests.platforms.slack.fake_state import Json

T = TypeVar("T")


class Switch:
    """The Store port over whichever store is `now`."""

    def __init__(self, store: Store) -> None:
        self.now = store

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write to the store of now."""
        return await self.now.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read from the store of now."""
        return await self.now.read(work)


class PacedSlack(FakeSlack):
    """A Slack that takes `seconds` for each call."""

    seconds = 0.0

    async def _answer(self, request: web.Request, name: str, run: Callable[[], Json]) -> web.StreamResponse:
        await asyncio.sleep(self.seconds)
        return await super()._answer(request, name, run)


class Group(SlackWorld):
    """A workspace whose Slack has a pace."""

    def __init__(self, store: Store, *more: Any) -> None:
        super().__init__(store, *more)
        self.paced = self.slack = PacedSlack(self.clock.now, http=True)
        self.slack.scopes = set(SCOPES)
        self.there, self.people = self.slack.there, People(self.slack)
        self.there.open_channel(STUDY, "study")

    @property
    def way_in(self) -> HttpMode:
        """The HTTP mode of the running platform."""
        transport = self.platform._transport
        assert isinstance(transport, HttpMode)
        return transport

    def learn(self, user: str) -> None:
        """Let the bot know somebody, as after their first message."""
        identity = self.platform.outgoing.identity
        assert identity is not None
        self.platform._people.learn(identity.member(user), {"name": user, "tz": "UTC"})


def signed(body: bytes, at: datetime | None = None) -> dict[str, str]:
    """The headers of a request that Slack signed, now if not at another instant."""
    stamp = str(int(time() if at is None else at.timestamp()))
    signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature.hexdigest()}",
        "Content-Type": kind,
    }


@asynccontextmanager
async def slack_group(file: Path, acknowledge_within: float) -> AsyncIterator[Group]:
    """The real platform in HTTP mode, on a database of its own, with one member."""
    async with opened_sqlite(file, OWNER) as store:
        group = Group(Switch(store), True, replace(QUICK, acknowledge_within=acknowledge_within))
        await group.slack.start()
        try:
            await group.start()
            await group.join("ada")
            yield group
        finally:
            await group.end()
            await group.slack.stop()
