"""Which rights the bot lacks in a place, looked up where it matters."""

import discord

from bot.chat.discord.faults import short
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.line import Line
from bot.chat.discord.permissions import lacking
from bot.domain.places import Channel
from bot.practice.ports import LookupFailed


class Rights:
    """The bot's own rights, channel by channel."""

    def __init__(self, line: Line) -> None:
        """Take the line."""
        self._line = line

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """The rights that the bot lacks in a channel, by their names on Discord's screens; raises LookupFailed."""
        try:
            place = await self._line.channel(channel)
        except discord.Forbidden:
            return lacking(discord.Permissions.none())[:1]
        except LOOKUP_FAULTS as fault:
            raise LookupFailed(short(fault)) from fault
        if place.guild.me is None:
            raise LookupFailed("the server is not available")
        return lacking(place.permissions_for(place.guild.me))

    async def behind(self, fault: BaseException, channel: Channel) -> tuple[str, ...]:
        """What is missing where a call was forbidden, as far as it can be known."""
        if not isinstance(fault, discord.Forbidden):
            return ()
        try:
            return await self.missing(channel)
        except LookupFailed:
            return ()
