"""Who sees an answer, a clock that differs from Discord's, a right that lacks, and what is owed to the store."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.chat.discord.listening import Ears
from bot.chat.discord.uploads import Files
from bot.practice.ports import StoreUnavailable
from tests.contracts.discord_world import DiscordWorld, discord_world
from tests.memory_store import MemoryStore
from tests.platforms.discord.happenings import ANSWER, OTHER, asked, requests, words


@pytest.fixture
async def world() -> AsyncIterator[DiscordWorld]:
    """The bot in a guild with ada."""
    async with discord_world(MemoryStore("this-instance")) as world:
        await world.join("ada")
        yield world


async def test_what_everybody_sees_is_given_in_one_piece(world: DiscordWorld) -> None:
    result = await world.people["ada"].slash(world.channel, "board")
    assert not result.ephemeral and not any(one.ephemeral for one in result.followups)
    assert requests(world, "DELETE", "/@original") == 0
    assert "month" in words(result)


async def test_the_refusal_of_a_public_command_is_seen_by_its_caller_only(world: DiscordWorld) -> None:
    async def unavailable(*_: object) -> None:
        raise StoreUnavailable

    world.store.read = unavailable  # type: ignore[method-assign, assignment] # the store is away
    result = await world.people["ada"].slash(world.channel, "board")
    assert "I cannot keep that right now." in words(result)
    assert [one.ephemeral for one in result.followups] == [True] and not result.ephemeral
    assert requests(world, "DELETE", "/@original") == 1


async def test_a_clock_that_is_ahead_of_discords_keeps_no_answer_back(world: DiscordWorld) -> None:
    world.clock.ahead = timedelta(minutes=20)
    result = await world.people["ada"].slash(world.channel, "streak")
    assert words(result)


async def test_a_sign_that_is_not_allowed_is_tried_once_an_hour(world: DiscordWorld) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    bot, denied = world.env.backend.bot_user.id, discord.Permissions(add_reactions=True).value
    with world.env.time_context():
        world.env.backend.set_overwrite(world.channel.id, Overwrite(bot, OverwriteType.MEMBER, 0, denied))
    await world.settle()
    for number in range(3):
        await world.say("ada", f"{OTHER} And more: {number}.")
    assert requests(world, "PUT", "/@me") == 1


async def test_what_the_store_refused_while_all_was_read_again_is_read_once_more(
    world: DiscordWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears = Ears(world.platform._line, world.ports, None, Files())
    passes: list[asyncio.Event] = []

    async def close_all(_shard: int | None, _begin_anew: Callable[[], bool]) -> None:
        passes.append(asyncio.Event())
        await passes[-1].wait()

    async def refused() -> None:
        raise StoreUnavailable

    monkeypatch.setattr(ears._gaps, "close_all", close_all)
    await ears.hear(refused())
    await asyncio.sleep(0)
    await ears.hear(refused())
    await ears.hear(refused())
    assert len(passes) == 1
    for expected in (2, 2):
        passes[-1].set()
        for _ in range(5):
            await asyncio.sleep(0)
        assert len(passes) == expected
    assert ears._tasks == {}
    await ears.close()


async def test_it_is_connected_until_it_is_closed(world: DiscordWorld) -> None:
    platform = world.platform
    states = [platform.connected]
    platform.client.broken.add(0)
    states.append(platform.connected)
    platform.client.broken.clear()
    states.append(platform.connected)
    await platform.close()
    assert [*states, platform.connected] == [True, False, True, False]
