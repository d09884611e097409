"""A form at a terminal: asked field by field, sent, and asked again where somebody can answer."""

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.cards import Choice, Field, FieldKind, Form, ticked
from bot.chat.local import sentences
from bot.chat.local.fields import chosen, fault_of, ticks_of
from bot.chat.local.reaction import NOTHING, Reaction
from bot.chat.local.render import draw_aside, draw_choices
from bot.chat.local.screen import Screen

Send = Callable[[Mapping[str, str]], Awaitable[Reaction]]
"""Sends the values of a form's fields."""


async def fill(screen: Screen, form: Form, send: Send) -> Reaction:
    """Fill in a form and send it; what comes back of it. Where nobody can mend a field, a fault ends it."""
    values: dict[str, str] = {}
    wanted = form.fields
    while True:
        for field in wanted:
            text = await _ask_well(screen, field, values.get(field.id, field.preset))
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


async def _ask_well(screen: Screen, field: Field, preset: str) -> str | None:
    """What a person gives for a field; what no platform would send is said at once, and asked again."""
    text = await _ask(screen, field, preset)
    while screen.interactive and text is not None and (fault := fault_of(field, text)):
        _aside(screen, fault)
        text = await _ask(screen, field, preset if field.choices else text)
    return text


async def _ask(screen: Screen, field: Field, preset: str) -> str | None:
    """What a person gives for a field; an empty line keeps what is there."""
    _announce(screen, field, preset)
    text = await screen.ask_field("> ", "" if field.choices else preset)
    while text is not None and text.endswith("\\"):
        more = await screen.ask_field("... ", "")
        text = text[:-1] if more is None else f"{text[:-1]}\n{more}"
    if text is None:
        return None
    text = text.strip()
    if not text or field.kind in (FieldKind.LINE, FieldKind.PARAGRAPH):
        return text or preset
    return ticks_of(text, field.choices) if field.kind is FieldKind.TICKS else chosen(text, field.choices)


def _announce(screen: Screen, field: Field, preset: str) -> None:
    """Say what a field asks; short choices stand in the same line, others in a list below it."""
    counted = any(one.label.startswith(f"{number}: ") for number, one in enumerate(field.choices, 1))
    listed = counted or field.kind is FieldKind.TICKS or field.is_wordy
    choices = ", ".join(f"{number} {one.label}" for number, one in enumerate(field.choices, 1))
    about = (field.hint, f"({choices})" if choices and not listed else "")
    _aside(screen, " ".join(part for part in (f"{field.label}.", *about) if part))
    if listed:
        lines = tuple(_line(field, number, preset) for number in range(1, len(field.choices) + 1))
        screen.show(draw_choices(lines, screen.width, screen.color))
    if field.kind is FieldKind.TICKS:
        _aside(screen, sentences.HOW_TO_TICK)
    if preset and (listed or not field.choices):
        _aside(screen, sentences.keeps(screen.interactive and not field.choices))


def _line(field: Field, number: int, preset: str) -> str:
    """A listed choice; a label that begins with its own number is not counted twice."""
    choice = field.choices[number - 1]
    return _mark(field, choice, preset) + choice.label.removeprefix(f"{number}: ")


def _mark(field: Field, choice: Choice, preset: str) -> str:
    """What shows whether a listed choice is ticked, or chosen to begin with."""
    if field.kind is FieldKind.TICKS:
        return "[x] " if choice.value in ticked(preset) else "[ ] "
    return f"({'x' if choice.value == preset else ' '}) " if preset else ""


def _aside(screen: Screen, text: str) -> None:
    screen.show(draw_aside(text, screen.width, screen.color))
