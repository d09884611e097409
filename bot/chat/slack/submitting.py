"""A form that was filled in: mended at its field, answered in its window, and never lost while the store is slow."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import actions
from bot.chat.calls import Caller, FieldError, Filled, Outcome, Quiet, Response
from bot.chat.cards import Card, Form, Note, Quote, Text, Tone
from bot.chat.slack import sentences
from bot.chat.slack.interactions import Sent, metadata
from bot.chat.slack.render import form_view
from bot.chat.slack.replying import Replier
from bot.chat.slack.speaking import Afterwards
from bot.chat.wording import refusals
from bot.domain.places import Member
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

WRITTEN = 12
"""Characters from which what stands in a field is taken for a text, as no choice is named by so many."""

Meet = Callable[[Member], Awaitable[None]]
Asked = Callable[[Caller, str], Awaitable[Caller | None]]


class Submissions:
    """Takes forms. Slack wants its answer within three seconds; a form that needs longer says so in its window."""

    def __init__(
        self, ports: Ports, replier: Replier, afterwards: Afterwards, within: float, meet: Meet, asked: Asked
    ) -> None:
        """Take what use cases are given, the way back, the seconds after which a window says to wait, and `meet`.

        `meet` learns the zone of somebody new before their answer is dated by it; `asked` gives who sends a form of
        managers as Slack says now, and None when it does not say.
        """
        self._ports = ports
        self._replier = replier
        self._afterwards = afterwards
        self._within = within
        self._meet = meet
        self._asked = asked

    async def take(self, caller: Caller, sent: Sent) -> dict[str, Any] | None:
        """Send a form on, and give what becomes of its window; None closes it."""
        work = asyncio.ensure_future(self._submit(caller, sent))
        done, _ = await asyncio.wait({work}, timeout=self._within)
        if done:
            return await self._window(sent, work.result())
        self._afterwards.begin(self._later(sent, work))
        return {"response_action": "update", "view": await self._view(sent, sentences.KEEPING)}

    async def _submit(self, caller: Caller, sent: Sent) -> Outcome:
        filled = Filled(sent.fields, f"form-{sent.view}", self._ports.clock.now())
        try:
            await self._meet(caller.member)
            asker = await self._asked(caller, sent.action)
            if asker is None:
                return FieldError(
                    next(iter(sent.fields), ""), f"{sentences.NOT_ASKED.title} {sentences.TEXT_STAYS}"
                )
            outcome = await actions.submit(asker, sent.action, sent.value, filled)
        except StoreUnavailable:
            outcome = Response(refusals.UNAVAILABLE)
        except Exception as fault:
            log.error("fault", exc_info=fault, extra={"facts": {"member": caller.member.id}})
            outcome = Response(refusals.FAULT)
        if isinstance(outcome, Response) and outcome.card in (refusals.UNAVAILABLE, refusals.FAULT):
            return FieldError(next(iter(sent.fields), ""), f"{outcome.card.title} {sentences.TEXT_STAYS}")
        return outcome

    async def _window(self, sent: Sent, outcome: Outcome) -> dict[str, Any] | None:
        match outcome:
            case FieldError(field, sentence):
                return field_error(sent, sentence, field)
            case Form():
                view = form_view(outcome, metadata(outcome.action, outcome.value, sent.place))
                return {"response_action": "update", "view": view}
            case Response(card):
                return {"response_action": "update", "view": await self._view(sent, card)}
            case Quiet():
                return None

    async def _later(self, sent: Sent, work: "asyncio.Future[Outcome]") -> None:
        """The window was told to wait; now it shows what came of it, and what was written if nothing was kept."""
        outcome = await work
        card = outcome.card if isinstance(outcome, Response) else sentences.DONE
        if isinstance(outcome, FieldError):
            written = tuple(Quote(text) for text in sent.fields.values() if _is_written(text))
            card = Card(
                sentences.NOT_KEPT,
                (Text((outcome.sentence,)), Note(sentences.COPY_IT), *written),
                tone=Tone.CAREFUL,
            )
        await self._replier.change(sent.view, sent.place, card)

    async def _view(self, sent: Sent, card: Card) -> dict[str, Any]:
        return await self._replier.view(card, metadata("", "", sent.place))


def _is_written(value: str) -> bool:
    """Whether a field was written in: what was chosen comes as a short name, and what was ticked as numbers."""
    return len(value) >= WRITTEN and not value.replace(",", "").isdigit()


def field_error(sent: Sent, sentence: str, field: str = "") -> dict[str, Any]:
    """A form stays open with what was typed, and a sentence at a field, or else at its first one."""
    at = field if field in sent.fields else next(iter(sent.fields), field)
    return {"response_action": "errors", "errors": {at: sentence}}
