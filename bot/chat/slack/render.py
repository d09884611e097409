"""Cards and forms as Slack draws them: messages within its limits, modals, and the page of App Home."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.chat.cards import FORM_TITLE, Button, Card, Choice, Field, FieldKind, Form, Style, ticked
from bot.chat.fields import halves, tick_mark
from bot.chat.literal import cut, printable
from bot.chat.plain import Namer, by_id, notification
from bot.chat.slack import sentences
from bot.chat.slack.convert import escaped
from bot.chat.slack.interactions import ACTION, FORM, VALUE
from bot.chat.slack.rich import Piece, heading, piece, pieces

HEADER = 150
CHARACTERS = 12_000
"""Characters over all blocks of a message; Slack takes about 13,200."""
BLOCKS = 48
HOME_BLOCKS = 100
OPTION = 75
"""Characters of what can be chosen, and as many of what stands below it."""
ALTERNATIVE = 3000
"""Characters of the top-level text, which screen readers and notifications use."""

_STYLES = {Style.MAIN: "primary", Style.DANGER: "danger", Style.PLAIN: None}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message: `text` for notifications and screen readers, `blocks` for eyes."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def draw(card: Card, name: Namer = by_id, marker: str = "") -> list[Drawn]:
    """A card as one message, or as several when it is over a limit; the first one's first block carries the marker."""
    messages = [list(page) for page in _pages(card, name)]
    if marker:
        messages[0][0] = {**messages[0][0], "block_id": marker}
    text = escaped(notification(card, ALTERNATIVE, name))
    return [
        Drawn(text if number == 0 else escaped(cut(printable(card.title), HEADER)), tuple(page))
        for number, page in enumerate(messages)
    ]


def card_view(card: Card, metadata: str, name: Namer = by_id) -> dict[str, Any]:
    """A card as a modal."""
    blocks = [block for page in _pages(card, name) for block in page][:HOME_BLOCKS]
    view = View(
        type="modal",
        callback_id="card",
        title=_plain(cut(printable(card.title), FORM_TITLE)),
        close=_plain(sentences.CLOSE),
        private_metadata=metadata,
        blocks=blocks,
    )
    return _checked(view)


def form_view(form: Form, metadata: str) -> dict[str, Any]:
    """A form as a modal; a field's block is named as the field is."""
    view = View(
        type="modal",
        callback_id=FORM,
        title=_plain(form.title),
        submit=_plain(sentences.SEND),
        close=_plain(sentences.CANCEL),
        private_metadata=metadata,
        blocks=[_input(field) for field in form.fields],
    )
    return _checked(view)


def home_view(cards: Sequence[Card], name: Namer = by_id) -> dict[str, Any]:
    """Cards one under another as the page of App Home, at most 100 blocks."""
    drawn: list[dict[str, Any]] = []
    for number, card in enumerate(cards):
        if number:
            drawn.append({"type": "divider"})
        drawn += [one.block for one in _blocks(card, name)]
    return _checked(View(type="home", callback_id="home", blocks=drawn[:HOME_BLOCKS]))


def _pages(card: Card, name: Namer) -> Iterator[list[dict[str, Any]]]:
    """The blocks of each message."""
    page: list[dict[str, Any]] = []
    size = 0
    for one in _blocks(card, name):
        if page and (size + one.size > CHARACTERS or len(page) == BLOCKS):
            yield page
            page, size = [], 0
        page.append(one.block)
        size += one.size
    yield page


def _blocks(card: Card, name: Namer) -> Iterator[Piece]:
    title = printable(card.title)
    if len(title) <= HEADER:
        yield piece(HeaderBlock(text=PlainTextObject(text=title, emoji=False)), len(title))
    else:
        yield from heading(title)
    for block in card.blocks:
        yield from pieces(block, name)
    if card.buttons:
        yield _buttons(card.buttons)


def _buttons(buttons: Sequence[Button]) -> Piece:
    """The buttons in one row; a second one of an action gets a number, since ids in a row are unique."""
    seen: Counter[str] = Counter()
    elements = []
    for button in buttons:
        seen[button.action] += 1
        number = seen[button.action]
        action_id = f"{ACTION}:{button.action}" + (f":{number}" if number > 1 else "")
        elements.append(
            ButtonElement(
                text=PlainTextObject(text=button.label, emoji=False),
                action_id=action_id,
                value=button.value or None,
                style=_STYLES[button.style],
            )
        )
    return piece(ActionsBlock(elements=elements), sum(len(button.label) for button in buttons))


def _input(field: Field) -> InputBlock:
    return InputBlock(
        block_id=field.id,
        label=_plain(field.label),
        hint=_plain(field.hint) if field.hint else None,
        optional=field.minimum == 0,
        element=_element(field),
    )


def _element(field: Field) -> InputInteractiveElement:
    match field.kind:
        case FieldKind.CHOICE:
            return _choice(field)
        case FieldKind.TICKS:
            return _ticks(field)
        case FieldKind.LINE | FieldKind.PARAGRAPH:
            return _line(field)


def _line(field: Field) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=VALUE,
        multiline=field.kind is FieldKind.PARAGRAPH,
        min_length=field.minimum or None,
        max_length=field.maximum,
        initial_value=field.preset or None,
    )


def _choice(field: Field) -> InputInteractiveElement:
    options = [_option(choice.value, choice) for choice in field.choices]
    chosen = next((option for option in options if option.value == field.preset), None)
    element = RadioButtonsElement if field.is_wordy else StaticSelectElement
    return element(action_id=VALUE, options=options, initial_option=chosen)


def _ticks(field: Field) -> InputInteractiveElement:
    options = [_option(tick_mark(place, choice), choice) for place, choice in enumerate(field.choices)]
    preset = ticked(field.preset)
    chosen = [one for one, choice in zip(options, field.choices, strict=True) if choice.value in preset]
    return CheckboxesElement(action_id=VALUE, options=options, initial_options=chosen)


def _option(value: str, choice: Choice) -> Option:
    text, below = halves(choice.label, OPTION)
    return Option(value=value, text=_plain(text), description=_plain(below) if below else None)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)


def _checked(view: View) -> dict[str, Any]:
    view.validate_json()
    return dict(view.to_dict())
