"""What a sheet of questions cannot say of its pack is taken from the packs beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.questions import Pack, Rubric, Track


def fitted(pack: Pack, beside: Sequence[Pack], before: Pack | None) -> Pack:
    """A pack without a version (0, from a sheet) with its version, and the rubrics and track titles of others.

    The version is that of `before`, the pack of this id that is there, when nothing differs, else the next one;
    packs that come first in `beside` win. A pack that has a version is left as it is.
    """
    if pack.version:
        return pack
    titles = {track.id: track.title for each in reversed(beside) for track in each.tracks}
    tracks = tuple(Track(track.id, titles.get(track.id, track.title)) for track in pack.tracks)
    made = replace(pack, tracks=tracks, rubrics=_rubrics(pack, beside))
    if before is None:
        return replace(made, version=1)
    same = replace(made, version=before.version)
    return same if same == before else replace(made, version=before.version + 1)


def _rubrics(pack: Pack, beside: Iterable[Pack]) -> tuple[Rubric, ...]:
    asked = {question.kind for question in pack.questions}
    found: dict[str, Rubric] = {}
    for each in beside:
        for rubric in each.rubrics:
            if rubric.kind in asked:
                found.setdefault(rubric.kind, rubric)
    return tuple(found.values())
