"""The Chat port for many platforms: each call goes to the platform that the channel is on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.places import Channel, Platform, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice
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
        try:
            chat = self._of(round_.channel)
        except PostRefused as off:
            raise LookupFailed(off.reason) from off
        return await chat.find(round_)

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
        try:
            chat = self._of(channel)
        except PostRefused as off:
            raise LookupFailed(off.reason) from off
        return await chat.missing(channel)

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell those who look after a channel; nobody hears it on a platform that is off."""
        chat = self.chats.get(channel.workspace.platform)
        if chat is not None:
            await chat.tell(channel, notice)

    def _of(self, channel: Channel) -> Chat:
        chat = self.chats.get(channel.workspace.platform)
        if chat is None:
            raise PostRefused(f"{channel.workspace.platform} is off")
        return chat
