"""What ends a connection decides whether it is tried again, and what is said."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.discord import sentences, supervising
from bot.chat.discord.gateway import GatewayUnreachable
from bot.chat.discord.sessions import SAVED, SessionBudget, SessionsSpent
from bot.chat.discord.supervising import Stop, Verdict, Wait, WithoutText, judged


def verdict(fault: BaseException, reads: bool = True) -> Verdict:
    return judged(fault, ExponentialBackoff(), reads)


def closed(code: int) -> discord.ConnectionClosed:
    socket: Any = SimpleNamespace(close_code=code)
    return discord.ConnectionClosed(socket, shard_id=0, code=code)


def answered(status: int, headers: dict[str, str] | None = None, text: Any = "") -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="", headers=headers or {})
    return discord.HTTPException(response, text)


@pytest.mark.bad_input(29)
@pytest.mark.parametrize("fault", [discord.LoginFailure("x"), closed(4004), answered(401)])
def test_a_token_that_is_refused_stops_for_good(fault: BaseException) -> None:
    assert verdict(fault) == Stop(sentences.WRONG_TOKEN)


@pytest.mark.bad_input(30)
def test_an_intent_that_is_refused_leaves_the_forms() -> None:
    assert verdict(discord.PrivilegedIntentsRequired(0)) == WithoutText()
    again = verdict(discord.PrivilegedIntentsRequired(0), reads=False)
    assert isinstance(again, Stop) and "Privileged Gateway Intents" in again.sentence


@pytest.mark.parametrize("code", [4010, 4011, 4012, 4013])
def test_codes_that_no_waiting_mends_stop_for_good(code: int) -> None:
    assert verdict(closed(code)) == Stop(sentences.closed_for_good(code))


@pytest.mark.bad_input(79, 75)
@pytest.mark.parametrize(
    "fault",
    [
        OSError("no route"),
        TimeoutError(),
        aiohttp.ClientConnectionError(),
        discord.GatewayNotFound(),  # type: ignore[no-untyped-call] # untyped in discord.py
        GatewayUnreachable(),
        AttributeError("'NoneType' object has no attribute 'sequence'"),
        answered(503),
        closed(1000),
    ],
)
def test_what_passes_is_tried_again_soon(fault: BaseException) -> None:
    found = verdict(fault)
    assert isinstance(found, Wait) and 1 <= found.seconds <= 3 and "trying again in" in found.status


@pytest.mark.bad_input(79)
def test_the_waits_grow_and_have_an_end() -> None:
    backoff: ExponentialBackoff[bool] = ExponentialBackoff()
    waits = [judged(OSError(), backoff, True) for _ in range(200)]
    seconds = [wait.seconds for wait in waits if isinstance(wait, Wait)]
    assert len(seconds) == 200 and max(seconds) == supervising.LONGEST_WAIT
    assert len(set(seconds[:5])) == 5, "each wait has its chance in it, so that many bots do not come at once"


@pytest.mark.bad_input(74)
def test_the_shield_is_given_a_quarter_of_an_hour() -> None:
    found = verdict(answered(429, text="<html>error 1015</html>"))
    assert isinstance(found, Wait) and found.seconds == 900


@pytest.mark.bad_input(80)
def test_the_last_session_starts_are_saved() -> None:
    budget = SessionBudget()
    budget.use()
    budget.told(SAVED + 1, timedelta(hours=3))
    budget.use()
    with pytest.raises(SessionsSpent):
        budget.use()
    with pytest.raises(SessionsSpent) as spent:
        budget.told(SAVED, timedelta(hours=3))
    found = verdict(spent.value)
    assert isinstance(found, Wait) and found.seconds == 3 * 3600 and "50" in found.status


def test_another_server_is_spoken_to_only_within_the_block() -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    with supervising.pointed_at("http://127.0.0.1:1/api/v10/", "ws://127.0.0.1:2"):
        assert Route("GET", "/users/@me").url == "http://127.0.0.1:1/api/v10/users/@me"
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:2"
    assert before == (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
