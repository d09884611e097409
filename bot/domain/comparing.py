"""Pairwise rounds: which of two answers to one question is stronger, and the tally that ranks them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.places import Member
from bot.domain.refusals import Refusal
from bot.domain.rounds import Answer

WHY_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one question, by id, in the order of their ids."""

    first: str
    second: str

    def __post_init__(self) -> None:
        if self.first >= self.second:
            raise ValueError("a pair has two ids in order")

    @classmethod
    def of(cls, one: str, other: str) -> "Pair":
        """The pair of two different ids in whatever order."""
        return cls(min(one, other), max(one, other))

    @property
    def value(self) -> str:
        """As a button carries it."""
        return f"{self.first}/{self.second}"

    @classmethod
    def read(cls, value: str) -> "Pair":
        """A pair from a button's value. Refuses NoSuchPair."""
        first, _, second = value.partition("/")
        if not first or not second or first >= second:
            raise NoSuchPair
        return cls(first, second)


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's word on a pair; the last one counts, once. `version` counts the changes of mind from 1."""

    member: Member
    pair: Pair
    stronger: str
    why: str
    at: datetime
    version: int = 1

    @property
    def weaker(self) -> str:
        """The other answer."""
        return self.pair.second if self.stronger == self.pair.first else self.pair.first


class NoSuchPair(Refusal):
    """These are not two standing answers of this workspace to one question."""


class OwnPair(Refusal):
    """One of the two answers is the member's own."""


class NothingToCompare(Refusal):
    """No two answers to one question wait for the member's word."""


def choose_pair(
    answers: Iterable[tuple[Answer, str]], member: Member, judged: Iterable[Pair], votes: Iterable[Pair]
) -> Pair | None:
    """The two answers that the member compares next; `answers` come with their questions' ids.

    Never with an own answer, never a pair that the member judged; those of which least is known come first: the pair
    whose answers stand in the fewest votes together, then the oldest.
    """
    done, known = set(judged), _appearances(votes)
    by_question: dict[str, list[Answer]] = {}
    for answer, question in answers:
        if answer.member != member and answer.withdrawn_at is None:
            by_question.setdefault(question, []).append(answer)
    best: tuple[tuple[int, datetime, str], Pair] | None = None
    for group in by_question.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                pair = Pair.of(one.id, other.id)
                if pair in done or one.member == other.member:
                    continue
                load = known.get(one.id, 0) + known.get(other.id, 0)
                order = (load, max(one.at, other.at), pair.value)
                if best is None or order < best[0]:
                    best = order, pair
    return best[1] if best is not None else None


def _appearances(votes: Iterable[Pair]) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in votes:
        for id_ in (pair.first, pair.second):
            found[id_] = found.get(id_, 0) + 1
    return found


@dataclass(frozen=True, slots=True)
class Rank:
    """An answer's place among those to its question, from 1; equal strengths share one. `votes` are those it is in."""

    place: int
    answer: Answer
    wins: int
    votes: int


def ranked(answers: Sequence[Answer], strengths: Sequence[float], votes: Sequence[Vote]) -> tuple[Rank, ...]:
    """Answers that stand in a vote, the strongest first; `strengths` are of `answers`, in their order."""
    found: list[Rank] = []
    held: float | None = None
    for strength, answer in sorted(
        zip(strengths, answers, strict=True), key=lambda one: (-round(one[0], 9), one[1].at, one[1].id)
    ):
        of = [vote for vote in votes if answer.id in (vote.pair.first, vote.pair.second)]
        if not of:
            continue
        same = held is not None and round(strength, 9) == round(held, 9)
        place = found[-1].place if same else len(found) + 1
        held = strength
        found.append(Rank(place, answer, sum(vote.stronger == answer.id for vote in of), len(of)))
    return tuple(found)
