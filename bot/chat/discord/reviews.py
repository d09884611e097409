"""The cards of reviews in their threads: posted once, drawn anew, and found again.

A card is marked by the id of its frame, a number of Discord's own for parts of a message that no reader sees and that
stays over every edit, so that a card is found again whatever stands on it: one that is held back or removed has no
button of its own. Two cards of one thread have the same mark once in a thousand million pairs.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

import discord

from bot.chat.discord import history, sentences
from bot.chat.discord.convert import number
from bot.chat.discord.faults import (
    ARCHIVED,
    CALL_FAULTS,
    LOCKED,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    as_outcome,
)
from bot.chat.discord.holding import HeldBack
from bot.chat.discord.line import Line
from bot.chat.discord.render import Page, frame_marks, one_page
from bot.chat.discord.rights import Rights
from bot.chat.wording import reviews
from bot.domain.places import Channel, Thread
from bot.domain.reviews import Review
from bot.domain.rounds import Round
from bot.practice.outcomes import ShownReview
from bot.practice.ports import OutcomeUnknown, PostRefused

log = logging.getLogger(__name__)

_MARKS = 1 << 30
"""How many marks there are; they lie above the numbers that Discord gives to parts without one."""


class Reviews:
    """Shows reviews."""

    def __init__(
        self,
        line: Line,
        held: HeldBack,
        rights: Rights,
        open_thread: Callable[[Round, str], Awaitable[Thread]],
    ) -> None:
        """Take the line, what was refused just now, the bot's rights, and what opens a round's thread."""
        self._line = line
        self._held = held
        self._rights = rights
        self._open_thread = open_thread

    async def show(self, shown: ShownReview) -> str:
        """Post a review's card in its thread, or draw the one there anew; gives its id, also when it was deleted.

        The nonce is the review's id, as with prompts. Raises PostRefused and OutcomeUnknown; what was forbidden in a
        thread is tried again after an hour.
        """
        thread, known = await self._thread(shown.round), shown.review.message
        wanted = f"review in {thread.id}"
        if (why := self._held.why(wanted)) is not None:
            raise PostRefused(why, forbidden=True)
        try:
            if known is None:
                return await self._posted(thread, shown)
            await self._drawn_anew(thread, known, shown)
            return known
        except history.LOOKUP_FAULTS as fault:
            outcome = await self._outcome(fault, thread)
            if isinstance(outcome, PostRefused) and outcome.forbidden:
                self._held.hold(wanted, outcome.reason)
            raise outcome from fault

    async def _thread(self, round_: Round) -> Thread:
        """A round's thread, opened now if it could not be when the question was posted."""
        if round_.thread is not None:
            return round_.thread
        if round_.message is None:
            raise PostRefused(sentences.NOT_POSTED)
        return await self._open_thread(round_, round_.message)

    async def _posted(self, thread: Thread, shown: ShownReview) -> str:
        place = await self._place(thread)
        return str(await self._line.call(_sent(place, shown)))

    async def _drawn_anew(self, thread: Thread, known: str, shown: ShownReview) -> None:
        """Draw a card anew; one that was deleted stays so."""
        place = await self._place(thread)
        message = place.get_partial_message(number(known))
        try:
            try:
                await self._line.call(_edited(message, shown))
            except discord.HTTPException as fault:
                if fault.code != ARCHIVED:
                    raise
                await self._drawn_in_archive(thread, message, shown)
        except discord.NotFound as fault:
            if fault.code not in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                raise
            ids = {"workspace": shown.review.workspace.key, "review": shown.review.id}
            log.info("review's card is gone", extra={"facts": ids})

    async def _drawn_in_archive(
        self, thread: Thread, message: discord.PartialMessage, shown: ShownReview
    ) -> None:
        """Nothing can be changed in an archived thread: it is opened, and archived again, which needs no right."""
        place = await self._line.channel(Channel(thread.channel.workspace, thread.id))
        if not isinstance(place, discord.Thread):
            raise PostRefused(sentences.THREAD_DELETED)
        if place.locked and not place.permissions_for(place.guild.me).manage_threads:
            raise PostRefused(sentences.LOCKED, forbidden=True)
        await self._line.call(place.edit(archived=False))
        try:
            await self._line.call(_edited(message, shown))
        finally:
            with suppress(*CALL_FAULTS):  # else Discord archives it by itself, after days without a word
                await self._line.call(place.edit(archived=True))

    async def _outcome(self, fault: BaseException, thread: Thread) -> PostRefused | OutcomeUnknown:
        if isinstance(fault, discord.NotFound) and fault.code == UNKNOWN_CHANNEL:
            return PostRefused(sentences.THREAD_DELETED)
        if isinstance(fault, discord.HTTPException) and fault.code == LOCKED:
            return PostRefused(sentences.LOCKED, forbidden=True)
        return as_outcome(fault, await self._rights.behind(fault, thread.channel))

    async def _place(self, thread: Thread) -> discord.PartialMessageable:
        client = await self._line.ready()
        return client.get_partial_messageable(number(thread.id))

    async def find(self, shown: ShownReview) -> str | None:
        """Look through our own messages of the thread since the review was given; raises LookupFailed."""
        round_, mark = shown.round, mark_of(shown.review)
        thread = round_.thread.id if round_.thread is not None else round_.message  # both have the same id
        if thread is None:
            return None

        async def look() -> str | None:
            place, since = number(thread), shown.review.at
            return await history.own(self._line, round_.channel, place, since, is_card)

        def is_card(message: discord.Message) -> bool:
            return mark in frame_marks(message.components)

        return await history.looked_up(self._held, thread, look)


def mark_of(review: Review) -> int:
    """By which a review's card is found again: a number of 31 bits that follows from the review's id."""
    digest = hashlib.sha256(review.id.encode()).digest()
    return _MARKS + int.from_bytes(digest[:8]) % _MARKS


def _drawn(shown: ShownReview) -> Page:
    return one_page(reviews.review_card(shown), quiet=True, mark=mark_of(shown.review))


async def _sent(place: discord.PartialMessageable, shown: ShownReview) -> int:
    """Send a card, silently; under the message that it is about, if the answer stands in one."""
    page, under = _drawn(shown), _under(shown)
    message = place.get_partial_message(number(under)) if under is not None else None
    to = message.to_reference(fail_if_not_exists=False) if message is not None else None
    sent = await place.send(
        view=page.view,
        files=list(page.files),
        silent=True,
        reference=to,  # type: ignore[arg-type] # None is its default
        mention_author=False,
        nonce=shown.review.id,
        allowed_mentions=_NOBODY,
    )
    return int(sent.id)


def _under(shown: ShownReview) -> str | None:
    """The first message of the thread that the answer stands in; what was sent by a form stands in none."""
    parts = shown.answer.message.split("+") if shown.answer is not None else []
    return next((part for part in parts if part.isascii() and part.isdigit()), None)


async def _edited(message: discord.PartialMessage, shown: ShownReview) -> None:
    """Draw a card in the place of the earlier one; without `allowed_mentions` an edit would ping by the defaults."""
    page = _drawn(shown)
    await message.edit(view=page.view, attachments=list(page.files), allowed_mentions=_NOBODY)


_NOBODY = discord.AllowedMentions.none()
