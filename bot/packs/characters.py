"""The bytes of a pack file become text, or are refused: only plain UTF-8 without hidden characters passes."""

import re

from bot.packs.findings import Notes, Place

LARGEST_FILE = 1_000_000
"""Bytes of one pack file, at most: 5.6 MB took 22 s in pure Python (row 9 of the bad-input table)."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # tab and line feed are missing here, and carriage return
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, foreign line ends, controls of writing direction, and halves of surrogate pairs."""

_PACKED = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"),
    *(b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd", b"Rar!", b"%PDF-", b"\xd0\xcf\x11\xe0"),
)
_TAR_MARK_AT = 257
IF_PACKED = "This is an archive or no text; only plain .yaml is read, so unpack it first."


def read_text(file: str, data: bytes, notes: Notes, if_packed: str = IF_PACKED) -> str | None:
    """The text of a pack file, without its byte-order mark; None after a finding was noted."""
    whole = Place(file)
    if len(data) > LARGEST_FILE:
        notes.add(whole, f"The file is over 1 MB ({LARGEST_FILE:,} bytes); split the pack or shorten it.")
    elif data.startswith(_PACKED) or data[_TAR_MARK_AT:].startswith(b"ustar"):
        notes.add(whole, if_packed)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) >= 2:
        notes.add(whole, "The file is UTF-16 or UTF-32; save as UTF-8.")
    else:
        return _decoded(file, data, notes)
    return None


def _decoded(file: str, data: bytes, notes: Notes) -> str | None:
    try:
        # Surrogates pass, so that they are named by their code point below.
        text = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = error.object[error.start]
        notes.add(Place(file, line, 1), f"The byte 0x{byte:02x} in this line is not UTF-8; save as UTF-8.")
        return None
    found = HIDDEN.search(text)
    if found is None:
        return text
    notes.add(place_of(file, text, found.start()), hidden_sentence(found.group()))
    return None


def place_of(file: str, text: str, index: int) -> Place:
    """The place of a character of a file's text; CR, LF and CRLF end a line."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def hidden_sentence(char: str) -> str:
    """What is said of one character that HIDDEN matches."""
    if "\ud800" <= char <= "\udfff":
        what = "half of a surrogate pair, which is no character"
    elif char in "\u2028\u2029\x85":
        what = "a foreign line end; begin a new line instead"
    elif char > "\xff":
        what = "an invisible control of writing direction"
    else:
        what = "a control character"
    return f"U+{ord(char):04X} is {what}. Take it out."
