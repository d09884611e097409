"""Whatever the bytes, reading gives a Pack or a PackError with findings, never another exception."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.questions import Pack
from bot.packs import PackError, read_pack, yaml_tree
from tests.packs.gold_texts import GOLD
from tests.packs.pack_texts import PACK
from tests.packs.sheet_texts import SHEET

PIECES = st.sampled_from(
    [
        *(
            "\t",
            "\n",
            ":",
            ": ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            "&a ",
            "*a",
            "!",
            "!!map ",
            "|",
            ">",
            "%",
        ),
        *(
            "'",
            '"',
            '"\\ud800"',
            '"\\UFFFFFFFF"',
            "<<: ",
            "---\n",
            "...\n",
            "\ufeff",
            "\x00",
            "\x85",
            "\u2028",
            "\r",
        ),
        *(
            "~",
            "null",
            ".nan",
            "010",
            "1" * 5_000,
            "format: 2",
            "id: own",
            "\ud800",
            "\ufffe",
            "é",
            "\U0001f600",
        ),
    ]
)
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(PACK)), st.integers(0, 40), st.one_of(st.just(""), PIECES, st.text(max_size=5))
    ),
    min_size=1,
    max_size=6,
)


def edited(edits: list[tuple[int, int, str]], text: str = PACK) -> bytes:
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


def outcome(data: bytes, name: str = "own.yaml") -> Pack | PackError:
    try:
        return read_pack({name: data})
    except PackError as error:
        return error


@pytest.mark.parametrize("loader", [yaml_tree.LOADER, yaml.SafeLoader], ids=["default", "python"])
@settings(max_examples=400)
@given(edits=EDITS)
def test_a_pack_with_random_edits_is_read_or_refused(loader: Any, edits: list[tuple[int, int, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_tree, "LOADER", loader)
        result = outcome(edited(edits))
    if isinstance(result, PackError):
        assert result.findings
        assert all(finding.sentence and finding.line >= 0 for finding in result.findings)
        str(result).encode()
        return
    for question in result.questions:
        assert question.hints
        assert 1 <= question.time_box.first_pass <= question.time_box.full <= 240


@pytest.mark.parametrize("name", ["own.yaml", "own.csv"])
@settings(max_examples=200)
@given(data=st.binary(max_size=60))
def test_random_bytes_are_refused(name: str, data: bytes) -> None:
    result = outcome(data, name)
    assert isinstance(result, PackError)
    assert result.findings


@settings(max_examples=200)
@given(cut=st.integers(0, len(PACK)))
def test_a_pack_that_was_cut_off_is_read_whole_or_refused(cut: int) -> None:
    result = outcome(PACK.encode()[:cut])
    assert isinstance(result, PackError) or len(result.questions) == 1


@settings(max_examples=200)
@given(edits=EDITS)
def test_gold_answers_with_random_edits_are_read_or_refused(edits: list[tuple[int, int, str]]) -> None:
    try:
        pack = read_pack({"own.yaml": PACK.encode(), "gold.yaml": edited(edits, GOLD)})
    except PackError as error:
        assert error.findings
        str(error).encode()
        return
    points = {question.id: len(question.key_points) for question in pack.questions}
    for gold in pack.gold:
        assert gold.id
        assert all(1 <= score <= 5 for score in gold.scores) and len(gold.scores) == 2
        assert set(gold.covered) <= set(range(points[gold.question]))
        assert gold.text and gold.strong and gold.change and gold.why


CELL_PIECES = st.sampled_from(
    [
        *(",", ";", "\t", "\n", "\r\n", "\r", '"', '""', '","', "'", "=1+1", "'=1", " | ", "  ", "\n  ", "-"),
        *("\ufeff", "\x00", "\x85", "\u2028", "\u202e", "\ud800", "\ufffe", "é", "\U0001f600", "id,", "text"),
        *("mid", "5", "010", "1" * 5_000, "x" * 132_000, ".nan", "~", "null"),
    ]
)
CELL_EDITS = st.lists(
    st.tuples(
        st.integers(0, len(SHEET)),
        st.integers(0, 40),
        st.one_of(st.just(""), CELL_PIECES, st.text(max_size=5)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=1_000)
@given(edits=CELL_EDITS)
def test_a_sheet_with_random_edits_is_read_or_refused(edits: list[tuple[int, int, str]]) -> None:
    result = outcome(edited(edits, SHEET), "own.csv")
    if isinstance(result, PackError):
        assert result.findings
        assert all(finding.sentence and finding.line >= 0 for finding in result.findings)
        str(result).encode()
        return
    for question in result.questions:
        assert question.id
        assert question.title
        assert question.text
        assert question.key_points
        assert question.track in [track.id for track in result.tracks]
        assert 1 <= question.time_box.first_pass <= question.time_box.full <= 240
        assert bool(question.sample_answer.short) is bool(question.sample_answer.full)


@settings(max_examples=200)
@given(cut=st.integers(0, len(SHEET)))
def test_a_sheet_that_was_cut_off_is_read_or_refused(cut: int) -> None:
    result = outcome(SHEET.encode()[:cut], "own.csv")
    assert isinstance(result, PackError) or len(result.questions) in (1, 2)
