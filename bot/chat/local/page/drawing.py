"""Cards as elements of the page: what `render` is for the terminal. All words are text content, never markup."""

import re
from collections.abc import Awaitable, Callable
from itertools import groupby
from textwrap import dedent

from nicegui.element import Element

from bot.chat.cards import (
    Block,
    Bullets,
    Button,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Style,
    Text,
)
from bot.chat.literal import printable, shown
from bot.chat.local.page.elements import button, el
from bot.chat.plain import said

_BAR = re.compile(r"(■*)(□*)(?<=[■□]) (.+)", re.DOTALL)

Press = Callable[[str], Awaitable[None]]
"""Presses the button of a label."""

STYLES = {Style.MAIN: "button main", Style.PLAIN: "button", Style.DANGER: "button danger"}


def draw_card(card: Card, press: Press | None = None) -> Element:
    """A card in the element that is open; without `press` its buttons are left out."""
    with el("div", f"bot-card {card.tone}") as drawn:
        el("h2", "bot-title", printable(card.title))
        draw_blocks(card)
        if card.buttons and press is not None:
            with el("div", "buttons"):
                draw_buttons(card.buttons, press)
    return drawn


def draw_blocks(card: Card) -> None:
    """What a card says below its title, in the element that is open."""
    for block in card.blocks:
        draw_block(block)


def draw_buttons(buttons: tuple[Button, ...], press: Press) -> None:
    """The buttons of a card, in the element that is open."""
    for one in buttons:
        _button(one, press)


def _button(one: Button, press: Press) -> None:
    async def pressed() -> None:
        await press(one.label)

    button(printable(one.label), STYLES[one.style]).on("click", pressed, args=[])


def draw_block(block: Block) -> None:
    """One block of a card in the element that is open."""
    match block:
        case Bullets(items):
            _list("ul", items)
        case Numbered(items):
            _list("ol", items)
        case Facts(pairs):
            with el("dl", "facts"):
                for label, value in pairs:
                    el("dt", "", printable(label))
                    _value(printable(value))
        case _:
            _draw_text(block)


def _value(text: str) -> None:
    """The value of a fact; a score's blocks, which have a shape of their own in each font, become a bar."""
    blocks = _BAR.match(text)
    if blocks is None:
        el("dd", "", text)
        return
    full, empty, words = blocks.groups()
    with el("dd", "scored"):
        with el("span", "score", aria_hidden="true"):
            for number in range(len(full + empty)):
                el("span", "full" if number < len(full) else "")
        el("span", "", words)


def _draw_text(block: Text | Heading | Quote | Preformatted | Note | Picture) -> None:
    match block:
        case Text():
            _prose("p", said(block))
        case Heading(text):
            el("h3", "", printable(text))
        case Quote(text):
            with el("blockquote", ""):
                _prose("p", shown(text))
        case Preformatted(text):
            el("pre", "", printable(text), tabindex="0", role="region", aria_label="Table as text")
        case Note(text):
            el("p", "note", printable(text))
        case Picture():
            pass  # the words beside it say the same, and the page has a view of its own for the weeks


def _prose(tag: str, text: str) -> None:
    """A text in paragraphs; lines that are indented by four have columns, and keep them."""
    for indented, lines in groupby(text.split("\n"), key=lambda line: line.startswith("    ")):
        part = "\n".join(lines)
        if not part.strip():
            continue
        if indented:
            el("pre", "", dedent(part), tabindex="0", role="region", aria_label="Lines with columns")
        else:
            el(tag, "prose", part.strip("\n"))


def _list(tag: str, items: tuple[Text, ...]) -> None:
    with el(tag, "prose"):
        for item in items:
            el("li", "", said(item))
