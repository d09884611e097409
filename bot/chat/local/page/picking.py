"""Importing a pack on the page: a manager picks a file, it comes in pieces, and what came of it is said there."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui.events import GenericEventArguments

from bot.chat import commands
from bot.chat.calls import UPLOAD, Call, Response, Upload
from bot.chat.cards import Card
from bot.chat.local import sentences
from bot.chat.local.page.elements import button, el
from bot.chat.local.page.pane import FIELD_LENGTH, Pane
from bot.chat.local.page.shell import Session
from bot.chat.wording import pages

PIECE = 96 * 1024
"""Bytes of a file that come at once; more would not pass the door, which takes messages of 256 KB."""

PICKER = "pack-file"


class Pieces:
    """One file as it comes in, piece by piece; nothing of a tab is believed."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self._data = bytearray()

    def take(self, sent: object) -> Upload | Card | None:
        """Take a piece; gives the file when it is whole, a card for one that is not taken, None while more is to come.

        The first piece (`at` 0) begins a file anew, whatever came before.
        """
        piece = sent if isinstance(sent, dict) else {}
        size, at, name = piece.get("size"), piece.get("at"), piece.get("name")
        if at == 0:
            self._data.clear()
        if isinstance(size, int) and size > UPLOAD:
            return sentences.FILE_TOO_BIG
        data = _bytes_of(piece.get("data"))
        if not isinstance(size, int) or at != len(self._data) or data is None or at + len(data) > size:
            return sentences.FILE_UNREADABLE
        self._data += data
        if len(self._data) < size:
            return None if data else sentences.FILE_UNREADABLE
        whole, self._data = bytes(self._data), bytearray()
        return Upload(name[:FIELD_LENGTH] if isinstance(name, str) else "", whole)


def _bytes_of(text: object) -> bytes | None:
    """A piece's bytes; None for what is none."""
    if not isinstance(text, str) or len(text) > 2 * PIECE:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


class Picker:
    """The button that imports a pack, for managers, with what came of it in its place."""

    def __init__(self, session: Session, imported: Callable[[], Awaitable[None]]) -> None:
        """Draw it where the view is open; `imported` draws anew what a new pack changes."""
        self._session = session
        self._imported = imported
        self._pieces = Pieces()
        with el("section", "card own-packs", aria_labelledby="own-packs"):
            with el("div", "own-packs-row"):
                with el("div"):
                    el("h2", text=pages.OWN_PACKS, id="own-packs")
                    el("p", "note", pages.IMPORT_ABOUT, id="import-about")
                button(pages.IMPORT, aria_describedby="import-about").on(
                    "click", js_handler=f"() => document.getElementById('{PICKER}').click()"
                )
            sends = f"(event) => practice.bring(event.target, {UPLOAD}, {PIECE}, emit)"
            el("input", id=PICKER, type="file", accept=".yaml,.csv", hidden=True).on(
                "change", self._piece, js_handler=sends
            )
            self._pane = Pane("import-rest")

    def _piece(self, event: GenericEventArguments) -> Awaitable[None] | None:
        """A piece is taken at once and in order; only a whole file is waited for."""
        came = self._pieces.take(event.args)
        if came is None:
            return None
        if isinstance(came, Card):
            self._pane.say(came)
            return None
        return self._pane.guard(self._import(came))

    async def _import(self, upload: Upload) -> None:
        """Run the command as the person who picked; whether they are a manager is asked anew."""
        caller = replace(await self._session.caller(), upload=upload)
        outcome = await commands.run(caller, Call(commands.command_named("pack import"), {}))
        await self._imported()
        if isinstance(outcome, Response):
            self._pane.say(outcome.card)
