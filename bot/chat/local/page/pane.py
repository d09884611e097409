"""A part of a view that is drawn anew after each change, under a line that says what came of it."""

import logging
from collections.abc import Awaitable, Sequence

from nicegui.element import Element

from bot.chat.calls import FieldError, Outcome, Response
from bot.chat.cards import Card, Tone
from bot.chat.local.convert import HOME
from bot.chat.local.page.drawing import Press, draw_card
from bot.chat.local.page.elements import el
from bot.chat.wording import refusals
from bot.practice.ports import StoreUnavailable

log = logging.getLogger(__name__)

FIELD_LENGTH = 200
"""Characters of any field of a view: no track, zone or search is longer, and what is beyond is cut."""


class Pane:
    """A status line that a screen reader reads out, and a box for what is drawn."""

    def __init__(self, classes: str = "stack") -> None:
        """Draw both, empty, where the view is open."""
        self._status = el("div", "status", role="status", tabindex="-1")
        self._box = el("div", classes)

    def redrawn(self) -> Element:
        """The box, emptied, to draw into (`with`); read all that is needed before, so that nothing flickers."""
        self._box.clear()
        return self._box

    def say(self, card: Card, press: Press | None = None) -> None:
        """Say what came of a press, and bring the keyboard there, as what was pressed may be gone."""
        self._status.clear()
        with self._status:
            draw_card(card, press)
        self.focus(self._status.html_id)

    def hush(self) -> None:
        """Take back what was said, as something else begins."""
        self._status.clear()

    def focus(self, id_: str) -> None:
        """Bring the keyboard to an element; `id_` is ours, never a member's text."""
        self._status.client.run_javascript(f"practice.focus('{id_}')")

    def say_outcome(self, outcome: Outcome, quiet: Card) -> None:
        """Say what a command or a press gave; `quiet` where it has nothing to add itself."""
        match outcome:
            case Response(card):
                self.say(card)
            case FieldError(_, sentence):
                self.say(Card(sentence, tone=Tone.REFUSED))
            case _:
                self.say(quiet)

    async def guard(self, work: Awaitable[None]) -> None:
        """A view never falls: what goes wrong is said in the status line, and logged if it is a fault of ours."""
        try:
            await work
        except StoreUnavailable:
            self.say(refusals.UNAVAILABLE)
        except Exception as fault:
            # The last resort of a door.
            log.error("fault", exc_info=fault, extra={"facts": {"workspace": HOME.key}})
            self.say(refusals.FAULT)


def pairs(found: Sequence[tuple[str, str]]) -> None:
    """Draw labels with their values."""
    with el("dl", "facts"):
        for label, value in found:
            el("dt", text=label)
            el("dd", text=value)


def field_text(value: object) -> str:
    """What came back from a field: a text in one line, or nothing, whatever was sent."""
    return " ".join(value[:FIELD_LENGTH].split()) if isinstance(value, str) else ""
