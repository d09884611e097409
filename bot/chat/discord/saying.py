"""What the bot says unasked: that a reply is kept, in its thread, and what managers must know, to themselves."""

import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import discord

from bot.chat.cards import Card, Text
from bot.chat.discord.convert import number
from bot.chat.discord.faults import short
from bot.chat.discord.history import LOOKUP_FAULTS
from bot.chat.discord.holding import HeldBack
from bot.chat.discord.line import Line
from bot.chat.discord.render import pages
from bot.chat.wording import answers, buttons, reviews, schedules
from bot.domain.places import Channel
from bot.domain.rounds import Reply
from bot.domain.schedules import ScheduleState
from bot.practice.outcomes import Kept, Notice, Verdict
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

UNSPOKEN = frozenset({Verdict.KNOWN, Verdict.ELSEWHERE})
"""What needs no word: the reply arrived before, or stands under no question."""
KEPT_SIGN = "💬"
"""The sign on a comment that is kept, when comments were spoken of already."""


class Speaker:
    """Says things by the line. What cannot be said is logged, for what it is about is on disk already."""

    def __init__(self, line: Line, held: HeldBack) -> None:
        """Take the line, and what was refused just now; nobody can be told about schedules before `attach`."""
        self._line = line
        self._held = held
        self._ports: Ports | None = None

    def attach(self, ports: Ports) -> None:
        """Learn where schedules are kept."""
        self._ports = ports

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Answer a thread's message in the thread: silently, pinging nobody; or only by a sign on it.

        What became of a form is told to its sender alone; all see where an accepted one can be reviewed.
        """
        if kept.verdict in UNSPOKEN or (reply.by_form and kept.verdict is not Verdict.ACCEPTED):
            return
        kept = replace(kept, waiting=0)  # how many answers wait for the author is nothing for all who read
        try:
            client = await self._line.ready()
            thread, place = client.get_partial_messageable(number(reply.thread.id)), reply.thread.channel.id
            if reply.by_form and kept.answer is not None:
                card = reviews.answered_card(reply.author, kept.answer.id)
                await self._unless_held(f"say in {place}", _said(thread, card, None))
            elif not reply.by_form:
                await self._acknowledge(thread.get_partial_message(number(reply.message)), reply, kept)
        except LOOKUP_FAULTS as fault:
            ids = {"workspace": reply.author.workspace.key, "message": reply.message, "fault": short(fault)}
            log.warning("not acknowledged", extra={"facts": ids})

    async def _acknowledge(self, message: discord.PartialMessage, reply: Reply, kept: Kept) -> None:
        place, thread = reply.thread.channel.id, message.channel
        if kept.verdict is Verdict.COMMENT and not kept.first:
            await self._unless_held(f"sign in {place}", message.add_reaction(KEPT_SIGN))
        elif kept.verdict is Verdict.REMOVED:
            card = _about(answers.kept_card(kept, reply), reply)
            await self._unless_held(f"say in {place}", _said(thread, card, None))
        else:
            card = _reviewable(answers.kept_card(kept, reply), kept)
            await self._unless_held(f"say in {place}", _said(thread, card, message))

    async def _unless_held(self, wanted: str, work: Coroutine[Any, Any, None]) -> None:
        """Give a sign or say a word; where the bot may not, it is tried once an hour."""
        if self._held.why(wanted) is not None:
            work.close()  # it never began
            return
        try:
            await self._line.call(work)
        except discord.Forbidden as fault:
            self._held.hold(wanted, short(fault))
            raise

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell whoever set the channel's schedules, or else the owner of the server."""
        told = 0
        for member in await self._who_looks_after(channel):
            try:
                await say_to(self._line, member, _where(schedules.notice_card(notice), channel))
                told += 1
            except LOOKUP_FAULTS as fault:
                facts = {"channel": channel.id, "member": member, "fault": short(fault)}
                log.warning(
                    "manager not told", extra={"facts": {"workspace": channel.workspace.key, **facts}}
                )
        ids = {"workspace": channel.workspace.key, "channel": channel.id}
        log.info("managers told", extra={"facts": {**ids, "trouble": notice.trouble, "told": told}})

    async def _who_looks_after(self, channel: Channel) -> list[int]:
        """The members who set schedules there, each once."""
        found: list[int] = []
        if self._ports is not None:
            try:
                known = await self._ports.store.read(lambda tx: tx.schedules(channel.workspace))
            except StoreUnavailable:
                known = []
            here = [
                each for each in known if each.channel == channel and each.state is not ScheduleState.REMOVED
            ]
            found = list(dict.fromkeys(number(each.created_by.id) for each in here))
        guild = self._line.client.get_guild(number(channel.workspace.id))
        if not found and guild is not None and guild.owner_id is not None:
            found = [guild.owner_id]
        return found


async def say_to(line: Line, user: int, card: Card) -> None:
    """Say something to one person in their direct messages; raises LOOKUP_FAULTS."""
    client = await line.ready()
    place = await line.call(client.create_dm(discord.Object(user)))
    await line.call(_said(place, card, None))


async def _said(place: discord.abc.Messageable, card: Card, reference: discord.PartialMessage | None) -> None:
    for page in pages(card, quiet=True):
        if reference is None:
            await place.send(view=page.view, silent=True, allowed_mentions=_NOBODY)
        else:
            to = reference.to_reference(fail_if_not_exists=False)
            await place.send(
                view=page.view, silent=True, reference=to, mention_author=False, allowed_mentions=_NOBODY
            )


def _reviewable(card: Card, kept: Kept) -> Card:
    """The word under a new answer, which all in the thread see; so whoever reads the answer may review it there."""
    if kept.verdict is not Verdict.ACCEPTED or kept.answer is None:
        return card
    return replace(card, buttons=(*card.buttons, buttons.button(buttons.REVIEW, kept.answer.id)))


def _about(card: Card, reply: Reply) -> Card:
    """A card about a message that is gone, so it has to name whom it is for."""
    return Card(card.title, (Text((reply.author, ",")), *card.blocks), card.buttons, card.tone)


def _where(card: Card, channel: Channel) -> Card:
    """A notice with the channel that it is about, as it is read elsewhere."""
    return Card(card.title, (Text((channel,)), *card.blocks), card.buttons, card.tone)


_NOBODY = discord.AllowedMentions.none()
