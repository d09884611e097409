"""A store that does not answer: nothing is acknowledged that is not kept, and what was missed is read afterwards."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.wording import refusals
from tests.contracts.discord_world import DiscordWorld, discord_world
from tests.page.sample_group import SampleStore
from tests.platforms.discord.happenings import ANSWER, BENS, OTHER, asked, replies, requests, text_kept, words


@pytest.fixture
async def store() -> SampleStore:
    return SampleStore("this-instance")


@pytest.fixture
async def world(store: SampleStore) -> AsyncIterator[DiscordWorld]:
    async with discord_world(store) as world:
        await world.join("ada")
        await world.join("ben")
        yield world


@pytest.mark.bad_input(83)
async def test_a_message_that_could_not_be_kept_is_read_when_the_store_is_back(
    world: DiscordWorld, store: SampleStore
) -> None:
    round_ = await asked(world)
    store.away = True
    before = requests(world, "POST", "/messages")
    await world.say("ada", ANSWER)
    assert requests(world, "POST", "/messages") == before, "nothing is acknowledged that is not kept"
    store.away = False
    await world.advance(minutes=1)
    assert await text_kept(world, "ada", round_) == ANSWER
    assert "Kept. Day 1, a streak begins." in [seen.title for seen in await world.sees("ada")]


@pytest.mark.bad_input(83)
async def test_edits_and_deletions_that_could_not_be_kept_are_followed_afterwards(
    world: DiscordWorld, store: SampleStore
) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ben", BENS)
    await world.advance(seconds=5)
    store.away = True
    await world.edit("ada", ANSWER, OTHER)
    await world.delete("ben", BENS)
    store.away = False
    await world.advance(minutes=1)
    assert await text_kept(world, "ada", round_) == OTHER
    assert await text_kept(world, "ben", round_) is None


@pytest.mark.bad_input(83)
async def test_presses_forms_and_commands_say_that_it_did_not_work_now(
    world: DiscordWorld, store: SampleStore
) -> None:
    round_ = await asked(world)
    await world.press("ada", "Answer")
    store.away = True
    await world.fill("ada", {"text": ANSWER})
    said = [words(world.last)] if world.last is not None else []
    said.append(words(await world.command("ada", "/streak")))
    await world.press("ben", "Hint")
    said += [words(world.last)] if world.last is not None else []
    assert [text.split("\n")[0] for text in said] == [refusals.UNAVAILABLE.title] * 3
    store.away = False
    assert await text_kept(world, "ada", round_) is None
    assert words(await world.command("ada", "/streak")).startswith("Streak: 0 days")


@pytest.mark.bad_input(83)
async def test_a_restart_while_the_store_is_away_is_made_up_for(
    world: DiscordWorld, store: SampleStore
) -> None:
    round_ = await asked(world)
    await world.go()
    world.env.backend.create_message(world.thread.id, world.people["ada"].id, ANSWER, broadcast=False)
    store.away = True
    world.platform = world._built()
    with world.env.time_context():
        await world.env.restart_bot(world.platform.client)
    await world.advance(seconds=2)
    store.away = False
    await world.advance(minutes=2)
    assert await text_kept(world, "ada", round_) == ANSWER and len(await replies(world, round_)) == 1


@pytest.mark.bad_input(83)
async def test_what_was_refused_for_hours_is_read_when_the_store_is_back(
    world: DiscordWorld, store: SampleStore
) -> None:
    round_ = await asked(world)
    store.away = True
    await world.say("ada", ANSWER)
    for _ in range(30):
        await world.advance(minutes=6)
    store.away = False
    await world.advance(minutes=6)
    assert await text_kept(world, "ada", round_) == ANSWER and len(await replies(world, round_)) == 1


@pytest.mark.bad_input(77, 83)
async def test_a_thread_that_stays_unreadable_holds_up_nothing_that_the_store_refused(
    world: DiscordWorld, store: SampleStore
) -> None:
    first = await asked(world)
    second = await asked(world, "ben")
    assert first.thread is not None and second.thread is not None
    world.env.inject_error("GET", f"/channels/{first.thread.id}/messages", status=500, times=None)
    for name, text in (("ada", ANSWER), ("ben", BENS)):
        store.away = True
        await world.say(name, text)
        store.away = False
        for _ in range(15):
            await world.advance(minutes=1)
        assert await text_kept(world, name, second) == text
    before = requests(world, "GET", f"/channels/{second.thread.id}/messages")
    await world.advance(minutes=6)
    assert requests(world, "GET", f"/channels/{second.thread.id}/messages") == before
