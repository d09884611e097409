"""The STAR view of a behavioral answer: its four parts, its length, a number in the result. Facts, never a grade.

STAR is situation, task, action, result; answers to it are told in one to two minutes, which is 100 to 150 words when
a first pass is written down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PARTS = ("situation", "task", "action", "result")
WORDS = (100, 150)
"""Words of a short answer in the STAR form."""

_BLANK = r"[^\S\n]"  # no line break, or an answer of nothing else would take quadratic time
_HEADING = re.compile(
    rf"^(?:{_BLANK}|[#>*_-])*+(situation|task|actions?|results?|s|t|a|r)"
    rf"(?:{_BLANK}|[*_])*+(?:\([^()\n]{{1,60}}\)(?:{_BLANK}|[*_])*+)?"
    rf"(?::|[.)](?=[\s*_]|$)|(?<={_BLANK})[\u2013\u2014-]++(?!\d)|$)[*_]*+{_BLANK}*+",
    re.IGNORECASE | re.MULTILINE,
)
"""A name of a part at the beginning of a line, perhaps with `(2019)`, and a sign after it; or alone in its line.

A dash is such a sign only after a blank: "Results-driven" begins a sentence. Each run is possessive (`*+`), as whoever
reads is everybody's bot: the time is linear whatever an answer is.
"""
_WORD = re.compile(r"\w+(?:['’\u2011.,-]\w+)*")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million|half|third|quarter|double|doubled|tripled|halved|twice|percent)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StarView:
    """What an answer shows: its parts by name, as far as it has headings for them.

    `words` are those of the whole answer without headings; `number` says whether the result has a number, None when
    there is no result to look at.
    """

    parts: Mapping[str, str]
    words: int
    number: bool | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that have no text, in order."""
        return tuple(part for part in PARTS if not self.parts.get(part))


def star_of(text: str) -> StarView:
    """Split an answer by its headings (`Situation:`, `**Task**`, `A -`), in whatever order and letter case."""
    parts = split_star(text)
    bare = list(text)
    for heading in _headings(text):
        bare[heading.start() : heading.end()] = " " * len(heading[0])
    words = len(_WORD.findall("".join(bare)))
    result = parts.get("result")
    return StarView(parts, words, bool(_NUMBER.search(result)) if result else None)


def split_star(text: str) -> dict[str, str]:
    """The parts that a text has headings for; one letter counts as a heading only if all four are there.

    A heading that comes twice adds to its part. Text before the first heading belongs to no part.
    """
    found = _headings(text)
    bodies: dict[str, list[str]] = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        bodies.setdefault(_part_named(match[1]), []).append(text[match.end() : end].strip())
    return {name: "\n".join(body for body in told if body) for name, told in bodies.items()}


def _headings(text: str) -> list[re.Match[str]]:
    found = list(_HEADING.finditer(text))
    letters = {match[1].lower() for match in found if len(match[1]) == 1}
    return found if letters == {"s", "t", "a", "r"} else [match for match in found if len(match[1]) > 1]


def _part_named(heading: str) -> str:
    return next(part for part in PARTS if part.startswith(heading.lower()[:1]))


def joined_star(parts: Mapping[str, str]) -> str:
    """The four parts as one text, each under its heading; empty ones are left out."""
    lines = ((part, parts.get(part, "").strip()) for part in PARTS)
    return "\n\n".join(f"{part.capitalize()}: {text}" for part, text in lines if text)
