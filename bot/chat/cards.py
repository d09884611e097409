"""A message before any platform draws it: cards of blocks, with buttons, and forms.

Every string in here is literal text: no markup language, no mention syntax. A Quote holds somebody's words as they
came; in all other strings `wording` has made others' words harmless (`literal.shown`). A platform escapes what it
draws, and draws a Member or a Channel as its name without pinging anybody. The limits are the narrowest of the
platforms', so that whatever can be built can be drawn everywhere.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.chat.fields import (
    CHOICE_LABEL,
    CHOICES,
    FIELD_HINT,
    FIELD_LABEL,
    FIELD_TEXT,
    TICKS,
    Choice,
    Field,
    FieldKind,
    check_length,
    joined,
    ticked,
)
from bot.domain.places import Channel, Member, Workspace

__all__ = [
    "CHOICES", "CHOICE_LABEL", "FIELD_HINT", "FIELD_LABEL", "FIELD_TEXT", "TICKS", "Choice", "Field", "FieldKind",
    "joined", "ticked",
]  # fmt: skip

BUTTONS = 10
LABEL = 75
CUSTOM_ID = 100
"""Characters of `action:value`: a button's whole id on the narrowest platform."""

FORM_TITLE = 24
FORM_FIELDS = 5


class Tone(StrEnum):
    """What a card feels like: an accent color, never the only sign of anything."""

    NEUTRAL = "neutral"
    GOOD = "good"
    CAREFUL = "careful"
    REFUSED = "refused"


class Style(StrEnum):
    """How much a button asks to be pressed."""

    MAIN = "main"
    PLAIN = "plain"
    DANGER = "danger"


Part = str | Member | Channel


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a line of a list; a Member or a Channel stands for its name."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A few words above the blocks that follow."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are not the bot's: a question, or what a member wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list in order, counted from 1."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and a value."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines whose columns matter, at most 80 cells wide."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A small gray line."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its reference, and `alt`, which describes it; the blocks beside it say the same in words.

    Whoever cannot draw it leaves it out.
    """

    reference: str
    alt: str


Block = Text | Heading | Quote | Bullets | Numbered | Facts | Preformatted | Note | Picture


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `action` names an entry of `bot/chat/actions`, `value` is an opaque id for it."""

    label: str
    action: str
    value: str = ""
    style: Style = Style.PLAIN

    def __post_init__(self) -> None:
        check_length("button label", self.label, LABEL, least=1)
        _check_id(self.action, self.value)


@dataclass(frozen=True, slots=True)
class Card:
    """A message of the bot."""

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.NEUTRAL

    def __post_init__(self) -> None:
        if len(self.buttons) > BUTTONS:
            raise ValueError(f"a card has at most {BUTTONS} buttons, not {len(self.buttons)}")


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to fill in; sent, they go to the action's `submit` with `value`."""

    title: str
    fields: tuple[Field, ...]
    action: str
    value: str = ""

    def __post_init__(self) -> None:
        check_length("form title", self.title, FORM_TITLE, least=1)
        if not 1 <= len(self.fields) <= FORM_FIELDS:
            raise ValueError(f"a form has 1 to {FORM_FIELDS} fields, not {len(self.fields)}")
        _check_id(self.action, self.value)


def _check_id(action: str, value: str) -> None:
    if not action or ":" in action:
        raise ValueError(f"an action's name has no colon and is not empty, unlike {action!r}")
    check_length("action and value", f"{action}:{value}", CUSTOM_ID)


_BLOCKS: dict[str, type[Block]] = {
    kind.__name__.lower(): kind
    for kind in (Text, Heading, Quote, Bullets, Numbered, Facts, Preformatted, Note, Picture)
}


def to_json(card: Card) -> str:
    """Write a card as one line of JSON, which `from_json` reads back equal."""
    return json.dumps(
        {
            "title": card.title,
            "tone": card.tone,
            "blocks": [_block_out(block) for block in card.blocks],
            "buttons": [[b.label, b.action, b.value, b.style] for b in card.buttons],
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )


def from_json(text: str) -> Card:
    """Read a card that `to_json` wrote; raises ValueError, KeyError or TypeError on anything else."""
    read = json.loads(text)
    return Card(
        read["title"],
        tuple(_block_in(block) for block in read["blocks"]),
        tuple(Button(label, action, value, Style(style)) for label, action, value, style in read["buttons"]),
        Tone(read["tone"]),
    )


def _block_out(block: Block) -> list[Any]:
    tag = type(block).__name__.lower()
    match block:
        case Text(parts):
            return [tag, _parts_out(parts)]
        case Bullets(items) | Numbered(items):
            return [tag, [_parts_out(item.parts) for item in items]]
        case Facts(pairs):
            return [tag, [list(pair) for pair in pairs]]
        case Picture(reference, alt):
            return [tag, reference, alt]
        case Heading(text) | Quote(text) | Preformatted(text) | Note(text):
            return [tag, text]


def _block_in(read: list[Any]) -> Block:
    tag, *values = read
    kind = _BLOCKS[tag]
    if kind is Text:
        return Text(_parts_in(values[0]))
    if kind is Bullets or kind is Numbered:
        return kind(tuple(Text(_parts_in(item)) for item in values[0]))
    if kind is Facts:
        return Facts(tuple((label, value) for label, value in values[0]))
    return kind(*values)


def _parts_out(parts: tuple[Part, ...]) -> list[Any]:
    return [
        part if isinstance(part, str) else {type(part).__name__.lower(): [part.workspace.key, part.id]}
        for part in parts
    ]


def _parts_in(read: list[Any]) -> tuple[Part, ...]:
    return tuple(part if isinstance(part, str) else _place_in(part) for part in read)


def _place_in(read: dict[str, list[str]]) -> Member | Channel:
    ((tag, (key, id_)),) = read.items()
    kinds: dict[str, type[Member] | type[Channel]] = {"member": Member, "channel": Channel}
    return kinds[tag](Workspace.of_key(key), id_)
