"""The blocks of a card as Slack's rich text: every word stands there literally, and nothing in it pings anybody."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.blocks import (
    ContextBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from bot.chat.cards import (
    Block,
    Bullets,
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
from bot.chat.literal import printable, shown, split
from bot.chat.plain import Namer, said
from bot.domain.places import Channel, Platform

PIECE = 2900
"""Characters of one piece of rich text; a section has 3,000."""
NOTE = 1900
INDENT = "    "
ITEMS = 40
"""Items of one list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of Slack's blocks, and how many characters it shows."""

    block: dict[str, Any]
    size: int


def piece(block: SlackBlock, size: int) -> Piece:
    """A block that was checked by Slack's own library."""
    return Piece(block.to_dict(), size)


def pieces(block: Block, name: Namer) -> Iterator[Piece]:
    """A block of a card in as many of Slack's as its length needs."""
    match block:
        case Text():
            yield from _paragraph(block, name)
        case Quote(text):
            yield from _in_runs(shown(text), lambda part: RichTextQuoteElement(elements=[_text(part)]))
        case Preformatted(text):
            yield from _each(printable(text), _columns)
        case Heading(text):
            yield from heading(text)
        case Note(text):
            yield from note(text)
        case Picture(_, alt):
            yield from note(alt)
        case Facts(pairs):
            yield from _facts(pairs)
        case Bullets(items):
            yield from _listed(items, name, "bullet")
        case Numbered(items):
            yield from _listed(items, name, "ordered")


def heading(text: str) -> Iterator[Piece]:
    """Bold words."""
    yield from _each(printable(text), lambda part: RichTextSectionElement(elements=[_text(part, bold=True)]))


def note(text: str) -> Iterator[Piece]:
    """Small gray words."""
    for part in split(printable(text), NOTE):
        yield piece(ContextBlock(elements=[PlainTextObject(text=part, emoji=False)]), len(part))


def _text(text: str, *, bold: bool = False) -> RichTextElement:
    style = RichTextElementParts.TextStyle(bold=True) if bold else None
    return RichTextElementParts.Text(text=text, style=style)


def _section(text: str) -> RichTextElement:
    return RichTextSectionElement(elements=[_text(text)])


def _sections(text: Text, name: Namer) -> Iterator[tuple[RichTextElement, int]]:
    """A text as one section, in which a channel of Slack's is a link; in several when it is too long for one."""
    whole = said(text, name)
    if len(whole) > PIECE:
        yield from ((_section(part), len(part)) for part in split(whole, PIECE))
        return
    elements = [_element(part, name) for part in text.parts if part != ""]
    yield RichTextSectionElement(elements=elements or [_text(" ")]), len(whole)


def _element(part: Part, name: Namer) -> RichTextElement:
    if isinstance(part, Channel) and part.workspace.platform is Platform.SLACK:
        return RichTextElementParts.Channel(channel_id=part.id)
    return _text(said(Text((part,)), name))


def _columns(text: str) -> RichTextElement:
    return RichTextPreformattedElement(elements=[_text(text)])


def _has_columns(text: str) -> bool:
    return text.startswith(INDENT) or f"\n{INDENT}" in text


def _in_runs(text: str, element: Callable[[str], RichTextElement]) -> Iterator[Piece]:
    """A text in which lines that begin with four blanks are a table or a log, whose columns stand; the blanks go."""
    if not _has_columns(text):
        yield from _each(text, element)
        return
    for are_columns, run in groupby(text.split("\n"), lambda line: line.startswith(INDENT)):
        if are_columns:
            yield from _each("\n".join(line.removeprefix(INDENT) for line in run), _columns)
        else:
            yield from _each("\n".join(run).strip("\n"), element)


def _paragraph(text: Text, name: Namer) -> Iterator[Piece]:
    whole = said(text, name)
    if _has_columns(whole):
        yield from _in_runs(whole, _section)
        return
    for section, size in _sections(text, name):
        yield piece(RichTextBlock(elements=[section]), size)


def _each(text: str, element: Callable[[str], RichTextElement]) -> Iterator[Piece]:
    for part in split(text, PIECE):
        yield piece(RichTextBlock(elements=[element(part)]), len(part))


def _facts(pairs: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    """Pairs, a line each; one that is longer than a piece stands in pieces of its own."""
    lines: list[RichTextElement] = []
    size = 0
    for label, value in pairs:
        first, *more = split(printable(value), PIECE - len(label) - 2) or [""]
        if lines and size + len(label) + len(first) > PIECE:
            yield piece(RichTextBlock(elements=lines), size)
            lines, size = [], 0
        lines.append(
            RichTextSectionElement(elements=[_text(f"{printable(label)}: ", bold=True), _text(f"{first}\n")])
        )
        size += len(label) + len(first) + 3
        for part in more:
            yield piece(RichTextBlock(elements=lines), size)
            lines, size = [_section(part)], len(part)
    if lines:
        yield piece(RichTextBlock(elements=lines), size)


def _listed(items: Sequence[Text], name: Namer, style: str) -> Iterator[Piece]:
    """A list in pieces; the numbers of an ordered one go on."""
    held: list[RichTextElement] = []
    size = begun = 0
    for section, length in [one for item in items for one in _sections(item, name)]:
        if held and (size + length > PIECE or len(held) == ITEMS):
            yield piece(RichTextBlock(elements=[_list(held, style, begun)]), size)
            begun += len(held)
            held, size = [], 0
        held.append(section)
        size += length
    if held:
        yield piece(RichTextBlock(elements=[_list(held, style, begun)]), size)


def _list(items: Sequence[RichTextElement], style: str, offset: int) -> RichTextElement:
    counted = offset if style == "ordered" and offset else None
    return RichTextListElement(elements=list(items), style=style, offset=counted)
