"""The connection is kept up: what passes is tried again, later and later; what does not pass stops with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import discord
import yarl
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.discord import sentences
from bot.chat.discord.faults import SHUT_OUT_FOR, is_shield, short
from bot.chat.discord.gateway import GatewayUnreachable
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.sessions import SessionsSpent

LONGEST_WAIT = 300.0
"""Seconds between two tries, at most."""

_WRONG_TOKEN = 4004
_NO_INTENT = 4014
_FOR_GOOD = frozenset({4010, 4011, 4012, 4013})


@dataclass(frozen=True, slots=True)
class Stop:
    """Trying again helps nobody; `sentence` says what does."""

    sentence: str


@dataclass(frozen=True, slots=True)
class WithoutText:
    """The portal does not allow reading messages: go on with the forms alone."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again after so many seconds."""

    seconds: float
    status: str


Verdict = Stop | WithoutText | Wait


def judged(fault: BaseException, backoff: ExponentialBackoff[bool], reads_messages: bool) -> Verdict:
    """What to make of the end of a connection."""
    match fault:
        case discord.LoginFailure():
            return Stop(sentences.WRONG_TOKEN)
        case discord.PrivilegedIntentsRequired():
            return WithoutText() if reads_messages else Stop(sentences.closed_for_good(_NO_INTENT))
        case discord.ConnectionClosed(code=code) if code == _WRONG_TOKEN:
            return Stop(sentences.WRONG_TOKEN)
        case discord.ConnectionClosed(code=code) if code in _FOR_GOOD:
            return Stop(sentences.closed_for_good(code))
        case discord.HTTPException(status=401):
            return Stop(sentences.WRONG_TOKEN)
        case SessionsSpent(left=left, reset=reset):
            return Wait(reset.total_seconds(), sentences.waiting_for_sessions(left, reset))
    later = min(1 + backoff.delay(), LONGEST_WAIT)
    seconds = SHUT_OUT_FOR.total_seconds() if is_shield(fault) else later
    return Wait(seconds, sentences.trying_again(short(fault), seconds))


def unforeseen(fault: Exception) -> Exception | None:
    """The fault, if it is none of those that connections have, so that the log shows where it came from."""
    known = (*LOOKUP_FAULTS, SessionsSpent, GatewayUnreachable)
    return None if isinstance(fault, known) else fault


@contextmanager
def pointed_at(api_base: str | None, gateway: str | None) -> Iterator[None]:
    """Let discord.py speak to another server while the block runs; it has no setting for that but its classes."""
    base, default = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    if api_base:
        Route.BASE = api_base.rstrip("/")
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, default


def use_gateway(url: str) -> None:
    """Connect where the server itself says, from now on; only within `pointed_at`."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
