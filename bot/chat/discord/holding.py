"""What Discord has just refused is not asked again at once: it bans an address for too many refused calls."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.practice.ports import Clock

FOR = timedelta(hours=1)
"""Between two tries of the same thing (row 66: at most one call an hour)."""
REMEMBERED = 1000


class HeldBack:
    """Things that were refused, each until it may be tried again; forgotten with the process, which costs one call."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock; nothing is held back."""
        self._clock = clock
        self._until: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def why(self, thing: str) -> str | None:
        """Why something is not to be tried now; None if it may be."""
        until, reason = self._until.get(thing, (None, ""))
        if until is None or not timedelta() < until - self._clock.now() <= FOR:
            return None
        return reason

    def hold(self, thing: str, reason: str) -> None:
        """Do not try something again for an hour."""
        self._until[thing] = (self._clock.now() + FOR, reason)
        self._until.move_to_end(thing)
        while len(self._until) > REMEMBERED:
            self._until.popitem(last=False)
