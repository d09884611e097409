"""A card's blocks as pieces of markdown, each of which fits into one Discord message, in the card's order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.chat import pictures
from bot.chat.cards import (
    Block,
    Bullets,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Text,
)
from bot.chat.discord import markdown
from bot.chat.literal import cut, printable, shown, split
from bot.domain.places import Member

TEXT = 3900
"""Characters of text that a message is given; Discord takes 4,000."""
DESCRIPTION = 256
"""Characters of a picture's description."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that is drawn, by the name of its file."""

    data: bytes
    alt: str


Piece = str | Image
"""A paragraph or a few lines in markdown; or a picture."""


def pieces(card: Card, quiet: bool) -> Iterator[Piece]:
    """The title, then the blocks; a heading stands in one piece with what follows it."""
    title = cut(markdown.literal(" ".join(printable(card.title).split())), TEXT // 2)
    yield f"**{title}**" if quiet else f"## {title}"
    for number, block in enumerate(card.blocks):
        after_heading = number > 0 and isinstance(card.blocks[number - 1], Heading)
        heading = _heading(card.blocks[number - 1]) if after_heading else ""
        if isinstance(block, Heading) and number + 1 < len(card.blocks):
            continue  # it goes into one piece with what it stands above
        yield from _joined(heading, _drawn(block))


def _joined(heading: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A heading with the first piece under it, so that no message ends with a heading."""
    first = next(pieces, None)
    if heading and isinstance(first, str) and len(heading) + len(first) < TEXT:
        first = f"{heading}\n{first}"
    elif heading:
        yield heading
    if first is not None:
        yield first
    yield from pieces


def _heading(block: Block) -> str:
    assert isinstance(block, Heading)
    return f"### {markdown.literal(printable(block.text))}"


def _drawn(block: Block) -> Iterator[Piece]:
    match block:
        case Text():
            yield from _paragraph(block)
        case Heading():
            yield _heading(block)
        case Quote(text):
            yield from _split(shown(text), markdown.quoted)
        case Note(text):
            yield from _split(printable(text), markdown.small)
        case Preformatted(text):
            yield from _split(printable(text), markdown.fenced)
        case Bullets() | Numbered() | Facts():
            yield from _lines(list(_listed(block)))
        case Picture():
            yield from _picture(block)


def _paragraph(block: Text) -> Iterator[str]:
    words = [part for part in block.parts if isinstance(part, str)]
    if len(words) == len(block.parts):
        return _split(printable("".join(words)), markdown.literal)
    return _split(said(block), str)  # a line about somebody, and short


def _picture(block: Picture) -> Iterator[Piece]:
    data = pictures.draw(block)
    if data is not None:
        yield Image(data, cut(block.alt, DESCRIPTION))
    if data is None or len(block.alt) > DESCRIPTION:
        yield from _split(printable(block.alt), markdown.small)


def said(text: Text) -> str:
    """A paragraph in markdown; people and channels stand as Discord's own names of them, which ping nobody here."""
    return "".join(
        markdown.literal(printable(part))
        if isinstance(part, str)
        else f"<@{part.id}>"
        if isinstance(part, Member)
        else f"<#{part.id}>"
        for part in text.parts
    )


def _listed(block: Bullets | Numbered | Facts) -> Iterator[str]:
    if isinstance(block, Facts):
        for label, value in block.pairs:
            yield f"**{markdown.literal(printable(label))}:** {markdown.literal(printable(value))}"
        return
    for number, item in enumerate(block.items, 1):
        mark = "-" if isinstance(block, Bullets) else f"{number}."
        yield f"{mark} {said(item)}"


def _lines(lines: list[str]) -> Iterator[str]:
    """Lines together while they fit into one piece."""
    held: list[str] = []
    for line in lines:
        if held and sum(map(len, held)) + len(held) + len(line) > TEXT:
            yield "\n".join(held)
            held = []
        if len(line) > TEXT:
            yield from split(line, TEXT)
        else:
            held.append(line)
    if held:
        yield "\n".join(held)


def _split(text: str, drawn: Callable[[str], str]) -> Iterator[str]:
    """A text as one piece, or as several that each fit when they are drawn; an empty one as none."""
    whole = drawn(text)
    if not text.strip():
        return
    if len(whole) <= TEXT:
        yield whole
        return
    for part in split(text, TEXT // 3):  # a line break may become three characters, any other at most two
        yield drawn(part.strip("\n"))
