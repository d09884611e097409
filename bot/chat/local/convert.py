"""The local chat's names and numbers <-> places, members and replies; and what a name may be.

A name is an id: it is kept in lower case and in one Unicode form, so `Ada` and `ada` are one person for good.
"""

import unicodedata
from enum import StrEnum

from bot.domain.answers_text import visible_length
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Reply
from bot.practice.records import LocalMessage

HOME = Workspace(Platform.LOCAL, "home")
"""The one workspace of a data folder."""

NAME_LENGTH = 32
"""Visible characters of a person's name, characters of a channel's."""

MARKS = 4
"""Accents that a letter of a name may carry; ordinary writing needs no more."""

MESSAGE_LENGTH = 40_000
"""Characters of a message: as many as the widest of the platforms takes."""

_CHANNEL_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LINE_BREAKS = ("\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f")


class NameFault(StrEnum):
    """Why a text is no name."""

    EMPTY = "empty"
    LONG = "long"
    UNSEEN = "unseen"  # a control, invisible or direction character
    MARKS = "marks"  # more accents on one letter than any writing needs
    LETTERS = "letters"  # a channel's name with others than a-z, 0-9 and hyphen


class BadName(Exception):
    """A text cannot be the name of a person or of a channel; `char` is the character at fault, if it is one."""

    def __init__(self, text: str, fault: NameFault, char: str = "") -> None:
        super().__init__(text, fault, char)
        self.text = text
        self.fault = fault
        self.char = char


def member_named(name: str) -> Member:
    """The person of a name: 1 to 32 visible characters in lower case. Raises BadName."""
    kept = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip(" ")).lower())
    for at, char in enumerate(kept):
        if _is_unseen(char):
            raise BadName(name, NameFault.UNSEEN, char)
        if unicodedata.category(char) in ("Mn", "Me") and _marks_from(kept, at) > MARKS:
            raise BadName(name, NameFault.MARKS, char)
    kept = " ".join(part for part in kept.split(" ") if part)
    length = visible_length(kept)
    if length == 0:
        raise BadName(name, NameFault.EMPTY)
    if length > NAME_LENGTH:
        raise BadName(name, NameFault.LONG)
    return Member(HOME, kept)


def channel_named(name: str) -> Channel:
    """The channel of a name: 1 to 32 of a-z, 0-9 and hyphen, with or without `#` before it. Raises BadName."""
    kept = name.removeprefix("#")
    if not kept:
        raise BadName(name, NameFault.EMPTY)
    for char in kept:
        if char not in _CHANNEL_LETTERS:
            raise BadName(name, NameFault.LETTERS, char)
    if len(kept) > NAME_LENGTH:
        raise BadName(name, NameFault.LONG)
    return Channel(HOME, kept)


def _is_unseen(char: str) -> bool:
    """Whether nobody sees a character of a name, or it moves what stands around it."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF or char == "\u034f"
    return char != " " and category != "Mc" and visible_length(char) == 0


def _marks_from(text: str, start: int) -> int:
    end = start
    while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me"):
        end += 1
    return end - start


def kept_text(text: str) -> str:
    """A text as the local chat keeps it: without control codes (they steer a terminal), line breaks as `\\n`.

    A lone surrogate, which no database takes, becomes U+FFFD.
    """
    for other in _LINE_BREAKS:
        text = text.replace(other, "\n")
    return "".join(_kept_char(char) for char in text)


def _kept_char(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" and char not in "\n\t" else char


def message_id(seq: int) -> str:
    """A message's id, as rounds and replies know it."""
    return str(seq)


def seq_of(message: str) -> int | None:
    """A message's number back from its id; None for what is no such id."""
    return int(message) if message.isascii() and message.isdigit() and len(message) <= 18 else None


def thread_of(message: LocalMessage) -> Thread | None:
    """The thread that a message stands in."""
    return Thread(message.channel, message.thread) if message.thread is not None else None


def to_reply(message: LocalMessage) -> Reply:
    """A person's message in a thread as the reply it is; raises ValueError for any other message."""
    thread = thread_of(message)
    if thread is None or message.author is None:
        raise ValueError(f"message {message.seq} is no reply")
    author = Member(message.channel.workspace, message.author)
    return Reply(thread, message_id(message.seq), author, message.text, message.at)
