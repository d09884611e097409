"""What comes up over a view: forms, questions before a deletion, cards that are not kept, files to save."""

from collections.abc import Mapping
from functools import partial

from nicegui import ui

from bot.chat.calls import FieldError
from bot.chat.cards import Card, FieldKind, Form
from bot.chat.local import sentences
from bot.chat.local.convert import BadName, channel_named
from bot.chat.local.page.drawing import draw_card
from bot.chat.local.page.elements import button, el
from bot.chat.local.page.forms import After, Input, Send, Sheet, inputs_of
from bot.chat.local.page.shell import Session
from bot.chat.local.reaction import Reaction
from bot.chat.local.reading import about
from bot.domain.places import Channel, Thread
from bot.practice.records import LocalMessage


async def _nothing() -> None:
    """What follows where nothing has to be drawn."""


class Dialogs:
    """The dialogs of one tab."""

    def __init__(self, session: Session, channel: Channel, after: After = _nothing) -> None:
        """Draw their places, empty, in the element that is open."""
        self._session = session
        self._room = session.room
        self._member = session.member
        self._channel = channel
        self._after = after
        self._client = ui.context.client
        self._told = el("div", "told", role="alert")
        self._sheets = el("div", "")

    async def react(self, reaction: Reaction, thread: Thread | None = None) -> None:
        """Show what comes back at once; what a form gives stands in `thread` then, from where it was opened."""
        self._told.clear()
        if reaction.card is not None:
            self._tell(reaction.card)
        if reaction.attachment is not None:
            file = reaction.attachment
            self._client.download(file.text.encode(), file.name, file.media_type)
        if reaction.form is not None:
            await self.open(reaction.form, partial(self._submit, reaction.form, thread))

    async def open(self, form: Form, send: Send) -> None:
        """Open a form, with what it is about beside it."""
        beside = await about(self._room.ports, self._member, form)
        Sheet(self._sheets, form.title, inputs_of(form), send, beside=beside)

    async def _submit(
        self, form: Form, thread: Thread | None, values: Mapping[str, str]
    ) -> FieldError | None:
        reaction = await self._room.submit(self._member, self._channel, form, values, thread)
        if reaction.error is None:
            await self.react(reaction, thread)
            await self._after()
        return reaction.error

    async def edit(self, message: LocalMessage) -> None:
        """Let a person change a message of theirs."""

        async def send(values: Mapping[str, str]) -> FieldError | None:
            await self.react(await self._room.edit(self._member, message.seq, values.get("text", "")))
            await self._after()
            return None

        field = Input("text", "Your message", kind=FieldKind.PARAGRAPH, preset=message.text)
        Sheet(self._sheets, "Edit your message", (field,), send, "Save")

    async def delete(self, message: LocalMessage) -> None:
        """Let a person delete a message of theirs, after a yes."""

        async def send(_values: Mapping[str, str]) -> FieldError | None:
            await self.react(await self._room.delete(self._member, message.seq))
            await self._after()
            return None

        about_it = (
            "If it is your answer, the answer is withdrawn with it. A deleted message never comes back."
        )
        Sheet(self._sheets, "Delete your message?", (), send, "Delete", about_it)

    async def add_channel(self) -> None:
        """Ask for a channel's name, and go there."""

        async def send(values: Mapping[str, str]) -> FieldError | None:
            try:
                made = channel_named(values.get("name", "").strip())
            except BadName as bad:
                return FieldError("name", sentences.bad_name(bad, "channel"))
            self._client.open(self._session.channel_url(made.id))
            return None

        field = Input("name", "Name", "a-z, 0-9 and hyphen, such as system-design")
        Sheet(self._sheets, "Add a channel", (field,), send, "Add")

    def _tell(self, card: Card) -> None:
        with self._told, el("div", "told-card"):
            draw_card(card)
            button("Dismiss", "quiet").on("click", self._told.clear, args=[])
