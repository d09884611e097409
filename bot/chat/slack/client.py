"""Slack as a platform: it logs in, is kept connected and supervised, and ends without harm to the others."""

import asyncio
import logging

from bot.chat.slack import login, sentences
from bot.chat.slack.bolt import BoltDoor
from bot.chat.slack.catching_up import CatchUp
from bot.chat.slack.config import Pace, SlackConfig
from bot.chat.slack.convert import Identity
from bot.chat.slack.events import SlackEvents
from bot.chat.slack.files import Files
from bot.chat.slack.guard_http import Guard
from bot.chat.slack.history import SlackHistory
from bot.chat.slack.home import Home
from bot.chat.slack.http_mode import HttpMode
from bot.chat.slack.incoming import SlackIncoming
from bot.chat.slack.login import Login, NotNow, Stop
from bot.chat.slack.outgoing import SlackOutgoing
from bot.chat.slack.patience import jittered
from bot.chat.slack.people import People
from bot.chat.slack.replying import Replier
from bot.chat.slack.socket_mode import SocketMode
from bot.chat.slack.speaking import Afterwards, Speaker
from bot.chat.slack.web_api import Refused, WebApi, quiet_libraries
from bot.domain.bank import Bank
from bot.domain.rounds import Round
from bot.practice import leaving
from bot.practice.ports import Clock, Ports, StoreUnavailable

__all__ = ["Pace", "SlackConfig", "SlackPlatform"]

log = logging.getLogger(__name__)

SLOWEST_LOGIN = 60.0


class SlackPlatform:
    """One Slack workspace, as `bot/app.py` starts and stops it.

    `status` is a short sentence about the connection, `fault` the sentence that says why it stopped for good,
    `notices` lines for the start, `port` the bound port of HTTP mode; `ready` is set once events come in.
    """

    def __init__(self, config: SlackConfig, bank: Bank, clock: Clock, pace: Pace | None = None) -> None:
        """Make everything that needs no connection; nothing is called yet."""
        self._config = config
        self._pace = pace or Pace()
        self._web = WebApi(config.bot_token, config.api_base, clock)
        self._people = People(self._web, clock)
        prefix, pace_ = config.command_prefix, self._pace
        self._speaker = Speaker(self._web, self._people, prefix, pace_.burst, pace_.per_second)
        self._afterwards = Afterwards()
        self._catching = Afterwards()
        self._well = ""
        self._clock = clock
        self._ports: Ports | None = None
        self._transport: SocketMode | HttpMode | None = None
        self._catch_up: CatchUp | None = None
        self._ended = asyncio.Event()
        self.outgoing = SlackOutgoing(self._web, self._speaker, bank, self._afterwards)
        self.status = sentences.connecting("not started")
        self.fault: str | None = None
        http = config.mode == "http"
        self.notices = (sentences.http_notice(config.host, config.port),) if http else ()
        self.port: int | None = None
        self.ready = asyncio.Event()

    def attach(self, ports: Ports) -> None:
        """Take what the use cases are given; their chat writes through `outgoing`."""
        self._ports = ports
        self.outgoing.ports = ports

    async def serve(self) -> None:
        """Log in, receive and supervise; returns when it must stop for good, and `fault` says why."""
        assert self._ports is not None, "attach comes first"
        quiet_libraries()
        try:
            told = login.config_fault(self._config)
            if told is not None:
                raise Stop(told)
            entered = await self._enter()
            await self._connect(self._ports, entered)
            await self._ended.wait()
        except Stop as stop:
            self._stop(str(stop))
        finally:
            self.ready.clear()
            self.status = self.status if self.fault is not None else sentences.ENDED
            await self.close()

    @property
    def connected(self) -> bool:
        """Whether it is logged in, and what happens in Slack comes in now."""
        return self.ready.is_set() and self.fault is None and self.status == self._well

    async def settled(self) -> None:
        """Wait until everything that goes on after an acknowledgement, and reading again, is through."""
        if self._catch_up is not None:
            await self._catch_up.settled()
        await self._afterwards.settled()

    async def close(self) -> None:
        """End connections, and let what is being said end within seconds; harmless when nothing is open."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()
        await self._afterwards.end(self._pace.end_within)
        await self._catching.end(0)
        await self._web.close()

    async def _enter(self) -> Login:
        """Log in, however long Slack cannot be reached; raises Stop for what waiting does not mend."""
        pause = self._pace.login_again
        while True:
            try:
                return await login.log_in(self._web, self._config)
            except NotNow as fault:
                self.status = sentences.connecting(str(fault))
                log.warning("not connected", extra={"facts": {"platform": "slack", "fault": str(fault)}})
            await asyncio.sleep(jittered(pause))
            pause = min(SLOWEST_LOGIN, 2 * pause)

    async def _connect(self, ports: Ports, entered: Login) -> None:
        """Be the bot of this workspace from now on."""
        identity = entered.identity
        await self._come_back(ports, identity)
        self.outgoing.identity, self.outgoing.scopes = identity, entered.scopes
        self._web.dead = self._token_died
        incoming = self._incoming(ports, identity)
        catch_up = CatchUp(
            ports, SlackHistory(self._web, identity, incoming.events.meet), self._pace.read_again
        )
        self._catch_up = catch_up
        self.outgoing.adopted = self._read_adopted
        incoming.missed = catch_up.want
        await self._listen(BoltDoor(self._web, incoming.take), entered.socket_url, catch_up)
        if self._ended.is_set():
            return
        self._well = sentences.connected(identity.name, identity.team_name)
        self.status = self._well
        log.info(
            "connected", extra={"facts": {"workspace": identity.workspace.key, "mode": self._config.mode}}
        )
        catch_up.want()
        self._catching.begin(catch_up.run())
        self.ready.set()

    async def _come_back(self, ports: Ports, identity: Identity) -> None:
        """Note that the bot is there (again); a store that does not answer is asked until it does."""
        while True:
            try:
                return await leaving.came_back(ports, identity.workspace)
            except StoreUnavailable as fault:
                self.status = sentences.connecting(str(fault))
            await asyncio.sleep(self._pace.login_again)

    def _incoming(self, ports: Ports, identity: Identity) -> SlackIncoming:
        """The way in, and the events, which call commands by it."""
        prefix = self._config.command_prefix
        incoming = SlackIncoming(
            identity,
            ports,
            self._people,
            Files(self._web),
            Replier(self._speaker),
            self._afterwards,
            prefix,
            self._pace.acknowledge_within,
        )
        incoming.events = SlackEvents(
            identity,
            ports,
            self._people,
            self.outgoing,
            Home(self._web, self._people, ports, prefix),
            self._afterwards,
            incoming.called,
            self._stop,
        )
        return incoming

    async def _listen(self, door: BoltDoor, socket_url: str | None, catch_up: CatchUp) -> None:
        """Receive by HTTP or over sockets; returns when what Slack sends comes in. Raises Stop."""
        config = self._config
        if config.mode == "http":
            server = HttpMode(door, Guard(config.signing_secret, self._clock), lambda: self.fault is None)
            try:
                self.port = await server.start(config.host, config.port)
            except OSError as fault:
                why = fault.strerror or type(fault).__name__
                raise Stop(sentences.cannot_listen(config.host, config.port, why)) from fault
            self._transport = server
            return
        sockets = SocketMode(
            door, self._web, config.app_token, self._pace, self._ticket_refused, catch_up.want, self._watched
        )
        self._transport = sockets
        sockets.start(socket_url)
        stands, ended = asyncio.ensure_future(sockets.stands()), asyncio.ensure_future(self._ended.wait())
        await asyncio.wait({stands, ended}, return_when=asyncio.FIRST_COMPLETED)
        stands.cancel()
        ended.cancel()

    def _watched(self, is_connected: bool) -> None:
        if self.fault is None and self._well:
            self.status = self._well if is_connected else sentences.connecting(sentences.SOCKETS_LOST)

    def _read_adopted(self, round_: Round) -> None:
        if self._catch_up is not None:
            self._afterwards.begin(self._catch_up.read_adopted(round_))

    def _ticket_refused(self, no: Refused) -> None:
        fault = login.socket_fault(no)
        if fault is not None:
            self._stop(fault)

    def _token_died(self, error: str) -> None:
        self._stop(sentences.bad_token("SLACK_BOT_TOKEN", error))

    def _stop(self, sentence: str) -> None:
        """Stop for good: make no call any more, and say why."""
        if self.fault is None:
            self.fault = sentence
            self.status = sentences.stopped(sentence)
            log.error("stopped", extra={"facts": {"platform": "slack", "fault": sentence}})
        self._web.stop("stopped")
        self._ended.set()
