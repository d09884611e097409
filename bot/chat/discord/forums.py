"""Forum channels take no plain messages: there a prompt is the first message of a thread of its own."""

from collections.abc import AsyncIterator

import discord

from bot.chat.discord.buttons import button_ids, custom_id_of
from bot.chat.discord.convert import created_at
from bot.chat.discord.history import CLOCKS_DIFFER
from bot.chat.discord.line import Line
from bot.chat.wording import buttons
from bot.domain.rounds import Round


class Forum:
    """A forum channel, to look through for our own threads."""

    def __init__(self, line: Line, channel: discord.ForumChannel) -> None:
        """Take the line and the channel."""
        self._line = line
        self._channel = channel

    async def find(self, round_: Round) -> str | None:
        """The thread whose first message carries a round's marker; raises as calls to Discord do."""
        marker = custom_id_of(buttons.ANSWER, round_.id)
        async for thread in self._own(round_):
            try:
                first = await self._line.call(thread.fetch_message(thread.id))
            except discord.NotFound:
                continue
            if marker in button_ids(first.components):
                return str(thread.id)
        return None

    async def _own(self, round_: Round) -> AsyncIterator[discord.Thread]:
        """The bot's own threads here since the question was asked, those that are archived as well."""
        since = round_.asked_at - CLOCKS_DIFFER
        own = self._line.client.user
        active = await self._line.call(self._channel.guild.active_threads())
        here = [thread for thread in active if thread.parent_id == self._channel.id]
        for thread in here:
            if own is not None and thread.owner_id == own.id and created_at(thread.id) >= since:
                yield thread
        async for thread in self._channel.archived_threads(limit=None):
            if thread.archive_timestamp < since:
                return  # they come by when they were archived, the newest first
            if own is not None and thread.owner_id == own.id and created_at(thread.id) >= since:
                yield thread
