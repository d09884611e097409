"""The text of an answer, judged by what a person sees: is there any, how much is their own, is it a copy.

Written for PROMISES, "Streaks" 9. A platform's escapes (`&gt;`) are undone before text comes here.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from itertools import filterfalse

# Letters and symbols by category, but nothing on a screen.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LABELED_LINK = re.compile(r"<(?:https?|ftp|mailto):[^<>\s]*(?:\|[^<>]*)?>", re.IGNORECASE)
_LINK = re.compile(r"(?:(?:https?|ftp)://|\bwww\.)[^\s<>]*", re.IGNORECASE)
_MENTION = re.compile(r"<(?:[@#!]|a?:\w+:)[^<>\s]*>")
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z0-9_+\-]{2,40}:(?![\w:])")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
# What is taken out, in this order, and what a text must hold for there to be any: most texts hold none of it.
_NOT_OWN = (
    (_LABELED_LINK, ("<",)),
    (_LINK, ("://", "ww", "WW", "wW", "Ww")),
    (_MENTION, ("<",)),
    (_SHORTCODE, (":",)),
    (_KEYCAP, ("\u20e3",)),
)
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_MARKDOWN = str.maketrans("", "", "*_~`|")
_characters = lru_cache(maxsize=4096)  # a text has many characters, but few different ones
_SYMBOLS = ((0x2300, 0x23FF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF))


def visible_length(text: str) -> int:
    """How many characters a person would count, at least 0.

    Spaces, control and format characters (zero-width ones, soft hyphens, text direction), combining marks
    with variation selectors, and letters drawn as nothing count for nothing; a letter with its accent counts
    once. An emoji of several code points may count more than once.
    """
    if text.isascii() and text.isprintable():
        return len(text) - text.count(" ")
    return sum(map(_is_visible, unicodedata.normalize("NFC", text)))


def is_blank(text: str) -> bool:
    """Whether a person would see nothing at all; `str.strip` leaves zero-width and filler characters."""
    return visible_length(text) == 0


def own_text(text: str, question_text: str) -> str:
    """What is left of an answer to count: without quotes of the question, links, mentions and emoji.

    A line goes when it begins with `>` and repeats a part of the question, or when it is a whole line of the
    question without that mark. Quotes of anything else stay, because code and shell lines begin so, too.
    """
    asked, asked_lines = _asked(question_text)
    kept = [line for line in text.splitlines() if line and not _repeats(line, asked, asked_lines)]
    left = "\n".join(kept)
    for pattern, marks in _NOT_OWN:
        if any(mark in left for mark in marks):
            left = pattern.sub(" ", left)
    return (left if left.isascii() else "".join(filterfalse(_is_emoji, left))).strip()


def fingerprint(text: str) -> str:
    """64 hex digits, equal for texts that a person would call the same (SHA-256 of a normal form).

    Case, white space, invisible characters, compatibility forms, and punctuation at both ends make no
    difference. Texts of nothing but punctuation all have one fingerprint, so judge their length first.
    """
    return sha256(_normal(text).encode("utf-8", "surrogatepass")).hexdigest()


@_characters
def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in "ZM" and not _is_ignored(char) and char not in _BLANK


def _is_ignored(char: str) -> bool:
    """Whether a character is a control, format or surrogate one, or kept free for such ones.

    Other unassigned code points stay, because emoji and scripts newer than Python's table are seen.
    """
    category, code = unicodedata.category(char), ord(char)
    reserved = 0xFFF0 <= code <= 0xFFF8 or 0xE0000 <= code <= 0xE0FFF or code & 0xFFFE == 0xFFFE
    return category in ("Cc", "Cf", "Cs") or (category == "Cn" and reserved)


@_characters
def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Cn") and any(
        first <= ord(char) <= last for first, last in _SYMBOLS
    )


@lru_cache(maxsize=1024)
def _asked(question_text: str) -> tuple[str, frozenset[str]]:
    """A question as a whole and line by line, as answers are compared with it."""
    return _plain(question_text), frozenset(map(_plain, question_text.splitlines()))


def _repeats(line: str, asked: str, asked_lines: frozenset[str]) -> bool:
    """Whether a line of an answer only repeats the question; a quote of nothing counts as one."""
    mark = _QUOTE.match(line)
    said = _plain(line[mark.end() :] if mark else line)
    return said in asked if mark else said != "" and said in asked_lines


def _plain(text: str) -> str:
    return _normal(text.translate(_MARKDOWN))


def _normal(text: str) -> str:
    """One spelling for all that look alike: visible characters, single spaces, no punctuation at the ends."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _seen(text)).casefold())
    words = " ".join(_seen(folded).split())
    start, end = 0, len(words)
    while start < end and _is_edge(words[start]):
        start += 1
    while end > start and _is_edge(words[end - 1]):
        end -= 1
    return words[start:end]


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text  # most lines have nothing to be replaced
    return "".join(map(_as_seen, text))


@_characters
def _as_seen(char: str) -> str:
    """A character, a space for one that is drawn as nothing, or nothing for one that takes no place."""
    spaced = " " if char.isspace() or char in _BLANK else char
    return "" if _is_ignored(spaced) or _is_selector(spaced) else spaced


def _is_selector(char: str) -> bool:
    """Whether a mark only chooses a look or joins letters: such ones vanish, accents stay."""
    return char == "\u034f" or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def _is_edge(char: str) -> bool:
    return char == " " or unicodedata.category(char)[0] == "P"
