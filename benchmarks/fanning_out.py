"""P13: many questions due at once are posted as fast as the platforms allow, and none is lost."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter

import discord
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks import discord_shapes as shapes
from benchmarks.limiting import DISCORDS_SECOND, LATENCY, LimitedDiscord, LimitedSlack, Tally, listening
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, shown
from benchmarks.world import OWNER, bank
from bot.chat.discord import supervising
from bot.chat.discord.client import DiscordConfig, DiscordPlatform
from bot.chat.discord.gateway import closed
from bot.chat.slack.client import SlackConfig, SlackPlatform
from bot.chat.slack.config import Pace
from bot.chat.slack.convert import Identity
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.questions import Filters
from bot.domain.schedules import EVERY_DAY, Schedule, ScheduleState
from bot.domain.wall_time import WallTime
from bot.practice import asking
from bot.practice.ports import Chat, Ports, Rules
from bot.practice.records import Transaction
from tests.fakes import START, CountingIds, FakeClock
from tests.memory_store import MemoryStore

SERVER = Workspace(Platform.DISCORD, str(shapes.guild_id(0)))
TEAM = Workspace(Platform.SLACK, "T0TEAM")
CALLS_EACH = 2
"""A question is a prompt, and a thread or its first line."""
BURST = Pace().burst
FLOOD = 200
"""Posts that `gather` sends at once, for scale."""


@dataclass(slots=True)
class Outcome:
    """What came of one fan-out; `lost` are questions without a prompt."""

    tally: Tally
    lost: int
    seconds: float


async def measure(scale: Scale) -> Report:
    """The figures about posting many."""
    found: dict[str, list[Outcome]] = {}

    def side(name: str, action: Callable[[], Awaitable[Outcome]]) -> Side:
        async def one_round(number: int) -> float:
            outcome = await action()
            if number:
                found.setdefault(name, []).append(outcome)
            return outcome.seconds

        return one_round

    posts, channels, each = scale.size(150, 26), scale.size(20, 2), scale.size(3, 2)
    quiet = logging.getLogger("bot")
    quiet.setLevel(logging.ERROR)  # each refusal is counted, and need not be said as well
    sides = {
        "discord": side("discord", lambda: _discord(posts)),
        "slack": side("slack", lambda: _slack(channels, each, BURST + 1)),
    }
    await interleaved(sides, scale.rounds)
    await side("slack, exact", lambda: _slack(channels, each, BURST))(1)
    await side("slack, strict", lambda: _slack(channels, each, 1))(1)
    await side("gather", lambda: _gathered(scale.size(FLOOD, 51)))(1)
    await side("slack_sdk", lambda: _slack_gathered(channels, each * CALLS_EACH))(1)
    quiet.setLevel(logging.NOTSET)
    what = f"{channels * each:,} questions in {channels} Slack channels"
    lines = [*_discord_lines(posts, found), *_slack_lines(what, each * CALLS_EACH, found)]
    return Report(lines, [_note(found)])


def _discord_lines(posts: int, found: dict[str, list[Outcome]]) -> list[Line]:
    ours = found["discord"]
    rate = median(one.tally.rate for one in ours)
    allowed = f"{DISCORDS_SECOND} a second allowed"
    ratio = rate / DISCORDS_SECOND
    reached = Line(
        "P13", f"{posts:,} Discord questions", f"{rate:.1f}/s", allowed, ratio, (Aim.AT_LEAST, 0.95)
    )
    return [reached, *_harm("Discord", ours), _scale("discord.py, all at once", found["gather"])]


def _slack_lines(what: str, calls: int, found: dict[str, list[Outcome]]) -> list[Line]:
    lines: list[Line] = []
    for name, burst, variant in (
        ("slack", BURST + 1, what),
        ("slack, exact", BURST, f"  where Slack takes {BURST} in a row, as the bot sends"),
        ("slack, strict", 1, "  where Slack takes no two in a row"),
    ):
        ours, is_aimed = found[name], name == "slack"
        seconds, least = (
            [one.seconds for one in ours],
            max(1, calls - min(BURST, burst)) + CALLS_EACH * LATENCY,
        )
        aim = (Aim.AT_MOST, 1.2) if is_aimed else None
        ratio = median(seconds) / least
        bound = f"{least:.3g} s is the bound"
        lines.append(Line("P13" if is_aimed else "", variant, shown(seconds), bound, ratio, aim))
        lines += _harm("Slack", ours, aimed=is_aimed)
    return [*lines, _scale("slack_sdk, all at once", found["slack_sdk"])]


def _harm(where: str, outcomes: Sequence[Outcome], *, aimed: bool = True) -> list[Line]:
    lost, refused = sum(one.lost for one in outcomes), sum(one.tally.refused for one in outcomes)
    aim = (Aim.AT_MOST, 0.0) if aimed else None
    name = "P13" if aimed else ""
    return [
        Line(name, f"  lost, {where}", str(lost), "none allowed", lost, aim),
        Line(name, f"  429, {where}", str(refused), "none allowed", refused, aim),
    ]


def _scale(what: str, outcomes: Sequence[Outcome]) -> Line:
    (one,) = outcomes
    told, refused = f"{one.lost} lost, {one.tally.refused} x 429", one.tally.refused
    return Line("", f"  for scale: {what}", told, f"{len(one.tally.taken)} calls taken", refused)


def _note(found: dict[str, list[Outcome]]) -> str:
    calls = {name: len(outcomes[-1].tally.taken) for name, outcomes in found.items()}
    return (
        f"P13: `asking.post_due` over a store in memory, each question with its thread ({calls['discord']} calls on"
        f" Discord, {calls['slack']} on Slack). The servers take {LATENCY * 1000:.0f} ms a call and enforce"
        f" {DISCORDS_SECOND} calls in any second of a token, and one a second of a channel after {BURST + 1} in a row:"
        " Slack does not say how many it takes; the bot sends at most"
        f" {BURST}. The rate is that of calls; one above the allowed comes from the first second's burst."
    )


async def _discord(posts: int) -> Outcome:
    """The program's own way to post what is due, on Discord."""
    async with _discord_platform(posts) as (server, platform, clock):
        channels = [Channel(SERVER, str(shapes.channel_id(0, number))) for number in range(posts)]
        return await _fanned_out(server.tally, platform.outgoing, clock, channels, 1, Platform.DISCORD)


async def _gathered(posts: int) -> Outcome:
    """discord.py alone, with all posts at once."""
    async with _discord_platform(posts) as (server, platform, _):
        began = perf_counter()

        async def one(number: int) -> None:
            channel = platform.client.get_channel(shapes.channel_id(0, number))
            assert isinstance(channel, discord.TextChannel)
            with suppress(discord.HTTPException):
                await channel.send("A question")

        await asyncio.gather(*(one(number) for number in range(posts)))
        return Outcome(server.tally, posts - server.tally.prompts, perf_counter() - began)


async def _slack(channels: int, each: int, burst: int) -> Outcome:
    """The program's own way on Slack: so many questions for each channel."""
    server, clock = LimitedSlack(burst), FakeClock()
    async with listening(server) as base:
        platform = SlackPlatform(SlackConfig("xoxb-1", api_base=f"{base}/api/"), bank(20), clock)
        platform.outgoing.identity = Identity("T0TEAM", "U0BOT", "B0BOT")
        places = [Channel(TEAM, f"C{number}") for number in range(channels)]
        try:
            return await _fanned_out(server.tally, platform.outgoing, clock, places, each, Platform.SLACK)
        finally:
            await platform.close()


async def _slack_gathered(channels: int, each: int) -> Outcome:
    """slack_sdk alone, with all posts at once."""
    server = LimitedSlack(BURST)
    async with listening(server) as base:
        client, lost, began = AsyncWebClient("xoxb-1", f"{base}/api/"), 0, perf_counter()
        client.proxy = None

        async def one(channel: str) -> bool:
            try:
                await client.chat_postMessage(channel=channel, text="A question")
            except SlackApiError:
                return False
            return True

        posts = [one(f"C{number % channels}") for number in range(channels * each)]
        lost = (await asyncio.gather(*posts)).count(False)
        return Outcome(server.tally, lost, perf_counter() - began)


@asynccontextmanager
async def _discord_platform(
    channels: int,
) -> AsyncIterator[tuple[LimitedDiscord, DiscordPlatform, FakeClock]]:
    """The platform, logged in to a server that enforces the limit, in a guild with so many channels."""
    server, clock = LimitedDiscord(), FakeClock()
    async with listening(server) as base:
        platform = DiscordPlatform(DiscordConfig("x", shard_count=1), bank(20), clock)
        with supervising.pointed_at(f"{base}/api/v10", None):
            await platform.client.login("x")
            guild = shapes.guild(0, members=0, channels=channels, threads=0)
            platform.client._connection.parsers["GUILD_CREATE"](guild)
            try:
                yield server, platform, clock
            finally:
                await closed(platform.client)


async def _fanned_out(
    tally: Tally, chat: Chat, clock: FakeClock, channels: Sequence[Channel], each: int, platform: Platform
) -> Outcome:
    """Post questions that are all due now: so many for each channel, in its own slots."""
    store, questions = MemoryStore(OWNER), bank(20)
    await store.write(lambda tx: _plan(tx, channels, each))
    ports = Ports(
        chat, store, clock, CountingIds(), questions, Rules("UTC"), OWNER, platforms=frozenset({platform})
    )
    began = perf_counter()
    await asking.post_due(ports)
    seconds = perf_counter() - began
    return Outcome(tally, len(channels) * each - tally.prompts, seconds)


def _plan(tx: Transaction, channels: Sequence[Channel], each: int) -> None:
    for number, channel in enumerate(channels):
        for slot in range(each):
            tx.put_schedule(
                Schedule(
                    channel=channel,
                    slot=f"daily-{slot}",
                    time=WallTime(START.hour, START.minute),
                    weekdays=EVERY_DAY,
                    zone="UTC",
                    filters=Filters(),
                    state=ScheduleState.ACTIVE,
                    pause_reason=None,
                    skip=None,
                    next_at=START,
                    reveal_after=timedelta(hours=24),
                    seed=number,
                    created_by=Member(channel.workspace, "1"),
                )
            )
