"""What a pack's questions and guides rest on: subjects by id, which of them are alike, and which are missing."""

from collections.abc import Iterable, Mapping
from itertools import chain

from bot.domain.guides import GuideKind
from bot.domain.questions import Pack, Question, Subject

Kin = Mapping[str, frozenset[str]]
"""The questions that are nearly the same as a question, by id; a question that has none is left out."""


def missing(pack: Pack) -> tuple[Subject, ...]:
    """The subjects that the pack does not cover, in their order.

    A checklist covers what it names as a source. A question covers its own subject, which is its first source, and
    of clusters also what else it names.
    """
    if pack.coverage is None:
        return ()
    own = {question.sources[0] for question in pack.questions if question.sources}
    named = {source for question in pack.questions for source in question.sources}
    lists = (guide for guide in pack.guides if guide.kind is GuideKind.CHECKLIST)
    listed = {source for guide in lists for source in guide.sources}

    def covered(subject: Subject) -> bool:
        if subject.kind is None:
            return subject.id in listed
        return subject.id in own or (subject.cluster is not None and subject.id in named)

    return tuple(subject for subject in pack.coverage.subjects if not covered(subject))


def kin_of(pack: Pack) -> Kin:
    """Which questions of a pack are nearly the same: about one subject, of one cluster, or near each other."""
    if pack.coverage is None:
        return {}
    alike = _alike(pack.coverage.subjects)
    about: dict[str, set[str]] = {}
    for question in pack.questions:
        for source in question.sources:
            about.setdefault(source, set()).add(question.id)

    def kin(question: Question) -> frozenset[str]:
        subjects = chain.from_iterable(alike.get(source, ()) for source in question.sources)
        found = chain.from_iterable(about.get(subject, ()) for subject in subjects)
        return frozenset(found) - {question.id}

    return {question.id: found for question in pack.questions if (found := kin(question))}


def _alike(subjects: Iterable[Subject]) -> dict[str, set[str]]:
    """Each subject with itself, its cluster and what is near it; checklist items are like nothing."""
    asked = {subject.id: subject for subject in subjects if subject.kind is not None}
    alike = {id_: {id_} for id_ in asked}
    clusters: dict[str, set[str]] = {}
    for subject in asked.values():
        if subject.cluster is not None:
            clusters.setdefault(subject.cluster, set()).add(subject.id)
        for other in subject.near:
            if other in asked:
                alike[subject.id].add(other)
                alike[other].add(subject.id)
    for members in clusters.values():
        for member in members:
            alike[member] |= members
    return alike
