"""A form at a terminal: asked field by field, sent, and asked again where somebody can answer."""

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.cards import Field, FieldKind, Form
from bot.chat.local import sentences
from bot.chat.local.fields import chosen
from bot.chat.local.incoming import NOTHING, Reaction
from bot.chat.local.render import draw_aside
from bot.chat.local.screen import Screen

Send = Callable[[Mapping[str, str]], Awaitable[Reaction]]
"""Sends the values of a form's fields."""


async def fill(screen: Screen, form: Form, send: Send) -> Reaction:
    """Fill in a form and send it; what comes back of it. Where nobody can mend a field, a fault ends it."""
    values: dict[str, str] = {}
    wanted = form.fields
    while True:
        for field in wanted:
            text = await _ask(screen, field, values.get(field.id, field.preset))
            if text is None:
                return _given_up(screen, form)
            values[field.id] = text
        reaction = await send(values)
        if reaction.error is None:
            return reaction
        _aside(screen, reaction.error.sentence)
        if not screen.interactive:
            return _given_up(screen, form)
        wanted = tuple(f for f in form.fields if f.id == reaction.error.field) or form.fields


def _given_up(screen: Screen, form: Form) -> Reaction:
    _aside(screen, sentences.not_sent(form.title) + "\n")
    return NOTHING


async def _ask(screen: Screen, field: Field, preset: str) -> str | None:
    """What a person gives for a field; an empty line keeps what is there."""
    choices = ", ".join(f"{number} {one.label}" for number, one in enumerate(field.choices, 1))
    about = " ".join(part for part in (field.hint, choices and f"({choices})") if part)
    _aside(screen, f"{field.label}. {about}".rstrip())
    if preset and field.kind is not FieldKind.CHOICE:
        _aside(screen, sentences.keeps(screen.interactive))
    text = await screen.ask_field("> ", "" if field.kind is FieldKind.CHOICE else preset)
    while text is not None and text.endswith("\\"):
        more = await screen.ask_field("... ", "")
        text = text[:-1] if more is None else f"{text[:-1]}\n{more}"
    if text is None:
        return None
    text = text.strip() or preset
    return chosen(text, field.choices) if field.kind is FieldKind.CHOICE else text


def _aside(screen: Screen, text: str) -> None:
    screen.show(draw_aside(text, screen.width, screen.color))
