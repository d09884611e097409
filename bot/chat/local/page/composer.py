"""Where one writes: a box with the commands completed by keyboard. The browser's part is `assets/page.js`."""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from nicegui import ui
from nicegui.events import GenericEventArguments
from starlette.responses import JSONResponse

from bot.chat.local.completion import suggestions
from bot.chat.local.page.elements import el
from bot.chat.local.page.shell import Session
from bot.domain.places import Channel

COMPLETE = "/complete"
LONGEST = 400
"""Characters of a line that are completed."""

Say = Callable[[str], Awaitable[bool]]
"""Says a line; False when nothing was kept, so that the words go back into the box."""

_TAKE = "(event) => emit(practice.take(event.target))"


class Composer:
    """One box to write in."""

    def __init__(self, session: Session, channel: Channel, label: str, hint: str, say: Say) -> None:
        """Draw it in the element that is open."""
        self._say = say
        self._client = ui.context.client
        place = urlencode({"as": session.member.id, "channel": channel.id})
        with el("form", "composer", data_complete=f"{COMPLETE}?{place}") as form:
            form.on("submit.prevent", self._sent, js_handler=_TAKE)
            choices = el("ul", "choices", role="listbox", aria_label="Suggestions", hidden=True)
            with el("div", "composer-row"):
                self.box = el(
                    "textarea",
                    "",
                    rows="1",
                    aria_label=label,
                    placeholder=hint,
                    role="combobox",
                    aria_autocomplete="list",
                    aria_expanded="false",
                    aria_controls=choices.html_id,
                    autocomplete="off",
                    spellcheck="true",
                    enterkeyhint="send",
                )
                el("button", "button main", "Send", type="submit")

    def focus(self) -> None:
        """Put the cursor here."""
        self._client.run_javascript(f"practice.focus('{self.box.html_id}')")

    def suggest(self, text: str, about: str) -> None:
        """Draw a button that puts a text into the box, in the element that is open."""
        with el("button", "suggestion", type="button") as made:
            el("code", "", text)
            el("span", "", about)
        made.on("click", js_handler=f"() => practice.fill('{self.box.html_id}', {json.dumps(text)})")

    async def _sent(self, event: GenericEventArguments) -> None:
        text = event.args if isinstance(event.args, str) else ""
        if text.strip() and not await self._say(text):
            give_back = f"practice.giveBack('{self.box.html_id}', {json.dumps(text)})"
            self._client.run_javascript(give_back)


async def complete(session: Session, channel: Channel, line: str) -> JSONResponse:
    """What a line up to the cursor may go on with. Raises StoreUnavailable."""
    caller = await session.caller(channel)
    found = suggestions(line[:LONGEST], caller, ())
    return JSONResponse([[one.text, one.typed, one.about] for one in found])
