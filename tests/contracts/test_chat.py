"""The chat contract over the local chat, on both kinds of store, over Discord, Slack and the fake."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.contracts.chat_contract")

from tests.contracts.chat_contract import *  # noqa: E402, F403 - the tests themselves
from tests.contracts.chat_world import World  # noqa: E402
from tests.contracts.worlds import world_of  # noqa: E402


@pytest.fixture(
    params=["local", "local in memory", "discord", "discord in memory", "fake", "slack socket", "slack http"]
)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """One platform after the other, empty."""
    async with world_of(request.param, tmp_path) as world:
        yield world
