"""What a test may order of the strict fake: a call of the Web API that goes wrong, and how."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Limited:
    """429, with `Retry-After` as it is given here, or without; Slack's own body, or a proxy's page."""

    retry_after: str | None = "1"
    page: bool = False


@dataclass(frozen=True)
class Status:
    """Another status, with a page instead of JSON; nothing took effect unless `took_effect`."""

    code: int
    took_effect: bool = False


@dataclass(frozen=True)
class Reset:
    """The connection is reset, before or after the call took effect."""

    took_effect: bool = False


@dataclass(frozen=True)
class Silence:
    """Nothing is answered until the caller gives up."""

    took_effect: bool = False


@dataclass(frozen=True)
class CutJson:
    """The answer ends in its middle, after the call took effect."""


@dataclass(frozen=True)
class Late:
    """The connection is reset, and the call takes effect so much later."""

    by: timedelta


@dataclass(frozen=True)
class Refused:
    """`ok: false` with this error."""

    error: str


Fault = Limited | Status | Reset | Silence | CutJson | Late | Refused


@dataclass
class Faults:
    """Faults by method: those that are used up one after the other, and those that last."""

    once: dict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))
    lasting: dict[str, Fault] = field(default_factory=dict)
    once_each: Fault | None = None
    met: set[str] = field(default_factory=set)

    def next(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of a method go wrong, one fault a call; None lets one pass."""
        self.once[method].extend(faults)

    def always(self, method: str, fault: Fault | None) -> None:
        """Let every call of a method go wrong from now on; None ends it."""
        if fault is None:
            self.lasting.pop(method, None)
        else:
            self.lasting[method] = fault

    def first_of_each(self, fault: Fault) -> None:
        """Let the next call of every method go wrong once."""
        self.once_each = fault
        self.met.clear()

    def take(self, method: str) -> Fault | None:
        """The fault of a call that has just come, if there is one."""
        if self.once[method]:
            return self.once[method].popleft()
        if self.once_each is not None and method not in self.met:
            self.met.add(method)
            return self.once_each
        return self.lasting.get(method)
