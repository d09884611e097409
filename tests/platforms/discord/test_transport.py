"""The whole way over real sockets: login, session, command, thread, resume, a lost session, and refused logins."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest

from bot.practice.records import Transaction
from tests.memory_store import MemoryStore
from tests.platforms.discord.fake_discord import TOKEN, FakeDiscord, fake_discord
from tests.platforms.discord.fake_gateway import AUTHENTICATION_FAILED, MESSAGE_CONTENT
from tests.platforms.discord.transport import Served, serving

T = TypeVar("T")
ANSWER = "My own answer, long enough to count."
OTHER = "Another answer of mine, with more in it."
LOST = "What was said while nobody listened."


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as fake:
        yield fake
        assert fake.http.wrong == []


@pytest.fixture
async def bot(fake: FakeDiscord) -> AsyncIterator[Served]:
    async with serving(fake) as bot:
        await bot.connected()
        yield bot


async def asked(bot: Served) -> str:
    """Ask for a question; gives its thread."""
    await bot.fake.slash("ada", "question", track="backend")
    await bot.fake.gateway.until(lambda: len(bot.fake.threads) == 1)
    await bot.fake.gateway.until(lambda: bot.fake.tried("DELETE", "/webhooks/.*") == 1)
    return bot.fake.threads[0]


async def test_a_command_a_question_a_thread_and_an_answer(bot: Served) -> None:
    thread = await asked(bot)
    (prompt,) = bot.fake.prompts
    assert prompt["nonce"] == (await bot.newest_round()).id and "Asked for by" in str(prompt)
    await bot.fake.say("ben", thread, ANSWER)
    assert await bot.until_kept(1) == [ANSWER]
    await bot.fake.gateway.until(lambda: "a streak begins" in str(bot.fake.said_in(thread)))
    hint = await bot.fake.press("ben", prompt, "Hint")
    assert "Count first" in hint.text
    form = await bot.fake.press("ben", prompt, "Answer")
    assert ANSWER in form.text
    assert "new text" in (await bot.fake.submit("ben", form, OTHER)).text


async def test_the_status_says_that_it_is_connected(bot: Served) -> None:
    assert bot.platform.status.startswith("connected as practice-bot") and bot.platform.fault is None
    assert any(f"client_id={bot.fake.application}" in notice for notice in bot.platform.notices)


async def test_a_resumed_session_tells_what_happened_meanwhile(bot: Served) -> None:
    thread = await asked(bot)
    await bot.fake.gateway.drop()
    await bot.fake.say("ada", thread, ANSWER)
    await bot.fake.gateway.until(lambda: bot.fake.gateway.resumed == 1)
    assert await bot.until_kept(1) == [ANSWER]
    assert len(bot.fake.gateway.identified) == 1


@pytest.mark.bad_input(51, 80)
async def test_a_lost_session_is_followed_by_reading_the_threads(bot: Served) -> None:
    thread = await asked(bot)
    await bot.fake.say("ada", thread, ANSWER)
    await bot.until_kept(1)
    bot.fake.gateway.lose_sessions()
    await bot.fake.gateway.drop()
    await bot.fake.say("ben", thread, LOST, tell=False)
    await bot.fake.gateway.until(lambda: len(bot.fake.gateway.identified) == 2)
    assert await bot.until_kept(2) == [ANSWER, LOST]
    await bot.fake.say("ada", thread, OTHER)
    assert await bot.until_kept(3) == [ANSWER, LOST, OTHER]


async def test_a_cable_that_breaks_is_no_end(bot: Served) -> None:
    thread = await asked(bot)
    await bot.fake.gateway.cut()
    await bot.fake.say("ada", thread, ANSWER)
    assert await bot.until_kept(1) == [ANSWER]
    assert bot.platform.fault is None


@pytest.mark.bad_input(80)
async def test_a_socket_that_answers_no_more_is_given_up(fake: FakeDiscord) -> None:
    fake.gateway.beat = 0.3
    async with serving(fake) as bot:
        bot.platform.client._connection.heartbeat_timeout = 1.0
        await bot.connected()
        fake.gateway.deaf = True
        await fake.gateway.until(lambda: fake.gateway.attempts > 1)
        fake.gateway.deaf = False
        await fake.gateway.until(lambda: fake.gateway.resumed >= 1)


async def test_commands_are_registered_once_for_one_declaration(fake: FakeDiscord) -> None:
    store = MemoryStore("this-instance")
    for _ in range(2):
        async with serving(fake, store) as bot:
            await bot.connected()
            await asyncio.sleep(0.2)
    assert fake.tried("PUT", "/applications/.*/commands") == 1


async def test_commands_of_a_trial_guild_go_there(fake: FakeDiscord) -> None:
    async with serving(fake, guild=fake.guild) as bot:
        await bot.connected()
    assert fake.tried("PUT", f"/applications/.*/guilds/{fake.guild}/commands") == 1
    assert fake.tried("PUT", r"/applications/\d+/commands") == 0


@pytest.mark.bad_input(29, 107)
async def test_a_wrong_token_stops_with_a_sentence_and_without_a_storm(
    fake: FakeDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = TOKEN[:-4] + "XXXX"
    async with serving(fake, token=wrong) as bot:
        async with asyncio.timeout(15):
            await bot.task
        assert bot.platform.fault is not None and "DISCORD_TOKEN" in bot.platform.fault
        assert bot.platform.status == bot.platform.fault
        await asyncio.sleep(0.3)
    assert len(fake.http.requests) == 1 and fake.gateway.attempts == 0
    assert wrong not in caplog.text and wrong not in bot.platform.fault
    fake.http.wrong.clear()


@pytest.mark.bad_input(29)
async def test_a_token_refused_by_the_gateway_stops_for_good(fake: FakeDiscord) -> None:
    fake.gateway.refuses.append(AUTHENTICATION_FAILED)
    async with serving(fake) as bot:
        async with asyncio.timeout(20):
            await bot.task
        assert bot.platform.fault is not None and "DISCORD_TOKEN" in bot.platform.fault
    assert fake.gateway.attempts == 1


@pytest.mark.bad_input(29)
async def test_a_token_that_is_revoked_while_it_runs_stops_for_good(bot: Served) -> None:
    bot.fake.gateway.token = "another"
    bot.fake.gateway.lose_sessions()
    await bot.fake.gateway.drop()
    async with asyncio.timeout(30):
        await bot.task
    assert bot.platform.fault is not None and "DISCORD_TOKEN" in bot.platform.fault


@pytest.mark.bad_input(30)
async def test_an_intent_that_the_portal_refuses_leaves_the_forms(fake: FakeDiscord) -> None:
    fake.gateway.intents = ~MESSAGE_CONTENT
    async with serving(fake) as bot:
        await bot.connected(30)
        assert bot.platform.fault is None
        assert any("Message Content Intent" in notice for notice in bot.platform.notices)
        thread = await asked(bot)
        await fake.say("ben", thread, ANSWER)
        (prompt,) = fake.prompts
        form = await fake.press("ada", prompt, "Answer")
        given = await fake.submit("ada", form, OTHER)
        assert "a streak begins" in given.text
        assert await bot.kept() == [], "a message without its text is nothing that could be judged"
    assert len(fake.gateway.identified) == 2


@pytest.mark.bad_input(80)
async def test_the_last_session_starts_of_a_day_are_saved(fake: FakeDiscord) -> None:
    fake.http.sessions_left = 50
    async with serving(fake) as bot:
        await fake.gateway.until(lambda: fake.tried("GET", "/gateway/bot") == 1)
        await asyncio.sleep(0.5)
        assert fake.gateway.attempts == 0 and bot.platform.fault is None
        assert "session starts" in bot.platform.status


@pytest.mark.bad_input(79)
async def test_a_server_that_is_not_there_yet_is_tried_again(fake: FakeDiscord) -> None:
    async with serving(fake, api_base="http://127.0.0.1:9/api/v10") as bot:
        async with asyncio.timeout(20):
            while not bot.platform.status.startswith("connecting to Discord: "):
                await asyncio.sleep(0.05)
        assert bot.platform.fault is None and not bot.task.done()


@pytest.mark.bad_input(79)
async def test_a_gateway_that_is_not_there_at_first_is_tried_again(fake: FakeDiscord) -> None:
    real, fake.gateway.url = fake.gateway.url, "ws://127.0.0.1:9/gateway"
    async with serving(fake) as bot:
        await fake.gateway.until(lambda: fake.tried("GET", "/gateway/bot") == 1)
        await asyncio.sleep(0.5)
        fake.gateway.url = real
        await bot.connected(60)
        assert bot.platform.fault is None


@pytest.mark.bad_input(61)
async def test_events_that_nobody_knows_or_that_are_broken_end_nothing(bot: Served) -> None:
    thread = await asked(bot)
    await bot.fake.gateway.dispatch("SOMETHING_QUITE_NEW", {"id": "1"})
    await bot.fake.gateway.dispatch(
        "INTERACTION_CREATE", bot.fake.begun("ada", 99, bot.fake.channel, {}).payload
    )
    await bot.fake.gateway.dispatch("MESSAGE_CREATE", {"id": bot.fake.new_id(), "channel_id": thread})
    await bot.fake.gateway.dispatch(
        "MESSAGE_UPDATE", {"id": "1", "channel_id": thread, "guild_id": bot.fake.guild}
    )
    await bot.fake.gateway.dispatch("MESSAGE_DELETE", {"id": "1", "channel_id": "2"})
    await asyncio.sleep(0.3)
    await bot.fake.gateway.until(lambda: bot.platform.client.is_ready(), 30)
    await bot.fake.say("ada", thread, ANSWER)
    assert await bot.until_kept(1) == [ANSWER]
    assert bot.platform.fault is None


class SlowStore(MemoryStore):
    """A store whose writes wait, as behind a lock."""

    wait = 0.0

    async def write(self, work: Callable[[Transaction], T]) -> T:
        await asyncio.sleep(self.wait)
        return await super().write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        await asyncio.sleep(self.wait)
        return await super().read(work)


@pytest.mark.bad_input(82)
async def test_a_locked_database_is_waited_for_behind_a_first_sign(fake: FakeDiscord) -> None:
    store = SlowStore("this-instance")
    async with serving(fake, store) as bot:
        await bot.connected()
        await asked(bot)
        store.wait = 3.5
        began = asyncio.get_running_loop().time()
        given = await fake.press("ben", fake.prompts[0], "Hint")
        assert asyncio.get_running_loop().time() - began > 3
        assert (
            (given.callback or {})["type"] == 5
            and given.answered_after is not None
            and given.answered_after < 1
        )
        assert "Count first" in given.text
        store.wait = 2.2
        given = await fake.press("ada", fake.prompts[0], "Answer")
        assert given.answered_after is not None and given.answered_after < 2.9
        assert "Do the same once more" in given.text
        store.wait = 0
