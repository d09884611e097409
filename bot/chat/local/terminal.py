"""The first door of the local chat: one person at a terminal, or lines from a pipe."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TextIO

from bot.chat.calls import Attachment, Caller
from bot.chat.cards import Card, Form, from_json
from bot.chat.local import sentences
from bot.chat.local.convert import BadName, channel_named
from bot.chat.local.filling import fill
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.outgoing import ANSWERED
from bot.chat.local.piped import PipedScreen
from bot.chat.local.reaction import Reaction
from bot.chat.local.reading import about, parts
from bot.chat.local.render import draw, draw_aside, draw_reply, draw_steps
from bot.chat.local.screen import HungUp, Screen
from bot.chat.wording import refusals
from bot.chat.wording.reviews import review_card
from bot.domain.places import Channel, Member
from bot.domain.rounds import Round
from bot.practice import answering, review_queue
from bot.practice.ports import StoreUnavailable
from bot.practice.records import LocalMessage

LOOK_EVERY = 1.0
"""Seconds between two looks for news while a person sits at the prompt."""

HISTORY = "chat-history"
"""The file in the data folder that keeps typed commands."""

UNREAD = 2
"""Reviews of the visitor's answers that a visit begins with, at most."""

BAD_NAME = 2
"""The exit code for a name that cannot be one."""


async def chat(
    room: LocalRoom,
    name: str,
    channel: str,
    stdin: TextIO,
    stdout: TextIO,
    interactive: bool,
    folder: Path,
) -> int:
    """Visit the local chat as `name` until the input ends; gives the exit code, 0, or 2 for a bad name.

    `folder` is the data folder: it gets the history of commands, and the files that the bot hands out. Raises
    StoreUnavailable when the store cannot be read at the door.
    """
    try:
        place = channel_named(channel)
    except BadName as bad:
        return _turned_away(sentences.bad_name(bad, "channel"))
    try:
        member = await room.enter(name)
    except BadName as bad:
        return _turned_away(sentences.bad_name(bad, "person"))
    async with AsyncExitStack() as stack:
        visit = Visit(room, member, place, folder)
        visit.screen = await _prompted(stack, visit, folder) if interactive else PipedScreen(stdin, stdout)
        with contextlib.suppress(HungUp):
            await visit.stay()
    return 0


def _turned_away(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return BAD_NAME


async def _prompted(stack: AsyncExitStack, visit: "Visit", folder: Path) -> Screen:
    """The prompt; imported here, because a pipe does not need it and it takes a while to load."""
    from bot.chat.local.completion import suggestions
    from bot.chat.local.prompted import PromptedScreen, above_the_prompt, history_in

    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    caller = await visit.caller()
    await stack.enter_async_context(above_the_prompt())
    return PromptedScreen(
        history_in(folder / HISTORY), lambda line: suggestions(line, caller, visit.labels), color
    )


class Visit:
    """One person in one channel, from hello to the end of input."""

    screen: Screen

    def __init__(self, room: LocalRoom, member: Member, channel: Channel, folder: Path) -> None:
        """Take the room and who visits it, and the folder for files."""
        self._room = room
        self._member = member
        self._channel = channel
        self._folder = folder
        self._seen = 0
        self._showing = asyncio.Lock()
        self.labels: tuple[str, ...] = ()

    async def caller(self) -> Caller:
        """The visitor as commands know them."""
        return await self._room.caller(self._member, self._channel)

    async def stay(self) -> None:
        """Greet, then take line after line."""
        await self._greet()
        await self._show_news()
        looking = asyncio.create_task(self._look()) if self.screen.interactive else None
        try:
            while (line := await self._line()) is not None:
                if line:
                    await self._take(line)
                await self._show_news()
        finally:
            if looking is not None:
                looking.cancel()
                await asyncio.gather(looking, return_exceptions=True)

    async def _greet(self) -> None:
        room, member, channel = self._room, self._member, self._channel
        page = await room.messages(member, channel)
        self._seen = page[-1].seq if page else 0
        await room.catch_up()
        self.labels = await room.labels(member, channel)
        self._greeting(sentences.hello(member.id, channel.id))
        round_ = await room.newest_round(channel)
        if round_ is None:
            steps = sentences.first_steps((await self.caller()).is_manager)
            self.screen.show(draw_steps(steps, self.screen.width, self.screen.color) + "\n")
            return
        await self._tell_where(round_)
        await self._show_reviews()

    async def _tell_where(self, round_: Round) -> None:
        """Where the visitor stands with the newest question."""
        room, member = self._room, self._member
        own = await answering.own_answer(room.ports, round_.id, member) if round_.thread else None
        closed = round_.is_closed(room.ports.clock.now())
        self._greeting(sentences.newest(round_.question.title, own is not None, closed) + "\n")

    async def _show_reviews(self) -> None:
        """The newest reviews of the visitor's answers that they said nothing to, as nobody else shows them here."""
        got = (await review_queue.mine(self._room.ports, self._member)).got
        unread = [one for one in got if one.review.thanked_at is None and one.review.flagged_at is None]
        if unread:
            self._greeting(sentences.REVIEWS_OF_YOURS + "\n")
        for one in reversed(unread[:UNREAD]):
            self.screen.show(self._drawn(review_card(one)))

    async def _line(self) -> str | None:
        """The next line; one that ends with a backslash goes on in the line after it."""
        line = await self.screen.ask(f"#{self._channel.id}: ")
        while line is not None and line.endswith("\\") and not line.startswith(("/", ">")):
            more = await self.screen.ask("... ")
            if more is None:
                return line[:-1]
            line = f"{line[:-1]}\n{more}"
        return line

    async def _take(self, line: str) -> None:
        if line.startswith(">"):
            await self._press(line[1:].strip())
        elif line.strip():
            await self._react(await self._room.say(self._member, self._channel, line))
            if line.split() == ["/help"]:
                await self._show_news()
                self.screen.show(self._drawn(sentences.HERE))

    async def _press(self, label: str) -> None:
        try:
            message = await self._room.find_button(self._member, self._channel, label)
        except StoreUnavailable:
            self.screen.show(self._drawn(refusals.UNAVAILABLE))
            return
        if message is None:
            self.screen.show(self._drawn(sentences.no_such_button(label, self.labels)))
        else:
            reaction = await self._room.press(self._member, message, label)
            if reaction.form is not None:
                await self._show_answer(message, reaction.form)
            await self._react(reaction)

    async def _show_answer(self, seq: int, form: Form) -> None:
        """What is to be reviewed, when it was opened from the line below an answer, which may be long ago."""
        with contextlib.suppress(StoreUnavailable):
            message = await self._room.client.message(self._member, seq)
            card = await about(self._room.ports, self._member, form)
            if card is not None and message is not None and (message.marker or "").startswith(ANSWERED):
                self.screen.show(self._drawn(Card(card.title, parts(card)[1])))

    async def _react(self, reaction: Reaction) -> None:
        if reaction.card is not None:
            self.screen.show(self._drawn(reaction.card))
            await self._look_again()
        if reaction.attachment is not None:
            await self._show_news()
            self._save(reaction.attachment)
        if reaction.form is not None:
            await self._react(await fill(self.screen, reaction.form, partial(self._send, reaction.form)))

    async def _send(self, form: Form, values: Mapping[str, str]) -> Reaction:
        return await self._room.submit(self._member, self._channel, form, values)

    def _save(self, attachment: Attachment) -> None:
        file = self._folder / attachment.name
        try:
            _write_private(file, attachment.text)
        except OSError as fault:
            self._aside(sentences.not_saved(str(file), fault.strerror or "unknown"))
            self.screen.show(attachment.text + "\n")
        else:
            self._aside(sentences.saved(str(file)) + "\n")

    async def _look_again(self) -> None:
        """After a deletion the numbers of messages may begin earlier again; nothing new must be passed over."""
        with contextlib.suppress(StoreUnavailable):
            page = await self._room.messages(self._member, self._channel)
            self._seen = min(self._seen, page[-1].seq if page else 0)

    async def _look(self) -> None:
        """While a person sits at the prompt, show what comes up by itself."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self._show_news()

    async def _show_news(self) -> None:
        """Show what came up in the channel since the last look, but for the visitor's own replies."""
        async with self._showing:
            try:
                news = await self._room.news(self._member, self._seen)
                for message in news:
                    self._seen = message.seq
                    if message.channel == self._channel and not message.deleted_at:
                        self._show_message(message)
                if news:
                    self.labels = await self._room.labels(self._member, self._channel)
            except StoreUnavailable:
                return  # the next look shows it

    def _show_message(self, message: LocalMessage) -> None:
        if message.card is not None:
            self.screen.show(self._drawn(from_json(message.card)))
        elif message.author is not None and message.author != self._member.id:
            drawn = draw_reply(message.author, message.text, self.screen.width, self.screen.color)
            self.screen.show(drawn + "\n")

    def _greeting(self, text: str) -> None:
        self.screen.show(draw_aside(text, self.screen.width))

    def _aside(self, text: str) -> None:
        self.screen.show(draw_aside(text, self.screen.width, self.screen.color))

    def _drawn(self, card: Card) -> str:
        return draw(card, self.screen.width, self.screen.color) + "\n"


def _write_private(file: Path, text: str) -> None:
    """Write a file that only its owner reads, in place of an older one; a link is not followed. Raises OSError."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as opened:
        opened.write(text)
