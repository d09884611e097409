"""The form of a pack: the trees of its files become a Pack, or findings say what to mend.

Lengths are in characters. They are checked here so that no question fails later, when it is posted (row 17 of
the bad-input table).
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.questions import Kind, Level, Pack, Question, SampleAnswer, TimeBox
from bot.packs import coverage_schema, gold_schema, guide_schema
from bot.packs.fields import Fields
from bot.packs.findings import Notes, Place
from bot.packs.header import LONGEST_LINE, LONGEST_TITLE, Header, only_header, refuse_twins
from bot.packs.yaml_tree import Node, Table, Text

MOST_QUESTIONS = 2_000
MOST_HINTS = 3
LONGEST_TEXT = 3_000
LONGEST_WHY = 600
LONGEST_KEY_POINT = 200
LONGEST_SHORT_SAMPLE = 2_000
LONGEST_WORD = 60
"""A stage or a topic."""
LONGEST_MINUTES = 240

_QUESTION = (
    *("id", "track", "level", "kind", "title", "text", "why", "stages", "topics", "time_box", "hints"),
    *("key_points", "follow_ups", "mistakes", "sample_answer", "sources"),
)
_SECTIONS = ("questions", *guide_schema.NAMES, *coverage_schema.NAMES, *gold_schema.NAMES)
_LEVELS = tuple(Level)
_KINDS = tuple(Kind)


def pack_of(
    trees: Mapping[str, Node | None], notes: Notes, *, whole: bool, given: Header | None = None
) -> Pack | None:
    """The pack that these files make together; None when it has no sound header.

    `trees` has None for an empty file. `whole` is false when a file is left out because it could not be
    read: then a missing header is not noted. `given` is the header of a sheet, whose questions may lack fields.
    What comes back means nothing before `notes.settle()`. Raises PackError at once for a newer format.
    """
    files = list(_mappings(trees, notes))
    header = given or only_header(files, notes, whole=whole)
    tables = [table for fields in files for table in _questions_in(fields, notes)]
    if len(tables) > MOST_QUESTIONS:
        place = tables[MOST_QUESTIONS].place
        notes.add(place, f"The pack has over {MOST_QUESTIONS:,} questions, from here on; split it.")
        return None
    if not tables and whole and header is not None:
        notes.add(files[0].table.place, "The pack has no question; write at least one under `questions`.")
    questions = tuple(_question(table, header, notes, () if given else _QUESTION) for table in tables)
    refuse_twins("question", tables, notes)
    guides = guide_schema.guides_in(files, header, notes)
    loops = guide_schema.loops_in(files, header, guides, notes)
    coverage = coverage_schema.coverage_in(files, header, notes)
    gold = gold_schema.gold_in(files, questions, header, notes)
    if header is None:
        return None
    about = (header.id, header.version, header.title, header.notice, header.tracks, header.rubrics)
    return Pack(*about, questions, guides, loops, coverage, gold)


def _mappings(trees: Mapping[str, Node | None], notes: Notes) -> Iterator[Fields]:
    for file, tree in trees.items():
        if isinstance(tree, Table):
            yield Fields(tree, file, notes, ("pack",), _SECTIONS)
        else:
            wanted = "A pack must be a mapping with `pack` and `questions`"
            notes.add(tree.place if tree else Place(file), f"{wanted}; begin the file with `pack:`.")


def _questions_in(fields: Fields, notes: Notes) -> list[Table]:
    # A file with the header may leave them to the other files, and one with guides is there for those.
    bare = not any(fields.has(name) for name in _SECTIONS)
    if bare and isinstance(fields.node("pack"), Text):
        notes.add(fields.table.place, "The field `questions` is missing here; add it, or take the file out.")
    return list(fields.children("questions", MOST_QUESTIONS, least=0))


def _question(table: Table, header: Header | None, notes: Notes, needed: Sequence[str]) -> Question:
    id_node = table.node("id")
    fields = Fields(table, id_node.text if isinstance(id_node, Text) else "", notes, needed, _QUESTION)
    level = fields.choice("level", _LEVELS)
    kind = fields.choice("kind", _KINDS)
    # Without sound tracks in the header, every question would be blamed for it.
    tracks = [track.id for track in header.tracks] if header else []
    track = fields.choice("track", tracks) if tracks else None
    if kind and header and header.rubrics and kind not in [rubric.kind for rubric in header.rubrics]:
        told = f"The pack has no rubric for the kind `{kind}`; add one to its header."
        notes.add(fields.place("kind"), told)
    return Question(
        id=fields.id("id"),
        pack=header.id if header else "",
        track=track or "",
        level=Level(level or Level.JUNIOR),
        kind=Kind(kind or Kind.CODING),
        title=fields.text("title", LONGEST_TITLE),
        text=fields.text("text", LONGEST_TEXT),
        why=fields.text("why", LONGEST_WHY),
        stages=fields.texts("stages", LONGEST_WORD),
        topics=fields.texts("topics", LONGEST_WORD),
        time_box=_time_box(fields, notes),
        hints=fields.texts("hints", LONGEST_LINE, MOST_HINTS),
        key_points=fields.texts("key_points", LONGEST_KEY_POINT),
        follow_ups=fields.texts("follow_ups", LONGEST_LINE),
        mistakes=fields.texts("mistakes", LONGEST_LINE),
        sample_answer=_sample(fields, notes),
        sources=fields.texts("sources", LONGEST_LINE),
    )


def _time_box(question: Fields, notes: Notes) -> TimeBox:
    if (child := question.child("time_box")) is None:
        return TimeBox(1, 1)
    fields = Fields(child, f"{question.path}.time_box", notes, ("first_pass", "full"))
    first_pass, full = (fields.number(name, 1, LONGEST_MINUTES) for name in ("first_pass", "full"))
    if first_pass and full and first_pass > full:
        notes.add(child.place, "`first_pass` is longer than `full`; it is a part of the full answer.")
    return TimeBox(first_pass or 1, full or 1)


def _sample(question: Fields, notes: Notes) -> SampleAnswer:
    if (child := question.child("sample_answer")) is None:
        return SampleAnswer("", "")
    fields = Fields(child, f"{question.path}.sample_answer", notes, ("short", "full"))
    return SampleAnswer(fields.text("short", LONGEST_SHORT_SAMPLE), fields.text("full", LONGEST_TEXT))
