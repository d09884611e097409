"""What a failed call to Discord means: a definite no, or that nobody knows; and when to stop calling at all."""

from datetime import datetime, timedelta
from http import HTTPStatus

import aiohttp
import discord

from bot.chat.discord import sentences
from bot.practice.ports import Clock, OutcomeUnknown, PostRefused


class BrokenAnswer(Exception):
    """What came back is not what Discord answers: cut JSON, or a page of something between it and us."""


CALL_FAULTS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, BrokenAnswer)
"""Everything that a call to Discord raises when it does not succeed."""
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)
"""What discord.py raises about an answer or an event with something missing, or of another shape."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_GUILD = 10004
MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
THREAD_EXISTS = 160004
UNKNOWN_MEMBER = 10007
UNKNOWN_USER = 10013
NO_DIRECT_MESSAGES = 50007
ARCHIVED = 50083
LOCKED = 160005

SHUT_OUT_FOR = timedelta(minutes=15)
"""How long nothing is called after Discord's shield answered with a page instead of JSON (row 74)."""
_NO = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class ShutOut(Exception):
    """Discord's shield keeps us out for a while; nothing was called."""


def is_shield(fault: BaseException) -> bool:
    """Whether Cloudflare answered and not Discord: 403 or 429 without Discord's own code in it."""
    return (
        isinstance(fault, discord.HTTPException)
        and fault.status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
        and fault.code == 0
        and not fault.response.headers.get("Via")
        and "<" in fault.text[:200]
    )


class Breaker:
    """Keeps calls back while Discord's shield shuts us out."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock; calls are open."""
        self._clock = clock
        self._until: datetime | None = None

    def check(self) -> None:
        """Raises ShutOut while nothing may be called."""
        if self._until is not None and self._clock.now() < self._until:
            raise ShutOut(f"Discord keeps us out until {self._until:%H:%M} UTC")

    def note(self, fault: BaseException) -> None:
        """Learn from a failed call."""
        if is_shield(fault):
            self._until = self._clock.now() + SHUT_OUT_FOR


def as_outcome(fault: BaseException, lacking: tuple[str, ...] = ()) -> PostRefused | OutcomeUnknown:
    """What a failed post means for it; `lacking` names the rights that are missing where it was tried."""
    if not isinstance(fault, discord.HTTPException) or fault.status not in _NO or is_shield(fault):
        return OutcomeUnknown(short(fault))
    if fault.code in (UNKNOWN_CHANNEL, UNKNOWN_GUILD):
        return PostRefused(sentences.CHANNEL_DELETED, channel_gone=True)
    if fault.code == UNKNOWN_MESSAGE:
        return PostRefused(sentences.DELETED_AT_ONCE)
    if fault.code == NO_DIRECT_MESSAGES:
        return PostRefused(sentences.NO_DIRECT_MESSAGES, forbidden=True)
    if fault.status == HTTPStatus.FORBIDDEN:
        return PostRefused(sentences.lacking(lacking), forbidden=True)
    return PostRefused(short(fault))


def short(fault: BaseException) -> str:
    """A fault as a short fact for ledger and log: never an address, never anybody's text."""
    if isinstance(fault, discord.HTTPException):
        return f"Discord answered {fault.status}" + (f" ({fault.code})" if fault.code else "")
    if isinstance(fault, ShutOut):
        return str(fault)
    return type(fault).__name__
