"""One field of a form: what it takes, as every platform checks by itself."""

from bot.chat.cards import Choice, Field, FieldKind
from bot.chat.local import sentences


def fault_of(field: Field, text: str) -> str | None:
    """Why a field cannot be sent so, as every platform would say by itself; None when it can."""
    if field.kind is FieldKind.CHOICE and text not in {choice.value for choice in field.choices}:
        return sentences.no_such_choice(text, tuple(choice.label for choice in field.choices))
    if len(text) < field.minimum:
        return sentences.field_too_short(len(text), field.minimum)
    if len(text) > field.maximum:
        return sentences.field_too_long(len(text), field.maximum)
    return None


def chosen(text: str, choices: tuple[Choice, ...]) -> str:
    """The value that a number, a label or a value stands for; else the text, which is then refused."""
    if text.isascii() and text.isdigit() and 0 < int(text[:3]) <= len(choices):
        return choices[int(text[:3]) - 1].value
    wanted = text.casefold()
    return next((c.value for c in choices if wanted in (c.value.casefold(), c.label.casefold())), text)
