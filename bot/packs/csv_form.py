"""A sheet: a CSV with a header line becomes a Pack, by the rules and with the findings that YAML has.

A row is a question. The rows become the tree that YAML would have given, so that `schema` judges both alike; what
a cell may leave out is filled in here. The column of a place counts the sheet's columns, and each sentence names it.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from bot.domain.questions import Pack, Track
from bot.packs.characters import place_of, read_text
from bot.packs.csv_cells import COLUMNS, NEEDED, Row, question_table
from bot.packs.fields import LONGEST_LIST, Fields
from bot.packs.findings import Notes, Place, nearest, shown
from bot.packs.header import Header
from bot.packs.schema import MOST_QUESTIONS, pack_of
from bot.packs.yaml_tree import Listing, Table, Text, Unreadable

ENDING = ".csv"
UNNUMBERED = 0
"""The version of a pack from a sheet, which has no place for one; `bot.domain.fitting` gives it the next."""
MOST_LINES = 60_000
"""Lines of a file: 30 for each question that a pack may have."""
MOST_DELIMITERS = 4_000
"""Commas of one line, those in quotes too: no text that a pack may have comes near it."""
IF_PACKED = "This is an archive or a workbook; only plain .csv is read, so save the sheet as CSV (UTF-8)."

_ID = re.compile(r"[a-z0-9-]{1,64}")
_NOT_IN_YAML = re.compile("[\ufffe\uffff]")
_DELIMITERS = ",;\t"
_WITHOUT_A_NAME = (
    "This cell stands in a column without a name; name the column in the first line, or empty the cell."
)


class _SheetNotes(Notes):
    """Notes whose sentences name the column of the sheet."""

    def __init__(self, places: dict[str, Place]) -> None:
        super().__init__()
        self.places = places
        self.columns: dict[int, str] = {}

    def add(self, place: Place, sentence: str) -> None:
        name = self.columns.get(place.column)
        super().add(place, f"Column `{name}`: {sentence}" if name else sentence)


def read_sheet(file: str, data: bytes, pack: str | None, places: dict[str, Place]) -> Pack:
    """The pack of one CSV; its id is `pack`, or made of the file's name.

    It has no version (`UNNUMBERED`), no rubrics, and the tracks that its rows name. `places` is filled with where
    each question and text stands. Bounds: 1 MB, 60,000 lines, 2,000 questions. Raises PackError with all findings.
    """
    notes = _SheetNotes(places)
    id_ = _pack_id(file, pack, notes)
    text = _sound_text(file, data, notes)
    notes.settle()
    tables = _read_rows(file, text or "", id_, notes)
    if not tables:
        notes.settle()
    whole = Table({"pack": (Place(file, 1, 0), Text(id_, Place(file, 1, 0), plain=False))}, Place(file))
    whole.entries["questions"] = (whole.place, Listing(tuple(tables), whole.place))
    tracks = tuple(Track(track, titled(track)) for track in _tracks(tables, notes))
    header = Header(id_, UNNUMBERED, titled(id_), "", tracks, ())
    made = pack_of({file: whole}, notes, whole=True, given=header)
    notes.settle()
    assert made is not None, (
        "only a missing header or too many questions give none, and both are seen to before"
    )
    return made


def titled(id_: str) -> str:
    """An id as a title: `on-call` is `On call`."""
    return id_.replace("-", " ").strip().capitalize() or id_


def _pack_id(file: str, pack: str | None, notes: Notes) -> str:
    if pack is None:
        stem = file.rpartition("/")[2].casefold().removesuffix(ENDING)
        return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64] or "questions"
    if not _ID.fullmatch(pack):
        rule = "may have 1 to 64 of the characters a-z, 0-9 and `-`"
        notes.add(Place(file), f"The pack's id {rule}, and is `{shown(pack)}`; change it.")
    return pack


def _sound_text(file: str, data: bytes, notes: Notes) -> str | None:
    text = read_text(file, data, notes, IF_PACKED)
    if text is None:
        return None
    if found := _NOT_IN_YAML.search(text):  # the parser of YAML refuses them, so no pack has them
        notes.add(
            place_of(file, text, found.start()), f"U+{ord(found.group()):04X} is no character. Take it out."
        )
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if plain.count("\n") >= MOST_LINES:
        notes.add(Place(file), f"The file has over {MOST_LINES:,} lines; take empty ones out, or split it.")
    return plain


def _read_rows(file: str, text: str, pack: str, notes: _SheetNotes) -> Sequence[Table]:
    tables: list[Table] = []
    try:
        for table in _tables(file, text, pack, notes):
            tables.append(table)  # noqa: PERF402 - those before a fault are kept
    except Unreadable as fault:
        notes.add(fault.place, fault.sentence)
    return tables


def _tables(file: str, text: str, pack: str, notes: _SheetNotes) -> Iterator[Table]:
    rows = _rows(file, text)
    head = next(rows, None)
    if head is None:
        notes.add(Place(file), f"The file is empty; its first line names the columns: {', '.join(COLUMNS)}.")
        return
    columns = _columns(head, notes)
    notes.columns = {number: name for name, number in columns.items()}
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_QUESTIONS:
            notes.add(
                Place(file, row.line),
                f"The sheet has over {MOST_QUESTIONS:,} questions, from here on; split it.",
            )
            return
        for at in (
            at for at in range(1, len(row.cells) + 1) if at not in notes.columns and row.cells[at - 1].strip()
        ):
            if at > len(head.cells) or not head.cells[at - 1].strip():
                notes.add(row.place(at), _WITHOUT_A_NAME)
        yield question_table(row, columns, pack, notes)
    if not number:
        notes.add(
            Place(file), "The sheet has no question; write one in each line below the names of the columns."
        )


def _rows(file: str, text: str) -> Iterator[Row]:
    """The rows with anything in them; raises Unreadable where the quotes are wrong."""
    delimiter = _delimiter(text)
    reader = csv.reader(_lines(file, text, delimiter), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(file, begun, tuple(cells))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Place(file, begun, 0), _meaning(str(error))) from error


def _lines(file: str, text: str, delimiter: str) -> Iterator[str]:
    for number, line in enumerate(StringIO(text), 1):
        if line.count(delimiter) > MOST_DELIMITERS:
            raise Unreadable(
                Place(file, number), f"This line has over {MOST_DELIMITERS:,} cells; take empty ones out."
            )
        yield line


def _meaning(error: str) -> str:
    doubled = 'a quote inside a quoted cell is written twice (`""`).'
    if "field limit" in error:
        return f"A cell of this row has over {csv.field_size_limit():,} characters; shorten it, or close its quote."
    if "end of data" in error:
        return f"A quote that opens in this row is never closed; close it; {doubled}"
    return f"In this row something stands between a closing quote and the end of its cell; {doubled}"


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever stands most often in the first line, outside quotes."""
    line = text.lstrip().partition("\n")[0]
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _columns(head: Row, notes: Notes) -> Mapping[str, int]:
    """The number of each known column, from 1; the others are noted, and those that must not be missing."""
    found: dict[str, int] = {}
    for number, cell in enumerate(head.cells, 1):
        name = cell.strip().casefold().replace(" ", "_").replace("-", "_")
        if name in found:
            told = (
                f"The column `{name}` stands twice, as the columns {found[name]} and {number}; take one out."
            )
            notes.add(head.place(number), told)
        elif name in COLUMNS:
            found[name] = number
        elif name:
            notes.add(head.place(number), f"Unknown column `{shown(cell.strip())}`; {nearest(name, COLUMNS)}")
    for name in NEEDED:
        if name not in found:
            told = (
                f"The column `{name}` is missing; name it in this line, which holds the names of the columns."
            )
            notes.add(Place(head.file, head.line, 0), told)
    return found


def _tracks(tables: Sequence[Table], notes: Notes) -> Sequence[str]:
    found: dict[str, Place] = {}
    for table in tables:
        if table.node("track") is not None:
            fields = Fields(table, "", notes, (), tuple(table.entries))
            found.setdefault(fields.id("track"), fields.place("track"))
    notes.places.pop("", None)
    if len(found) > LONGEST_LIST:
        place = list(found.values())[LONGEST_LIST]
        notes.add(place, f"The sheet has over {LONGEST_LIST} tracks, from here on; use fewer.")
        return ()
    return tuple(track for track in found if track)
