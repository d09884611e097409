"""The form of guides and loops in a pack's files.

A section holds the guides of one kind; what their points are called there is as people speak of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.guides import Guide, GuideKind, Loop, LoopStep, Span
from bot.packs.fields import Fields
from bot.packs.findings import Notes, nearest, shown
from bot.packs.header import LONGEST_LINE, LONGEST_TITLE, Header, refuse_twins
from bot.packs.yaml_tree import Table, Text

LONGEST_INTRODUCTION = 1_000
MOST_GUIDES = 100
"""Guides of one kind, at most."""
MOST_SOURCES = 60
LONGEST_MINUTES = 480
MOST_INTERVIEWS = 20


@dataclass(frozen=True, slots=True)
class Section:
    """Where the guides of a kind stand in a file, and what their points are called there."""

    name: str
    kind: GuideKind
    points: str


SECTIONS = (
    Section("stages", GuideKind.STAGE, "judges"),
    Section("frames", GuideKind.FRAME, "steps"),
    Section("checklists", GuideKind.CHECKLIST, "items"),
    Section("values", GuideKind.VALUE, "shows"),
    Section("mistakes", GuideKind.MISTAKES, "items"),
)
LOOPS = "loops"
NAMES = (*(section.name for section in SECTIONS), LOOPS)
"""The fields of a file that this module reads."""


def path_of(kind: str, id_: str) -> str:
    """The name under which the places of a guide are remembered; no question's id has a blank."""
    return f"guide {kind} {id_}"


def guides_in(files: Sequence[Fields], header: Header | None, notes: Notes) -> tuple[Guide, ...]:
    """The guides of all kinds in a pack's files."""
    found: list[Guide] = []
    for section in SECTIONS:
        tables = [table for fields in files for table in fields.children(section.name, MOST_GUIDES)]
        refuse_twins(f"{section.kind} guide", tables, notes)
        found += [_guide(table, section, header, notes) for table in tables]
    return tuple(found)


def _guide(table: Table, section: Section, header: Header | None, notes: Notes) -> Guide:
    needed = ("id", "title", "text", section.points, "sources")
    fields = Fields(table, path_of(section.kind, _id_in(table)), notes, needed, ("tips",))
    return Guide(
        id=fields.id("id"),
        pack=header.id if header else "",
        kind=section.kind,
        title=fields.text("title", LONGEST_TITLE),
        text=fields.text("text", LONGEST_INTRODUCTION),
        points=fields.texts(section.points, LONGEST_LINE),
        tips=fields.texts("tips", LONGEST_LINE),
        sources=fields.texts("sources", LONGEST_LINE, MOST_SOURCES),
    )


def loops_in(
    files: Sequence[Fields], header: Header | None, guides: Iterable[Guide], notes: Notes
) -> tuple[Loop, ...]:
    """The loops in a pack's files; each of their stages must have its guide."""
    tables = [table for fields in files for table in fields.children(LOOPS, MOST_GUIDES)]
    refuse_twins("loop", tables, notes)
    stages = tuple(guide.id for guide in guides if guide.kind is GuideKind.STAGE)
    return tuple(_loop(table, header, stages, notes) for table in tables)


def _loop(table: Table, header: Header | None, stages: Sequence[str], notes: Notes) -> Loop:
    path = path_of("loop", _id_in(table))
    fields = Fields(table, path, notes, ("id", "track", "title", "note", "steps", "sources"))
    tracks = [track.id for track in header.tracks] if header else []
    return Loop(
        id=fields.id("id"),
        pack=header.id if header else "",
        track=(fields.choice("track", tracks) if tracks else None) or "",
        title=fields.text("title", LONGEST_TITLE),
        note=fields.text("note", LONGEST_LINE),
        steps=tuple(_steps(fields, path, stages, notes)),
        sources=fields.texts("sources", LONGEST_LINE, MOST_SOURCES),
    )


def _steps(loop: Fields, path: str, stages: Sequence[str], notes: Notes) -> Iterator[LoopStep]:
    for number, table in enumerate(loop.children("steps")):
        further = ("interviews", "minutes", "optional")
        fields = Fields(table, f"{path}.steps.{number}", notes, ("stage", "judges"), further)
        stage = fields.id("stage")
        if stage and stage not in stages:
            told = f"No stage `{shown(stage)}` stands under `stages`; {nearest(stage, stages)}"
            notes.add(fields.place("stage"), told)
        optional = fields.choice("optional", ("yes", "no")) if fields.has("optional") else "no"
        yield LoopStep(
            stage=stage,
            interviews=_span(fields, "interviews", MOST_INTERVIEWS, notes),
            minutes=_span(fields, "minutes", LONGEST_MINUTES, notes),
            optional=optional == "yes",
            judges=fields.text("judges", LONGEST_LINE),
        )


def _span(step: Fields, name: str, most: int, notes: Notes) -> Span | None:
    """A number, or a mapping with `least` and `most`; None when there is none, or after a finding."""
    if isinstance(step.node(name), Text):
        number = step.number(name, 1, most)
        return Span(number, number) if number else None
    if (table := step.child(name)) is None:
        return None
    fields = Fields(table, f"{step.path}.{name}", notes, ("least", "most"))
    least, greatest = (fields.number(end, 1, most) for end in ("least", "most"))
    if least is None or greatest is None:
        return None
    if least > greatest:
        notes.add(table.place, f"`least` is above `most` in `{name}`; exchange the two.")
    return Span(least, greatest)


def _id_in(table: Table) -> str:
    node = table.node("id")
    return node.text.strip() if isinstance(node, Text) else ""
