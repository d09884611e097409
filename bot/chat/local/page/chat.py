"""The chat: channels, the messages of one, the thread beside it, and what comes up while it is open."""

import asyncio
from dataclasses import replace
from functools import partial

from nicegui import ui
from nicegui.element import Element

from bot.chat.local import sentences
from bot.chat.local.convert import BadName, channel_named, message_id, seq_of
from bot.chat.local.page.composer import Composer
from bot.chat.local.page.dialogs import Dialogs
from bot.chat.local.page.drawn_message import Acts, draw_message, opener_text
from bot.chat.local.page.elements import button, el, link, notice, set_text
from bot.chat.local.page.messages import Messages
from bot.chat.local.page.shell import Session, frame
from bot.domain.places import Channel, Thread
from bot.practice.ports import StoreUnavailable
from bot.practice.records import LocalMessage

LOOK_EVERY = 0.2
"""Seconds between two looks whether something changed here."""

READ_EVERY = 15
"""Looks after which the store is read anyway: another process may share it."""


async def show(session: Session) -> None:
    """The chat in the channel that the address names, with the thread that it names."""
    try:
        channel = channel_named(session.query.get("channel", session.home.id))
    except BadName as bad:
        with frame(session, "Chat"):
            notice(sentences.bad_name(bad, "channel"))
        return
    chat = Chat(session, channel)
    with frame(session, "Chat", "chat"):
        await chat.draw(session.query.get("thread", ""))


class Chat:
    """One person's view of one channel, in one tab."""

    def __init__(self, session: Session, channel: Channel) -> None:
        """Take who looks, and at what."""
        self._session = session
        self._room = session.room
        self._member = session.member
        self._channel = channel
        self._client = ui.context.client
        self._thread: Thread | None = None
        self._openers: dict[int, Element] = {}
        self._saying = asyncio.Lock()
        self._changed = False
        self._looks = 0
        self._acts = Acts(
            self._press,
            self._open,
            lambda message: self._dialogs.edit(message),
            lambda message: self._dialogs.delete(message),
        )

    async def draw(self, thread: str) -> None:
        """Draw all of it, and follow what happens."""
        self._root = ui.context.slot.parent
        await self._draw_channels()
        with el("section", "channel", aria_label=f"Channel {self._channel.id}"):
            with el("div", "place-head"):
                el("h1", "", f"#{self._channel.id}")
                self._trouble = el("p", "trouble", "", role="status")
            self._welcome = el("div", "welcome-box")
            self._messages = Messages(f"Messages in #{self._channel.id}", self._read, self._draw)
            label = f"Message to #{self._channel.id}"
            hint = "Answer, or / for commands"
            self._composer = Composer(self._session, self._channel, label, hint, self._say)
        self._panel = el("aside", "thread", aria_label="Thread")
        self._dialogs = Dialogs(self._session, self._channel, self._look_to_end)
        await self._messages.look()
        await self._draw_welcome()
        await self._count()
        await self._begin(thread)
        self._client.on_delete(self._room.client.listen(self._hear))
        ui.timer(LOOK_EVERY, self._look)

    async def _draw_channels(self) -> None:
        names = sorted({self._session.home.id, self._channel.id, *await self._room.client.channels()})
        with el("nav", "channels", aria_label="Channels"):
            el("h2", "side-title", "Channels")
            with el("ul", ""):
                for name in names:
                    here = {"aria_current": "page"} if name == self._channel.id else {}
                    with el("li", ""):
                        link(f"#{name}", self._session.channel_url(name), "channel-link", **here)
            button("Add a channel", "quiet add").on("click", lambda: self._dialogs.add_channel(), args=[])

    async def _draw_welcome(self) -> None:
        """Where nothing was said yet: what to type first. It goes when something stands there."""
        if self._messages.oldest is not None:
            return
        caller = await self._session.caller(self._channel)
        with self._welcome, el("div", "welcome"):
            el("h2", "", sentences.hello(self._member.id, self._channel.id))
            el("p", "", "Nothing was asked here yet. Begin with one of these:")
            for text, about in sentences.first_steps(caller.is_manager):
                self._composer.suggest(text, about)

    async def _begin(self, thread: str) -> None:
        """Open the thread of the address; else, where there is room for it, the newest one."""
        seq = seq_of(thread)
        message = await self._room.client.message(self._member, seq) if seq is not None else None
        is_prompt = message is not None and message.marker is not None and message.thread is None
        if message is not None and is_prompt and message.channel == self._channel:
            await self._show_thread(message)
            return
        newest = await self._newest_prompt()
        if newest is not None:
            await self._show_thread(newest, by_itself=True)

    async def _newest_prompt(self) -> LocalMessage | None:
        round_ = await self._room.newest_round(self._channel)
        seq = seq_of(round_.message) if round_ is not None and round_.message is not None else None
        return await self._room.client.message(self._member, seq) if seq is not None else None

    async def _read(self, limit: int) -> list[LocalMessage]:
        return await self._room.client.channel_messages(self._channel, self._member, limit)

    def _draw(self, message: LocalMessage, thread: Thread | None = None) -> None:
        """Draw a message; what is pressed in a thread's panel is answered there, also on the question above it."""
        ports = self._room.ports
        now, zone = ports.clock.now(), ports.rules.default_zone
        acts = (
            self._acts if thread is None else replace(self._acts, press=partial(self._press, thread=thread))
        )
        opener = draw_message(message, self._member, zone, now, acts, thread is not None)
        if opener is not None:
            self._openers[message.seq] = opener

    def _hear(self) -> None:
        self._changed = True

    async def _look(self) -> None:
        """Draw what changed since the last look. A fault of the store is said, and the next look mends it."""
        self._looks += 1
        if not self._changed and self._looks % READ_EVERY:
            return
        self._changed = False
        try:
            if await self._messages.look():
                self._welcome.clear()
            await self._count()
            if self._thread is not None:
                await self._thread_messages.look()
        except StoreUnavailable:
            self._changed = True
            set_text(self._trouble, "Messages cannot be read just now. I keep trying.")
        else:
            if self._trouble._text:
                set_text(self._trouble, "")

    async def _count(self) -> None:
        """Say at each question how many replies its thread has."""
        first = self._messages.oldest
        if first is None:
            return
        sizes = await self._room.client.thread_sizes(self._channel, first)
        for seq, opener in list(self._openers.items()):
            if opener.is_deleted:
                del self._openers[seq]
            elif (text := opener_text(sizes.get(message_id(seq), 0))) != opener._text:
                set_text(opener, text)

    async def _open(self, prompt: LocalMessage) -> None:
        await self._show_thread(prompt)
        self._thread_composer.focus()

    async def _show_thread(self, prompt: LocalMessage, by_itself: bool = False) -> None:
        """Draw the thread under a question; one that opened by itself does not cover a small screen."""
        thread = Thread(self._channel, message_id(prompt.seq))
        self._root.classes(add="has-thread", remove="by-itself")
        self._root.classes(add="by-itself" if by_itself else "")
        self._panel.clear()
        with self._panel:
            with el("div", "place-head"):
                el("h2", "", "Thread")
                button("Close", "quiet", aria_label="Close the thread").on("click", self._close, args=[])
            read, draw = partial(self._read_thread, thread), partial(self._draw, thread=thread)
            self._thread_messages = Messages("Question and replies", read, draw, prompt)
            say = partial(self._say, thread=thread)
            hint = "Your answer, or / for commands"
            self._thread_composer = Composer(self._session, self._channel, "Reply in the thread", hint, say)
        await self._thread_messages.look()
        self._thread = thread
        if not by_itself:
            self._note_address(thread=thread.id)

    async def _read_thread(self, thread: Thread, limit: int) -> list[LocalMessage]:
        return await self._room.client.thread_messages(thread, self._member, limit)

    def _close(self) -> None:
        self._thread = None
        self._root.classes(remove="has-thread by-itself")
        self._panel.clear()
        self._note_address()
        self._composer.focus()

    def _note_address(self, **query: str) -> None:
        with self._root:
            ui.navigate.history.replace(self._session.channel_url(self._channel.id, **query))

    async def _say(self, text: str, thread: Thread | None = None) -> bool:
        async with self._saying:  # what is sent quickly, one after the other, is kept in that order
            before = await self._newest_seq()
            reaction = await self._room.say(self._member, self._channel, text, thread)
        await self._dialogs.react(reaction, thread)
        await self._look_to_end()
        after = await self._newest_seq()
        if after is not None and (after != before or not text.startswith("/")) and thread is None:
            await self._show_newest()
        return reaction.card is None or reaction.kept

    async def _newest_seq(self) -> str | None:
        try:
            round_ = await self._room.newest_round(self._channel)
        except StoreUnavailable:
            return None
        return round_.message if round_ is not None else None

    async def _show_newest(self) -> None:
        """Open the newest question's thread, unless it is open: a new question, or a reply that went into it."""
        try:
            prompt = await self._newest_prompt()
            if prompt is not None and (self._thread is None or self._thread.id != message_id(prompt.seq)):
                await self._show_thread(prompt, by_itself=True)
        except StoreUnavailable:
            return  # the channel says that it cannot be read

    async def _press(self, message: LocalMessage, label: str, thread: Thread | None = None) -> None:
        reaction = await self._room.press(self._member, message.seq, label, thread)
        await self._dialogs.react(reaction, thread)
        if reaction.form is None:
            await self._look_to_end()

    async def _look_to_end(self) -> None:
        """Draw what came of something that this person did, and go to it where it is the newest."""
        lists = [self._messages, *([self._thread_messages] if self._thread is not None else [])]
        before = [one.newest for one in lists]
        self._changed = True
        await self._look()
        for one, newest in zip(lists, before, strict=True):
            if one.newest != newest:
                one.to_end()
