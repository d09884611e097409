"""House rules for guides, and for what questions and guides refer to: sources, and stages of interviews."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.domain.guides import Guide, GuideKind, Loop
from bot.domain.questions import Pack
from bot.packs.findings import nearest, shown
from bot.packs.guide_schema import SECTIONS, path_of

GUIDE_LENGTH = 2_800
"""Characters of a guide with its title, points and tips: a card that stays one message everywhere."""
POINTS = (2, 15)
POINT_LENGTH = 320
"""Characters of one point or tip: some six lines on a phone."""

_POINTS_OF = {section.kind: section.points for section in SECTIONS}


def breaches_of_guides(pack: Pack) -> Iterator[tuple[str, str]]:
    """What is too long in a pack's guides for a phone, each with the path where it stands."""
    least, most = POINTS
    for guide in pack.guides:
        path = path_of(guide.kind, guide.id)
        if not least <= len(guide.points) <= most:
            rule = f"The house rule for a guide is {least} to {most} points"
            yield path, f"{rule}, and here are {len(guide.points)}."
        length = sum(map(len, (guide.title, guide.text, *guide.points, *guide.tips)))
        if length > GUIDE_LENGTH:
            rule = f"The house rule for a guide is at most {GUIDE_LENGTH:,} characters in all"
            yield path, f"{rule}, and this has {length:,}."
        for text in (*guide.points, *guide.tips):
            if len(text) > POINT_LENGTH:
                rule = f"The house rule for a point is at most {POINT_LENGTH} characters"
                yield path, f"{rule}, and “{shown(text)}” has {len(text)}."


def breaches_of_references(pack: Pack) -> Iterator[tuple[str, str]]:
    """Sources that the pack's coverage does not know, and stages that have no guide; without those, none."""
    if pack.coverage is not None:
        known = sorted(pack.coverage.ids)
        for path, sources in _sources(pack):
            yield from _unknown("source", f"{path}.sources", sources, known)
    stages = [guide.id for guide in pack.guides if guide.kind is GuideKind.STAGE]
    if stages:
        for question in pack.questions:
            yield from _unknown("stage", f"{question.id}.stages", question.stages, stages)


def texts_of_guides(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of the guides and loops that people read, with its path."""
    for guide in pack.guides:
        path = path_of(guide.kind, guide.id)
        points = _POINTS_OF[guide.kind]
        texts = chain(("title", "text"), (f"{points}.{number}" for number in range(len(guide.points))))
        names = chain(texts, (f"tips.{number}" for number in range(len(guide.tips))))
        for name, text in zip(names, (guide.title, guide.text, *guide.points, *guide.tips), strict=True):
            yield f"{path}.{name}", text
    for loop in pack.loops:
        path = path_of("loop", loop.id)
        yield f"{path}.note", loop.note
        for number, step in enumerate(loop.steps):
            yield f"{path}.steps.{number}.judges", step.judges


def _sources(pack: Pack) -> Iterator[tuple[str, Sequence[str]]]:
    for question in pack.questions:
        yield question.id, question.sources
    referring: tuple[Guide | Loop, ...] = (*pack.guides, *pack.loops)
    for one in referring:
        kind = one.kind if isinstance(one, Guide) else "loop"
        yield path_of(kind, one.id), one.sources


def _unknown(what: str, path: str, given: Sequence[str], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, word in enumerate(given):
        if word not in known:
            yield f"{path}.{index}", f"Unknown {what} `{shown(word)}`; {nearest(word, known)}"
