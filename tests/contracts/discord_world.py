"""Discord as a World of the chat contract: discord.py's own machinery over SimCord, with its clock as the bot's clock.

A server's Integrations page may open every command to everybody. It does so here, so that the bot's own check is
what refuses. What a person sees is the channel, its threads, and their own direct messages with the bot.
"""

import asyncio
import copy
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import discord
import simcord
from simcord.backend import serializers
from simcord.backend.models import Message, MessageSticker
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, to_discord_message

from bot.chat import commands
from bot.chat.calls import OptionKind, UnknownCommand
from bot.chat.discord.client import DiscordConfig, DiscordPlatform
from bot.chat.router import Router
from bot.chat.wording import buttons
from bot.domain.bank import Bank
from bot.domain.places import Platform
from bot.practice import asking, recovery, reminding, showing
from bot.practice.ports import Ports, Rules, Store
from tests.chat.world import bank
from tests.contracts.chat_world import FaultyChat, Seen
from tests.fakes import START, CountingIds, FakeClock, Outcome
from tests.platforms.discord.reading import given_in, labels_of, preset_of, pressed, text_of
from tests.platforms.discord.simcord_mended import QUICK, mend
from tests.platforms.discord.wire import wire_faults

HIDDEN = frozenset({18, 21})
"""Types of messages that are no message: that a thread was opened, and the copy of its beginning."""

LOADING = 1 << 7
BETWEEN_PRESSES = 2.5
"""Seconds."""


class SimClock(FakeClock):
    """The clock of the simulated Discord; before there is one, the instant at which all begins."""

    env: simcord.Env | None = None
    ahead = timedelta()
    """How far the bot's clock is from Discord's."""

    def now(self) -> datetime:
        return (self.env.now() if self.env is not None else START) + self.ahead


class DiscordWorld:
    """One guild with the channel `study`; it outlives the bot."""

    private_acknowledgements = False

    def __init__(self, store: Store, *, message_content: bool = True, questions: Bank | None = None) -> None:
        self.store = store
        self.clock = SimClock()
        self.questions = questions or bank()
        self.ids = CountingIds()
        self.config = DiscordConfig("x", None, None, None, message_content, (), 1, calls_at_once=None)
        self.platform = self._built()
        self.env = simcord.Env(self.platform.client, check_errors=True)
        self.people: dict[str, simcord.MemberActor] = {}
        self.forms: dict[str, InteractionResult] = {}
        self.last: InteractionResult | None = None
        self.files: dict[str, bytes] = {}
        self.unheard: list[Message] = []
        self.one_by_one = asyncio.Lock()

    def _built(self) -> DiscordPlatform:
        platform = DiscordPlatform(self.config, self.questions, self.clock)
        self.chat = FaultyChat(Router({Platform.DISCORD: platform.outgoing}), self.clock)
        rules = Rules("UTC")
        self.ports = Ports(
            self.chat, self.store, self.clock, self.ids, self.questions, rules, "this-instance"
        )
        platform.attach(self.ports)
        return platform

    async def start(self) -> None:
        """Open the guild, and let the bot come in."""
        self.env.backend.advance_clock((START - self.env.now()).total_seconds())
        self.clock.env = self.env
        await self.env.start()
        self.guild = self.env.create_guild("Study group")
        self.manager = self.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        self.channel = self.guild.create_text_channel("study")
        await self.settle()
        for command in self.env.backend.commands.get(None, {}).values():
            self.guild.set_command_permissions(int(command["id"]), {self.guild.default_role: True})

    async def stop(self) -> None:
        """End the bot for good; fails with what it raised meanwhile."""
        try:
            await self.platform.close()
        finally:
            await self.env.shutdown()
        self.env.raise_errors()
        assert pinged(self.env) == []
        assert wire_faults(self.env.http_requests) == []

    async def join(self, name: str) -> None:
        roles = [] if self.people else [self.manager]
        self.people[name] = self.guild.add_member(self.env.create_user(name), roles=roles)
        await self.settle()

    async def say(self, name: str, text: str) -> None:
        if text.startswith("/"):
            await self.command(name, text)
        else:
            await self.say_in(name, self.thread, text)

    async def say_in(self, name: str, place: ChannelHandle, text: str) -> None:
        """Let a person write somewhere; a message of blanks alone cannot be sent, so a sticker stands for it."""
        with self.env.time_context():
            if not text.strip():
                sticker = MessageSticker(self.guild.id, "wave", 1, self.guild.id)
                self.env.backend.create_message(place.id, self.people[name].id, stickers=[sticker])
            else:
                await self.people[name].send(place, text)
        await self.settle()

    async def command(self, name: str, line: str, place: ChannelHandle | None = None) -> InteractionResult:
        """Let a person use a slash command: `name:value` is an option, a bare word is the next one not named.

        Nobody can send a command that there is not; who asks the help for it gets the same sentence.
        """
        words = line.removeprefix("/").split()
        for size in (2, 1):
            try:
                found = commands.command_named(" ".join(words[:size]))
                break
            except UnknownCommand:
                continue
        else:
            return await self.command(name, f"/help command:{words[0]}", place)
        given: dict[str, Any] = {}
        free = [option for option in found.options if not option.by_name]
        for word in words[len(found.words) :]:
            key, colon, value = word.partition(":")
            option = found.option(key) if colon else None
            if option is None:
                option, value = next(one for one in free if one.name not in given), word
            given[option.name] = self._value(option.kind, value)
        await self.pause()
        with self.env.time_context():
            self.last = await self.people[name].slash(place or self.channel, found.name, **given)
        return self.last

    def _value(self, kind: OptionKind, text: str) -> Any:
        if kind is OptionKind.NUMBER:
            return int(text)
        if kind is OptionKind.FILE:
            return text, self.files[text]
        return self.people[text.removeprefix("@")] if kind is OptionKind.MEMBER else text

    async def press(self, name: str, label: str) -> None:
        for message in reversed(self.messages(name)):
            custom_id = pressed(message.components, label)
            if custom_id is not None:
                await self.press_on(name, message, custom_id)
                return
        raise AssertionError(f"{name} sees no button {label}")

    async def press_on(self, name: str, message: Message, custom_id: str) -> InteractionResult:
        """Let a person press one button of one message."""
        await self.pause()
        with self.env.time_context():
            self.last = await self.people[name].click(
                to_discord_message(self.env, message), custom_id=custom_id
            )
        if self.last.modal is not None:
            self.forms[name] = self.last
        return self.last

    async def fill(self, name: str, values: Mapping[str, str]) -> str | None:
        async with self.one_by_one:  # SimCord does not let two people do something at once
            return await self._filled(name, values)

    async def _filled(self, name: str, values: Mapping[str, str]) -> str | None:
        texts = {**self.preset(name), **values}
        given = {part["custom_id"]: given_in(part, texts[part["custom_id"]]) for part in self._parts(name)}
        await self.pause()
        with self.env.time_context():
            self.last = await self.people[name].submit_modal(self.forms[name], given)
        if self.last.modal is not None:
            self.forms[name] = self.last
        newest = self._seen(self.messages(name)[-1])
        return newest.text.split("\n")[1] if newest.title == "That was not sent." else None

    def preset(self, name: str) -> Mapping[str, str]:
        return {part["custom_id"]: preset_of(part) for part in self._parts(name)}

    def _parts(self, name: str) -> list[dict[str, Any]]:
        """What a person can fill in of the form that is open."""
        return [part["component"] for part in (self.forms[name].modal or {})["components"]]

    async def edit(self, name: str, old: str, new: str) -> None:
        with self.env.time_context():
            await self.people[name].edit(to_discord_message(self.env, self.said(name, old)), new)

    async def delete(self, name: str, text: str) -> None:
        with self.env.time_context():
            await self.people[name].delete(to_discord_message(self.env, self.said(name, text)))

    async def sees(self, name: str) -> list[Seen]:
        return [self._seen(message) for message in self.messages(name)]

    async def advance(self, **by: float) -> None:
        with self.env.time_context():
            await self.env.advance_time(timedelta(**by).total_seconds())
            await self.chat.pass_time(timedelta(**by))
        await self.settle()

    async def ring(self) -> None:
        with self.env.time_context():
            await asking.post_due(self.ports)
            await recovery.settle(self.ports)
            await showing.show_due(self.ports)
            await reminding.remind_due(self.ports)
        await self.settle()

    async def restart(self) -> None:
        """End the bot and start it again, over the same guild and the same store."""
        await self.go()
        await self.come_back()

    async def go(self) -> None:
        """End the bot; the guild lives on, and nothing reaches the bot."""
        await self.settle()
        await self.platform.close()
        self.env.backend.subscribers.clear()

    async def come_back(self) -> None:
        """Start it again."""
        self.platform = self._built()
        with self.env.time_context():
            await self.env.restart_bot(self.platform.client)
            await recovery.settle(self.ports)
        await self.settle()

    def next_post(self, outcome: Outcome | timedelta) -> None:
        self.chat.outcomes.append(outcome)

    def next_review(self, outcome: Outcome) -> None:
        self.chat.review_outcomes.append(outcome)

    async def review_message(self, name: str, author: str, text: str) -> None:
        await self.use_menu(name, buttons.OF_MESSAGES[buttons.REVIEW_MESSAGE], self.said(author, text))

    async def use_menu(self, name: str, label: str, message: Message) -> InteractionResult:
        """Let a person choose an entry of a message's menu."""
        places = (self.channel, *self.channel.threads)
        place = next(one for one in places if one.id == message.channel_id)
        await self.pause()
        with self.env.time_context():
            shown = to_discord_message(self.env, message)
            self.last = await self.people[name].context_menu(place, label, shown)
        if self.last.modal is not None:
            self.forms[name] = self.last
        return self.last

    async def write_unheard(self, name: str, text: str) -> None:
        author, backend = self.people[name].id, self.env.backend
        self.unheard.append(backend.create_message(self.thread.id, author, text, broadcast=False))

    async def deliver_unheard(self) -> None:
        for message in self.unheard:
            with self.env.time_context():
                self.env.backend.emit("MESSAGE_CREATE", self.event(message))
            await self.settle()
        self.unheard.clear()

    def event(self, message: Message, **changes: Any) -> dict[str, Any]:
        """A message as an event shows it now; later changes of the message leave it alone."""
        backend = self.env.backend
        payload = copy.deepcopy(dict(serializers.message_payload(backend, message)))
        guild = backend.guilds[self.guild.id]
        known = guild.members.get(message.author_id)
        if known is not None:
            payload["member"] = serializers.member_payload(backend, guild, known, with_user=False)
        return {**payload, **changes}

    def fail_next_lookup(self) -> None:
        self.chat.lookup_faults += 1

    async def pause(self) -> None:
        """Let as much time pass as people take between two presses: the bot drops what comes faster."""
        with self.env.time_context():
            await self.env.advance_time(BETWEEN_PRESSES)

    async def settle(self) -> None:
        """Wait until the bot has nothing left to do."""
        with self.env.time_context():
            await self.env.settle(idle=QUICK)

    @property
    def thread(self) -> ChannelHandle:
        """The newest thread."""
        return self.channel.threads[-1]

    def messages(self, name: str | None = None) -> list[Message]:
        """All messages that a person sees in the channel, its threads and their own direct messages; None: the bot."""
        backend, person = self.env.backend, self.people[name].id if name is not None else None
        private = backend.dm_channels.get(person) if person is not None else None
        places = [self.channel.id, *(thread.id for thread in self.channel.threads), private]
        found = [one for place in places if place for one in backend.messages.get(place, {}).values()]
        shown = [one for one in found if one.type not in HIDDEN and not one.flags & LOADING]
        seen = (one for one in shown if one.visible_to(person))
        return sorted(
            seen, key=lambda one: (one.timestamp, one.is_ephemeral, one.id)
        )  # an answer ends its command

    def said(self, name: str, text: str) -> Message:
        """The newest message of a person with this text."""
        own = self.people[name].id
        found = (one for one in reversed(self.messages(name)) if one.author_id == own and one.content == text)
        return next(found)

    def _seen(self, message: Message) -> Seen:
        names = {str(actor.id): name for name, actor in self.people.items()}
        author = names.get(str(message.author_id))
        if author is not None:
            return Seen(author, message.content)
        return Seen(None, text_of(message.components, names), labels_of(message.components))


def pinged(env: simcord.Env) -> list[str]:
    """The texts of the bot's messages that pinged somebody; none ever does."""
    everything = (one for messages in env.backend.messages.values() for one in messages.values())
    own = (one for one in everything if one.author_id == env.backend.bot_user.id)
    return [
        f"{one.content} {one.components}"
        for one in own
        if one.mention_everyone or one.ping_user_ids or one.ping_role_ids
    ]


@asynccontextmanager
async def discord_world(store: Store, **options: Any) -> AsyncIterator[DiscordWorld]:
    """A guild with the bot in it, until the block ends."""
    mend()
    world = DiscordWorld(store, **options)
    try:
        await world.start()
        yield world
    finally:
        await world.stop()
