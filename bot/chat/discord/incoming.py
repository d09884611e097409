"""What happens on Discord -> practice. Events of one thread are taken in turn, so that an edit follows its message."""

import asyncio
import logging
from collections import OrderedDict
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import discord

from bot.chat.discord import sentences
from bot.chat.discord.convert import (
    channel_of,
    created_at,
    is_persons,
    number,
    reply_of,
    text_of,
    workspace_of,
)
from bot.chat.discord.faults import short
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.line import Line
from bot.chat.discord.saying import UNSPOKEN
from bot.domain.places import Thread
from bot.domain.rounds import Reply
from bot.practice import answering, leaving
from bot.practice.ports import Ports

log = logging.getLogger(__name__)

_TIMES_GO_BACK = timedelta(milliseconds=1)
DELETED_KNOWN = 1000
"""Deleted messages that are remembered, in case the news of a message comes after that of its deletion."""


class DiscordIncoming:
    """Follows messages in threads, and servers and channels that come and go."""

    def __init__(self, line: Line, ports: Ports) -> None:
        """Take the line, and the ports."""
        self._line = line
        self._ports = ports
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._deleted: OrderedDict[int, None] = OrderedDict()

    async def message(self, message: discord.Message) -> None:
        """A message of a person in a thread is a reply if the thread is a round's; the rest is nobody's business."""
        if message.guild is None or not is_persons(message) or not self._can_read(message):
            return
        async with self._turn(message.channel.id):
            thread = await self._thread(message.guild.id, message.channel.id)
            if thread is None or message.id in self._deleted:
                return
            reply = reply_of(message, thread)
            kept = await answering.receive(self._ports, reply)
            if kept.verdict not in UNSPOKEN:
                await self._ports.chat.acknowledge(reply, kept)

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Follow an edit with the text as it is now; links that unfold are none."""
        if payload.guild_id is None or payload.data.get("edited_timestamp") is None:
            return
        if not is_persons(payload.message) or not self._can_read(payload.message):
            return
        async with self._turn(payload.channel_id):
            thread = await self._thread(payload.guild_id, payload.channel_id)
            if thread is None or not await self._is_a_rounds(thread):
                return
            message = await self._newest(thread, payload.message)
            if message is None or message.edited_at is None:
                return
            reply = reply_of(message, thread)
            edited_at = await self._in_order(reply, message.edited_at, fresh=message is not payload.message)
            kept = await answering.edited(self._ports, reply, edited_at)
            await self._ports.chat.acknowledge(reply, kept)

    async def _in_order(self, reply: Reply, edited_at: datetime, *, fresh: bool) -> datetime:
        """When an edit counts as made: Discord's times go back by less than a millisecond between two quick ones.

        What was fetched just now is the newest in any case, so its time is set after the one that is known.
        """
        stored = await self._ports.store.read(lambda tx: tx.reply(reply.thread, reply.message))
        known = stored.edited_at if stored is not None else None
        behind = known is not None and known - _TIMES_GO_BACK <= edited_at <= known
        if fresh and known is not None and stored is not None and behind and stored.reply.text != reply.text:
            return known + timedelta(microseconds=1)
        return edited_at

    async def deleted(self, guild_id: int | None, channel_id: int, messages: set[int]) -> None:
        """Follow deletions; whose message it was is known from the store."""
        if guild_id is None:
            return
        async with self._turn(channel_id):
            for message in sorted(messages):
                self._deleted[message] = None
            while len(self._deleted) > DELETED_KNOWN:
                self._deleted.popitem(last=False)
            thread = await self._thread(guild_id, channel_id)
            if thread is None or not await self._is_a_rounds(thread):
                return
            for message in sorted(messages):
                await self._follow_deletion(thread, str(message))

    async def _follow_deletion(self, thread: Thread, message: str) -> None:
        stored = await self._ports.store.read(lambda tx: tx.reply(thread, message))
        if stored is None or stored.deleted_at is not None:
            return
        author, at = stored.reply.author, self._ports.clock.now()
        kept = await answering.deleted(self._ports, thread, message, author, created_at(number(message)), at)
        await self._ports.chat.acknowledge(Reply(thread, message, author, "", stored.reply.at), kept)

    async def joined(self, guild_id: int) -> None:
        """The bot is in a server, for the first time or again."""
        await leaving.came_back(self._ports, workspace_of(guild_id))

    async def left(self, guild_id: int) -> None:
        """The bot was removed from a server."""
        await leaving.left(self._ports, workspace_of(guild_id))

    async def channel_deleted(self, guild_id: int, channel_id: int) -> None:
        """A channel is gone, with what was planned for it."""
        await leaving.channel_gone(self._ports, channel_of(guild_id, channel_id), sentences.CHANNEL_DELETED)

    def _can_read(self, message: discord.Message) -> bool:
        """Without the intent, Discord leaves the text out unless the message is meant for the bot."""
        return bool(text_of(message)) or self._line.client.intents.message_content

    async def _thread(self, guild_id: int, channel_id: int) -> Thread | None:
        try:
            return await self._line.thread_at(guild_id, channel_id)
        except LOOKUP_FAULTS as fault:  # it is read again after the next gap
            ids = {"channel": channel_id, "fault": short(fault)}
            log.warning("thread not looked up", extra={"facts": {"platform": "discord", **ids}})
            return None

    async def _is_a_rounds(self, thread: Thread) -> bool:
        return await self._ports.store.read(lambda tx: tx.round_in(thread)) is not None

    async def _newest(self, thread: Thread, told: discord.Message) -> discord.Message | None:
        """A message as it is now; as the event told it if that cannot be had; None if it is gone."""
        try:
            client = await self._line.ready()
            place = client.get_partial_messageable(number(thread.id))
            return await self._line.call(place.fetch_message(told.id))
        except discord.NotFound:
            return None
        except LOOKUP_FAULTS:
            return told

    def _turn(self, channel_id: int) -> asyncio.Lock:
        """One at a time for a channel, in the order of arrival; kept only while somebody has or waits for it."""
        lock = self._turns.get(channel_id)
        if lock is None:
            lock = self._turns[channel_id] = asyncio.Lock()
        return lock
