"""What is wrong in a sheet is told with line, column and the column's name, all at once."""

import gzip

import pytest

from bot.packs import PackError, read_pack
from bot.packs.csv_cells import COLUMNS, NEEDED
from tests.packs.pack_texts import PACK
from tests.packs.sheet_texts import HEAD, LEAST, SHEET, findings_in, only_finding, row, sheet_pack
from tests.packs.test_pack_characters import tarred, zipped


@pytest.mark.bad_input(2)
@pytest.mark.parametrize("text", ["", "\n", " \n,,\n", "\ufeff"])
def test_an_empty_file_is_told_what_its_first_line_must_hold(text: str) -> None:
    assert "its first line names the columns: id, track, level" in only_finding(text)


def test_a_sheet_without_a_row_is_refused() -> None:
    assert "has no question" in only_finding(HEAD)


@pytest.mark.bad_input(22)
def test_an_unknown_column_gets_the_nearest_known_name() -> None:
    assert only_finding(LEAST.replace("text", "text,folow ups").replace("cache?", "cache?,x")) == (
        "own.csv:1:3: Unknown column `folow ups`; did you mean `follow_ups`?"
    )


@pytest.mark.bad_input(22)
@pytest.mark.parametrize("name", NEEDED)
def test_a_needed_column_or_cell_that_is_missing_is_named(name: str) -> None:
    assert f"own.csv:1: The column `{name}` is missing" in only_finding(LEAST.replace(name, "why"))
    column = NEEDED.index(name) + 1
    assert only_finding(row(**{name: " "})) == (
        f"own.csv:2:{column}: Column `{name}`: This cell is empty, and every question needs it; fill it in."
    )


@pytest.mark.bad_input(4)
def test_a_column_twice_is_refused_with_both_numbers() -> None:
    assert "own.csv:1:4: The column `text` stands twice, as the columns 2 and 4" in only_finding(
        LEAST.replace("points", "points,Text")
    )


@pytest.mark.parametrize(
    "text",
    [LEAST.replace("stale", "stale,more"), LEAST.replace("points", "points,").replace("stale", "stale,x")],
)
def test_a_cell_without_a_column_is_refused(text: str) -> None:
    assert only_finding(text).startswith("own.csv:2:4: This cell stands in a column without a name")


@pytest.mark.bad_input(5)
def test_a_question_id_twice_is_refused_with_both_lines() -> None:
    assert only_finding(SHEET.replace("on-call", "cache-basics")) == (
        "own.csv:7:1: Column `id`: The question `cache-basics` stands twice, in own.csv:2 and here; "
        "rename or remove one."
    )
    twice = LEAST + LEAST.splitlines()[1]
    assert (
        "own.csv:3:2: Column `text`: The question `own-where-would-you-put-a-cache` stands twice"
        in only_finding(twice)
    )


def test_all_findings_come_at_once_each_in_its_line() -> None:
    text = SHEET.replace(",mid,", ",middle,").replace(",5,30,", ",five,30,").replace(",senior,", ",Senior,")
    assert [str(finding) for finding in findings_in(text)] == [
        "own.csv:2:3: Column `level`: Unknown level `middle`; did you mean `mid`?",
        "own.csv:5:14: Column `first_pass`: `first_pass` must be a whole number from 1 to 240, and is `five`.",
        "own.csv:7:3: Column `level`: Unknown level `Senior`; did you mean `senior`?",
    ]


def test_findings_stop_at_a_hundred() -> None:
    assert len(findings_in("track,text,key_points\n" + "No,x,y\n" * 1_000)) == 101


@pytest.mark.bad_input(1)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LEAST + 'devops,"What,x\n', "own.csv:3: A quote that opens in this row is never closed"),
        (LEAST + 'devops,"What" now,x\n', "own.csv:3: In this row something stands between a closing quote"),
        (LEAST + f"devops,{'x' * 140_000},x\n", "own.csv:3: A cell of this row has over 131,072 characters"),
    ],
)
def test_a_fault_of_the_quotes_says_in_which_row(text: str, words: str) -> None:
    assert words in only_finding(text)


@pytest.mark.bad_input(12, 13)
@pytest.mark.parametrize(
    "number", ["0", "-5", "'-5", "5.0", "05", "1e1", ".inf", "nan", "1" + "0" * 400, "2026-02-30", "٥"]
)
def test_a_number_out_of_range_or_form_names_column_and_range(number: str) -> None:
    finding = only_finding(row(full=number))
    assert finding.startswith(
        "own.csv:2:4: Column `full`: `full` must be a whole number from 1 to 240, and is `"
    )


def test_a_first_pass_longer_than_the_whole_is_refused() -> None:
    assert "is longer than `full`" in only_finding(row(first_pass="9", full="8"))


@pytest.mark.bad_input(14)
def test_other_encodings_are_refused() -> None:
    assert "save as UTF-8" in only_finding(SHEET.encode("utf-16"))
    assert only_finding(row(why="Zoë").encode("latin-1")) == (
        "own.csv:2:1: The byte 0xeb in this line is not UTF-8; save as UTF-8."
    )


@pytest.mark.bad_input(15, 16)
@pytest.mark.parametrize("code", [0x00, 0x0B, 0x85, 0x200E, 0x202E, 0x2028, 0xFFFE, 0xD800])
def test_hidden_characters_are_refused_with_their_code_point(code: int) -> None:
    text = row(why=f"Written {chr(code)} by us.")
    assert f"U+{code:04X} is" in only_finding(text.encode("utf-8", "surrogatepass"))


@pytest.mark.bad_input(16, 18)
@pytest.mark.parametrize("name", ["id", "track"])
@pytest.mark.parametrize("written", ["../../etc/passwd", "Cache", "c\u0430che", "x" * 65])
def test_an_id_is_plain(name: str, written: str) -> None:
    finding = only_finding(row(**{name: written}))
    assert f"Column `{name}`: `{name}` may have 1 to 64 of the characters a-z, 0-9 and `-`" in finding


@pytest.mark.bad_input(17)
@pytest.mark.parametrize(
    ("column", "longest"),
    [
        ("title", 150),
        ("text", 3_000),
        ("why", 600),
        ("hints", 500),
        ("key_points", 200),
        ("short_answer", 2_000),
        ("full_answer", 3_000),
    ],
)
def test_a_text_over_its_limit_is_refused_at_import(column: str, longest: int) -> None:
    assert (
        findings_in(
            row(**{"title": "A title", column: "é" * longest, "short_answer": "x"} | {column: "é" * longest})
        )
        == ()
    )
    long = row(
        **{"title": "A title", "short_answer": "x", "full_answer": "x"} | {column: "é" * (longest + 1)}
    )
    assert f"Column `{column}`: `" in only_finding(long)
    assert f"may have at most {longest:,} characters, and has {longest + 1:,}; shorten it." in only_finding(
        long
    )


@pytest.mark.bad_input(17)
def test_a_list_over_its_limit_is_refused() -> None:
    assert "`hints` must have 1 to 3 entries, and has 4" in only_finding(row(hints="a | b | c | d"))


def test_more_tracks_than_a_menu_has_room_for_are_refused() -> None:
    rows = "".join(f"t-{number},What {number}?,x\n" for number in range(26))
    assert "own.csv:27:1: Column `track`: The sheet has over 25 tracks" in only_finding(
        "track,text,key_points\n" + rows
    )


@pytest.mark.bad_input(19)
@pytest.mark.parametrize(
    "data", [zipped(), tarred(), gzip.compress(b"x", mtime=0), b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1"]
)
def test_a_workbook_or_archive_is_not_opened_whatever_its_name(data: bytes) -> None:
    assert "save the sheet as CSV (UTF-8)" in only_finding(data)
    assert "save the sheet as CSV (UTF-8)" in only_finding(data, "own.xlsx")


@pytest.mark.bad_input(18)
@pytest.mark.parametrize("name", ["../own.csv", "a\\b.csv", "x\u202e.csv", "x" * 200 + ".csv"])
def test_a_name_is_never_a_path(name: str) -> None:
    assert "rename the file" in only_finding(LEAST, name)


@pytest.mark.bad_input(18)
def test_an_id_for_the_pack_is_plain_too() -> None:
    assert "The pack's id may have 1 to 64" in only_finding(LEAST, sheet="../x")


def test_a_sheet_is_a_pack_of_its_own() -> None:
    with pytest.raises(PackError, match=r"own\.csv: A \.csv is a pack of its own; give it alone\."):
        read_pack({"own.csv": LEAST.encode(), "own.yaml": PACK.encode()})


def test_every_column_is_one_that_a_sheet_may_have() -> None:
    assert sheet_pack(SHEET).questions
    assert set(NEEDED) < set(COLUMNS)
