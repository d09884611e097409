"""The Chat port on the local platform: prompts with their markers, threads, private acknowledgements, notices."""

from datetime import timedelta

from bot.chat.local.client import LocalClient
from bot.chat.local.convert import message_id
from bot.chat.wording import answers, questions, schedules
from bot.domain.bank import Bank
from bot.domain.places import Channel, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, Verdict
from bot.practice.ports import LookupFailed, OutcomeUnknown, StoreUnavailable

UNSPOKEN = frozenset({Verdict.KNOWN, Verdict.ELSEWHERE})
"""What needs no word: the reply arrived before, or stands under no question."""


class LocalOutgoing:
    """Writes what the bot says into the local chat."""

    def __init__(self, client: LocalClient, bank: Bank) -> None:
        """Take the platform, and the bank for the titles of tracks."""
        self._client = client
        self._bank = bank

    def landing(self, channel: Channel) -> timedelta:  # noqa: ARG002 - all alike
        """Nothing lands late: a message is in the store when the call returns, or it is not."""
        return timedelta(0)

    async def post(self, round_: Round, late: bool) -> str:
        """Write a prompt, marked with the round's id; a second one of the same round is the first again."""
        track = questions.track_title(self._bank, round_.question.track)
        card = questions.question_card(round_, late, track)
        try:
            return message_id(await self._client.write_card(round_.channel, card, marker=round_.id))
        except StoreUnavailable as fault:
            raise OutcomeUnknown(str(fault)) from fault

    async def find(self, round_: Round) -> str | None:
        """The prompt that carries the round's marker."""
        try:
            seq = await self._client.marked(round_.id)
        except StoreUnavailable as fault:
            raise LookupFailed(str(fault)) from fault
        return message_id(seq) if seq is not None else None

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """The thread under a prompt; it has the prompt's id and is always there."""
        return Thread(round_.channel, message)

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell the author, for their eyes only, what became of a reply."""
        if kept.verdict not in UNSPOKEN:
            card = answers.kept_card(kept, reply)
            await self._client.whisper(reply.thread.channel, [reply.author], card, reply.thread)

    async def missing(self, channel: Channel) -> tuple[str, ...]:  # noqa: ARG002 - all alike
        """The bot may do everything here."""
        return ()

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell every manager."""
        managers = await self._client.managers()
        await self._client.whisper(channel, managers, schedules.notice_card(notice))
