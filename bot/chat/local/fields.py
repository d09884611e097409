"""One field of a form: what it takes, as every platform checks by itself, and what somebody types into it means."""

from bot.chat.fields import Choice, Field, FieldKind, joined, ticked
from bot.chat.local import sentences

NOTHING = "none"
"""What is typed to tick nothing."""


def fault_of(field: Field, text: str) -> str | None:
    """Why a field cannot be sent so, as every platform would say by itself; None when it can."""
    if field.kind is FieldKind.CHOICE and not text:
        return sentences.CHOOSE_ONE if field.minimum else None
    if not field.offers(text):
        return _not_offered(field, text)
    if len(text) < field.minimum:
        return sentences.field_too_short(len(text), field.minimum)
    if len(text) > field.maximum:
        return sentences.field_too_long(len(text), field.maximum)
    return None


def _not_offered(field: Field, text: str) -> str:
    values, labels = zip(*((choice.value, choice.label) for choice in field.choices), strict=True)
    if field.kind is FieldKind.TICKS:
        unknown = tuple(value for value in ticked(text) if value not in values)
        return sentences.not_to_tick(unknown, len(values)) if unknown else sentences.TICK_TWICE
    return sentences.none_of(text, len(values)) if field.is_wordy else sentences.no_such_choice(text, labels)


def chosen(text: str, choices: tuple[Choice, ...]) -> str:
    """The value that a number, a label or a value stands for; else the text, which is then refused."""
    if text.isascii() and text.isdigit() and 0 < int(text[:3]) <= len(choices):
        return choices[int(text[:3]) - 1].value
    wanted = text.casefold()
    return next((c.value for c in choices if wanted in (c.value.casefold(), c.label.casefold())), text)


def ticks_of(text: str, choices: tuple[Choice, ...]) -> str:
    """What `1 3 4`, `1,3,4`, one label or `none` ticks, as the text of its field; what is unknown is then refused."""
    whole = chosen(text, choices)
    values = [choice.value for choice in choices]
    if whole in values:
        return whole
    if text.casefold() == NOTHING:
        return ""
    given = {chosen(word, choices) for word in text.replace(",", " ").split()}
    return joined([value for value in values if value in given] + sorted(given.difference(values)))
