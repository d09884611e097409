"""The cells of a sheet: one row becomes the tree of a question, and lists and texts become cells again.

In a cell of one line ` | ` separates the entries of a list; in one of several lines each line is an entry, and a line
that begins with two blanks goes on with the entry before it. A cell that a spreadsheet might take for a formula
begins with `'`, which is taken off when it is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bot.domain.questions import Kind, Level
from bot.domain.suggestions import OWN_TIME_BOX, title_of
from bot.packs.findings import Notes, Place
from bot.packs.schema import LONGEST_SHORT_SAMPLE
from bot.packs.yaml_tree import Listing, Node, Table, Text

COLUMNS = (
    *(
        "id",
        "track",
        "level",
        "kind",
        "title",
        "text",
        "why",
        "hints",
        "key_points",
        "follow_ups",
        "mistakes",
    ),
    *("stages", "topics", "first_pass", "full", "short_answer", "full_answer", "sources"),
)
NEEDED = ("track", "text", "key_points")
"""Columns that a sheet must have, with something in every row."""
LISTS = ("hints", "key_points", "follow_ups", "mistakes", "stages", "topics", "sources")
USUAL_LEVEL, USUAL_KIND = Level.MID, Kind.TECHNICAL_CONCEPT

_TEXTS = ("id", "track", "level", "kind", "title", "text", "why")
_BETWEEN = " | "
_GOES_ON = "  "
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_SHORT_NUMBER = re.compile(r"[0-9]{1,4}")
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a record, and the line that it begins in."""

    file: str
    line: int
    cells: tuple[str, ...]

    def place(self, column: int) -> Place:
        """Where a cell begins; columns count from 1."""
        return Place(
            self.file, self.line + sum(cell.count("\n") for cell in self.cells[: column - 1]), column
        )


def question_table(row: Row, columns: Mapping[str, int], pack: str, notes: Notes) -> Table:
    """The tree of a row's question, with what may be missing filled in; what may not is noted."""
    given = dict(_given(row, columns))
    for name in NEEDED:
        if name not in given and name in columns:
            notes.add(
                row.place(columns[name]), "This cell is empty, and every question needs it; fill it in."
            )
    entries: dict[str, Node] = {name: given[name] for name in _TEXTS if name in given}
    entries |= {name: _listing(given[name]) for name in LISTS if name in given}
    text = given.get("text", Text("", Place(row.file, row.line, 0), plain=False))
    title = given.get("title") or _like(text, title_of(text.text))
    if title.text:
        entries["title"] = title
        entries.setdefault("id", _like(title, _made_id(pack, title.text, text.text)))
    entries.setdefault("level", _like(text, USUAL_LEVEL))
    entries.setdefault("kind", _like(text, USUAL_KIND))
    entries["time_box"] = _time_box(given, text)
    if (sample := _sample(given)) is not None:
        entries["sample_answer"] = sample
    place = Place(row.file, row.line, 0)
    return Table({name: (node.place, node) for name, node in entries.items()}, place)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def list_cell(entries: Sequence[str]) -> str:
    """A list as one cell, an entry a line."""
    lines = [entry.replace("\n", f"\n{_GOES_ON}") for entry in entries]
    alone = len(lines) == 1 and "\n" not in lines[0] and _BETWEEN in lines[0]
    return "\n".join(lines) + ("\n" if alone else "")


def _given(row: Row, columns: Mapping[str, int]) -> Iterator[tuple[str, Text]]:
    for name, number in columns.items():
        cell = row.cells[number - 1] if number <= len(row.cells) else ""
        if cell.strip():
            bare = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
            yield name, Text(bare, row.place(number), plain=False)


def _listing(cell: Text) -> Listing:
    lines = cell.text.split("\n")
    if len(lines) == 1:
        parts = [(part, 0) for part in cell.text.split(_BETWEEN)]
    else:
        parts = []
        for number, line in enumerate(lines):
            if line.startswith(_GOES_ON) and parts:
                parts[-1] = (f"{parts[-1][0]}\n{line.removeprefix(_GOES_ON)}", parts[-1][1])
            else:
                parts.append((line, number))
    place = cell.place
    texts = (
        Text(part, Place(place.file, place.line + after, place.column), plain=False)
        for part, after in parts
        if part.strip()
    )
    return Listing(tuple(texts), place)


def _like(cell: Text, text: str) -> Text:
    return Text(text, cell.place, plain=False)


def _made_id(pack: str, title: str, text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    name = words or blake2b(text.encode(), digest_size=5).hexdigest()
    return f"{pack}-{name}"[:_LONGEST_ID].rstrip("-")


def _time_box(given: Mapping[str, Text], text: Text) -> Table:
    first, full = given.get("first_pass"), given.get("full")
    if first is None:
        first = _like(
            full or text, str(min(OWN_TIME_BOX.first_pass, _number(full) or OWN_TIME_BOX.first_pass))
        )
    if full is None:
        full = _like(first, str(max(OWN_TIME_BOX.full, _number(first) or OWN_TIME_BOX.full)))
    return Table({"first_pass": (first.place, first), "full": (full.place, full)}, first.place)


def _number(cell: Text | None) -> int | None:
    stripped = cell.text.strip() if cell else ""
    return int(stripped) if _SHORT_NUMBER.fullmatch(stripped) else None


def _sample(given: Mapping[str, Text]) -> Table | None:
    """Both samples, or none: a short one alone is the full one too, and a full one alone begins with the short one."""
    short, full = given.get("short_answer"), given.get("full_answer")
    if short is None and full is None:
        return None
    if full is None:
        assert short is not None, "one of the two is there"
        full = short
    if short is None:
        short = _like(full, full.text.strip().split("\n\n")[0][:LONGEST_SHORT_SAMPLE])
    return Table({"short": (short.place, short), "full": (full.place, full)}, short.place)
