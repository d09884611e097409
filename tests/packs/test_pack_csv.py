"""A sheet becomes a pack: what each cell may hold, and what stands in for one that is empty."""

import time

import pytest

from bot.domain.questions import Kind, Level, TimeBox, Track
from bot.packs import read_pack_apart
from bot.packs.csv_form import UNNUMBERED
from tests.packs.sheet_texts import LEAST, SHEET, findings_in, only_finding, row, sheet_pack


def test_each_column_becomes_its_field() -> None:
    pack = sheet_pack(SHEET)
    first, second = pack.questions
    assert (pack.id, pack.version, pack.title) == ("own", UNNUMBERED, "Own")
    assert pack.tracks == (Track("backend", "Backend"), Track("devops", "Devops"))
    assert (first.id, first.pack, first.track) == ("cache-basics", "own", "backend")
    assert (first.level, first.kind, first.time_box) == (Level.MID, Kind.SYSTEM_DESIGN, TimeBox(5, 30))
    assert first.text == 'Where would you put a cache?\n\nSay "why".'
    assert first.hints == ("Think of reads.", "Think of writes.")
    assert first.key_points == ("Says what may be stale", "Names the cost of a miss")
    assert (first.stages, first.topics, first.sources) == (
        ("phone screen",),
        ("caching", "stores"),
        ("our notes",),
    )
    assert first.sample_answer.full == "In front.\nWith a time to live."
    assert (second.why, second.hints, second.follow_ups, second.sample_answer.full) == ("", (), (), "")


def test_a_track_a_text_and_key_points_are_enough() -> None:
    (question,) = sheet_pack(LEAST).questions
    assert (question.id, question.title) == (
        "own-where-would-you-put-a-cache",
        "Where would you put a cache?",
    )
    assert (question.level, question.kind) == (Level.MID, Kind.TECHNICAL_CONCEPT)
    assert question.time_box == TimeBox(3, 15)


def test_an_id_is_made_of_the_title_so_that_a_better_text_changes_the_question_and_adds_none() -> None:
    one, two = (sheet_pack(row(title="Caches!", text=text)).questions[0] for text in ("First?", "Second?"))
    assert one.id == two.id == "own-caches"


def test_a_title_without_latin_letters_still_gives_a_plain_id() -> None:
    assert sheet_pack(row(title="キャッシュ")).questions[0].id.startswith("own-")


@pytest.mark.parametrize(
    ("cells", "box"),
    [
        ({"first_pass": "5"}, TimeBox(5, 15)),
        ({"first_pass": "20"}, TimeBox(20, 20)),
        ({"full": "2"}, TimeBox(2, 2)),
        ({"full": "40"}, TimeBox(3, 40)),
    ],
)
def test_half_a_time_box_is_filled_up(cells: dict[str, str], box: TimeBox) -> None:
    assert sheet_pack(row(**cells)).questions[0].time_box == box


def test_one_sample_answer_stands_for_both() -> None:
    long = sheet_pack(row(full_answer="In front.\n\nThen more.")).questions[0].sample_answer
    short = sheet_pack(row(short_answer="In front.")).questions[0].sample_answer
    assert (long.short, long.full) == ("In front.", "In front.\n\nThen more.")
    assert (short.short, short.full) == ("In front.", "In front.")


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("a | b|c", ("a", "b|c")),
        ("a\n\nb\n", ("a", "b")),
        ("a | b\n", ("a | b",)),
        ("code:\n    x = 1\n  \n  y\nb", ("code:\n  x = 1\n\ny", "b")),
        ("  a\nb", ("a", "b")),
        ("'- a", ("- a",)),
        ("'quoted'", ("'quoted'",)),
    ],
)
def test_a_list_is_written_in_one_line_or_in_several(cell: str, points: tuple[str, ...]) -> None:
    assert sheet_pack(row(key_points=cell)).questions[0].key_points == points


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.bad_input(14)
def test_what_spreadsheets_write_is_read(delimiter: str, end: str, mark: str) -> None:
    lines = ("Track,Key Points,TEXT", 'backend,"Says; what","Where, would"', ",,", "")
    text = mark + end.join(line.replace(",", delimiter) for line in lines)
    if delimiter == ",":
        assert sheet_pack(text).questions[0].text == "Where, would"
    assert sheet_pack(text).questions[0].track == "backend"


@pytest.mark.bad_input(11)
@pytest.mark.parametrize(
    "word", ["no", "NO", "9:30", "010", "1.10", "~", "null", "2026-02-30", ".inf", "1e400"]
)
def test_a_text_stays_as_it_was_written(word: str) -> None:
    assert sheet_pack(row(title=word)).questions[0].title == word


def test_the_pack_has_the_id_that_was_asked_for_or_one_of_the_file_name() -> None:
    assert sheet_pack(LEAST, sheet="team").id == "team"
    assert sheet_pack(LEAST, "Our own Questions (2).CSV").id == "our-own-questions-2"
    assert sheet_pack(LEAST, "質問.csv").id == "questions"


def test_a_sheet_comes_back_the_same_from_the_child() -> None:
    assert read_pack_apart({"own.csv": SHEET.encode()}, sheet="team") == sheet_pack(SHEET, sheet="team")


@pytest.mark.bad_input(109)
@pytest.mark.parametrize(
    "text",
    [
        "\n" * 999_000,
        LEAST + "\n" * 900_000,
        LEAST + "x\n" * 400_000,
        LEAST + "," * 900_000,
        LEAST + '"' * 900_001,
        LEAST + "a" * 900_000,
        row(key_points=" | " * 40_000),
        row(key_points="\n " * 50_000),
        row(title="a " * 60_000),
        row(title="'" * 120_000),
        row(track="x" * 120_000),
        "," * 900_000,
        "x" * 120_000 + "," + LEAST,
    ],
)
def test_what_is_long_is_read_or_refused_at_once(text: str) -> None:
    data = text.encode()
    times = []
    for _ in range(3):
        began = time.thread_time()
        findings_in(data)
        times.append(time.thread_time() - began)
    assert min(times) < 0.05


@pytest.mark.bad_input(9)
def test_a_sheet_of_two_thousand_questions_is_read_and_one_more_is_not() -> None:
    head = "id,track,text,key_points\n"
    rows = [f"q-{number},backend,Where?,Says what" for number in range(2_001)]
    assert len(sheet_pack(head + "\n".join(rows[:2_000])).questions) == 2_000
    assert only_finding(head + "\n".join(rows)) == (
        "own.csv:2002: The sheet has over 2,000 questions, from here on; split it."
    )
    assert "over 1 MB" in only_finding(head + " " * 1_000_000)


def test_an_id_of_a_long_title_is_cut() -> None:
    assert len(sheet_pack(row(title="caches " * 20)).questions[0].id) <= 64


def test_what_stands_in_quotes_does_not_decide_what_separates_the_columns() -> None:
    assert sheet_pack(
        '"t,r,a,c,k";track;text;key_points\n;backend;Where?;Says what\n'.replace('"t,r,a,c,k"', '"why"')
    ).questions
    assert "Unknown column `t,r,a,c,k`" in only_finding('"t,r,a,c,k";track;text;key_points\n;a;b;c\n')


@pytest.mark.bad_input(9)
def test_too_many_lines_or_cells_are_refused() -> None:
    assert only_finding(LEAST + "\n" * 60_000 + "x") == (
        "own.csv: The file has over 60,000 lines; take empty ones out, or split it."
    )
    assert (
        only_finding(LEAST + "," * 4_001) == "own.csv:3: This line has over 4,000 cells; take empty ones out."
    )
