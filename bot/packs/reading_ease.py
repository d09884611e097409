"""How easily a text is read, by the formula of Rudolf Flesch (1948): 100 is very easy, 30 is for scholars.

Syllables are guessed from groups of vowels, which is near enough to find a text that nobody can follow when it is
read aloud. Indented lines (logs, tables, code) and names in backquotes are left out.
"""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\s\"')]+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_CODE = re.compile(r"`[^`]*`")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?<=[^aeiouyl])e(s|d)?$|(?<=[aeiouy]l)es?$")


def reading_ease(text: str) -> float | None:
    """The ease of a text; None for one without words."""
    lines = (line for line in text.split("\n") if not line.startswith("    "))
    prose = _CODE.sub("code", "\n".join(lines))
    words = _WORD.findall(prose)
    sentences = [part for part in _SENTENCE_END.split(prose) if _WORD.search(part)]
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    """About how many syllables a word has; the parts of a compound are counted apart."""
    parts = re.split(r"[-'’]", word.lower())
    return max(1, sum(len(_VOWELS.findall(_SILENT_END.sub("", part))) or bool(part) for part in parts))
