"""Cards and messages as text for a terminal: in color where there is one, and as plain text everywhere else.

The words are those of `bot/chat/plain`; here they get an indent, so that one sees where a card ends, and their
buttons as they are typed: `>Answer`. Nothing in a text can steer the terminal: all of it goes through `shown`.
"""

from collections.abc import Iterator

from wcwidth import width as cells

from bot.chat.cards import Block, Button, Card, Facts, Heading, Note, Numbered, Style, Text, Tone
from bot.chat.literal import shown, shown_name
from bot.chat.plain import NARROWEST, WIDTH, plain

INDENT = "  "
GAP = "   "
SHORT = 3
"""Lines of a card whose buttons stand right below them."""

_RESET = "\x1b[0m"
_BOLD, _DIM = "\x1b[1m", "\x1b[2m"
_TONES = {
    Tone.NEUTRAL: "\x1b[1;36m",
    Tone.GOOD: "\x1b[1;32m",
    Tone.CAREFUL: "\x1b[1;33m",
    Tone.REFUSED: "\x1b[1;31m",
}
_STYLES = {Style.MAIN: "\x1b[1;36m", Style.PLAIN: "\x1b[36m", Style.DANGER: "\x1b[31m"}


def draw(card: Card, width: int = WIDTH, color: bool = False) -> str:
    """A card in lines of at most `width` cells (at least 24 are used), without a line break at its end."""
    inner = max(width, NARROWEST + 2 * len(INDENT)) - len(INDENT)
    lines = [_styled(line, _TONES[card.tone], color) for line in plain(Card(card.title), inner)]
    body = [line and INDENT + line for line in _body(card.blocks, inner, color)]
    pressable = [INDENT + line for line in _buttons(card.buttons, inner, color)]
    apart = [""] if pressable and len(body) > SHORT else []
    return "\n".join([*lines, *body, *apart, *pressable])


def draw_reply(author: str, text: str, width: int = WIDTH, color: bool = False) -> str:
    """What somebody said, with their name."""
    inner = max(width, NARROWEST + 2 * len(INDENT)) - len(INDENT)
    name = _styled(shown_name(author), _BOLD, color)
    lines = plain(Card("", (Text((shown(text),)),)), inner)[2:]
    return "\n".join([f"{name}:", *(INDENT + line for line in lines)])


def draw_aside(text: str, width: int = WIDTH, color: bool = False) -> str:
    """A line of our own that is no message: greetings and hints."""
    inner = max(width, NARROWEST)
    return "\n".join(_styled(line, _DIM, color) for line in plain(Card(text), inner))


def draw_choices(lines: tuple[str, ...], width: int = WIDTH, color: bool = False) -> str:
    """What can be chosen in a form's field, counted from 1."""
    inner = max(width, NARROWEST + 2 * len(INDENT)) - len(INDENT)
    drawn = plain(Card("", (Numbered(tuple(Text((line,)) for line in lines)),)), inner)[2:]
    return "\n".join(_styled(INDENT + line, _DIM, color) for line in drawn)


def draw_steps(steps: tuple[tuple[str, str], ...], width: int = WIDTH, color: bool = False) -> str:
    """What one can type, each with what it does, in two columns where they fit."""
    column = max(cells(typed) for typed, _ in steps) + len(GAP)
    fits = all(len(INDENT) + column + cells(about) <= width for _, about in steps)
    lines = []
    for typed, about in steps:
        blank = " " * (column - cells(typed))
        lines.append(INDENT + _styled(typed, _BOLD, color) + (blank if fits else f"\n{INDENT * 2}") + about)
    return "\n".join(lines)


def _body(blocks: tuple[Block, ...], width: int, color: bool) -> Iterator[str]:
    """The lines of all blocks; what has several lines, and each heading, stands apart from what is before it."""
    apart = False
    for number, block in enumerate(blocks):
        lines = plain(Card("", (block,)), width)[2:]
        long = len(lines) > 1 and not isinstance(block, Facts)
        headed = number > 0 and isinstance(blocks[number - 1], Heading)
        if number > 0 and (long or apart or isinstance(block, Heading)) and not headed:
            yield ""
        style = _BOLD if isinstance(block, Heading) else _DIM if isinstance(block, Note) else ""
        yield from (_styled(line, style, color) for line in lines)
        apart = long


def _buttons(buttons: tuple[Button, ...], width: int, color: bool) -> Iterator[str]:
    """The buttons as they are typed, as many on a line as fit."""
    held, used = "", 0
    for button in buttons:
        label = f">{shown(button.label)}"
        room = cells(label) + (len(GAP) if held else 0)
        if held and used + room > width:
            yield held
            held, used = "", 0
            room = cells(label)
        held += (GAP if held else "") + _styled(label, _STYLES[button.style], color)
        used += room
    if held:
        yield held


def _styled(text: str, style: str, color: bool) -> str:
    return f"{style}{text}{_RESET}" if color and style and text else text
