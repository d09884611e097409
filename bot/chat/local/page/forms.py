"""Forms as dialogs of the page: fields with their labels and hints, and what is wrong with one right at it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.chat.calls import FieldError
from bot.chat.cards import Choice, FieldKind, Form
from bot.chat.literal import printable
from bot.chat.local.page.elements import button, el, set_text

Send = Callable[[Mapping[str, str]], Awaitable[FieldError | None]]
"""Sends the values; a FieldError leaves the dialog open with what was typed."""

# The browser reads its own fields; what a person types is never held here twice.
_VALUES = "(event) => emit(Object.fromEntries(new FormData(event.target)))"
_CLOSE = "(event) => event.target.closest('dialog').close()"


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a dialog; unlike a Field of a card it may begin with a text of any length."""

    id: str
    label: str
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    preset: str = ""
    choices: tuple[Choice, ...] = ()


def inputs_of(form: Form) -> tuple[Input, ...]:
    """The fields of a form."""
    return tuple(Input(one.id, one.label, one.hint, one.kind, one.preset, one.choices) for one in form.fields)


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
    ) -> None:
        """Draw it in `host` and open it; without inputs it asks for a yes."""
        self._client = ui.context.client
        self._send = send
        self._faults: dict[str, Element] = {}
        self._inputs: dict[str, Element] = {}
        with host, el("dialog", "sheet", aria_labelledby="sheet-title") as self._dialog:
            self._dialog.on("close", self._gone, args=[])
            with el("form", "", novalidate=True).on("submit.prevent", self._sent, js_handler=_VALUES):
                el("h2", "", printable(title), id="sheet-title")
                if about:
                    el("p", "", about)
                for one in inputs:
                    self._field(one)
                with el("div", "buttons"):
                    el("button", "button main", label, type="submit")
                    button("Cancel").on("click", js_handler=_CLOSE)
        self._client.run_javascript(f"practice.open('{self._dialog.html_id}')")

    def _field(self, field: Input) -> None:
        with el("div", "field"):
            label = el("label", "", printable(field.label))
            described = []
            if field.hint:
                described.append(el("p", "note", printable(field.hint)).html_id)
            input_ = _input(field)
            label.props["for"] = input_.html_id
            fault = el("p", "field-fault", "", role="alert")
            input_.props["aria-describedby"] = " ".join([*described, fault.html_id])
            self._faults[field.id], self._inputs[field.id] = fault, input_

    async def _sent(self, event: GenericEventArguments) -> None:
        values = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        error = await self._send(values)
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
    """The input of a field. What it begins with is its default: set as a value, each redrawing would undo typing."""
    match field.kind:
        case FieldKind.PARAGRAPH:
            return el("textarea", "", field.preset, rows="7", name=field.id)
        case FieldKind.LINE:
            input_ = el("input", "", type="text", autocomplete="off", name=field.id)
            input_.props["^value"] = field.preset
            return input_
        case FieldKind.CHOICE:
            with el("select", "", name=field.id) as select:
                for choice in field.choices:
                    chosen = {"^selected": ""} if choice.value == field.preset else {}
                    el("option", "", printable(choice.label), value=choice.value).props.update(chosen)
            return select
