"""The Chat port on Slack: prompts with their markers, threads, private acknowledgements, notices."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.chat.cards import Card, Text
from bot.chat.slack import sentences
from bot.chat.slack.convert import Identity, is_ts, user_id
from bot.chat.slack.finding import find_marked
from bot.chat.slack.history import PAGE
from bot.chat.slack.marks import PROMPT, THREAD, Marker, marker_of
from bot.chat.slack.refusing import post_refused
from bot.chat.slack.reviews import ReviewCards
from bot.chat.slack.speaking import Afterwards, Speaker
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.chat.wording import answers, questions, schedules
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member, Thread, Workspace
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview, Trouble, Verdict
from bot.practice.ports import LookupFailed, OutcomeUnknown, Ports, PostRefused, StoreUnavailable

log = logging.getLogger(__name__)

LANDING = timedelta(seconds=60)
AT_ONCE = 4
MOST_WAITING = 500
"""Acknowledgements under way at a time, and how many may wait before later comments get none."""
TOLD = 3
"""People who are told of trouble with a channel."""
UNTOLD_THERE = frozenset({Trouble.CHANNEL_GONE, Trouble.REVIEW_FLAGGED})
"""Trouble of which a channel itself is never told."""
UNSPOKEN = frozenset({Verdict.KNOWN, Verdict.ELSEWHERE})
SIGNS = {
    Verdict.ACCEPTED: "white_check_mark",
    Verdict.AMENDED: "white_check_mark",
    Verdict.COMMENT: "speech_balloon",
    Verdict.TOO_SHORT: "pencil2",
    Verdict.BLANK: "pencil2",
}
"""The lasting sign on a message, by what became of it; a private word is gone when the page is loaded again."""
POSTING_SCOPES = ("chat:write", "channels:history", "groups:history", "reactions:write")


def _nobody_waits(_round: Round) -> None:
    """Before the platform is connected nobody reads a thread again."""


class SlackOutgoing:
    """Writes what the bot says into Slack. `identity` and `scopes` are known after the login, `ports` when attached."""

    def __init__(self, web: WebApi, speaker: Speaker, bank: Bank, afterwards: Afterwards) -> None:
        """Take the calls, the speaker, the bank for the titles of tracks, and who lets acknowledgements go on."""
        self._web = web
        self._speaker = speaker
        self._bank = bank
        self._afterwards = afterwards
        self._reviews = ReviewCards(web, speaker, self._to_post, self._to_read)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._fresh: set[str] = set()
        self.identity: Identity | None = None
        self.scopes: frozenset[str] | None = None
        self.ports: Ports | None = None
        self.adopted: Callable[[Round], None] = _nobody_waits

    def landing(self, channel: Channel) -> timedelta:  # noqa: ARG002 - all alike
        """A request whose connection died may still take effect within a minute."""
        return LANDING

    async def post(self, round_: Round, late: bool) -> str:
        """Post a prompt, marked with the round's id. Raises PostRefused and OutcomeUnknown."""
        self._to_post(round_.channel.workspace)
        track = questions.track_title(self._bank, round_.question.track)
        card = questions.question_card(round_, late, track)
        try:
            ts = await self._speaker.post(round_.channel.id, card, marker=Marker(PROMPT, round_.id))
        except Refused as no:
            raise post_refused(no) from no
        except Unknown as fault:
            raise OutcomeUnknown(str(fault)) from fault
        self._fresh.add(ts)
        return ts

    async def find(self, round_: Round) -> str | None:
        """The oldest message since the round was asked that carries its marker; pages to the end."""
        identity, marker = self._to_read(round_.channel.workspace), Marker(PROMPT, round_.id)
        where = {"channel": round_.channel.id}
        try:
            ts = await find_marked(
                self._web, identity, marker, round_.asked_at, "conversations.history", where
            )
        except (Refused, Unknown) as fault:
            raise LookupFailed(str(fault)) from fault
        if ts is not None:
            self._fresh.discard(ts)  # it stood there unknown, and people may have answered
        return ts

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """The thread under a prompt, with its first line. It takes answers even if that line could not be posted."""
        identity = self._to_post(round_.channel.workspace)
        fresh = message in self._fresh
        self._fresh.discard(message)
        try:
            if fresh or not await self._has_begun(identity, round_, message):
                card = Card(sentences.THREAD_TITLE, (Text((sentences.THREAD_BEGINS,)),))
                await self._speaker.post(round_.channel.id, card, message, Marker(THREAD, round_.id))
        except (Refused, Unknown) as fault:
            log.warning("no first line", extra={"facts": {"round": round_.id, "fault": str(fault)}})
        if not fresh:
            self.adopted(round_)  # people may have answered before we knew that it had arrived
        return Thread(round_.channel, message)

    async def _has_begun(self, identity: Identity, round_: Round, message: str) -> bool:
        page = await self._web.read(
            "conversations.replies",
            channel=round_.channel.id,
            ts=message,
            limit=PAGE,
            include_all_metadata=True,
        )
        messages = [one for one in page.get("messages") or () if isinstance(one, dict)]
        return any(marker_of(identity, one, THREAD) == round_.id for one in messages)

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell the author, for their eyes only, what became of a reply, and leave a sign on it; never raises.

        It goes on by itself: reading thousands of messages again waits for no word about them.
        """
        if kept.verdict in UNSPOKEN or self.identity is None:
            return
        is_later = kept.verdict is Verdict.COMMENT and not kept.first
        if not is_later or self._waiting < MOST_WAITING:
            self._afterwards.begin(self._in_turn(reply, kept))

    async def _in_turn(self, reply: Reply, kept: Kept) -> None:
        self._waiting += 1
        try:
            async with self._at_once:
                await self._acknowledge(reply, kept)
        finally:
            self._waiting -= 1

    async def _acknowledge(self, reply: Reply, kept: Kept) -> None:
        try:
            if kept.first or kept.verdict is not Verdict.COMMENT:
                card = answers.kept_card(kept, reply)
                await self._speaker.whisper(reply.thread.channel, reply.author, card, reply.thread)
        except (Refused, Unknown) as fault:
            self._unsaid("acknowledgement not said", reply.thread.channel, fault)
        sign = SIGNS.get(kept.verdict)
        if sign is None or not is_ts(reply.message):
            return
        try:
            await self._speaker.react(reply.thread.channel, reply.message, sign)
        except (Refused, Unknown) as fault:
            if str(fault) != "already_reacted":
                self._unsaid("sign not set", reply.thread.channel, fault)

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """Scopes that were not granted, and a seat in the channel. Raises LookupFailed."""
        self._to_read(channel.workspace)
        lacking = [scope for scope in POSTING_SCOPES if self.scopes is not None and scope not in self.scopes]
        rights = tuple(map(sentences.scope_right, lacking))
        try:
            answer = await self._web.read("conversations.info", channel=channel.id)
        except Refused as no:
            seat = sentences.scope_right(no.needed) if no.error == "missing_scope" else sentences.INVITATION
            return (*rights, seat)
        except Unknown as fault:
            raise LookupFailed(str(fault)) from fault
        told = answer.get("channel")
        is_outside = isinstance(told, dict) and told.get("is_member") is False and not told.get("is_im")
        return (*rights, sentences.INVITATION) if is_outside else rights

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell those who set the channel's schedules, directly; where nobody is known, the channel. Never raises.

        A flag is for managers only, so it is never told in the channel; `/review log` has it.
        """
        card = schedules.notice_card(notice)
        named = replace(card, blocks=(Text(("In ", channel, ":")), *card.blocks))
        told = 0
        for member in await self._responsible(channel):
            try:
                await self._speaker.post(user_id(member), named)
                told += 1
            except (Refused, Unknown) as fault:
                self._unsaid("notice not said", channel, fault)
        if told or notice.trouble in UNTOLD_THERE:
            return
        try:
            await self._speaker.post(channel.id, card)
        except (Refused, Unknown) as fault:
            self._unsaid("notice not said", channel, fault)

    async def _responsible(self, channel: Channel) -> list[Member]:
        if self.ports is None:
            return []
        try:
            known = await self.ports.store.read(lambda tx: tx.schedules(channel.workspace))
        except StoreUnavailable:
            return []
        members = [one.created_by for one in known if one.channel == channel and one.created_by is not None]
        return list(dict.fromkeys(members))[:TOLD]

    async def drop_twin(self, channel: str, message: str) -> None:
        """Delete a second prompt or card, which landed after it had been posted again; never raises."""
        try:
            await self._web.call("chat.delete", channel=channel, ts=message)
        except (Refused, Unknown) as fault:
            log.warning("twin not deleted", extra={"facts": {"channel": channel, "fault": str(fault)}})

    async def show_review(self, shown: ShownReview) -> str:
        """Post a review's card, or draw it anew. Raises PostRefused and OutcomeUnknown."""
        return await self._reviews.show(shown)

    async def find_review(self, shown: ShownReview) -> str | None:
        """The card of a review, by its mark; raises LookupFailed."""
        return await self._reviews.find(shown)

    async def is_here(self, member: Member) -> bool:
        """Whether a member's account is open; raises LookupFailed."""
        self._to_read(member.workspace)
        return await self._speaker.people.is_here(member)

    async def remind(self, member: Member, waiting: int) -> None:
        """Tell a member directly that answers wait. Raises PostRefused and OutcomeUnknown."""
        await self._reviews.remind(member, waiting)

    def _to_post(self, workspace: Workspace) -> Identity:
        """Who the bot is in a workspace, to write there."""
        if self.identity is None:
            raise OutcomeUnknown("not connected yet")
        if self.identity.workspace != workspace:
            raise PostRefused("the bot is not in that Slack workspace any more")
        return self.identity

    def _to_read(self, workspace: Workspace) -> Identity:
        """Who the bot is in a workspace, to read there."""
        if self.identity is None or self.identity.workspace != workspace:
            raise LookupFailed("not connected to that workspace")
        return self.identity

    def _unsaid(self, what: str, channel: Channel, fault: Exception) -> None:
        log.warning(what, extra={"facts": {"channel": channel.id, "fault": str(fault)}})
