"""Questions, the packs they come in, the rubrics their answers are judged by, and the choice of the next one."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.gold import GoldAnswer
from bot.domain.guides import Guide, Loop


class Level(StrEnum):
    """The seniority a question is written for."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class Kind(StrEnum):
    """What sort of answer a question asks for; each kind has one rubric."""

    BEHAVIORAL = "behavioral"
    SYSTEM_DESIGN = "system-design"
    TECHNICAL_CONCEPT = "technical-concept"
    OPERATIONAL_DEBUGGING = "operational-debugging"
    CODING = "coding"
    LEADERSHIP = "leadership"
    MOTIVATION = "motivation"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric; `steps` describes the scores 1, 3 and 5, in this order."""

    id: str
    title: str
    steps: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What answers to questions of one kind are judged by."""

    kind: Kind
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A role's line of questions, such as `backend`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class TimeBox:
    """Minutes for a first pass and for the full answer."""

    first_pass: int
    full: int


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One strong answer: what an expert says in 90 seconds, and in full."""

    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with all that belongs to it. `id` is unique over all installed packs."""

    id: str
    pack: str
    track: str
    level: Level
    kind: Kind
    title: str
    text: str
    why: str
    stages: tuple[str, ...]
    topics: tuple[str, ...]
    time_box: TimeBox
    hints: tuple[str, ...]
    key_points: tuple[str, ...]
    follow_ups: tuple[str, ...]
    mistakes: tuple[str, ...]
    sample_answer: SampleAnswer
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a pack must ask about, or, without a kind, have on a checklist.

    Subjects of one `cluster` are asked in nearly the same words; `near` names further ones that are alike.
    """

    id: str
    track: str
    kind: Kind | None
    cluster: str | None
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All subjects of a pack, and the ids of further facts (`guidance`) that its guides rest on."""

    subjects: tuple[Subject, ...]
    guidance: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Every id that may be named as a source."""
        return frozenset((*(subject.id for subject in self.subjects), *self.guidance))


@dataclass(frozen=True, slots=True)
class Pack:
    """A versioned folder of questions and guides, with its tracks and rubrics."""

    id: str
    version: int
    title: str
    notice: str
    tracks: tuple[Track, ...]
    rubrics: tuple[Rubric, ...]
    questions: tuple[Question, ...]
    guides: tuple[Guide, ...] = ()
    loops: tuple[Loop, ...] = ()
    coverage: Coverage | None = None
    gold: tuple[GoldAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question must be; `None` lets everything through."""

    track: str | None = None
    level: str | None = None
    topic: str | None = None
    kind: str | None = None
    stage: str | None = None
