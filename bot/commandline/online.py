"""`check --online`: each platform that is set up is asked, and so is each channel that has a schedule."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.app import App, SystemClock, running
from bot.domain.places import Channel, Platform
from bot.domain.schedules import ScheduleState
from bot.networks import Network, served
from bot.practice.ports import LookupFailed
from bot.practice.records import Transaction
from bot.settings import Settings
from bot.store.process_lock import StoreInUse

SECONDS_TO_CONNECT = 30.0
SECONDS_BETWEEN_LOOKS = 0.1
Line = tuple[str, bool, str]
"""What was asked, whether it is a fault, and what was found."""


def online_lines(settings: Settings, data: Path) -> Iterator[Line]:
    """Ask every platform that has its tokens; one that does not connect within half a minute is a fault."""
    if not settings.has_tokens:
        yield "online", False, "no platform has a token, so there is nothing to ask"
        return
    try:
        yield from asyncio.run(_asked(settings, data))
    except StoreInUse:
        yield "online", False, "not asked while the bot runs: its own lines say how each platform stands"


async def _asked(settings: Settings, data: Path) -> list[Line]:
    async with running(settings, data, SystemClock(), with_networks=True) as app, served(app.networks):
        return [line for name, network in app.networks.items() async for line in _of(app, name, network)]


async def _of(app: App, name: Platform, network: Network) -> AsyncIterator[Line]:
    try:
        async with asyncio.timeout(SECONDS_TO_CONNECT):
            while not (network.connected or network.fault):  # noqa: ASYNC110 - libraries set them, not we
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    except TimeoutError:
        yield str(name), True, f"not connected within {SECONDS_TO_CONNECT:.0f} s: {network.status}"
        return
    yield str(name), network.fault is not None, network.status
    if network.fault is None:
        for notice in network.notices:
            yield str(name), False, notice
        for channel in await app.ports.store.read(lambda tx: _scheduled(tx, name)):
            yield await _rights(app, channel)


def _scheduled(tx: Transaction, platform: Platform) -> list[Channel]:
    """The channels of a platform in which something is planned."""
    found = [
        schedule.channel
        for workspace in tx.workspaces()
        if workspace.platform is platform
        for schedule in tx.schedules(workspace)
        if schedule.state is ScheduleState.ACTIVE
    ]
    return list(dict.fromkeys(found))


async def _rights(app: App, channel: Channel) -> Line:
    name, where = str(channel.workspace.platform), f"channel {channel.id}"
    try:
        lacking = await app.ports.chat.missing(channel)
    except LookupFailed as fault:
        return name, True, f"{where}: cannot be looked at ({fault}); is the bot still a member of it?"
    if lacking:
        return name, True, f"{where}: the bot lacks {', '.join(lacking)}; grant it in the channel's settings"
    return name, False, f"{where}: all rights are there"
