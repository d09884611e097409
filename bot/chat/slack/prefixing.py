"""Where commands have a prefix, the cards say so, too: `/question` is written `/team-question`."""

import re
from dataclasses import replace

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Numbered, Part, Preformatted, Text
from bot.chat.commands import COMMANDS

_NAMES = "|".join(sorted({command.words[0] for command in COMMANDS}))
_COMMAND = re.compile(rf"(?<![\w/])/(?=(?:{_NAMES})\b)")


def prefixed(card: Card, prefix: str) -> Card:
    """A card whose commands are written with the prefix; others' words stay as they are."""
    if not prefix:
        return card
    return replace(
        card, title=_said(card.title, prefix), blocks=tuple(_block(one, prefix) for one in card.blocks)
    )


def _block(block: Block, prefix: str) -> Block:
    match block:
        case Text(parts):
            return Text(_parts(parts, prefix))
        case Bullets(items):
            return Bullets(tuple(Text(_parts(item.parts, prefix)) for item in items))
        case Numbered(items):
            return Numbered(tuple(Text(_parts(item.parts, prefix)) for item in items))
        case Facts(pairs):
            return Facts(tuple((_said(label, prefix), _said(value, prefix)) for label, value in pairs))
        case Heading(text):
            return Heading(_said(text, prefix))
        case Note(text):
            return Note(_said(text, prefix))
        case Preformatted(text):
            return Preformatted(_said(text, prefix))
        case _:
            return block


def _parts(parts: tuple[Part, ...], prefix: str) -> tuple[Part, ...]:
    return tuple(_said(part, prefix) if isinstance(part, str) else part for part in parts)


def _said(text: str, prefix: str) -> str:
    return _COMMAND.sub(f"/{prefix}", text)
