"""Tokens, scopes and connections at the start: what cannot work stops with a sentence, what can is waited for."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.slack.client import SlackConfig, SlackPlatform
from tests.chat.world import bank
from tests.contracts.slack_world import QUICK, STUDY
from tests.platforms.slack.conftest import ANSWER, Watched
from tests.platforms.slack.fake_faults import Limited, Reset, Status
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

DISCORD = "MTA1NDQ1NjE2NzAyNDYyNzY0.GfLvZx.abcdefghijklmnopqrstuvwxyz0123456789AB"
GOOD = SlackConfig(
    BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "http://127.0.0.1:1/api/", "socket", "127.0.0.1", 0, ""
)
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, DISCORD)


async def stopped(world: Watched, **changes: Any) -> str:
    """Serve with another configuration until it stops for good; gives why."""
    config = replace(GOOD, api_base=f"{world.slack.base}/api/", **changes)
    platform = SlackPlatform(config, bank(), world.clock, QUICK)
    platform.attach(world.ports)
    try:
        await asyncio.wait_for(platform.serve(), 5)
    finally:
        await platform.close()
    assert platform.fault is not None and platform.fault in platform.status and not platform.connected
    assert not any(secret in f"{platform.fault} {platform.notices}" for secret in SECRETS)
    return platform.fault


@pytest.mark.bad_input(27, 28)
@pytest.mark.parametrize(
    ("changes", "heart"),
    [
        ({"bot_token": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"bot_token": APP_TOKEN, "app_token": BOT_TOKEN}, "app-level token"),
        ({"bot_token": f" {BOT_TOKEN}"}, "SLACK_BOT_TOKEN"),
        ({"bot_token": f'"{BOT_TOKEN}"'}, "SLACK_BOT_TOKEN"),
        ({"bot_token": f"{BOT_TOKEN}\n"}, "SLACK_BOT_TOKEN"),
        ({"bot_token": DISCORD}, "Discord"),
        ({"bot_token": "xoxp-1-2-3"}, "user token"),
        ({"app_token": BOT_TOKEN}, "SLACK_APP_TOKEN"),
        ({"app_token": DISCORD}, "Discord"),
        ({"app_token": ""}, "SLACK_APP_TOKEN is missing"),
        ({"mode": "http", "signing_secret": ""}, "SLACK_SIGNING_SECRET is missing"),
    ],
    ids=str,
)
async def test_tokens_that_cannot_be_right_stop_before_any_call(
    socket: Watched, changes: dict[str, Any], heart: str
) -> None:
    calls = len(socket.slack.calls)
    assert heart in await stopped(socket, **changes)
    assert len(socket.slack.calls) == calls


@pytest.mark.bad_input(29, 68)
@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "token_expired"])
@pytest.mark.parametrize("whose", ["bot", "app"])
async def test_a_token_that_slack_does_not_take_stops_it_after_one_call(
    socket: Watched, error: str, whose: str
) -> None:
    method = "auth.test" if whose == "bot" else "apps.connections.open"
    setattr(socket.slack, f"{whose}_token_fault", error)
    calls = len(socket.slack.called(method))
    assert f"SLACK_{whose.upper()}_TOKEN" in await stopped(socket)
    assert len(socket.slack.called(method)) == calls + 1
    setattr(socket.slack, f"{whose}_token_fault", None)


@pytest.mark.bad_input(31)
@pytest.mark.parametrize("scope", ["chat:write", "channels:history", "users:read", "reactions:write"])
async def test_a_missing_scope_is_named_with_the_way_to_the_manifest(socket: Watched, scope: str) -> None:
    socket.slack.scopes.discard(scope)
    said = await stopped(socket)
    assert scope in said and "manifest slack" in said


@pytest.mark.bad_input(29, 68)
async def test_a_token_that_is_revoked_later_stops_all_calls(world: Watched) -> None:
    await world.asked()
    world.slack.bot_token_fault = "token_revoked"
    await world.people.type("U0ADA", STUDY, "/streak")
    await world.people.say("U0ADA", STUDY, ANSWER, world.newest_prompt().ts)
    await asyncio.wait_for(world.task, 5)
    assert world.platform.fault is not None and "revoked" in world.platform.fault
    calls = len(world.slack.calls)
    await world.advance(days=1)
    await world.ring()
    assert len(world.slack.calls) == calls


@pytest.mark.bad_input(67, 68)
@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}],
    ids=str,
)
async def test_an_app_that_was_removed_stops_and_waits_for_a_manager_when_it_is_back(
    world: Watched, event: dict[str, Any]
) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.say("ada", "/daily set 09:00")
    await world.people.event(event)
    await asyncio.wait_for(world.task, 5)
    assert world.platform.fault is not None and "removed" in world.platform.fault
    calls = len(world.slack.calls)
    await world.advance(days=1, hours=1)
    await world.ring()
    assert len(world.slack.calls) == calls, "no call after it was removed"
    await world.end()
    await world.start()  # installed again
    await world.advance(days=1)
    await world.ring()
    assert len(world.prompts()) == 1, "schedules wait until a manager says so"
    await world.say("ada", "/streak")
    assert (await world.days("ada"), len(await world.answers())) == (1, 1)
    await world.say("ada", "/daily resume")
    await world.advance(days=1)
    await world.ring()
    assert len(world.prompts()) == 2


async def test_only_members_tokens_that_are_revoked_change_nothing(world: Watched) -> None:
    await world.asked()
    await world.people.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"]}})
    await world.say("ada", ANSWER)
    assert world.platform.fault is None and len(await world.answers()) == 1


@pytest.mark.bad_input(29, 79)
@pytest.mark.parametrize("fault", [Reset(), Status(503), Limited("0")], ids=str)
async def test_slack_that_cannot_be_reached_at_the_start_is_waited_for(world: Watched, fault: Any) -> None:
    await world.end()
    world.slack.faults.next("auth.test", *(fault,) * 2)
    task = asyncio.create_task(world.start())
    await asyncio.sleep(0.15)
    assert world.platform.fault is None
    await asyncio.wait_for(task, 15)
    await world.asked()
    assert len(world.prompts()) == 1


@pytest.mark.bad_input(79)
async def test_nothing_listens_where_slack_should_be_and_the_bot_stays_up(socket: Watched) -> None:
    platform = SlackPlatform(GOOD, bank(), socket.clock, QUICK)
    platform.attach(socket.ports)
    task = asyncio.create_task(platform.serve())
    await asyncio.sleep(0.5)
    assert platform.status.startswith("connecting") and platform.fault is None and not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await platform.close()
    await platform.close()


async def test_a_port_that_is_taken_is_said(http: Watched) -> None:
    assert str(http.platform.port) in await stopped(http, mode="http", port=http.platform.port)
