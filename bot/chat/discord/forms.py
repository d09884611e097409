"""A form as a Discord modal, and what comes back from one. Its id says all, so a modal outlives a restart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import discord

from bot.chat.cards import Choice, Field, FieldKind, Form, ticked
from bot.chat.discord import markdown
from bot.chat.discord.buttons import custom_id_of
from bot.chat.fields import from_tick_marks, halves, tick_mark

OPTION = 100
"""Characters of what can be chosen, and as many of what stands below it."""
_LABEL, _ROW, _TICKS = 18, 1, 22
_BLOCK = re.compile(r"(?:### (?P<field>\w+)\n)?```\n(?P<text>.*)\n```", re.DOTALL)
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
"""What keeps the order of letters of text that is shown among other text."""


_Option = TypeVar("_Option", discord.SelectOption, discord.RadioGroupOption, discord.CheckboxGroupOption)


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
    match field.kind:
        case FieldKind.CHOICE:
            return _choice(field)
        case FieldKind.TICKS:
            return _ticks(field)
        case FieldKind.LINE | FieldKind.PARAGRAPH:
            return _text_input(field)


def _choice(field: Field) -> discord.ui.Item[Any]:
    needed = field.minimum > 0
    told = [(choice.value, choice.value == field.preset, choice) for choice in field.choices]
    if field.is_wordy:
        buttons = [_option(discord.RadioGroupOption, *one) for one in told]
        return discord.ui.RadioGroup(custom_id=field.id, options=buttons, required=needed)
    options = [_option(discord.SelectOption, *one) for one in told]
    return discord.ui.Select(custom_id=field.id, options=options, required=needed, min_values=int(needed))


def _ticks(field: Field) -> discord.ui.Item[Any]:
    preset = ticked(field.preset)
    boxes = [
        _option(discord.CheckboxGroupOption, tick_mark(place, choice), choice.value in preset, choice)
        for place, choice in enumerate(field.choices)
    ]
    # Discord takes a least of 0 only of what is not required
    return discord.ui.CheckboxGroup(
        custom_id=field.id, options=boxes, required=False, min_values=0, max_values=len(boxes)
    )


def _option(kind: type[_Option], value: str, is_preset: bool, choice: Choice) -> _Option:
    label, below = halves(choice.label, OPTION)
    return kind(label=label, value=value, description=below or None, default=is_preset)


def _text_input(field: Field) -> discord.ui.Item[Any]:
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
    if not typed:
        return form
    return replace(form, fields=tuple(_begun(field, typed.get(field.id, "")) for field in form.fields))


def _begun(field: Field, typed: str) -> Field:
    """A field as it was sent. What was left empty is not told: of ticks all were taken away, a text is as it was."""
    taken_away = not typed and field.kind is FieldKind.TICKS
    known = typed and field.offers(typed) and len(typed) <= field.maximum
    return replace(field, preset=typed) if known or taken_away else field


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
            values = [str(value) for value in component.get("values") or ()]
            if component.get("type") == _TICKS:
                yield component["custom_id"], from_tick_marks(values)
            else:
                yield component["custom_id"], str(component.get("value") or next(iter(values), ""))
