"""What is wrong in question packs: findings with places, and the error that carries them all at once."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_FINDINGS = 100
"""More than these are not listed: nobody reads them, and a hostile file could ask for a million."""


class Place(NamedTuple):
    """A position in a file; line and column count from 1; line 0 is the whole file, column 0 the whole line."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, where it stands (see `Place`), and what to do about it."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        where = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return f"{':'.join(where)}: {self.sentence}"


class PackError(Exception):
    """Nothing was taken from the packs, because of these findings (sorted by file, line and column)."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(set(findings)))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Notes:
    """Gathers findings while a reading goes on, and remembers where each field stood.

    `places` is keyed by the path of a field: a question's id and what follows, as in `cache-basics.hints.0`.
    """

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._findings: list[Finding] = []

    def add(self, place: Place, sentence: str) -> None:
        """Note one finding; raises PackError when there are too many to be of use."""
        self._findings.append(Finding(*place, sentence))
        if len(self._findings) >= MOST_FINDINGS:
            more = f"Only the first {MOST_FINDINGS} findings are listed; mend these first."
            raise PackError([*self._findings, Finding(place.file, 0, 0, more)])

    def settle(self) -> None:
        """Raise PackError when anything was found."""
        if self._findings:
            raise PackError(self._findings)


def nearest(word: str, known: Sequence[str]) -> str:
    """The end of a sentence about an unknown word: the known one nearest to it, or else all known ones."""
    near = difflib.get_close_matches(word[:64], known, n=1, cutoff=0.5)
    if near:
        return f"did you mean `{near[0]}`?"
    return "known are " + ", ".join(f"`{name}`" for name in known[:25]) + "."


def shown(text: str) -> str:
    """Foreign text as it may stand in a sentence: short, on one line, nothing invisible in it."""
    cut = text if len(text) <= 40 else text[:40] + "…"
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in cut).replace("`", "'")
