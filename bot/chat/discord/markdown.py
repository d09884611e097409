"""Text as Discord shows it literally: its markdown, mentions and links in brackets lose their meaning.

A backslash takes the meaning from any punctuation mark. Addresses are left whole, as a backslash would break them;
only such as hold nothing but harmless characters.
"""

import re

_FENCE, _NO_FENCE = "```", "`\u200b`\u200b`"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._:/?#@!$&',;=%+-]+")
_MEANS_SOMETHING = re.compile(r"[\\*_~`|<>\[\]@]")
_AT_LINE_START = re.compile(r"^(\s*)(#|-|\+|(?P<number>\d+)(?=\.))", re.MULTILINE)


def literal(text: str) -> str:
    """A text that reads on Discord as it is written here; at most about twice as long."""
    escaped: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        escaped += [_escaped(text[end : address.start()]), address[0]]
        end = address.end()
    return _AT_LINE_START.sub(_first_of_line, "".join([*escaped, _escaped(text[end:])]))


def _escaped(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda found: f"\\{found[0]}", text)


def _first_of_line(found: re.Match[str]) -> str:
    """A heading's, list's or small line's first mark; a number loses its dot."""
    if found["number"] is not None:
        return f"{found[1]}{found['number']}\\"
    return f"{found[1]}\\{found[2]}"


def quoted(text: str) -> str:
    """Literal lines as a quote."""
    return "\n".join(f"> {line}" for line in literal(text).split("\n"))


def small(text: str) -> str:
    """Literal lines in small gray letters."""
    return "\n".join(f"-# {line}" if line.strip() else line for line in literal(text).split("\n"))


def fenced(text: str) -> str:
    """Lines whose columns stay, in a block that nothing in them can end."""
    return f"```\n{text.replace(_FENCE, _NO_FENCE)}\n```"


def unfenced(inside: str) -> str:
    """What stands inside such a block, as it was."""
    return inside.replace(_NO_FENCE, _FENCE)
