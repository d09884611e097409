"""The Chat port on the local platform: prompts with their markers, threads, private acknowledgements, notices."""

from datetime import timedelta

from bot.chat.local.client import LocalClient
from bot.chat.local.convert import message_id, seq_of
from bot.chat.wording import answers, questions, reviews, schedules
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview, Verdict
from bot.practice.ports import LookupFailed, OutcomeUnknown, StoreUnavailable

UNSPOKEN = frozenset({Verdict.KNOWN, Verdict.ELSEWHERE})
"""What needs no word: the reply arrived before, or stands under no question."""

ANSWERED, REVIEWED = "answer-", "review-"
"""What the marks of such cards begin with; that of a prompt is the round's bare id."""


async def show_answered(client: LocalClient, thread: Thread, author: Member, answer_id: str) -> None:
    """Say in a thread, once, that somebody answered, with what reviews the answer. Raises StoreUnavailable."""
    card = reviews.answered_card(author, answer_id)
    await client.write_card(thread.channel, card, thread, f"{ANSWERED}{answer_id}")


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
        """Tell the author, for their eyes only, what became of a reply; all see where an answer can be reviewed."""
        if kept.verdict is Verdict.ACCEPTED and kept.answer is not None:
            await show_answered(self._client, reply.thread, reply.author, kept.answer.id)
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

    async def show_review(self, shown: ShownReview) -> str:
        """Write a review's card into its thread, marked with its id, or draw the one that is there anew."""
        card, thread = reviews.review_card(shown), shown.round.thread
        try:
            known = seq_of(shown.review.message or "")
            if known is not None:
                await self._client.change_card(known, card)
                return message_id(known)
            mark = f"{REVIEWED}{shown.review.id}"
            return message_id(await self._client.write_card(shown.round.channel, card, thread, mark))
        except StoreUnavailable as fault:
            raise OutcomeUnknown(str(fault)) from fault

    async def find_review(self, shown: ShownReview) -> str | None:
        """The card that carries the review's mark."""
        try:
            seq = await self._client.marked(f"{REVIEWED}{shown.review.id}")
        except StoreUnavailable as fault:
            raise LookupFailed(str(fault)) from fault
        return message_id(seq) if seq is not None else None

    async def is_here(self, member: Member) -> bool:
        """Whether the person is known; whoever had their data deleted is not."""
        try:
            return await self._client.knows(member)
        except StoreUnavailable as fault:
            raise LookupFailed(str(fault)) from fault

    async def remind(self, member: Member, waiting: int) -> None:
        """Tell a person in the first channel, for their eyes only."""
        try:
            channels = await self._client.channels()
            if channels:
                place = Channel(member.workspace, channels[0])
                await self._client.whisper(place, [member], reviews.reminder_card(waiting))
        except StoreUnavailable as fault:
            raise OutcomeUnknown(str(fault)) from fault
