"""The connection to Discord: discord.py's client with nothing kept that we do not need, and where its events go."""

import logging
from collections.abc import Callable
from typing import Any

import discord
import yarl

from bot.chat.discord.buttons import CardButton
from bot.chat.discord.faults import UNREADABLE
from bot.chat.discord.listening import Ears
from bot.chat.discord.sessions import SessionBudget

log = logging.getLogger(__name__)

LONGEST_RATE_LIMIT = 60.0
"""Seconds that a call waits when Discord says so; longer ones are raised, and tried again as a new call."""
LAUNCHES = 1
"""Tries of discord.py itself to open one shard, each with five seconds after it; then our own back-off takes over."""


class GatewayUnreachable(Exception):
    """No connection to the gateway could be opened; discord.py would try for ever."""


def intents(message_content: bool) -> discord.Intents:
    """What the bot is told of: servers with their channels and threads, and messages, with or without their text."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=message_content)


class PracticeClient(discord.AutoShardedClient):
    """discord.py's client without caches of members and messages; every event goes to its `ears`, when it has any."""

    def __init__(
        self,
        message_content: bool,
        shard_ids: tuple[int, ...],
        shard_count: int,
        budget: SessionBudget,
        logged_in: Callable[[], None],
    ) -> None:
        """`shard_count` 0 leaves it to Discord, empty `shard_ids` are all; `logged_in` is called when it is."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot has no voice
        options: dict[str, Any] = {"shard_ids": list(shard_ids)} if shard_ids else {}
        super().__init__(
            intents=intents(message_content),
            shard_count=shard_count or None,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            **options,
        )
        self.ears: Ears | None = None
        self.broken: set[int] = set()
        self._logged_in = logged_in
        self._budget = budget
        self._launches: dict[int, int] = {}
        parsers = self._connection.parsers  # what reads each event, by its name
        parsers.update({name: self._guarded(name, parse) for name, parse in parsers.items()})

    def _guarded(self, name: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
        """An event that cannot be read is put aside; else discord.py would end the whole connection for it."""

        def guarded(data: Any) -> None:
            try:
                parse(data)
            except UNREADABLE as fault:
                log.warning("event not read", extra={"facts": {"event": name, "fault": type(fault).__name__}})
                if self.ears is not None:
                    self.ears.unread(name, data)

        return guarded

    async def setup_hook(self) -> None:
        """After the login: buttons are known by their template, whoever sent them and whenever."""
        self.add_dynamic_items(CardButton)
        self._logged_in()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep the last session starts of the day; raises SessionsSpent."""
        self._budget.use()
        await super().before_identify_hook(shard_id, initial=initial)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Open a shard; raises GatewayUnreachable where discord.py would call itself for ever."""
        self._launches[shard_id] = self._launches.get(shard_id, 0) + 1
        if self._launches[shard_id] > LAUNCHES:
            raise GatewayUnreachable
        await super().launch_shard(gateway, shard_id, initial=initial)
        self._launches[shard_id] = 0

    async def on_shard_ready(self, shard_id: int) -> None:
        """A new session; a resumed one replays what was missed by itself."""
        self.broken.discard(shard_id)
        if self.ears is not None:
            self.ears.new_session(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """The session goes on."""
        self.broken.discard(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """The connection of a shard broke."""
        self.broken.add(shard_id)

    async def on_message(self, message: discord.Message) -> None:
        """A message was written."""
        if self.ears is not None:
            await self.ears.hear(self.ears.incoming.message(message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message changed, or only what is shown below it."""
        if self.ears is not None:
            await self.ears.hear(self.ears.incoming.edited(payload))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted."""
        if self.ears is not None:
            gone = {payload.message_id}
            await self.ears.hear(self.ears.incoming.deleted(payload.guild_id, payload.channel_id, gone))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages were deleted."""
        if self.ears is not None:
            gone = payload.message_ids
            await self.ears.hear(self.ears.incoming.deleted(payload.guild_id, payload.channel_id, gone))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A command, a completion, a form; presses come by their template."""
        if self.ears is not None:
            await self.ears.hear(self.ears.interactions.interaction(interaction))

    async def on_card_button(self, interaction: discord.Interaction[Any], action: str, value: str) -> None:
        """A press, as its template has read it."""
        if self.ears is not None:
            await self.ears.hear(self.ears.interactions.pressed(interaction, action, value))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Asked in, or asked in again."""
        if self.ears is not None:
            await self.ears.hear(self.ears.joined(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed; a guild that is only unavailable gives another event."""
        if self.ears is not None:
            await self.ears.hear(self.ears.incoming.left(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        if self.ears is not None:
            await self.ears.hear(self.ears.incoming.channel_deleted(channel.guild.id, channel.id))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - texts of people
        """An event that failed: logged here without what it said, which discord.py would print."""
        log.exception("fault", extra={"facts": {"platform": "discord", "event": event_method}})


async def closed(client: PracticeClient) -> None:
    """Close a client in whatever state it is."""
    try:
        await client.close()
    except AttributeError:  # it never logged in, and discord.py closes what only its login makes
        await client.http.close()
