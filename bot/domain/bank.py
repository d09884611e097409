"""All installed questions, found by filters, and the choice of the next one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property, lru_cache
from hashlib import blake2b
from math import gcd

from bot.domain.coverage import Kin, kin_of
from bot.domain.gold import GoldAnswer
from bot.domain.guides import Guide, GuideKind, Loop
from bot.domain.questions import Filters, Kind, Level, Pack, Question, Rubric, Track
from bot.domain.refusals import Refusal

_COMPARED = 64
"""Characters of an unknown value that are compared with the known ones."""

APART = 10
"""So many questions come between two that are nearly the same, where the pool is large enough for it."""

_SPARE = 20
"""Kin are begun with so many questions to spare, as those of others may stand in their way."""


@dataclass(eq=False)
class NoSuchValue(Refusal):
    """An option has no such value; `nearest` is the closest known one, if any is close."""

    option: str
    text: str
    nearest: str | None
    known: tuple[str, ...]


@dataclass(eq=False)
class EmptyPool(Refusal):
    """No installed question has all that was asked for."""

    filters: Filters


@dataclass(eq=False)
class NoSuchQuestion(Refusal):
    """No installed pack has a question of this id (any more)."""

    id: str


@dataclass(frozen=True)
class Pool:
    """The questions that pass some filters, in the packs' order."""

    questions: tuple[Question, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the pool's questions."""
        return frozenset(question.id for question in self.questions)


@dataclass(frozen=True)
class Bank:
    """Every question of the installed packs; immutable, so a pool is found once and kept."""

    packs: tuple[Pack, ...]
    _pools: dict[Filters, Pool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the packs' order."""
        return tuple(question for pack in self.packs for question in pack.questions)

    def question(self, id_: str) -> Question:
        """A question by its id; raises NoSuchQuestion."""
        if id_ not in self._by_id:
            raise NoSuchQuestion(id_)
        return self._by_id[id_]

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks that have questions, each once."""
        used = {question.track for question in self.questions}
        named = {track.id: track for pack in self.packs for track in pack.tracks if track.id in used}
        return tuple(named.values())

    def rubric(self, question: Question) -> Rubric | None:
        """The rubric of a question's kind, from its own pack."""
        rubrics = (r for pack in self.packs if pack.id == question.pack for r in pack.rubrics)
        return next((rubric for rubric in rubrics if rubric.kind is question.kind), None)

    @cached_property
    def kin(self) -> Kin:
        """The questions that are nearly the same as a question, by id."""
        return {id_: kin for pack in self.packs for id_, kin in kin_of(pack).items()}

    def guides(self, kind: GuideKind) -> tuple[Guide, ...]:
        """The guides of a kind, in the packs' order."""
        return tuple(guide for pack in self.packs for guide in pack.guides if guide.kind is kind)

    def guide(self, kind: GuideKind, id_: str) -> Guide | None:
        """A guide by its kind and id."""
        return next((guide for guide in self.guides(kind) if guide.id == id_), None)

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """How the interviews of each role follow each other, in the packs' order."""
        return tuple(loop for pack in self.packs for loop in pack.loops)

    def gold(self, track: str) -> tuple[GoldAnswer, ...]:
        """The gold answers to questions of a track, in the packs' order; none for an unknown track."""
        return tuple(gold for gold in self._gold.values() if self._by_id[gold.question].track == track)

    def gold_answer(self, id_: str) -> GoldAnswer | None:
        """A gold answer by its id, whose question is there too."""
        return self._gold.get(id_)

    @cached_property
    def _gold(self) -> dict[str, GoldAnswer]:
        """By id; of two packs with one id, as an own pack may have an installed one's, the first counts."""
        found: dict[str, GoldAnswer] = {}
        for gold in (gold for pack in self.packs for gold in pack.gold if gold.question in self._by_id):
            found.setdefault(gold.id, gold)
        return found

    def values(self, option: str) -> tuple[str, ...]:
        """What an option of `/question` may be: `track`, `level`, `topic`, `kind` or `stage`."""
        return self._values[option]

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        return {
            "track": tuple(track.id for track in self.tracks),
            "level": tuple(Level),
            "kind": tuple(Kind),
            "topic": tuple(sorted({topic for q in self.questions for topic in q.topics})),
            "stage": tuple(sorted({stage for q in self.questions for stage in q.stages})),
        }

    def pool(self, filters: Filters) -> Pool:
        """The questions that pass `filters`; raises NoSuchValue or EmptyPool."""
        if filters not in self._pools:
            self._check(filters)
            self._pools[filters] = Pool(tuple(q for q in self.questions if passes(q, filters)))
        found = self._pools[filters]
        if not found.questions:
            raise EmptyPool(filters)
        return found

    def _check(self, filters: Filters) -> None:
        for part in fields(filters):
            text = getattr(filters, part.name)
            known = self.values(part.name)
            if text is not None and text not in known:
                close = get_close_matches(text[:_COMPARED].casefold(), known, n=1, cutoff=0.5)
                raise NoSuchValue(part.name, text, close[0] if close else None, known)


def passes(question: Question, filters: Filters) -> bool:
    """Whether a question is what the filters ask for."""
    return (
        filters.track in (None, question.track)
        and filters.level in (None, question.level)
        and filters.kind in (None, question.kind)
        and (filters.topic is None or filters.topic in question.topics)
        and (filters.stage is None or filters.stage in question.stages)
    )


def pick(
    pool: Pool,
    asked: Mapping[str, int],
    seen: Collection[str],
    seed: int,
    recent: Sequence[str] = (),
    kin: Kin | None = None,
) -> Question:
    """Choose the next question of a channel: none comes again before all of the pool have come.

    `asked` counts how often each question was asked in the channel, `seen` are those that the asking member
    met anywhere; among the least asked ones an unseen one is preferred. Of those, one comes that is not nearly
    the same (`kin`) as one of the last APART of the channel (`recent`, newest first), or whose kin came longest
    ago. The order depends on `seed` and on how often the pool was used up. Without kin the cost grows with
    what was asked, not with the pool.
    """
    size = len(pool.questions)
    met = [id_ for id_ in asked if id_ in pool.ids]
    cycle = 0 if len(met) < size else min(asked[id_] for id_ in met)
    left = size - sum(1 for id_ in met if asked[id_] > cycle)
    stride, offset = _order(seed, cycle, size)
    best: Question | None = None
    best_rank = (False, -1, -1)
    for step in range(size):  # from the first, so that what was put off comes as soon as it may
        question = pool.questions[(step * stride + offset) % size]
        if asked.get(question.id, 0) == cycle:
            alike = kin.get(question.id, frozenset()) if kin else frozenset()
            still = sum(1 for id_ in alike if id_ in pool.ids and asked.get(id_, 0) == cycle)
            rank = (question.id not in seen, _distance(alike, recent), _pressing(still, left))
            if rank > best_rank:
                best, best_rank = question, rank
            if not kin and rank[0]:
                break
    assert best is not None, "a pool is never empty, and some question has come least often"
    return best


def _distance(alike: Collection[str], recent: Sequence[str]) -> int:
    """How many questions came since the last of those that are alike; APART for at least so many."""
    return next((since for since, id_ in enumerate(recent[:APART]) if id_ in alike), APART)


def _pressing(still: int, left: int) -> int:
    """How much a question with so many kin still to come must be asked now, for them to fit in what is left."""
    return max(0, still * (APART + 1) + _SPARE - left) if still else 0


@lru_cache(maxsize=4096)
def _order(seed: int, cycle: int, size: int) -> tuple[int, int]:
    """A walk over all indices below `size`: step `n` visits `n * stride + offset`, each index once."""
    digest = blake2b(f"{seed}:{cycle}".encode(), digest_size=16).digest()
    stride = int.from_bytes(digest[:8], "big") % size or 1
    while gcd(stride, size) != 1:
        stride += 1
    return stride, int.from_bytes(digest[8:], "big") % size


def bank_of(packs: Iterable[Pack]) -> Bank:
    """The bank of some packs."""
    return Bank(tuple(packs))
