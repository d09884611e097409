"""What commands are called in Slack, and cards that say so, too: with a prefix `/question` is `/team-question`.

Slack may keep `/help` for itself, so without a prefix that one command has a name of its own.
"""

import re
from dataclasses import replace

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Numbered, Part, Preformatted, Text
from bot.chat.commands import COMMANDS

_NAMES = "|".join(sorted({command.words[0] for command in COMMANDS}))
KEPT_BY_SLACK = frozenset({"help"})
"""First words of commands of ours that Slack has, or had, as its own, so that it may refuse a whole manifest for
one of them; see docs/decisions.md."""
OWN = "practice-"
"""What stands before those."""
_COMMAND = re.compile(rf"(?<![\w/])/({_NAMES})\b")


def slack_name(first: str, prefix: str) -> str:
    """What a command's first word is in Slack."""
    return f"{prefix or (OWN if first in KEPT_BY_SLACK else '')}{first}"


def own_name(name: str, prefix: str) -> str:
    """The first word of a command by what it is called in Slack."""
    plain = name.removeprefix("/").removeprefix(prefix)
    unmarked = plain.removeprefix(OWN)
    return unmarked if unmarked in KEPT_BY_SLACK else plain


def prefixed(card: Card, prefix: str) -> Card:
    """A card whose commands are written as they are called in Slack; others' words stay as they are."""
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
    return _COMMAND.sub(lambda found: f"/{slack_name(found[1], prefix)}", text)
