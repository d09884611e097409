"""Lines from pipes, and text that nobody reads any more."""

import io
import os
from pathlib import Path

import pytest

from bot.chat.local.piped import LONGEST_LINE, PipedScreen
from bot.chat.local.screen import HungUp


async def lines_of(data: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "lines"
    file.write_bytes(data)
    with file.open(encoding="utf-8") as stdin:
        screen = PipedScreen(stdin, io.StringIO())
        found = []
        while (line := await screen.ask("")) is not None:
            found.append(line)
        return found


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a\nb", ["a", "b"]),
        (b"a\r\n\nb\n", ["a", "", "b"]),
        ("ä\n名前\n".encode(), ["ä", "名前"]),
        (b"\xff\n", ["\ufffd"]),
    ],
)
async def test_lines_come_as_they_were_written(data: bytes, lines: list[str], tmp_path: Path) -> None:
    assert await lines_of(data, tmp_path) == lines


@pytest.mark.bad_input(109)
async def test_a_line_without_end_is_not_held_in_memory(tmp_path: Path) -> None:
    first, second = await lines_of(b"x" * (3 * LONGEST_LINE) + b"\nnext\n", tmp_path)
    assert LONGEST_LINE <= len(first) <= LONGEST_LINE + (1 << 16)
    assert second == "next"


async def test_a_reader_that_is_gone_is_noticed_once_and_the_end_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    stdout = os.fdopen(writing, "w", encoding="utf-8")
    screen = PipedScreen(io.StringIO(), stdout)
    with pytest.raises(HungUp):
        screen.show("hello")
    stdout.close()


def test_what_the_output_cannot_write_is_replaced() -> None:
    kept = io.BytesIO()
    stdout = io.TextIOWrapper(kept, encoding="ascii")
    PipedScreen(io.StringIO(), stdout).show("ä “")
    assert kept.getvalue() == b"? ?\n"
