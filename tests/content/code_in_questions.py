"""The code that stands in the questions of the content folder, taken out and run as it is."""

import asyncio
import textwrap
from collections import deque
from collections.abc import Iterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.domain.questions import Question
from bot.packs import read_packs

CONTENT = Path(__file__).resolve().parents[2] / "content"
INDENT = " " * 4
HERE = "a question"
"""The module of what the code makes."""


@cache
def questions() -> dict[str, Question]:
    return {question.id: question for pack in read_packs([CONTENT]) for question in pack.questions}


def blocks(text: str) -> Iterator[str]:
    """The parts of a text that are indented by four spaces, as they are shown, without the indent."""
    lines: list[str] = []
    for line in [*text.split("\n"), "end"]:
        if line.startswith(INDENT) or (lines and not line):
            lines.append(line)
        elif lines:
            yield textwrap.dedent("\n".join(lines)).strip("\n") + "\n"
            lines = []


def block_of(text: str, first_words: str) -> str:
    """The one block that begins so."""
    (found,) = (block for block in blocks(text) if block.startswith(first_words))
    return found


def run(code: str, **names: object) -> dict[str, Any]:
    """What the code leaves behind; it gets the modules that the questions leave out, and these names."""
    space: dict[str, Any] = {"__name__": HERE, "uuid": Keys, "asyncio": asyncio, "deque": deque}
    space |= {"asynccontextmanager": asynccontextmanager, "random": NoPauses, **names}
    exec(compile(code, HERE, "exec"), space)  # our own content
    return space


class Clock:
    """Stands for the module `time`, and for any clock that is passed in."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class NoPauses:
    """Stands for the module `random`: the shortest of all pauses."""

    @staticmethod
    def uniform(least: float, most: float) -> float:
        return least


class Keys:
    """Stands for the module `uuid`."""

    uuid4 = staticmethod(uuid4)
