"""The session starts that Discord allows in a day: the last ones are saved, for at none left it resets the token."""

import logging
from datetime import timedelta

log = logging.getLogger(__name__)

SAVED = 50
"""So many of a day's 1,000 are never used."""


class SessionsSpent(Exception):
    """Nearly all session starts of the day are used up."""

    def __init__(self, left: int, reset: timedelta) -> None:
        super().__init__(left)
        self.left = left
        self.reset = reset


class SessionBudget:
    """The session starts of the day, as Discord last told them and as they were used since."""

    def __init__(self) -> None:
        """Nothing is known yet, and nothing is held back."""
        self._left: int | None = None

    def told(self, left: int, reset: timedelta) -> None:
        """Discord says how many are left; raises SessionsSpent when the rest is to be saved."""
        self._left = left
        if left <= SAVED:
            log.error("session starts nearly spent", extra={"facts": {"platform": "discord", "left": left}})
            raise SessionsSpent(left, reset)

    def use(self) -> None:
        """One more is used; raises SessionsSpent when the rest is to be saved, and Discord is asked again."""
        if self._left is None:
            return
        if self._left <= SAVED:
            raise SessionsSpent(self._left, timedelta())
        self._left -= 1
