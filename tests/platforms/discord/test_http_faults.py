"""Requests that are held up, fail, land and lose their answer: one prompt at the end, and no storm of calls."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.questions import Filters
from bot.domain.refusals import Refusal
from bot.domain.rounds import PostingState
from bot.practice import asking
from tests.platforms.discord.fake_discord import FakeDiscord, fake_discord
from tests.platforms.discord.fake_http import Fault
from tests.platforms.discord.transport import Served, serving

SHIELD = "<html><body>error code: 1015, you are being rate limited</body></html>"
DISCORDS = {"Via": "1.1 google", "X-RateLimit-Scope": "shared"}


@pytest.fixture
async def bot() -> AsyncIterator[Served]:
    async with fake_discord() as fake, serving(fake) as bot:
        await bot.connected()
        yield bot


def study(fake: FakeDiscord) -> Channel:
    return Channel(Workspace(Platform.DISCORD, fake.guild), fake.channel)


def posts(bot: Served) -> int:
    return bot.fake.tried("POST", f"/channels/{bot.fake.channel}/messages")


def fault(bot: Served, **changes: object) -> None:
    """Order what becomes of the next posts in the channel."""
    bot.fake.http.faults.append(Fault("POST", f"/channels/{bot.fake.channel}/messages", **changes))  # type: ignore[arg-type]


async def ask(bot: Served) -> None:
    """Ask for a question; whether that is refused for now is no matter here."""
    place = study(bot.fake)
    with suppress(Refusal):
        await asking.ask(bot.ports, place, Member(place.workspace, bot.fake.people["ada"]["id"]), Filters())


async def settled(bot: Served) -> None:
    """Let so much time pass that nothing can land any more, and look after what is unsettled."""
    bot.clock.shift += timedelta(minutes=3)
    await bot.ring()


async def one_prompt(bot: Served) -> None:
    """There is one prompt in the channel, and it is the round's."""
    (prompt,) = bot.fake.prompts
    round_ = await bot.newest_round()
    assert round_.message == prompt["id"] and round_.thread is not None


@pytest.mark.bad_input(74)
async def test_a_short_wait_that_discord_asks_for_is_kept(bot: Served) -> None:
    body = {"message": "You are being rate limited.", "retry_after": 0.3, "global": False}
    fault(bot, status=429, body=body, headers={**DISCORDS, "Retry-After": "1"})
    await ask(bot)
    assert posts(bot) == 2
    await one_prompt(bot)


@pytest.mark.bad_input(74)
async def test_an_hour_that_discord_asks_for_is_not_waited_in_the_call(bot: Served) -> None:
    body = {"message": "You are being rate limited.", "retry_after": 3600.0, "global": False}
    fault(bot, status=429, body=body, headers={**DISCORDS, "Retry-After": "3600"})
    await ask(bot)
    assert posts(bot) == 1 and bot.fake.prompts == []
    await settled(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(74)
async def test_a_page_of_the_shield_ends_all_calls_for_a_quarter_of_an_hour(bot: Served) -> None:
    fault(bot, status=429, body=SHIELD)
    await ask(bot)
    assert posts(bot) == 1
    before = len(bot.fake.http.requests)
    for _ in range(3):
        bot.clock.shift += timedelta(minutes=3)
        await bot.ring()
    assert len(bot.fake.http.requests) == before
    bot.clock.shift += timedelta(minutes=7)
    await bot.ring()
    await ask(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(75)
@pytest.mark.parametrize("status", [500, 502, 504, 524])
async def test_a_server_fault_that_discord_py_tries_again_gives_one_prompt(bot: Served, status: int) -> None:
    fault(bot, status=status, lands=True)
    await ask(bot)
    await settled(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(75, 76)
@pytest.mark.parametrize("lands", [False, True])
async def test_a_503_is_an_unknown_outcome(bot: Served, lands: bool) -> None:
    fault(bot, status=503, lands=lands)
    await ask(bot)
    assert posts(bot) == 1
    await settled(bot)
    await one_prompt(bot)
    assert posts(bot) == (1 if lands else 2)


@pytest.mark.bad_input(75, 76)
@pytest.mark.parametrize("lands", [False, True])
async def test_a_connection_that_breaks_before_or_after_the_post_gives_one_prompt(
    bot: Served, lands: bool
) -> None:
    fault(bot, drops=True, lands=lands, times=2)
    await ask(bot)
    await settled(bot)
    await settled(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(75)
async def test_json_that_was_cut_is_an_unknown_outcome(bot: Served) -> None:
    fault(bot, status=200, body='{"id": "12', headers={"Content-Type": "application/json"}, lands=True)
    await ask(bot)
    await settled(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(75)
async def test_a_page_where_a_message_was_expected_is_an_unknown_outcome(bot: Served) -> None:
    fault(bot, status=200, body="<html>ok</html>", lands=True)
    await ask(bot)
    await settled(bot)
    await one_prompt(bot)


@pytest.mark.bad_input(77)
async def test_a_look_up_that_fails_posts_nothing(bot: Served) -> None:
    fault(bot, status=503, lands=True)
    await ask(bot)
    history = f"/channels/{bot.fake.channel}/messages"
    bot.fake.http.faults.append(Fault("GET", history, status=503, times=2))
    await settled(bot)
    await settled(bot)
    assert posts(bot) == 1
    await settled(bot)
    assert posts(bot) == 1
    await one_prompt(bot)


@pytest.mark.bad_input(76)
async def test_a_second_request_of_the_same_round_is_the_same_message_to_discord(bot: Served) -> None:
    await ask(bot)
    round_ = await bot.newest_round()
    assert await bot.platform.outgoing.post(round_, late=False) == round_.message
    await one_prompt(bot)


@pytest.mark.bad_input(64)
async def test_a_prompt_that_was_deleted_before_its_answer_came_is_not_posted_again(bot: Served) -> None:
    fault(bot, status=403, body={"code": 10008, "message": "Unknown Message"})
    fault(bot, status=404, body={"code": 10008, "message": "Unknown Message"})
    await ask(bot)
    await ask(bot)
    await settled(bot)
    assert posts(bot) == 2 and bot.fake.prompts == []


@pytest.mark.bad_input(66)
async def test_a_definite_no_is_final(bot: Served) -> None:
    fault(bot, status=403, body={"code": 50013, "message": "Missing Permissions"})
    await ask(bot)
    await settled(bot)
    assert posts(bot) == 1
    rounds = await bot.ports.store.read(lambda tx: tx.newest_rounds(study(bot.fake), 3))
    assert [one.posting for one in rounds] == [PostingState.FAILED]


@pytest.mark.bad_input(75)
async def test_an_acknowledgement_that_fails_loses_no_answer(bot: Served) -> None:
    await ask(bot)
    thread = bot.fake.threads[0]
    bot.fake.http.faults.append(Fault("POST", f"/channels/{thread}/messages", status=503, times=5))
    await bot.fake.say("ada", thread, "My own answer, long enough to count.")
    assert await bot.until_kept(1) == ["My own answer, long enough to count."]
    await bot.fake.say("ada", thread, "And another answer of mine, as a comment.")
    assert len(await bot.until_kept(2)) == 2


@pytest.mark.bad_input(75)
async def test_a_first_sign_that_cannot_be_given_does_nothing_that_nobody_would_see(bot: Served) -> None:
    bot.fake.http.faults.append(
        Fault("POST", "/interactions/.*", status=404, body={"code": 10062, "message": "Unknown"})
    )
    begun = bot.fake.begun("ada", 2, bot.fake.channel, bot.fake.named("streak"))
    await bot.fake.gateway.dispatch("INTERACTION_CREATE", begun.payload)
    await bot.fake.gateway.until(lambda: bot.fake.tried("POST", "/interactions/.*") == 1)
    assert "Streak" in (await bot.fake.slash("ada", "streak")).text
    assert begun.said == [] and bot.platform.fault is None
