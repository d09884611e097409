"""A form as a Discord modal, and what comes back from one. Its id says all, so a modal outlives a restart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.chat.cards import Field, FieldKind, Form
from bot.chat.discord import markdown
from bot.chat.discord.buttons import custom_id_of
from bot.chat.literal import cut

CHOICE_LABEL = 100
_LABEL, _ROW = 18, 1
_BLOCK = re.compile(r"(?:### (?P<field>\w+)\n)?```\n(?P<text>.*)\n```", re.DOTALL)
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
"""What keeps the order of letters of text that is shown among other text."""


def modal(form: Form) -> discord.ui.Modal:
    """Draw a form; discord.py is told to forget it, as what is sent comes by its id."""
    drawn = discord.ui.Modal(title=form.title, custom_id=custom_id_of(form.action, form.value))
    for field in form.fields:
        drawn.add_item(_label(field))
    drawn.stop()
    return drawn


def _label(field: Field) -> discord.ui.Label[discord.ui.Modal]:
    return discord.ui.Label(text=field.label, description=field.hint or None, component=_component(field))


def _component(field: Field) -> discord.ui.Item[Any]:
    if field.kind is FieldKind.CHOICE:
        options = [
            discord.SelectOption(
                label=cut(choice.label, CHOICE_LABEL),
                value=choice.value,
                default=choice.value == field.preset,
            )
            for choice in field.choices
        ]
        needed = field.minimum > 0
        return discord.ui.Select(custom_id=field.id, options=options, required=needed, min_values=int(needed))
    return discord.ui.TextInput(
        custom_id=field.id,
        style=discord.TextStyle.paragraph if field.kind is FieldKind.PARAGRAPH else discord.TextStyle.short,
        default=field.preset or None,
        required=field.minimum > 0,
        min_length=field.minimum or None,
        max_length=field.maximum,
    )


def begun_again(form: Form, components: Sequence[Any]) -> Form:
    """A form with what was typed before, as the card that says why it was not sent shows it.

    Nothing is remembered for it. What that card had to cut into pieces is left to be copied.
    """
    blocks = [found for text in _texts(components) if (found := _BLOCK.fullmatch(text))]
    if any(found["field"] is None for found in blocks):
        return form
    typed = {found["field"].casefold(): _as_typed(found["text"]) for found in blocks}
    return replace(form, fields=tuple(_begun(field, typed.get(field.id, "")) for field in form.fields))


def _begun(field: Field, typed: str) -> Field:
    known = field.kind is not FieldKind.CHOICE or typed in [choice.value for choice in field.choices]
    return replace(field, preset=typed) if typed and known and len(typed) <= field.maximum else field


def _as_typed(text: str) -> str:
    """Without what was added to show it."""
    return markdown.unfenced(text).translate(_ISOLATES)


def _texts(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        else:
            yield from _texts(getattr(component, "children", ()))


def filled_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a sent modal by their ids; a choice that was left out is empty."""
    return dict(_fields(data.get("components", ())))


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if component.get("type") == _LABEL:
            yield from _fields([component["component"]])
        elif component.get("type") == _ROW:
            yield from _fields(component.get("components", ()))
        elif "custom_id" in component:
            values = component.get("values")
            yield component["custom_id"], str(component.get("value") or next(iter(values or ()), ""))
