"""The people of a server: whether somebody is still there, and what is said to one of them unasked."""

import discord

from bot.chat.discord import sentences
from bot.chat.discord.convert import number
from bot.chat.discord.faults import UNKNOWN_MEMBER, UNKNOWN_USER, as_outcome, short
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.line import Line
from bot.chat.discord.saying import say_to
from bot.chat.wording import reviews
from bot.domain.places import Member
from bot.practice.ports import LookupFailed


class People:
    """Asks Discord each time: nothing tells the bot of those who leave, so that nothing could be remembered."""

    def __init__(self, line: Line) -> None:
        """Take the line."""
        self._line = line

    async def is_here(self, member: Member) -> bool:
        """Whether somebody is in their server; raises LookupFailed."""
        try:
            client = await self._line.ready()
            guild = client.get_guild(number(member.workspace.id))
            if guild is None or guild.unavailable:
                raise LookupFailed("the server is not available")
            await self._line.call(guild.fetch_member(number(member.id)))
        except LOOKUP_FAULTS as fault:
            if isinstance(fault, discord.NotFound) and fault.code in (UNKNOWN_MEMBER, UNKNOWN_USER):
                return False
            raise LookupFailed(short(fault)) from fault
        return True

    async def remind(self, member: Member, waiting: int) -> None:
        """Remind somebody in their direct messages, in silence; raises PostRefused and OutcomeUnknown."""
        guild = self._line.client.get_guild(number(member.workspace.id))
        server = guild.name if guild is not None else None
        card = sentences.in_direct_messages(reviews.reminder_card(waiting), server)
        try:
            await say_to(self._line, number(member.id), card)
        except LOOKUP_FAULTS as fault:
            raise as_outcome(fault) from fault
