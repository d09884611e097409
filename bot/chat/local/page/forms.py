"""Forms as dialogs of the page: fields with their labels and hints, and what is wrong with one right at it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.chat.calls import FieldError
from bot.chat.cards import Card, Choice, Field, FieldKind, Form, ticked
from bot.chat.literal import printable
from bot.chat.local.page.beside import draw_beside
from bot.chat.local.page.elements import button, el, set_text

After = Callable[[], Awaitable[None]]
"""Called when something that was sent has had its effect."""
Send = Callable[[Mapping[str, str]], Awaitable[FieldError | After | None]]
"""Sends the values; a FieldError leaves the dialog open with what was typed, and an After follows its closing."""

# The browser reads its own fields; what a person types is never held here twice.
# What is ticked of several things under one name comes as `joined` would make it.
_VALUES = """(event) => {
  const data = new FormData(event.target);
  emit(Object.fromEntries([...new Set(data.keys())].map((name) => [name, data.getAll(name).join(",")])));
}"""
_CLOSE = "(event) => event.target.closest('dialog').close()"


FEW = 5
"""Choices that all stand open where one must be chosen: a folded list shows one as if it were chosen already."""

SHORT = 1000
"""Characters of a paragraph that needs few lines."""


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a dialog; unlike a Field of a card it may begin with a text of any length.

    `is_group` says that each choice stands open with something of its own to press, so that all can be read at once.
    """

    id: str
    label: str
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    preset: str = ""
    choices: tuple[Choice, ...] = ()
    is_group: bool = False
    rows: int = 7


def inputs_of(form: Form) -> tuple[Input, ...]:
    """The fields of a form."""
    return tuple(_input_of(field) for field in form.fields)


def _input_of(one: Field) -> Input:
    few = one.kind is FieldKind.CHOICE and one.minimum > 0 and len(one.choices) <= FEW
    is_group = one.is_wordy or few or one.kind is FieldKind.TICKS
    rows = 4 if one.maximum <= SHORT else 7
    return Input(one.id, one.label, one.hint, one.kind, one.preset, one.choices, is_group, rows)


class Sheet:
    """A dialog with fields, a button that sends and one that does not; Escape closes it, too."""

    def __init__(
        self,
        host: Element,
        title: str,
        inputs: Sequence[Input],
        send: Send,
        label: str = "Send",
        about: str = "",
        beside: Card | None = None,
    ) -> None:
        """Draw it in `host` and open it; without inputs it asks for a yes. `beside` is read while one writes."""
        self._client = ui.context.client
        self._send = send
        self._busy = False
        self._faults: dict[str, Element] = {}
        self._inputs: dict[str, Element] = {}
        classes = "sheet with-beside" if beside is not None else "sheet"
        host.clear()  # a button that was pressed twice opens one form
        with host, el("dialog", classes, aria_labelledby="sheet-title") as self._dialog:
            self._dialog.on("close", self._gone, args=[])
            if beside is not None:
                draw_beside(beside)
            with el("form", "", novalidate=True).on("submit.prevent", self._sent, js_handler=_VALUES):
                el("h2", "", printable(title), id="sheet-title")
                if about:
                    el("p", "", about)
                for one in inputs:
                    (self._group if one.is_group else self._field)(one)
                with el("div", "buttons"):
                    el("button", "button main", label, type="submit")
                    button("Cancel").on("click", js_handler=_CLOSE)
        self._client.run_javascript(f"practice.open('{self._dialog.html_id}')")

    def _field(self, field: Input) -> None:
        with el("div", "field"):
            label = el("label", "", printable(field.label))
            hint = el("p", "note", printable(field.hint)) if field.hint else None
            input_ = _input(field)
            label.props["for"] = input_.html_id
            self._describe(field, input_, hint)
            self._inputs[field.id] = input_

    def _group(self, field: Input) -> None:
        role = "group" if field.kind is FieldKind.TICKS else "radiogroup"
        with el("fieldset", "field", role=role) as group:
            el("legend", "", printable(field.label))
            hint = el("p", "note", printable(field.hint)) if field.hint else None
            options = [_option(field, choice) for choice in field.choices]
            self._describe(field, group, hint)
            self._inputs[field.id] = options[0]

    def _describe(self, field: Input, named: Element, hint: Element | None) -> None:
        """Say at a field what is wrong with it, and let what reads the page aloud say that and the hint."""
        fault = el("p", "field-fault", "", role="alert")
        about = (fault,) if hint is None else (hint, fault)
        named.props["aria-describedby"] = " ".join(each.html_id for each in about)
        self._faults[field.id] = fault

    async def _sent(self, event: GenericEventArguments) -> None:
        values = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        if self._busy:
            return  # pressed twice
        self._busy, done = True, False
        try:
            back = await self._send(values)
            done = not isinstance(back, FieldError)
        finally:
            self._busy = done
        if not self._dialog.is_deleted:  # it may be closed while it is sent
            self._end(back if isinstance(back, FieldError) else None)
        if back is not None and not isinstance(back, FieldError):
            await back()

    def _end(self, error: FieldError | None) -> None:
        """Close the dialog, or say what is wrong where it is."""
        for name, fault in self._faults.items():
            wrong = error is not None and error.field == name
            set_text(fault, printable(error.sentence) if error is not None and wrong else "")
            self._inputs[name].props["aria-invalid"] = "true" if wrong else "false"
        if error is None:
            self._client.run_javascript(f"practice.close('{self._dialog.html_id}')")
        elif error.field in self._inputs:
            self._client.run_javascript(f"practice.focus('{self._inputs[error.field].html_id}')")

    def _gone(self) -> None:
        self._dialog.delete()


def _input(field: Input) -> Element:
    """The input of a field that has one.

    What it begins with is its default: set as a value, each redrawing would undo typing.
    """
    if field.kind is FieldKind.PARAGRAPH:
        return el("textarea", "", field.preset, rows=str(field.rows), name=field.id)
    if field.kind is FieldKind.LINE:
        input_ = el("input", "", type="text", autocomplete="off", name=field.id)
        input_.props["^value"] = field.preset
        return input_
    with el("select", "", name=field.id) as select:
        for choice in field.choices:
            chosen = {"^selected": ""} if choice.value == field.preset else {}
            el("option", "", printable(choice.label), value=choice.value).props.update(chosen)
    return select


def _option(field: Input, choice: Choice) -> Element:
    """A choice that stands open, with its box or its button; the label is part of what can be pressed."""
    ticks = field.kind is FieldKind.TICKS
    with el("label", "option"):
        input_ = el("input", "", type="checkbox" if ticks else "radio", name=field.id)
        input_.props["^value"] = choice.value
        if choice.value in (ticked(field.preset) if ticks else (field.preset,)):
            input_.props["^checked"] = ""
        el("span", "", printable(choice.label))
    return input_
