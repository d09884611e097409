"""The Chat port for many platforms: each call goes to the platform that the channel is on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import Chat, LookupFailed, PostRefused


@dataclass(frozen=True, slots=True)
class Router:
    """Chats by platform. A platform that is off now, of which rows are left, refuses to post and cannot be read."""

    chats: Mapping[Platform, Chat]

    def landing(self, channel: Channel) -> timedelta:
        """How long a request of unknown outcome may still take effect; none on a platform that is off."""
        chat = self.chats.get(channel.workspace.platform)
        return chat.landing(channel) if chat is not None else timedelta()

    async def post(self, round_: Round, late: bool) -> str:
        """Post a prompt; raises PostRefused, also for a platform that is off, and OutcomeUnknown."""
        return await self._of(round_.channel).post(round_, late)

    async def find(self, round_: Round) -> str | None:
        """Look for a prompt by its marker; raises LookupFailed, also for a platform that is off."""
        return await self._readable(round_.channel.workspace).find(round_)

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """Open the thread under a prompt; raises PostRefused, also for a platform that is off, and OutcomeUnknown."""
        return await self._of(round_.channel).open_thread(round_, message)

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell the author what became of a reply; nobody hears it on a platform that is off."""
        chat = self.chats.get(reply.thread.channel.workspace.platform)
        if chat is not None:
            await chat.acknowledge(reply, kept)

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """The rights that the bot lacks in a channel; raises LookupFailed, also for a platform that is off."""
        return await self._readable(channel.workspace).missing(channel)

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell those who look after a channel; nobody hears it on a platform that is off."""
        chat = self.chats.get(channel.workspace.platform)
        if chat is not None:
            await chat.tell(channel, notice)

    async def show_review(self, shown: ShownReview) -> str:
        """Draw a review's card; raises PostRefused, also for a platform that is off, and OutcomeUnknown."""
        return await self._of(shown.round.channel).show_review(shown)

    async def find_review(self, shown: ShownReview) -> str | None:
        """Look for a review's card by its mark; raises LookupFailed, also for a platform that is off."""
        return await self._readable(shown.round.channel.workspace).find_review(shown)

    async def is_here(self, member: Member) -> bool:
        """Whether a member's account is open; raises LookupFailed, also for a platform that is off."""
        return await self._readable(member.workspace).is_here(member)

    async def remind(self, member: Member, waiting: int) -> None:
        """Remind a member; raises PostRefused, also for a platform that is off, and OutcomeUnknown."""
        await self._in(member.workspace).remind(member, waiting)

    def _readable(self, workspace: Workspace) -> Chat:
        try:
            return self._in(workspace)
        except PostRefused as off:
            raise LookupFailed(off.reason) from off

    def _of(self, channel: Channel) -> Chat:
        return self._in(channel.workspace)

    def _in(self, workspace: Workspace) -> Chat:
        chat = self.chats.get(workspace.platform)
        if chat is None:
            raise PostRefused(f"{workspace.platform} is off")
        return chat
