"""A study group on local-slack that has practiced a little: for `make preview-slack` and the pictures of the README."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.domain.bank import Bank, bank_of
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.reviews import Draft
from bot.packs import read_packs
from bot.practice import asking, recovery, reviewing, scheduling, showing
from bot.practice.ports import Ports
from bot.practice.records import Transaction
from tests.fakes import LONG_AGO
from tests.platforms.slack.drawn import buttons_of
from tests.platforms.slack.local_bot import QUICK, LocalBot
from tests.platforms.slack.local_slack import STUDY, TEAM, LocalSlack, free_port, id_of
from tests.platforms.slack.readable import Readable
from tests.stores import sqlite

NAMES = ("ada", "ben", "cyd")
SECONDS_BETWEEN_RINGS = 5
OWN_CONTENT = Path(__file__).parents[3] / "content"
QUESTION = "backend-monitoring-metrics"
ANSWERS = {
    "ben": "I would roll the timeout back first, since the pool fills right after that change. Then I read the slowest"
    " traces and look at what they wait for.",
    "cyd": "Same here. And I would ask who notices: starts that fall below what is usual for the hour say more than"
    " the share of errors.",
    "ada": "I would put the old timeout back as well. Then I would ask what the queries wait for that used to be cut"
    " off at 300 ms.",
}
REVIEW = Draft(
    scores=(5, 3),
    covered=(0, 1),
    strong="You stop the harm before you search, and you say why the pool fills.",
    change="Say why so few requests fail: the apps hang up after 2 s, a second before the server would.",
)


def own_bank() -> Bank:
    """The packs that come with the bot."""
    return bank_of(read_packs([OWN_CONTENT]))


async def practice(bot: LocalBot) -> str:
    """Let the group practice; gives the prompt's id."""
    workspace = Workspace(Platform.SLACK, TEAM)
    channel, ada = Channel(workspace, STUDY), Member(workspace, id_of("ada"))
    wish = scheduling.Wish(time="09:00", weekdays="mon-fri")
    await scheduling.set_daily(bot.ports, channel, ada, wish)  # local-slack knows no admins
    await bot.server.say("ada", "Morning! Shall we do a backend one before the stand-up?")
    await asking.ask_this(bot.ports, channel, ada, QUESTION)  # always the same one, whatever the packs hold
    prompt = await bot.seen("ben", "[Answer]")
    for name, text in ANSWERS.items():
        await bot.server.say(name, text, prompt["ts"])
        await bot.seen(name, "Kept. Day 1")
    await review(bot, "cyd", "ben")
    await bot.platform.settled()
    assert buttons_of(prompt["blocks"])
    return str(prompt["ts"])


async def review(bot: LocalBot, name: str, author: str) -> None:
    """Let somebody review an answer, and its author thank for it."""
    reviewer, whose = (Member(Workspace(Platform.SLACK, TEAM), id_of(one)) for one in (name, author))

    def answered(tx: Transaction) -> str:
        return next(
            one.answer.id
            for one in tx.open_answers(reviewer, LONG_AGO, 1, LONG_AGO, tx.channels_of(whose), 9)
            if one.answer.member == whose
        )

    answer = await bot.store.read(answered)
    given = await reviewing.give(bot.ports, answer, reviewer, REVIEW, bot.clock.now())
    await reviewing.thank(bot.ports, given.shown.review.id, whose)
    await bot.seen(author, "says thanks.")


async def ring(ports: Ports) -> None:
    """Post what is due, every few seconds, as the bot's own timer does."""
    while True:
        await asking.post_due(ports)
        await recovery.settle(ports)
        await showing.show_due(ports)
        await asyncio.sleep(SECONDS_BETWEEN_RINGS)


@asynccontextmanager
async def sample_group(folder: Path, http: bool = False) -> AsyncIterator[tuple[LocalBot, str]]:
    """A running local-slack with the bot and a group that has practiced; gives it with the prompt's id."""
    server = LocalSlack(folder, NAMES, free_port() if http else 0)
    async with sqlite(folder) as store:
        bot = LocalBot(server, store, own_bank(), QUICK)
        door: Readable | None = None
        try:
            await server.start()
            door = Readable(server.base)
            await door.start()
            bot.base = door.base
            await bot.start()
            ringing = asyncio.create_task(ring(bot.ports))
            try:
                yield bot, await practice(bot)
            finally:
                ringing.cancel()
                await asyncio.gather(ringing, return_exceptions=True)
                await bot.end()
        finally:
            if door is not None:
                await door.stop()
            await server.stop()
