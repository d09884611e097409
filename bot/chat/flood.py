"""How many calls a member and a workspace may make within a short time; more are dropped before they cost anything.

The bounds are row 106 of the bad-input table. It is counted in memory by each process: a limit that is lost with a
restart does no harm.
"""

from collections import deque
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeVar

from bot.domain.places import Member, Workspace
from bot.practice.ports import Clock

WINDOW = timedelta(seconds=10)
OF_A_MEMBER = 5
OF_A_WORKSPACE = 30

Key = TypeVar("Key")


class Admission(Enum):
    """What to make of a call."""

    YES = auto()
    NOTICE = auto()  # too many: say so, this once
    DROP = auto()  # too many, and that was said


class Flood:
    """The calls of the last seconds, by member and by workspace."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock; nothing is counted yet."""
        self._clock = clock
        self._members: dict[Member, deque[datetime]] = {}
        self._workspaces: dict[Workspace, deque[datetime]] = {}
        self._told: dict[Member, datetime] = {}

    def admit(self, member: Member) -> Admission:
        """Count a call of a member, unless it is one too many."""
        now = self._clock.now()
        own = _recent(self._members, member, now)
        shared = _recent(self._workspaces, member.workspace, now)
        if len(own) < OF_A_MEMBER and len(shared) < OF_A_WORKSPACE:
            own.append(now)
            shared.append(now)
            return Admission.YES
        told = self._told.get(member)
        if told is not None and now - told < WINDOW:
            return Admission.DROP
        self._told[member] = now
        return Admission.NOTICE

    def forget_quiet(self) -> None:
        """Drop what is counted of those who have been quiet, so that memory does not grow with all who ever called."""
        now = self._clock.now()
        _drop_quiet(self._members, now)
        _drop_quiet(self._workspaces, now)
        self._told = {member: at for member, at in self._told.items() if now - at < WINDOW}


def _recent(counted: dict[Key, deque[datetime]], key: Key, now: datetime) -> deque[datetime]:
    calls = counted.setdefault(key, deque())
    while calls and not timedelta() <= now - calls[0] < WINDOW:  # a clock that jumped back forgets, too
        calls.popleft()
    return calls


def _drop_quiet(counted: dict[Key, deque[datetime]], now: datetime) -> None:
    for key in list(counted):
        if not _recent(counted, key, now):
            del counted[key]
