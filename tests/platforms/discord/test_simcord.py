"""What the tests take from SimCord beyond its public names is still there, in the version that is pinned."""

from importlib.metadata import version

import discord
import simcord
from simcord.backend import Backend
from simcord.http import router
from simcord.http.routes.messages import get_history

from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.simcord_mended import QUICK, mend


def test_the_pinned_version_is_installed() -> None:
    assert version("simcord") == "3.2.1"


def test_the_pause_between_two_looks_is_shortened() -> None:
    mend()
    assert (simcord.Env._settle_internal.__kwdefaults__ or {})["idle"] == QUICK


def test_the_backend_lets_a_test_do_what_people_cannot() -> None:
    names = ("advance_clock", "create_message", "edit_message", "delete_message", "emit", "delete_channel")
    assert [name for name in names if not callable(getattr(Backend, name, None))] == []


def test_the_page_of_messages_that_simcord_gives_wrong_is_mended() -> None:
    mend()
    mend()
    assert all(work is not get_history for _, work in router._ROUTES["GET"])


async def test_a_page_after_an_id_has_the_oldest_messages(world: DiscordWorld) -> None:
    author = world.people["ben"].id
    for number in range(150):
        world.env.backend.create_message(world.channel.id, author, str(number), broadcast=False)
    place = world.platform.client.get_partial_messageable(world.channel.id)
    found = [
        message.content
        async for message in place.history(limit=None, after=discord.Object(1), oldest_first=True)
    ]
    assert found == [str(number) for number in range(150)]


async def test_a_forum_thread_has_the_id_of_its_first_message(world: DiscordWorld) -> None:
    world.channel = world.guild.create_forum_channel("questions")
    await world.settle()
    await world.command("ada", "/question backend")
    assert [message.id for message in world.thread.history()] == [world.thread.id]
