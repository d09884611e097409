"""What goes out comes back the same, and nothing in it takes effect elsewhere."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.app import OWN_CONTENT
from bot.domain.questions import Kind, Level, Pack, Question, SampleAnswer, TimeBox, Track
from bot.packs import PackError, read_packs
from bot.packs.characters import HIDDEN
from bot.packs.csv_cells import COLUMNS
from bot.packs.exporting import EXPORTS, as_anki, as_csv, as_markdown
from tests.packs.sheet_texts import SHEET, row, sheet_pack

TRICKY = st.sampled_from(
    [
        *(
            " | ",
            "\n",
            "\n\n",
            "  ",
            "\n  ",
            "'",
            "=",
            "+",
            "-",
            "@",
            "\t",
            '"',
            '""',
            ",",
            ";",
            "#",
            "\\",
            "`",
            "**",
        ),
        *(
            "_",
            "[x](y)",
            "<b>",
            "&amp;",
            "~~",
            "1. ",
            "- ",
            "$$",
            "![x](y)",
            "https://a.b/c_d",
            "word",
            "é",
            "|",
        ),
        *(
            "[sound:x.mp3]",
            "[latex]x[/latex]",
            "{{c1::x}}",
            "::",
            "Ω",
            "\U0001f600",
            "> ",
            "===",
            "---",
            "```",
        ),
    ]
)
PLAIN = st.lists(st.one_of(TRICKY, st.text(max_size=4)), max_size=8).map("".join)


def sound(text: str) -> str:
    """A text as a pack may hold it."""
    return HIDDEN.sub("", re.sub("[\r\ufffe\uffff\ufeff]", "", text)).strip()


TEXTS = PLAIN.map(sound).filter(bool)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
SAMPLES = st.one_of(st.just(SampleAnswer("", "")), st.builds(SampleAnswer, TEXTS, TEXTS))
QUESTIONS = st.builds(
    Question,
    id=st.from_regex("[a-z0-9-]{1,64}", fullmatch=True),
    pack=st.just("own"),
    track=st.sampled_from(["backend", "devops"]),
    level=st.sampled_from(Level),
    kind=st.sampled_from(Kind),
    title=TEXTS,
    text=TEXTS,
    why=st.one_of(st.just(""), TEXTS),
    stages=LISTS,
    topics=LISTS,
    time_box=st.builds(
        lambda first, more: TimeBox(first, first + more), st.integers(1, 100), st.integers(0, 100)
    ),
    hints=LISTS,
    key_points=st.lists(TEXTS, min_size=1, max_size=4).map(tuple),
    follow_ups=LISTS,
    mistakes=LISTS,
    sample_answer=SAMPLES,
    sources=LISTS,
)


def pack_of(*questions: Question) -> Pack:
    tracks = (Track("backend", "Backend"), Track("devops", "Devops"))
    return Pack("own", 1, "Own", "", tracks, (), questions)


@pytest.mark.bad_input(108)
@settings(max_examples=40)
@given(question=QUESTIONS)
def test_a_sheet_is_read_back_the_same_and_no_cell_begins_as_a_formula(question: Question) -> None:
    sheet = as_csv([pack_of(question)])
    assert sheet_pack(sheet).questions == (question,)
    for cells in csv.reader(StringIO(sheet, newline="")):
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert len(cells) == len(COLUMNS)


def test_every_installed_question_comes_back_the_same() -> None:
    for pack in read_packs([OWN_CONTENT]):
        for track in pack.tracks:
            part = tuple(question for question in pack.questions if question.track == track.id)
            back = sheet_pack(as_csv([replace(pack, questions=part)]), sheet=pack.id)
            assert back.questions == part


@pytest.mark.bad_input(108)
def test_a_formula_is_a_text_again_when_it_comes_back() -> None:
    for text in ("=cmd()", "'=cmd()", "''@x", "'plain'", "-1", "+1"):
        pack = sheet_pack(row(title=text if text[0] == "'" else f"'{text}"))
        (cell,) = (cells["title"] for cells in csv.DictReader(StringIO(as_csv([pack]))))
        assert cell.startswith("'")
        assert sheet_pack(as_csv([pack])).questions == pack.questions
    assert sheet_pack(row(title="'=cmd()")).questions[0].title == "=cmd()"


@pytest.mark.bad_input(108)
def test_a_file_has_a_fixed_name() -> None:
    assert [name for name, _ in EXPORTS.values()] == ["questions.csv", "questions.md", "questions-anki.txt"]


class Shown(HTMLParser):
    """Gathers what a reader of HTML sees, and the tags it is marked with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def bare(text: str) -> str:
    """A text without its white space, which HTML folds."""
    return "".join(text.split())


@settings(max_examples=40)
@given(question=QUESTIONS)
@pytest.mark.bad_input(23)
def test_nothing_in_a_text_is_a_mark_of_the_document(question: Question) -> None:
    only = replace(
        question, hints=(), follow_ups=(), mistakes=(), topics=(), why="", sample_answer=SampleAnswer("", "")
    )
    shown = Shown(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(as_markdown([pack_of(only)]))
    )
    box = f"{question.time_box.first_pass} to {question.time_box.full} minutes"
    track = {"backend": "Backend", "devops": "Devops"}[question.track]
    expected = [
        *("Own", track, question.title, f"{question.level} · {question.kind} · {box}", question.text),
        *("Key points", *question.key_points),
    ]
    assert bare(shown.text) == bare("".join(expected))
    assert set(shown.tags) <= {"h1", "h2", "h3", "p", "br", "strong", "ul", "li"}
    assert shown.tags.count("li") == len(question.key_points)
    assert shown.tags.count("h3") == 1


def test_the_document_has_its_parts_in_order() -> None:
    (first, _) = sheet_pack(SHEET).questions
    lines = as_markdown([replace(sheet_pack(SHEET), questions=(first,), notice="Ours.")]).splitlines()
    heads = [line for line in lines if line.startswith(("#", "**"))]
    assert heads == [
        *("# Own", "## Backend", "### A cache in front of a store", "**Why it is asked**", "**Hints**"),
        *("**Key points**", "**Follow-ups**", "**Mistakes to avoid**", "**In 90 seconds**", "**In full**"),
    ]
    assert "Ours." in lines


def cards(text: str) -> list[list[str]]:
    """The notes that Anki finds behind the headers."""
    lines = text.splitlines(keepends=True)
    body = "".join(lines[6:])
    assert all(line.startswith("#") for line in lines[:6])
    assert not any(line.startswith("#") for line in lines[6:])
    return list(csv.reader(StringIO(body, newline=""), delimiter="\t"))


def test_anki_is_told_how_to_read_the_file() -> None:
    text = as_anki([sheet_pack(SHEET)])
    assert text.splitlines()[:6] == [
        *("#separator:tab", "#html:true", "#notetype:Basic", "#columns:Front\tBack\tDeck\tTags"),
        *("#deck column:3", "#tags column:4"),
    ]
    first, second = cards(text)
    assert first[0].startswith(
        "<b>A cache in front of a store</b><br><br>Where would you put a cache?<br><br>Say &quot;why"
    )
    assert first[1] == (
        "<ul><li>Says what may be stale</li><li>Names the cost of a miss</li></ul><b>In 90 seconds</b><br>In front."
    )
    assert first[2:] == ["Interview practice::Backend", "backend mid system-design caching stores"]
    assert second[1].endswith("</ul>")


@settings(max_examples=40)
@given(question=QUESTIONS)
def test_a_card_shows_the_text_itself_and_no_more_columns_come_of_it(question: Question) -> None:
    ((front, back, _, tags),) = cards(as_anki([pack_of(question)]))
    assert bare(Shown(front).text) == bare(question.title + question.text)
    assert set(Shown(front + back).tags) <= {"b", "br", "ul", "li"}
    assert "[" not in front + back
    assert tags.split()[:3] == [question.track, question.level, question.kind]
    assert len(tags.split()) == 3 + len(question.topics)


def test_what_nobody_can_read_back_is_still_refused() -> None:
    with pytest.raises(PackError):
        sheet_pack(as_csv([pack_of()]))


@pytest.mark.parametrize(
    "title", ["Learn C #", "#", "1. First", "1) First", "- x", "+ x", "= x", "a \\", "* * *", "&lt;", "a  b"]
)
def test_a_title_stands_in_the_document_as_it_is(title: str) -> None:
    html = MarkdownIt().render(as_markdown([sheet_pack(row(title=title))]))
    heading = html.partition("<h3>")[2].partition("</h3>")[0]
    assert " ".join(Shown(heading).text.split()) == " ".join(title.split())
