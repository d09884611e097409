"""A card as plain text: for the terminal, for notifications, and for those who have pages read to them."""

from collections.abc import Callable, Iterator

from wcwidth import width as cells
from wcwidth import wrap

from bot.chat.cards import (
    Block,
    Bullets,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Part,
    Picture,
    Preformatted,
    Quote,
    Text,
)
from bot.chat.literal import cut, isolates_closed, printable, shown, shown_name
from bot.domain.places import Member

WIDTH = 80
NARROWEST = 20

Namer = Callable[[Part], str]


def by_id(part: Part) -> str:
    """A member as `ben`, a channel as `#study`, by their ids: right where ids are names."""
    if isinstance(part, str):
        return part
    name = shown_name(part.id)
    return name if isinstance(part, Member) else f"#{name}"


def plain(card: Card, width: int = WIDTH, name: Namer = by_id) -> list[str]:
    """The lines of a card, none wider than `width` cells (at least 20), none with a blank at its end.

    `name` gives the text of a Part; the names that it looks up must go through `shown_name`.
    """
    if width < NARROWEST:
        raise ValueError(f"a width is at least {NARROWEST} cells")
    lines = list(_wrapped(card.title, width))
    blocks = tuple(block for block in card.blocks if not isinstance(block, Picture))
    for before, block in zip((None, *blocks), blocks, strict=False):
        if not (isinstance(before, Heading) or (isinstance(before, Note) and isinstance(block, Note))):
            lines.append("")
        lines += _block(block, width, name)
    if card.buttons:
        lines += ["", *_wrapped(" ".join(f"[{button.label}]" for button in card.buttons), width)]
    return [line.rstrip() for line in lines]


def notification(card: Card, limit: int, name: Namer = by_id) -> str:
    """A card in one line of at most `limit` characters."""
    words = (line.strip() for line in plain(card, 10_000, name) if line)
    return cut(" ".join(words), limit)


def said(text: Text, name: Namer = by_id) -> str:
    """A Text as one string."""
    return "".join(printable(part) if isinstance(part, str) else shown(name(part)) for part in text.parts)


def _block(block: Block, width: int, name: Namer) -> Iterator[str]:
    match block:
        case Text():
            return _wrapped(said(block, name), width)
        case Heading(text) | Note(text):
            return _wrapped(text, width)
        case Quote(text):
            return _wrapped(shown(text), width, "| ", "| ")
        case Picture():
            return iter(())
        case Preformatted(text):
            return _columns(text, width)
        case Bullets() | Numbered() | Facts():
            return _listed(block, width, name)


def _listed(block: Bullets | Numbered | Facts, width: int, name: Namer) -> Iterator[str]:
    if isinstance(block, Facts):
        for label, value in block.pairs:
            yield from _wrapped(f"{label}: {value}", width, "", "  ")
        return
    for number, item in enumerate(block.items, 1):
        mark = "- " if isinstance(block, Bullets) else f"{number}. "
        yield from _wrapped(said(item, name), width, mark, " " * len(mark))


def _columns(text: str, width: int) -> Iterator[str]:
    """Lines as they are; only one that does not fit is wrapped."""
    for line in printable(text).expandtabs().split("\n"):
        yield from (line,) if cells(line) <= width else _wrapped(line, width)


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> Iterator[str]:
    """A text in lines of at most `width` cells; its own line breaks stay."""
    indent = first
    for line in printable(text).split("\n"):
        wrapped = wrap(
            line,
            width,
            control_codes="ignore",
            initial_indent=indent,
            subsequent_indent=later,
            break_on_hyphens=False,
        )
        yield from isolates_closed(wrapped or [indent])
        indent = later
