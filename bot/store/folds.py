"""A cached fold of a member's older days as text; one that this program cannot read is no checkpoint."""

import json
from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from bot.domain.streaks import Mend, MendKind, Step, StepKind, StreakState

_FORMAT = 1


def fold_text(state: StreakState) -> str:
    """A fold as JSON text."""
    fields = asdict(state) | {"format": _FORMAT}
    return json.dumps(fields, default=lambda value: value.isoformat(), ensure_ascii=False)


@lru_cache(maxsize=1024)
def fold_of(text: str) -> StreakState | None:
    """A fold from its text; None when it was written in another format, so that days are folded anew."""
    fields = json.loads(text)
    if fields.pop("format", None) != _FORMAT:
        return None
    broken = fields["broken"]
    fields |= {
        "through": _day(fields["through"]),
        "last_date": _day(fields["last_date"]),
        "last_at": None if fields["last_at"] is None else datetime.fromisoformat(fields["last_at"]),
        "last_grace": _day(fields["last_grace"]),
        "mend": None if fields["mend"] is None else _mend(fields["mend"]),
        "broken": None if broken is None else (date.fromisoformat(broken[0]), broken[1]),
        "steps": tuple(_step(step) for step in fields["steps"]),
    }
    return StreakState(**fields)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _mend(fields: dict[str, Any]) -> Mend:
    day, at = date.fromisoformat(fields["local_date"]), datetime.fromisoformat(fields["at"])
    return Mend(day, MendKind(fields["kind"]), at, fields["by"])


def _step(fields: dict[str, Any]) -> Step:
    day, what = date.fromisoformat(fields["local_date"]), StepKind(fields["what"])
    return Step(day, what, fields["detail"], fields["length"], fields["days"])
