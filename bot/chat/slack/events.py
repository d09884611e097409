"""What Slack tells by itself -> practice: replies, edits, deletions, zones, channels that go, and the end."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.chat.slack import sentences
from bot.chat.slack.convert import Identity, Malformed, mapping, user_id
from bot.chat.slack.home import Home
from bot.chat.slack.messages import Called, Deleted, Edited, OwnPrompt, OwnReview, Said, read_event
from bot.chat.slack.outgoing import SlackOutgoing
from bot.chat.slack.people import People
from bot.chat.slack.speaking import Afterwards
from bot.domain.places import Member
from bot.domain.rounds import Reply
from bot.practice import accounts, answering, choosing, leaving
from bot.practice.outcomes import Kept
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)


class SlackEvents:
    """Follows events. What a method gave back is on disk; a StoreUnavailable is raised, so that Slack sends it again.

    Everything here may come twice and in any order: a reply is known by its message, and the rest says what is so.
    """

    def __init__(
        self,
        identity: Identity,
        ports: Ports,
        people: People,
        outgoing: SlackOutgoing,
        home: Home,
        afterwards: Afterwards,
        call: Callable[[Called], Awaitable[None]],
        ended: Callable[[str], None],
    ) -> None:
        """Take what is needed; `call` runs a command that was called by a mention, `ended` ends the platform."""
        self._identity = identity
        self._ports = ports
        self._people = people
        self._outgoing = outgoing
        self._home = home
        self._afterwards = afterwards
        self._call = call
        self._ended = ended
        self._by_type: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "message": self._message,
            "app_home_opened": self._home_opened,
            "user_change": self._user_changed,
            "channel_archive": self._channel_archived,
            "channel_deleted": self._channel_deleted,
            "group_archive": self._channel_archived,
            "group_deleted": self._channel_deleted,
            "app_uninstalled": self._uninstalled,
            "tokens_revoked": self._revoked,
        }

    async def follow(self, event: dict[str, Any]) -> None:
        """Follow one event. Raises Malformed, also for a type that nobody asked for, and StoreUnavailable."""
        kind = event.get("type")
        known = self._by_type.get(kind) if isinstance(kind, str) else None
        if known is None:
            raise Malformed("unknown type")
        await known(event)

    async def meet(self, member: Member, at: datetime | None = None) -> None:
        """Ask Slack for the zone of somebody new, quickly: without it the schedule's zone serves.

        It holds from `at` on, when their first message was written, and not only from now on.
        """
        if self._people.is_new(member):
            person = await self._people.person(member, at_once=True)
            if person is not None and person.zone:
                await choosing.told_zone(self._ports, member, person.zone, at)

    async def _message(self, event: dict[str, Any]) -> None:
        match read_event(self._identity, event):
            case Said(reply):
                await self.meet_author(reply)
                await self._acknowledge(reply, await answering.receive(self._ports, reply))
            case Edited(reply, edited_at):
                await self._acknowledge(reply, await answering.edited(self._ports, reply, edited_at))
            case Deleted(thread, message, author, created_at, at):
                kept = await answering.deleted(self._ports, thread, message, author, created_at, at)
                await self._acknowledge(Reply(thread, message, author, "", created_at), kept)
            case Called() as called:
                await self._call(called)
            case OwnPrompt() as prompt:
                await self._own_prompt(prompt)
            case OwnReview() as card:
                await self._own_review(card)

    async def meet_author(self, reply: Reply) -> None:
        """Ask for the zone of who wrote a reply, if they are new; nobody is asked about who writes elsewhere.

        While a question is on its way the thread may be its: the zone is wanted when the reply is kept after that.
        """
        if not self._people.is_new(reply.author):
            return
        under_way = self._ports.in_flight.maybe_of(reply.thread)  # before the look, as `receive` does
        if under_way or await self._ports.store.read(lambda tx: tx.round_in(reply.thread)) is not None:
            await self.meet(reply.author, reply.at)

    async def _acknowledge(self, reply: Reply, kept: Kept) -> None:
        await self._ports.chat.acknowledge(reply, kept)  # which begins it only

    async def _own_prompt(self, prompt: OwnPrompt) -> None:
        """A prompt that landed after its round had been posted again is one too many."""
        workspace = self._identity.workspace
        round_ = await self._ports.store.read(lambda tx: tx.round(workspace, prompt.round))
        if round_ is None or round_.message in (None, prompt.message) or round_.channel.id != prompt.channel:
            return
        log.warning("twin of a prompt", extra={"facts": {"round": prompt.round}})
        self._afterwards.begin(self._outgoing.drop_twin(prompt.channel, prompt.message))

    async def _own_review(self, card: OwnReview) -> None:
        """The same for the card of a review."""
        workspace = self._identity.workspace
        review = await self._ports.store.read(lambda tx: tx.review(workspace, card.review))
        if review is None or review.message in (None, card.message):
            return
        log.warning("twin of a review", extra={"facts": {"review": card.review}})
        self._afterwards.begin(self._outgoing.drop_twin(card.channel, card.message))

    async def _home_opened(self, event: dict[str, Any]) -> None:
        if event.get("tab") not in (None, "home"):
            return
        member = self._identity.member(event.get("user"))
        self._afterwards.begin(self._open_home(member))

    async def _open_home(self, opener: Member) -> None:
        """Draw the page of whoever opened it; the event does not say of which team they are, so Slack is asked."""
        is_new, member = self._people.is_new(opener), opener
        person = await self._people.person(opener, at_once=True)
        try:
            if person is not None:
                member = self._identity.member(user_id(opener), person.team)
                if person.zone and (is_new or self._people.is_new(member)):
                    await choosing.told_zone(self._ports, member, person.zone)
        except Malformed:
            log.warning("team not understood", extra={"facts": {"member": opener.id}})
        except StoreUnavailable:
            log.warning("zone not kept", extra={"facts": {"member": member.id}})
        await self._home.publish(member)

    async def _user_changed(self, event: dict[str, Any]) -> None:
        """A new zone or a closed account, of those who practice; Slack tells the changes of everybody."""
        user = mapping(event.get("user"), "user")
        member = self._identity.member(user.get("id"), user.get("team_id"))
        if self._people.is_new(member) and not await self._practices(member):
            return
        person = self._people.learn(member, user)
        if isinstance(user.get("deleted"), bool):
            await accounts.told(self._ports, member, not person.is_gone)
        if person.zone and not person.is_gone:
            await choosing.told_zone(self._ports, member, person.zone)

    async def _practices(self, member: Member) -> bool:
        """Whether anything is kept of somebody."""
        zone = self._ports.rules.default_zone
        return await self._ports.store.read(
            lambda tx: bool(tx.zones(member, zone)[0] or tx.answered_by(member))
        )

    async def _channel_archived(self, event: dict[str, Any]) -> None:
        await self._channel_gone(event, sentences.ARCHIVED)

    async def _channel_deleted(self, event: dict[str, Any]) -> None:
        await self._channel_gone(event, sentences.DELETED)

    async def _channel_gone(self, event: dict[str, Any], reason: str) -> None:
        await leaving.channel_gone(self._ports, self._identity.channel(event.get("channel")), reason)

    async def _uninstalled(self, event: dict[str, Any]) -> None:  # noqa: ARG002 - all alike
        await leaving.left(self._ports, self._identity.workspace)
        self._ended(sentences.REMOVED)

    async def _revoked(self, event: dict[str, Any]) -> None:
        """Members' tokens may go, we have none of theirs; ours is the bot's."""
        tokens = mapping(event.get("tokens"), "tokens")
        if tokens.get("bot"):
            await self._uninstalled(event)
