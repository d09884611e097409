"""`content coverage`: the subjects of the packs by track, what no question or checklist covers."""

from collections.abc import Sequence
from pathlib import Path

import typer

from bot.app import bank_for
from bot.commandline.errors import MEND_FIRST, explained, settings_for
from bot.domain.coverage import missing
from bot.domain.questions import Coverage, Pack, Subject
from bot.packs import read_ids

NO_LIST = "No installed pack lists subjects under `coverage`, so there is nothing to count."
_ROW = "{:<10} {:>12} {:>12}"


def run_content_coverage(against: Path | None, config: Path | None) -> int:
    """Print how many subjects are covered and which are not; gives 0, or 2 when one is missing.

    `against` is another list of subjects, in a file: those that the packs' own lists do not have count as missing.
    """
    with explained():
        packs = bank_for(settings_for(config)).packs
        listed = read_ids(against) if against else ()
    counted = [(pack, pack.coverage) for pack in packs if pack.coverage is not None]
    if not counted:
        typer.echo(NO_LIST, err=True)
        return MEND_FIRST
    faults = sum(_print_pack(pack, coverage) for pack, coverage in counted)
    own = {id_ for _, coverage in counted for id_ in coverage.ids}
    unlisted = [id_ for id_ in listed if id_ not in own]
    for id_ in unlisted:
        typer.echo(f"not in the packs' lists: {id_}")
    return MEND_FIRST if faults or unlisted else 0


def _print_pack(pack: Pack, coverage: Coverage) -> int:
    lacking = missing(pack)
    typer.echo(_ROW.format(pack.id, "questions", "checklists"))
    for track in dict.fromkeys(subject.track for subject in coverage.subjects):
        of_track = [subject for subject in coverage.subjects if subject.track == track]
        asked = [subject for subject in of_track if subject.kind is not None]
        items = [subject for subject in of_track if subject.kind is None]
        typer.echo(_ROW.format(track, _of(asked, lacking), _of(items, lacking)))
    for subject in lacking:
        typer.echo(f"missing: {subject.id} ({subject.track}, {subject.kind or 'checklist'})")
    number = len(coverage.subjects)
    typer.echo(f"{number - len(lacking)} of {number} covered")
    return len(lacking)


def _of(subjects: Sequence[Subject], lacking: Sequence[Subject]) -> str:
    covered = sum(subject not in lacking for subject in subjects)
    return f"{covered} of {len(subjects)}" if subjects else "-"
