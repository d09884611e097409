"""Discord as one platform of the bot: it logs in, keeps the connection up, and joins incoming with outgoing."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from discord.backoff import ExponentialBackoff

from bot.chat.discord import sentences, supervising
from bot.chat.discord.faults import short
from bot.chat.discord.gateway import PracticeClient, closed
from bot.chat.discord.line import Line, NotConnected
from bot.chat.discord.listening import Ears
from bot.chat.discord.outgoing import DiscordOutgoing
from bot.chat.discord.permissions import application_of, invite_link
from bot.chat.discord.sessions import SessionBudget
from bot.chat.discord.uploads import Files
from bot.domain.bank import Bank
from bot.practice.ports import Clock, Ports

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """How to reach Discord. `guild` is a server that gets new commands at once, for trying things out.

    `api_base`, such as `http://127.0.0.1:8080/api/v10`, and `gateway`, such as `ws://127.0.0.1:8080`, are for tests;
    `shard_count` 0 leaves the number to Discord, empty `shard_ids` are all. Of the 48 calls a second `calls_at_once`
    go out together: with a burst of all of them, 139 of 300 were told to wait (measured). None sets no pace, which a
    simulated Discord needs, where the loop's clock jumps.
    """

    token: str
    guild: str | None = None
    api_base: str | None = None
    gateway: str | None = None
    message_content: bool = True
    shard_ids: tuple[int, ...] = ()
    shard_count: int = 0
    calls_at_once: int | None = 2


class DiscordPlatform:
    """The bot on Discord. `attach` comes before `serve`; `outgoing` is there from the beginning."""

    def __init__(self, config: DiscordConfig, bank: Bank, clock: Clock) -> None:
        """Make everything that needs no connection."""
        self._config = config
        self._reads_messages = config.message_content
        self._budget = SessionBudget()
        self._ears: Ears | None = None
        self._status = sentences.STARTING
        self.client = self._new_client()
        self._line = Line(self.client, clock, config.calls_at_once)
        self.outgoing = DiscordOutgoing(self._line, bank, clock)
        self.fault: str | None = None
        self._closing = False

    @property
    def connected(self) -> bool:
        """Whether it is logged in, and hears what happens in its servers now."""
        client = self.client
        return self.fault is None and client.is_ready() and not client.is_closed() and not client.broken

    @property
    def status(self) -> str:
        """How it stands, in a short sentence."""
        client = self.client
        if self.fault is not None or client.user is None or not client.is_ready():
            return self.fault or self._status
        if client.broken:
            return sentences.BROKEN
        return sentences.connected(str(client.user), len(client.guilds), form_only=not self._reads_messages)

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever starts the bot should know: the invite link, and form-only mode."""
        application = self.client.application_id or application_of(self._config.token)
        lines = [sentences.invite(invite_link(application))] if application is not None else []
        if not self._reads_messages:
            lines.append(sentences.FORM_ONLY if self._config.message_content else sentences.NO_INTENT_ASKED)
        return tuple(lines)

    def attach(self, ports: Ports) -> None:
        """Give the ports to what comes in; the ports' chat leads to `outgoing`."""
        self.outgoing.attach(ports)
        files = Files(self._config.api_base)
        self._ears = self.client.ears = Ears(self._line, ports, self._config.guild, files)

    async def serve(self) -> None:
        """Be connected until canceled; returns only when trying again helps nobody, and `fault` says why."""
        backoff: ExponentialBackoff[bool] = ExponentialBackoff()
        with supervising.pointed_at(self._config.api_base, self._config.gateway):
            try:
                while self.fault is None and not self._closing:
                    await self._one_connection(backoff)
            finally:
                await closed(self.client)

    async def close(self) -> None:
        """Let what is under way finish, end the rest, and leave; calling it twice does no harm."""
        self._closing = True
        if self._ears is not None:
            await self._ears.close()
        await closed(self.client)

    async def _one_connection(self, backoff: ExponentialBackoff[bool]) -> None:
        """Connect, and stay so; what ended it decides what comes next."""
        ended: Exception = NotConnected()
        try:
            await self._connected()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the platform is kept up; it is logged below
            ended = fault
        if self._closing:
            return
        verdict = supervising.judged(ended, backoff, self._reads_messages)
        facts = {"platform": "discord", "fault": short(ended)}
        log.warning("connection ended", extra={"facts": facts}, exc_info=supervising.unforeseen(ended))
        await closed(self.client)
        match verdict:
            case supervising.Stop(sentence):
                self.fault = sentence
                self._line.end()
                log.error(sentence, extra={"facts": facts})
                return
            case supervising.WithoutText():
                self._reads_messages = False
                log.warning(sentences.FORM_ONLY)
            case supervising.Wait(seconds, status):
                self._status = status
                await asyncio.sleep(seconds)
        self._renew()

    async def _connected(self) -> None:
        """Log in and connect; ends only with a fault, or when the client was closed."""
        client = self.client
        await client.login(self._config.token)
        shards, url, limits = await client.http.get_bot_gateway()
        self._budget.told(limits["remaining"], timedelta(milliseconds=limits["reset_after"]))
        if self._config.gateway is None:
            supervising.use_gateway(url)
        client.shard_count = self._config.shard_count or shards
        await client.connect()

    def _new_client(self) -> PracticeClient:
        shards = (self._config.shard_ids, self._config.shard_count)
        return PracticeClient(self._reads_messages, *shards, self._budget, self._logged_in)

    def _renew(self) -> None:
        """A client that was closed cannot be used again."""
        self.client = self._new_client()
        self.client.ears = self._ears
        self._line.use(self.client)

    def _logged_in(self) -> None:
        self._line.opened()
