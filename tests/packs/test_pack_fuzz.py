"""Whatever the bytes, reading gives a Pack or a PackError with findings, never another exception."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.questions import Pack
from bot.packs import PackError, read_pack, yaml_tree
from tests.packs.pack_texts import PACK

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


def edited(edits: list[tuple[int, int, str]]) -> bytes:
    text = PACK
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


def outcome(data: bytes) -> Pack | PackError:
    try:
        return read_pack({"own.yaml": data})
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


@settings(max_examples=200)
@given(data=st.binary(max_size=60))
def test_random_bytes_are_refused(data: bytes) -> None:
    result = outcome(data)
    assert isinstance(result, PackError)
    assert result.findings


@settings(max_examples=200)
@given(cut=st.integers(0, len(PACK)))
def test_a_pack_that_was_cut_off_is_read_whole_or_refused(cut: int) -> None:
    result = outcome(PACK.encode()[:cut])
    assert isinstance(result, PackError) or len(result.questions) == 1
