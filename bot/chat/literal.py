"""Other people's text as it is shown: literal, isolated, capped, and never cut inside a character.

A name or an answer may hold anything: direction overrides, hundreds of accents on one letter, codes that move a
terminal's cursor. `shown` makes it harmless to what stands around it and changes nothing that a reader sees of
ordinary text.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from wcwidth import iter_graphemes

MARKS = 8
"""Combining marks that a base character keeps; ordinary writing needs at most four."""

NAME = 80
"""Characters of a name."""

ELLIPSIS = "…"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_ISOLATES = frozenset({_FIRST_STRONG_ISOLATE, _POP_ISOLATE})
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\v": "\n", "\f": "\n"}


def printable(text: str) -> str:
    """Text in which others' words are `shown` already: their isolates stay, as far as they are whole in a line.

    Control codes and all other direction controls go, in case some words were not. Doing it twice changes nothing.
    """
    for other, plain in _BREAKS.items():
        text = text.replace(other, plain)
    return "\n".join(_whole_isolates(line) for line in text.split("\n"))


def _whole_isolates(line: str) -> str:
    kept = [char for char in line if char in _ISOLATES or not _is_control(char)]
    open_at: list[int] = []
    unpaired: set[int] = set()
    for at, char in enumerate(kept):
        if char == _FIRST_STRONG_ISOLATE:
            open_at.append(at)
        elif char == _POP_ISOLATE and open_at:
            open_at.pop()
        elif char == _POP_ISOLATE:
            unpaired.add(at)
    unpaired.update(open_at)
    return "".join(char for at, char in enumerate(kept) if at not in unpaired)


def shown(text: str) -> str:
    """Text of a member, safe to set among our own.

    Control codes and direction controls go, a base keeps at most eight marks, and each line that could change the
    order of letters around it is isolated (FSI … PDI). Line breaks stay, as `\\n`. Doing it twice changes nothing.
    """
    for other, plain in _BREAKS.items():
        text = text.replace(other, plain)
    return "\n".join(_isolated(line) for line in text.split("\n"))


def isolates_closed(lines: Iterable[str]) -> Iterator[str]:
    """Lines that a shown text was wrapped into; an isolate that goes on in the next line is closed and opened again."""
    opened = False
    for line in lines:
        whole = f"{_FIRST_STRONG_ISOLATE}{line}" if opened else line
        opened = whole.count(_FIRST_STRONG_ISOLATE) > whole.count(_POP_ISOLATE)
        yield f"{whole}{_POP_ISOLATE}" if opened else whole


def shown_name(name: str) -> str:
    """A member's name, safe to set within a sentence: as `shown`, in one line of at most 80 characters."""
    one_line = cut(shown(" ".join(name.split())), NAME - 1)  # the cut may take the PDI, so it is set again
    return shown(one_line) or "(no name)"


def _isolated(line: str) -> str:
    kept = "".join(_capped(char for char in line if not _is_control(char)))
    turns = any(char in _DIRECTION_CONTROLS for char in line) or any(
        unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in kept
    )
    return f"{_FIRST_STRONG_ISOLATE}{kept}{_POP_ISOLATE}" if turns else kept


def _is_control(char: str) -> bool:
    return char in _DIRECTION_CONTROLS or (unicodedata.category(char) in ("Cc", "Cs") and char != "\t")


def _capped(chars: Iterator[str]) -> Iterator[str]:
    marks = 0
    for char in chars:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 0
        if marks <= MARKS:
            yield char


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of a text, with `…` in place of what is missing; never inside a grapheme.

    Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError("a limit is at least 1")
    if len(text) <= limit:
        return text
    return _head(text, limit - 1).rstrip() + ELLIPSIS


def _head(text: str, limit: int) -> str:
    """The whole graphemes within the first `limit` characters."""
    end = 0
    for grapheme in iter_graphemes(text[: limit + 64]):
        if end + len(grapheme) > limit:
            break
        end += len(grapheme)
    return text[:end]


def split(text: str, limit: int) -> list[str]:
    """A long text in pieces of at most `limit` characters, which together are the text again.

    A piece ends after a line break or a blank in its second half where there is one, else between graphemes; only
    a single grapheme longer than `limit` is cut inside. An empty text has no pieces. The time is linear.
    """
    if limit < 1:
        raise ValueError("a limit is at least 1")
    pieces: list[str] = []
    held: list[str] = []
    length = 0
    for part in chain.from_iterable(_within(grapheme, limit) for grapheme in iter_graphemes(text)):
        while length + len(part) > limit:
            end = _good_end(held)
            pieces.append("".join(held[:end]))
            held = held[end:]
            length -= len(pieces[-1])
        held.append(part)
        length += len(part)
    return [*pieces, "".join(held)] if held else pieces


def _within(grapheme: str, limit: int) -> Iterator[str]:
    """A grapheme, in several parts if it alone is too long."""
    return (grapheme[start : start + limit] for start in range(0, len(grapheme), limit))


def _good_end(parts: list[str]) -> int:
    """How many of the parts make a piece."""
    for breaks in (("\n", "\r\n"), (" ",)):
        for end in range(len(parts), len(parts) // 2, -1):
            if parts[end - 1] in breaks:
                return end
    return len(parts)
