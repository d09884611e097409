"""The chat contract over the local chat, on both kinds of store, and over the fake; Discord and Slack come later."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.contracts.chat_contract")

from tests.contracts.chat_contract import *  # noqa: E402, F403 - the tests themselves
from tests.contracts.chat_world import World  # noqa: E402
from tests.contracts.fake_world import FakeWorld  # noqa: E402
from tests.contracts.local_world import LocalWorld  # noqa: E402
from tests.stores import memory, sqlite  # noqa: E402


@pytest.fixture(params=["local", "local in memory", "fake"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """One platform after the other, empty."""
    if request.param == "fake":
        yield FakeWorld()
        return
    async with (sqlite if request.param == "local" else memory)(tmp_path) as store:
        yield LocalWorld(store)
