"""The review contract over the local chat, Discord, Slack in both modes, and the fake."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.contracts.review_contract")

from tests.contracts.chat_world import World  # noqa: E402
from tests.contracts.discord_world import discord_world  # noqa: E402
from tests.contracts.fake_world import FakeWorld  # noqa: E402
from tests.contracts.local_world import LocalWorld  # noqa: E402
from tests.contracts.review_contract import *  # noqa: E402, F403 - the tests themselves
from tests.contracts.slack_world import SlackWorld, slack_world  # noqa: E402
from tests.stores import memory, sqlite  # noqa: E402


@pytest.fixture(params=["local", "discord", "fake", "slack socket", "slack http"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """One platform after the other, empty."""
    if request.param == "fake":
        yield FakeWorld()
        return
    platform, _, kind = request.param.partition(" ")
    async with (memory if kind else sqlite)(tmp_path) as store:
        if platform == "local":
            yield LocalWorld(store)
            return
        if platform == "slack":
            async with slack_world(store, kind == "http", SlackWorld) as slack:
                yield slack
            return
        async with discord_world(store) as world:
            yield world
