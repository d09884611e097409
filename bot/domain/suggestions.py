"""A question that a member proposes for the group; a manager accepts it or declines it with a reason."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.places import Member
from bot.domain.questions import Kind, Level, Pack, Question, Rubric, SampleAnswer, TimeBox, Track
from bot.domain.refusals import Refusal

OWN_PACK = "suggested"
"""The id of the pack that accepted suggestions of a workspace come into."""
TEXT_LENGTH = (20, 2000)
POINTS = (2, 8)
POINT_LENGTH = (3, 200)
OPEN_AT_ONCE = 5
"""Suggestions of one member that may wait at the same time."""
REASON_LENGTH = (3, 300)
TITLE_LENGTH = 80
OWN_TIME_BOX = TimeBox(3, 15)
_LONGEST_ID = 64
_NOT_IN_ID = re.compile(r"[^a-z0-9-]")


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a member proposes. `points` are what a strong answer covers."""

    text: str
    points: tuple[str, ...]
    track: str
    level: Level
    kind: Kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal with who made it, and what a manager decided."""

    id: str
    member: Member
    at: datetime
    proposal: Proposal
    state: SuggestionState = SuggestionState.OPEN
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None


@dataclass(eq=False)
class BadProposal(Refusal):
    """A part of a proposal (`text`, `points`, `point`, `reason`) has a `length` that is not `least` to `most`."""

    part: str
    length: int
    least: int
    most: int


class TooManySuggestions(Refusal):
    """The member has as many open suggestions as one may have."""


class NoSuchSuggestion(Refusal):
    """This workspace has no such suggestion."""


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """A manager has decided about the suggestion before."""

    state: SuggestionState


def proposal_of(
    text: str, points: str, track: str, level: str, kind: str, tracks: Collection[str]
) -> Proposal:
    """What a filled-in form proposes; a line of `points` is one key point, `tracks` are known. Raises BadProposal."""
    for part, value, known in (("track", track, tracks), ("level", level, Level), ("kind", kind, Kind)):
        if value not in set(known):
            raise BadProposal(part, 0, 1, 1)
    text = text.strip()
    lines = tuple(line.strip(" -*•\t") for line in points.splitlines() if line.strip(" -*•\t"))
    _within("text", len(text), TEXT_LENGTH)
    _within("points", len(lines), POINTS)
    for line in lines:
        _within("point", len(line), POINT_LENGTH)
    return Proposal(text, lines, track, Level(level), Kind(kind))


def checked_reason(reason: str) -> str:
    """A manager's reason; raises BadProposal."""
    reason = reason.strip()
    _within("reason", len(reason), REASON_LENGTH)
    return reason


def _within(part: str, length: int, bounds: tuple[int, int]) -> None:
    least, most = bounds
    if not least <= length <= most:
        raise BadProposal(part, length, least, most)


def with_suggestion(
    pack: Pack | None, suggestion: Suggestion, track: Track, rubric: Rubric | None, title: str
) -> Pack:
    """A workspace's pack of accepted suggestions with one more question, under the next version."""
    proposal = suggestion.proposal
    question = Question(
        id=_question_id(suggestion.id),
        pack=OWN_PACK,
        track=proposal.track,
        level=proposal.level,
        kind=proposal.kind,
        title=title,
        text=proposal.text,
        why="",
        stages=(),
        topics=(),
        time_box=OWN_TIME_BOX,
        hints=(),
        key_points=proposal.points,
        follow_ups=(),
        mistakes=(),
        sample_answer=SampleAnswer("", ""),
        sources=(),
    )
    before = pack or Pack(OWN_PACK, 0, "Suggested by members", "", (), (), ())
    tracks = (*before.tracks, *(() if track in before.tracks else (track,)))
    known = any(known.kind is proposal.kind for known in before.rubrics)
    rubrics = before.rubrics if rubric is None or known else (*before.rubrics, rubric)
    questions = (*before.questions, question)
    return Pack(OWN_PACK, before.version + 1, before.title, before.notice, tracks, rubrics, questions)


def _question_id(id_: str) -> str:
    """An id by the rules of packs, so that an exported sheet can be imported; Slack's ids have capitals."""
    return f"{OWN_PACK}-{_NOT_IN_ID.sub('-', id_.casefold())}"[:_LONGEST_ID]


def title_of(text: str) -> str:
    """The first sentence of a question's text, cut at a blank if it is long."""
    line = " ".join(text.split())
    for end in ("? ", ". ", "! "):
        line = line.split(end)[0] + end.strip() if end in line else line
    if len(line) <= TITLE_LENGTH:
        return line
    return line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
