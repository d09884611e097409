"""Discord and Slack, as far as they are set up: built from the settings, served side by side, stopped in time.

What one of them does never ends the process or the other one. Their libraries take half a second to import, so that
happens only for a platform that has its tokens.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from typing import Protocol

from bot.domain.bank import Bank
from bot.domain.places import Platform
from bot.practice.ports import Chat, Clock, Ports
from bot.settings import Settings

log = logging.getLogger(__name__)

SECONDS_TO_STOP = 6.0
"""Below the 10 that a container is given, with room for the store to close."""


class Network(Protocol):
    """A platform on a network."""

    @property
    def outgoing(self) -> Chat:
        """The Chat port, there from the beginning."""
        ...

    @property
    def connected(self) -> bool:
        """Whether it is logged in and hears what happens."""
        ...

    @property
    def status(self) -> str:
        """How it stands, in a short sentence."""
        ...

    @property
    def fault(self) -> str | None:
        """Why it stopped for good, and what to do, if it did."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever starts the bot should know."""
        ...

    def attach(self, ports: Ports) -> None:
        """Give the ports to what comes in."""
        ...

    async def serve(self) -> None:
        """Connect and stay connected until canceled; returns when it stopped for good."""
        ...

    async def close(self) -> None:
        """End what is under way."""
        ...


Networks = Mapping[Platform, Network]


def networks(settings: Settings, bank: Bank, clock: Clock) -> Networks:
    """The platforms that have their tokens; nothing is called yet."""
    found: dict[Platform, Network] = {}
    if settings.discord_token.get_secret_value():
        found[Platform.DISCORD] = _discord(settings, bank, clock)
    if settings.slack_bot_token.get_secret_value():
        found[Platform.SLACK] = _slack(settings, bank, clock)
    return found


def _discord(settings: Settings, bank: Bank, clock: Clock) -> Network:
    from bot.chat.discord.client import DiscordConfig, DiscordPlatform

    config = DiscordConfig(
        token=settings.discord_token.get_secret_value(),
        guild=settings.discord_guild or None,
        api_base=settings.discord_api_base.rstrip("/") or None,
        gateway=settings.discord_gateway or None,
        message_content=settings.discord.message_content,
        shard_ids=settings.discord.shard_ids,
        shard_count=settings.discord.shard_count,
    )
    return DiscordPlatform(config, bank, clock)


def _slack(settings: Settings, bank: Bank, clock: Clock) -> Network:
    from bot.chat.slack.client import SlackConfig, SlackPlatform

    config = SlackConfig(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_base=settings.slack_api_base or None,
        mode=settings.slack.mode,
        host=settings.slack.host,
        port=settings.slack.port,
        command_prefix=settings.slack.command_prefix,
    )
    return SlackPlatform(config, bank, clock)


@asynccontextmanager
async def served(found: Networks) -> AsyncIterator[None]:
    """Serve all of them while the block runs; what is under way in the end has a few seconds to finish."""
    tasks = [
        asyncio.create_task(_kept_apart(platform, network.serve()), name=str(platform))
        for platform, network in found.items()
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        tasks += [
            asyncio.create_task(_kept_apart(platform, network.close())) for platform, network in found.items()
        ]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=SECONDS_TO_STOP)
            for task in late:
                task.cancel()


async def _kept_apart(platform: Platform, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as fault:
        log.error("platform failed", exc_info=fault, extra={"facts": {"platform": str(platform)}})


async def fault_of(found: Networks) -> str | None:
    """Why a platform has stopped for good, if one has."""
    faults = [f"{platform}: {network.fault}" for platform, network in found.items() if network.fault]
    return " ".join(faults) or None
