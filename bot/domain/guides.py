"""What a pack tells besides its questions: how interviews go, and how to prepare and to answer."""

from dataclasses import dataclass
from enum import StrEnum


class GuideKind(StrEnum):
    """What a guide is about; the value is the word for one of them."""

    STAGE = "stage"
    FRAME = "frame"
    CHECKLIST = "checklist"
    VALUE = "value"
    MISTAKES = "mistakes"


@dataclass(frozen=True, slots=True)
class Guide:
    """One thing worth knowing. Its id is unique among the guides of its kind over all installed packs.

    `points` are, by kind: what a stage judges, the steps of a frame in order, the items of a checklist, the ways to
    show a value, mistakes with what to do instead. `tips` may be empty. `sources` are ids of the pack's coverage.
    """

    id: str
    pack: str
    kind: GuideKind
    title: str
    text: str
    points: tuple[str, ...]
    tips: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number that varies, from `least` to `most`, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class LoopStep:
    """One stage of a loop, by the id of its guide: how many interviews, of how many minutes each; None: not known.

    `judges` says what this role is judged by there.
    """

    stage: str
    interviews: Span | None
    minutes: Span | None
    optional: bool
    judges: str


@dataclass(frozen=True, slots=True)
class Loop:
    """The stages that a role usually goes through, in order. `note` says how far that can be relied on."""

    id: str
    pack: str
    track: str
    title: str
    note: str
    steps: tuple[LoopStep, ...]
    sources: tuple[str, ...]
