"""The form of `coverage`, a pack's list of subjects, and of `guidance`, the ids of further facts."""

from collections.abc import Sequence

from bot.domain.questions import Coverage, Kind, Subject
from bot.packs.fields import Fields
from bot.packs.findings import Notes, nearest, shown
from bot.packs.header import LONGEST_LINE, Header, refuse_twins
from bot.packs.yaml_tree import Table, Text

MOST_SUBJECTS = 1_000
CHECKLIST = "checklist"
"""The kind of a subject that no question asks about."""

NAMES = ("coverage", "guidance")
"""The fields of a file that this module reads."""

_KINDS = (*Kind, CHECKLIST)


def coverage_in(files: Sequence[Fields], header: Header | None, notes: Notes) -> Coverage | None:
    """The subjects in a pack's files; None when no file lists any."""
    if not any(fields.has(name) for fields in files for name in NAMES):
        return None
    tables = [table for fields in files for table in fields.children("coverage", MOST_SUBJECTS)]
    refuse_twins("subject", tables, notes)
    tracks = [track.id for track in header.tracks] if header else []
    known = {node.text.strip() for table in tables if isinstance(node := table.node("id"), Text)}
    subjects = tuple(_subject(table, tracks, sorted(known), notes) for table in tables)
    guidance = (id_ for fields in files for id_ in fields.texts("guidance", LONGEST_LINE, MOST_SUBJECTS))
    return Coverage(subjects, tuple(guidance))


def _subject(table: Table, tracks: Sequence[str], known: Sequence[str], notes: Notes) -> Subject:
    id_node = table.node("id")
    path = f"subject {id_node.text}" if isinstance(id_node, Text) else "subject"
    fields = Fields(table, path, notes, ("id", "track", "kind"), ("cluster", "near"))
    kind = fields.choice("kind", _KINDS)
    near = fields.texts("near", LONGEST_LINE)
    for index, other in enumerate(near):
        if other not in known:
            told = f"No subject has the id `{shown(other)}`; {nearest(other, known)}"
            notes.add(notes.places[f"{path}.near.{index}"], told)
    return Subject(
        id=fields.id("id"),
        track=(fields.choice("track", tracks) if tracks else None) or "",
        kind=None if kind in (None, CHECKLIST) else Kind(kind),
        cluster=fields.id("cluster") if fields.has("cluster") else None,
        near=near,
    )
