"""Discord and Slack side by side: built by their tokens, kept apart from each other, stopped in time."""

import asyncio
from collections.abc import Mapping
from typing import cast

import pytest
from pydantic import SecretStr

from bot import networks as module
from bot.domain.places import Platform
from bot.networks import Network, fault_of, networks, served
from bot.practice.ports import Chat, Ports
from bot.settings import Settings
from tests.chat.world import bank
from tests.fakes import FakeChat, FakeClock

DISCORD = SecretStr(f"{'a' * 24}.{'b' * 6}.{'c' * 30}")


class FakeNetwork:
    """A platform that serves until it is canceled, fails, or stops for good."""

    def __init__(self, fault: str | None = None, fails: bool = False, hangs: bool = False) -> None:
        self.outgoing: Chat = FakeChat(FakeClock())
        self.connected = False
        self.status = "connected"
        self.fault: str | None = None
        self.notices: tuple[str, ...] = ()
        self.events: list[str] = []
        self._ends_with, self._fails, self._hangs = fault, fails, hangs

    def attach(self, ports: Ports) -> None:
        self.events.append("attached")

    async def serve(self) -> None:
        self.connected = True
        self.events.append("served")
        if self._fails:
            raise RuntimeError("a fault of the program")
        if self._ends_with:
            self.fault = self._ends_with
            return
        try:
            await asyncio.Event().wait()
        finally:
            self.events.append("canceled")

    async def close(self) -> None:
        if self._hangs:
            await asyncio.Event().wait()
        self.events.append("closed")


def both(discord: FakeNetwork, slack: FakeNetwork) -> Mapping[Platform, Network]:
    return {Platform.DISCORD: cast(Network, discord), Platform.SLACK: cast(Network, slack)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, set()),
        ({"discord_token": DISCORD}, {Platform.DISCORD}),
        ({"slack_bot_token": SecretStr("xoxb-1"), "slack_app_token": SecretStr("xapp-1")}, {Platform.SLACK}),
    ],
)
async def test_a_platform_is_built_when_its_token_is_there(
    given: dict[str, SecretStr], expected: set[Platform]
) -> None:
    built = networks(Settings(**given), bank(), FakeClock())  # type: ignore[arg-type]
    try:
        assert set(built) == expected
        assert all(not network.connected and network.fault is None for network in built.values())
    finally:
        for network in built.values():
            await network.close()


@pytest.mark.bad_input(29)
async def test_one_that_stops_for_good_leaves_the_other_one_serving() -> None:
    discord, slack = FakeNetwork(fault="Discord refuses the bot token."), FakeNetwork()
    found = both(discord, slack)
    async with served(found):
        await asyncio.sleep(0.01)
        assert slack.events == ["served"]
        assert await fault_of(found) == "discord: Discord refuses the bot token."
    assert slack.events == ["served", "canceled", "closed"]


async def test_a_fault_of_one_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    discord, slack = FakeNetwork(fails=True), FakeNetwork()
    async with served(both(discord, slack)):
        await asyncio.sleep(0.01)
        assert slack.events == ["served"]
    assert [record.message for record in caplog.records] == ["platform failed"]


@pytest.mark.bad_input(88)
async def test_one_that_does_not_end_is_left_behind_after_a_few_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SECONDS_TO_STOP", 0.05)
    discord, slack = FakeNetwork(hangs=True), FakeNetwork()
    async with asyncio.timeout(5):
        async with served(both(discord, slack)):
            await asyncio.sleep(0.01)
    assert slack.events[-1] == "closed" and "closed" not in discord.events


async def test_without_platforms_there_is_nothing_to_serve_and_no_fault() -> None:
    async with served({}):
        assert await fault_of({}) is None
