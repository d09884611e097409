"""The header of a pack: its id, version, title, notice, tracks and rubrics."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.questions import Criterion, Kind, Rubric, Track
from bot.domain.reviews import CRITERIA
from bot.packs.fields import Fields
from bot.packs.findings import Finding, Notes, PackError, Place, shown
from bot.packs.yaml_tree import Listing, Table, Text

FORMAT = 1
"""The form of pack files that is read here; a header may name it as `format`."""

LONGEST_TITLE = 150
LONGEST_LINE = 500
"""Characters of a hint, a follow-up, a mistake, a source, a rubric's step, or a notice, at most."""

_FIELDS = ("id", "version", "title", "notice", "tracks", "rubrics")


@dataclass(frozen=True, slots=True)
class Header:
    """What a pack says of itself, before its questions."""

    id: str
    version: int
    title: str
    notice: str
    tracks: tuple[Track, ...]
    rubrics: tuple[Rubric, ...]


def only_header(files: Sequence[Fields], notes: Notes, *, whole: bool) -> Header | None:
    """The one header among the files of a pack, to which the other files must belong by its id."""
    header, at = None, None
    for fields in files:
        if isinstance(node := fields.node("pack"), Table):
            if at is None:
                header, at = _header(node, notes), node.place
            else:
                told = f"The pack has its header in {at.file}:{at.line}; write only its id here."
                notes.add(node.place, told)
        elif isinstance(node, Listing):
            notes.add(node.place, "`pack` must be the header, a mapping, or the pack's id, and is a list.")
    names = [node for fields in files if isinstance(node := fields.node("pack"), Text)]
    if at is None and names and whole:
        notes.add(names[0].place, "No file of the pack has its header; write it, as a mapping under `pack`.")
    for name in names:
        if header and header.id and name.text.strip() != header.id:
            wrong = f"This file belongs to the pack `{shown(name.text)}`"
            notes.add(name.place, f"{wrong}, and the header says `{header.id}`; make them the same.")
    return header


def refuse_twins(what: str, tables: Sequence[Table], notes: Notes, key: str = "id") -> None:
    """Note every mapping that has the same key as one before it, with both places."""
    first: dict[str, Place] = {}
    for table in tables:
        node = table.node(key)
        if isinstance(node, Text):
            at = first.setdefault(node.text.strip(), node.place)
            if at is not node.place:
                both = f"in {at.file}:{at.line} and here"
                twice = f"The {what} `{shown(node.text)}` stands twice, {both}"
                notes.add(node.place, f"{twice}; rename or remove one.")


def _header(node: Table, notes: Notes) -> Header:
    _refuse_newer_format(node)
    id_node = node.node("id")
    path = f"pack {id_node.text}" if isinstance(id_node, Text) else "pack"  # no question's id has a space
    fields = Fields(node, path, notes, _FIELDS, ("format",))
    if fields.has("format"):
        fields.number("format", 1, FORMAT)
    tracks, rubrics = list(fields.children("tracks")), list(fields.children("rubrics"))
    refuse_twins("track", tracks, notes)
    refuse_twins("rubric", rubrics, notes, key="kind")
    return Header(
        id=fields.id("id"),
        version=fields.number("version", 1, 999_999) or 1,
        title=fields.text("title", LONGEST_TITLE),
        notice=fields.text("notice", LONGEST_LINE),
        tracks=tuple(_track(table, f"{path}.tracks", notes) for table in tracks),
        rubrics=tuple(rubric for table in rubrics if (rubric := _rubric(table, f"{path}.rubrics", notes))),
    )


def _refuse_newer_format(header: Table) -> None:
    """Raise PackError at once: whatever else a newer format has, findings about it would mislead."""
    node = header.node("format")
    number = node.text if isinstance(node, Text) else ""
    if number.isascii() and number.isdecimal() and len(number) < 9 and int(number) > FORMAT:
        told = f"The pack has format {number}, and this bot reads format {FORMAT}; update the bot."
        raise PackError([Finding(*header.place, told)])


def _track(table: Table, path: str, notes: Notes) -> Track:
    fields = Fields(table, path, notes, ("id", "title"))
    return Track(fields.id("id"), fields.text("title", LONGEST_TITLE))


def _rubric(table: Table, path: str, notes: Notes) -> Rubric | None:
    fields = Fields(table, path, notes, ("kind", "criteria"))
    kind = fields.choice("kind", tuple(Kind))
    criteria = list(fields.children("criteria", CRITERIA, CRITERIA))
    refuse_twins("criterion", criteria, notes)
    read = tuple(_criterion(each, f"{path}.{kind}", notes) for each in criteria)
    return Rubric(Kind(kind), read) if kind else None


def _criterion(table: Table, path: str, notes: Notes) -> Criterion:
    fields = Fields(table, path, notes, ("id", "title", "steps"))
    id_ = fields.id("id")
    steps = ("", "", "")
    if (child := fields.child("steps")) is not None:
        each = Fields(child, f"{path}.{id_}", notes, ("1", "3", "5"))
        steps = (each.text("1", LONGEST_LINE), each.text("3", LONGEST_LINE), each.text("5", LONGEST_LINE))
    return Criterion(id_, fields.text("title", LONGEST_TITLE), steps)
