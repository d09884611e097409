"""Messages of a channel or thread, page by page, oldest first: to find our own prompt, and to catch up after a gap."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import discord

from bot.chat.discord.convert import is_persons, number, reply_of
from bot.chat.discord.faults import CALL_FAULTS, UNKNOWN_CHANNEL, ShutOut, short
from bot.chat.discord.holding import HeldBack
from bot.chat.discord.line import Line, NotConnected
from bot.domain.places import Channel, Thread
from bot.practice.catching_up import Found
from bot.practice.ports import LookupFailed

PAGE = 100
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far our clock may be from Discord's, by which messages are numbered."""

LOOKUP_FAULTS = (*CALL_FAULTS, NotConnected, ShutOut)
"""Everything that keeps a look-up from its answer."""


class ThreadGone(LookupFailed):
    """A thread was deleted; what was answered in it stays."""


async def check_readable(line: Line, channel: Channel) -> None:
    """See that the bot may read what was said in a channel and its threads; raises LookupFailed and LOOKUP_FAULTS.

    Without that right Discord shows an empty page instead of refusing, as if everything had been deleted.
    """
    place = await line.channel(channel)
    if place.guild.me is None:
        raise LookupFailed("the server is not available")
    if not place.permissions_for(place.guild.me).read_message_history:
        raise LookupFailed("Read Message History is missing")


async def messages(
    line: Line, channel: Channel, place_id: int, since: datetime
) -> AsyncIterator[list[discord.Message]]:
    """Pages of messages of a channel, or of a thread in it, created since an instant, as our clock tells it.

    Raises LookupFailed where they may not be read, and LOOKUP_FAULTS.
    """
    await check_readable(line, channel)
    client = await line.ready()
    place = client.get_partial_messageable(place_id)
    after = discord.Object(discord.utils.time_snowflake(since - CLOCKS_DIFFER, high=False))
    while True:
        page = await line.call(_page(place, after))
        if page:
            yield page
            after = discord.Object(page[-1].id)
        if len(page) < PAGE:
            return


async def own(
    line: Line, channel: Channel, place_id: int, since: datetime, is_it: Callable[[discord.Message], bool]
) -> str | None:
    """The first message of ours there that is the one; raises as `messages` does."""
    async for page in messages(line, channel, place_id, since):
        user = line.client.user
        for message in page:
            if user is not None and message.author.id == user.id and is_it(message):
                return str(message.id)
    return None


async def looked_up(held: HeldBack, place_id: str, look: Callable[[], Awaitable[str | None]]) -> str | None:
    """What a look through a place gives; raises LookupFailed.

    In a place that is gone there is nothing; one that may not be read is tried again after an hour.
    """
    place = f"read {place_id}"
    if (why := held.why(place)) is not None:
        raise LookupFailed(why)
    try:
        return await look()
    except LOOKUP_FAULTS as fault:
        if isinstance(fault, discord.HTTPException) and fault.code == UNKNOWN_CHANNEL:
            return None
        if isinstance(fault, discord.Forbidden):
            held.hold(place, short(fault))
        raise LookupFailed(short(fault)) from fault


async def _page(place: discord.PartialMessageable, after: discord.Object) -> list[discord.Message]:
    return [message async for message in place.history(limit=PAGE, after=after, oldest_first=True)]


async def peoples(line: Line, thread: Thread, since: datetime) -> AsyncIterator[Sequence[Found]]:
    """People's messages of a thread, as `practice/catching_up` reads them; raises LookupFailed and ThreadGone.

    Those of some minutes before the instant come as well: it is our clock's, and the messages have Discord's.
    """
    try:
        async for page in messages(line, thread.channel, number(thread.id), since):
            yield [
                Found(reply_of(message, thread), message.edited_at) for message in page if is_persons(message)
            ]
    except discord.NotFound as fault:
        raise ThreadGone(short(fault)) from fault
    except LOOKUP_FAULTS as fault:
        raise LookupFailed(short(fault)) from fault
