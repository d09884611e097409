"""What a command, a press or a shortcut gives goes back: privately, publicly, as a form, as a file."""

import logging
from dataclasses import replace
from typing import Any

from bot.chat.calls import Attachment, FieldError, Outcome, Quiet, Response
from bot.chat.cards import Card, Form, Note, Tone
from bot.chat.slack import sentences
from bot.chat.slack.convert import user_id
from bot.chat.slack.interactions import Place, metadata
from bot.chat.slack.render import form_view
from bot.chat.slack.speaking import Speaker
from bot.chat.slack.web_api import Refused, Unknown
from bot.domain.places import Member

log = logging.getLogger(__name__)

_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})


class Replier:
    """Gives outcomes back. Nothing here raises but what is a fault of the program."""

    def __init__(self, speaker: Speaker) -> None:
        """Take the speaker."""
        self._speaker = speaker

    async def give(self, place: Place, outcome: Outcome) -> None:
        """Give back what came of a call."""
        match outcome:
            case Quiet():
                return
            case Form():
                await self._open(place, outcome)
            case FieldError(_, sentence):
                await self.whisper(place, Card(sentence, tone=Tone.REFUSED))
            case Response(card, private, attachment):
                if attachment is not None:
                    said = await self._send_file(place.member, attachment)
                    card = replace(card, blocks=(*card.blocks, Note(said)))
                await (self.whisper(place, card) if private else self._say(place, card))

    async def whisper(self, place: Place, card: Card) -> None:
        """Show a card to one person: where they pressed, or in the channel or thread that they called from."""
        try:
            if place.view or place.home or not place.in_channel:
                await self._show(place, card)
            elif place.slash and place.response_url:
                await self._respond_first(place, card)
            else:
                await self._whisper_first(place, card)
        except (Refused, Unknown) as fault:
            facts = {"channel": place.channel.id, "member": place.member.id, "fault": str(fault)}
            log.warning("answer not said", extra={"facts": facts})

    async def _respond_first(self, place: Place, card: Card) -> None:
        """The response URL reaches also where the bot has no seat."""
        try:
            await self._speaker.respond(place.response_url, card, private=True)
        except Refused:  # too old, or used up
            await self._speaker.whisper(place.channel, place.member, card, place.thread)

    async def _whisper_first(self, place: Place, card: Card) -> None:
        try:
            await self._speaker.whisper(place.channel, place.member, card, place.thread)
        except Refused:
            if not place.response_url:
                raise
            await self._speaker.respond(place.response_url, card, private=True, thread=place.thread)

    async def _say(self, place: Place, card: Card) -> None:
        """Show a card to all."""
        if not place.in_channel:
            await self.whisper(place, card)
            return
        try:
            await self._speaker.post(place.channel.id, card, place.thread.id if place.thread else None)
        except Refused as no:
            if not place.response_url:
                await self.whisper(place, Card(sentences.refusal(no.error, no.needed), tone=Tone.REFUSED))
                return
            try:
                await self._speaker.respond(place.response_url, card, private=False)
            except (Refused, Unknown) as fault:
                log.warning("answer not said", extra={"facts": {"fault": str(fault)}})
        except Unknown as fault:
            log.warning("answer not said", extra={"facts": {"fault": str(fault)}})

    async def _open(self, place: Place, form: Form) -> None:
        """Open a form, within the three seconds that Slack gives for it."""
        view = form_view(form, metadata(form.action, form.value, place))
        try:
            if place.view and not place.home:
                await self._speaker.web.call("views.update", at_once=True, view_id=place.view, view=view)
            else:
                await self._speaker.web.call("views.open", at_once=True, trigger_id=place.trigger, view=view)
        except Refused as no:
            log.warning("form not opened", extra={"facts": {"error": no.error}})
            card = sentences.EXPIRED if no.error in _LATE else sentences.NOT_OPENED
            await self.whisper(replace(place, view=""), card)
        except Unknown as fault:  # it may be open; if not, pressing again opens it
            log.warning("form not opened", extra={"facts": {"fault": str(fault)}})

    async def _show(self, place: Place, card: Card) -> None:
        """Show a card in the window that was pressed in, or in a new one over App Home."""
        view = await self._speaker.view(card, metadata("", "", place))
        if place.view and not place.home:
            await self._speaker.web.call("views.update", view_id=place.view, view=view)
        elif place.trigger:
            await self._speaker.web.call("views.open", trigger_id=place.trigger, view=view)

    async def change(self, view_id: str, place: Place, card: Card) -> None:
        """Show a card in a window that is open."""
        await self.whisper(replace(place, view=view_id, home=False), card)

    async def view(self, card: Card, kept: str) -> dict[str, Any]:
        """A card as a window; `kept` is what the window carries."""
        return await self._speaker.view(card, kept)

    async def _send_file(self, member: Member, attachment: Attachment) -> str:
        """Send a file to somebody who asked for it; gives the sentence that says so."""
        try:
            opened = await self._speaker.web.call("conversations.open", users=user_id(member))
            told = opened.get("channel")
            channel = told.get("id") if isinstance(told, dict) else None
            if not isinstance(channel, str):
                raise Unknown("no channel")
            await self._speaker.web.upload(channel, attachment.name, attachment.text)
        except (Refused, Unknown) as fault:
            log.warning("file not sent", extra={"facts": {"member": member.id, "fault": str(fault)}})
            return sentences.FILE_FAILED
        return sentences.FILE_SENT
