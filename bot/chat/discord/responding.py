"""What one interaction is answered with, in time: three seconds for the first sign, fourteen minutes for the rest."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.chat.calls import FieldError, Outcome, Quiet, Response
from bot.chat.cards import Card, Form
from bot.chat.discord import forms, sentences
from bot.chat.discord.faults import CALL_FAULTS
from bot.chat.discord.render import Page, pages
from bot.practice.ports import Clock

log = logging.getLogger(__name__)

TOKEN_LIVES = timedelta(minutes=14)
"""How long an interaction can be answered; Discord says 15 minutes."""
GONE = frozenset({10062, 40060})
"""Discord knows the interaction no more, or it was answered: by us before, or by another instance."""


class Responder:
    """The answer to one interaction. What cannot be said any more is left unsaid, and logged."""

    def __init__(self, interaction: discord.Interaction[Any], clock: Clock) -> None:
        """Take the interaction, which arrived just now, and the clock for its token's age.

        Its id has Discord's time, from which our clock may differ; one that arrives late is refused by Discord itself.
        """
        self._interaction = interaction
        self._clock = clock
        self._came = clock.now()
        self._deferred = False
        self._private_sign = True

    async def defer(self, *, private: bool = True) -> bool:
        """Give the first sign before anything is written; False when it is too late, and nothing should be done.

        The answer takes its place when it is as `private` as the sign; else something stands in for a moment.
        """
        try:
            await self._interaction.response.defer(ephemeral=private, thinking=True)
        except CALL_FAULTS as fault:
            self._note("interaction not deferred", fault)
            return False
        self._deferred, self._private_sign = True, private
        return True

    async def give(self, outcome: Outcome, typed: Mapping[str, str] | None = None, origin: str = "") -> None:
        """Answer with an outcome; `typed` and `origin` (`action:value`) are those of the form that was sent."""
        if self._clock.now() - self._came > TOKEN_LIVES:
            self._note("interaction too old to answer", None)
            return
        try:
            await self._give(outcome, typed or {}, origin)
        except CALL_FAULTS as fault:
            self._note("interaction not answered", fault)

    async def _give(self, outcome: Outcome, typed: Mapping[str, str], origin: str) -> None:
        match outcome:
            case Quiet():
                await self._nothing()
            case Form() if not self._deferred:
                await self._interaction.response.send_modal(forms.modal(outcome))
            case Form():
                await self._say_privately(sentences.press_again())
            case FieldError(_, sentence):
                action, _, value = origin.partition(":")
                await self._say_privately(sentences.field_error(sentence, typed, action, value))
            case Response(card, private, attachment):
                await self._send(pages(card, attachment), private)

    async def _say_privately(self, card: Card) -> None:
        await self._send(pages(card), private=True)

    async def _nothing(self) -> None:
        """Take the sign of waiting away; what was done shows in the channel."""
        if self._deferred:
            await self._interaction.delete_original_response()
        else:
            await self._interaction.response.defer()

    async def _send(self, shown: Sequence[Page], private: bool) -> None:
        rest = list(shown)
        if not self._deferred:
            first = rest.pop(0)
            await self._interaction.response.send_message(
                view=first.view, files=list(first.files), ephemeral=private, allowed_mentions=_NOBODY
            )
        moves = self._deferred and private is not self._private_sign
        if moves:  # what comes first takes the place of the sign of waiting, and is as private as that was
            await self._follow_up(pages(sentences.stand_in()), self._private_sign)
        await self._follow_up(rest, private)
        if moves:
            await self._interaction.delete_original_response()

    async def _follow_up(self, shown: Sequence[Page], private: bool) -> None:
        for page in shown:
            await self._interaction.followup.send(
                view=page.view, files=list(page.files), ephemeral=private, allowed_mentions=_NOBODY
            )

    def _note(self, what: str, fault: Exception | None) -> None:
        facts = {"platform": "discord", "interaction": self._interaction.id, "fault": type(fault).__name__}
        if isinstance(fault, discord.HTTPException):
            facts |= {"status": fault.status, "code": fault.code}
        log.warning(what, extra={"facts": facts})


_NOBODY = discord.AllowedMentions.none()
