"""What a failed call means for a post."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat.discord import sentences
from bot.chat.discord.faults import SHUT_OUT_FOR, Breaker, BrokenAnswer, ShutOut, as_outcome, is_shield, short
from bot.practice.ports import OutcomeUnknown, PostRefused
from tests.fakes import FakeClock

KINDS = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}


def answered(
    status: int, code: int = 0, headers: dict[str, str] | None = None, page: str = ""
) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="", headers=headers or {})
    body: Any = page or {"code": code, "message": "secret words"}
    return KINDS.get(status, discord.HTTPException)(response, body)


@pytest.mark.bad_input(62)
@pytest.mark.parametrize("code", [10003, 10004])
def test_a_channel_that_is_not_there_is_gone(code: int) -> None:
    found = as_outcome(answered(404, code))
    assert isinstance(found, PostRefused) and found.channel_gone and found.reason == sentences.CHANNEL_DELETED


@pytest.mark.bad_input(66)
@pytest.mark.parametrize("code", [50001, 50013])
def test_what_is_forbidden_says_what_is_missing(code: int) -> None:
    found = as_outcome(answered(403, code), ("Send Messages",))
    assert isinstance(found, PostRefused) and found.forbidden and found.reason == "I lack Send Messages"
    assert not found.channel_gone


@pytest.mark.bad_input(66)
def test_somebody_who_takes_no_direct_messages_is_a_definite_no() -> None:
    found = as_outcome(answered(403, 50007))
    assert isinstance(found, PostRefused) and found.reason == sentences.NO_DIRECT_MESSAGES


@pytest.mark.bad_input(64)
def test_a_prompt_that_was_deleted_at_once_is_not_posted_again() -> None:
    found = as_outcome(answered(404, 10008))
    assert isinstance(found, PostRefused) and found.reason == sentences.DELETED_AT_ONCE
    assert not found.channel_gone and not found.forbidden


@pytest.mark.bad_input(65)
@pytest.mark.parametrize("code", [160005, 160006, 50083])
def test_a_thread_that_cannot_be_is_a_definite_no(code: int) -> None:
    found = as_outcome(answered(400, code))
    assert isinstance(found, PostRefused) and not found.forbidden


@pytest.mark.bad_input(74, 75)
@pytest.mark.parametrize(
    "fault",
    [
        answered(429, page="<html>1015</html>"),
        answered(403, page="<html>you were blocked</html>"),
        answered(429),
        answered(500),
        answered(502),
        answered(503),
        answered(504),
        answered(524),
        discord.RateLimited(3600),
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError(104, "reset"),
        TimeoutError(),
        BrokenAnswer("JSONDecodeError"),
    ],
)
def test_anything_else_is_unknown(fault: BaseException) -> None:
    assert isinstance(as_outcome(fault), OutcomeUnknown)


@pytest.mark.bad_input(74)
def test_the_shield_keeps_calls_back_for_a_quarter_of_an_hour() -> None:
    clock = FakeClock()
    breaker = Breaker(clock)
    breaker.note(answered(403, 50013))
    breaker.check()
    breaker.note(answered(429, page="<!DOCTYPE html>"))
    clock.at += SHUT_OUT_FOR - timedelta(seconds=1)
    with pytest.raises(ShutOut):
        breaker.check()
    clock.at += timedelta(seconds=1)
    breaker.check()


def test_discords_own_answers_are_not_the_shields() -> None:
    assert not is_shield(answered(403, 50013)) and not is_shield(answered(429)) and not is_shield(OSError())


@pytest.mark.bad_input(107)
def test_a_fault_in_short_has_nobodys_words() -> None:
    assert short(answered(403, 50013)) == "Discord answered 403 (50013)"
    assert short(OSError("https://secret")) == "OSError"
