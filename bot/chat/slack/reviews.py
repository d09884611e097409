"""The cards of reviews in their threads, each found again by its mark, and the reminder that a member asked for."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat import literal
from bot.chat.cards import Block, Card, Quote
from bot.chat.slack.convert import Identity, user_id
from bot.chat.slack.finding import find_marked
from bot.chat.slack.marks import REVIEW, Marker
from bot.chat.slack.refusing import post_refused
from bot.chat.slack.speaking import Speaker
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.chat.wording import reviews
from bot.domain.places import Member, Thread, Workspace
from bot.domain.rounds import Round
from bot.practice.outcomes import ShownReview
from bot.practice.ports import LookupFailed, OutcomeUnknown

DELETED = "message_not_found"
NOWHERE = frozenset({"thread_not_found", "channel_not_found"})
"""Nothing stands there any more, and a post is refused as well."""
NO_THREAD = "the thread is not known yet"

Seat = Callable[[Workspace], Identity]
"""Who the bot is in a workspace; raises where it is not."""


class ReviewCards:
    """Draws reviews. Each is one message, marked with the review's id."""

    def __init__(self, web: WebApi, speaker: Speaker, to_post: Seat, to_read: Seat) -> None:
        """Take the calls, the speaker, and who says where the bot is.

        `to_post` raises OutcomeUnknown before the login and PostRefused where the bot is not, `to_read` LookupFailed.
        """
        self._web = web
        self._speaker = speaker
        self._to_post = to_post
        self._to_read = to_read

    async def show(self, shown: ShownReview) -> str:
        """Post a review's card into its thread, or draw it anew; one that was deleted is not posted again.

        Gives the message's id. Raises PostRefused and OutcomeUnknown.
        """
        review, thread = shown.review, _thread_of(shown.round)
        self._to_post(review.workspace)
        if thread is None:
            raise OutcomeUnknown(NO_THREAD)
        marker = _marker(shown)
        try:
            card = await self._in_one(reviews.review_card(shown), marker)
            if review.message is None:
                return await self._speaker.post(thread.channel.id, card, thread.id, marker)
            await self._speaker.redraw(thread.channel.id, review.message, card, marker)
        except Refused as no:
            if review.message is None or no.error != DELETED:
                raise post_refused(no) from no
        except Unknown as fault:
            raise OutcomeUnknown(str(fault)) from fault
        return review.message

    async def _in_one(self, card: Card, marker: Marker) -> Card:
        """The card as one message: where indented lines make too many blocks of it, they lose their indent."""
        if len(await self._speaker.draw(card, marker)) == 1:
            return card
        return replace(card, blocks=tuple(map(_without_indent, card.blocks)))

    async def find(self, shown: ShownReview) -> str | None:
        """The message in the round's thread that carries the review's mark; raises LookupFailed."""
        identity, thread = self._to_read(shown.review.workspace), _thread_of(shown.round)
        if thread is None:
            raise LookupFailed(NO_THREAD)
        where = {"channel": thread.channel.id, "ts": thread.id}
        since, method = shown.review.at, "conversations.replies"
        try:
            return await find_marked(self._web, identity, _marker(shown), since, method, where)
        except Refused as no:
            if no.error in NOWHERE:
                return None
            raise LookupFailed(str(no)) from no
        except Unknown as fault:
            raise LookupFailed(str(fault)) from fault

    async def remind(self, member: Member, waiting: int) -> None:
        """Tell a member directly that answers wait for a review. Raises PostRefused and OutcomeUnknown."""
        self._to_post(member.workspace)
        try:
            await self._speaker.post(user_id(member), reviews.reminder_card(waiting))
        except Refused as no:
            raise post_refused(no) from no
        except Unknown as fault:
            raise OutcomeUnknown(str(fault)) from fault


def _marker(shown: ShownReview) -> Marker:
    return Marker(REVIEW, shown.review.id)


def _thread_of(round_: Round) -> Thread | None:
    """The thread under a prompt, which is there as soon as the prompt is."""
    if round_.thread is None and round_.message is not None:
        return Thread(round_.channel, round_.message)
    return round_.thread


def _without_indent(block: Block) -> Block:
    if not isinstance(block, Quote):
        return block
    return Quote("\n".join(line.strip() for line in literal.shown(block.text).split("\n")))
