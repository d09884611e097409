"""`make preview-discord`: the bot's real messages in SimCord's preview, in a browser, with a group that has practiced.

The address that it prints works on this machine only, until Ctrl-C. People there can use the commands, the buttons
and the forms. With `--pictures [FOLDER]` it takes the pictures of the README instead.
"""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright
from simcord.builders import ChannelHandle
from simcord.enums import MessageType

from bot.app import bank_for
from bot.settings import load
from tests.contracts.discord_world import DiscordWorld, discord_world
from tests.memory_store import MemoryStore
from tests.page.conftest import ARGUMENTS, CHROMIUM

KEPT = Path(__file__).parents[3] / "docs" / "pictures"
DAYS = 9
TODAY = "topic:overload kind:operational-debugging"
"""What today's question is about, in the words of the schedule."""
DAILY = (
    "I would begin with the numbers: how many at once, how fast it has to feel, and what may be lost. Then the path of"
    " one request, end to end, and where it waits. That place decides the design; the rest I would measure first."
)
ADAS = (
    "4,000 requests a second, each tried four times, are 16,000 queries for a database that manages 6,000. With 20,000"
    " in front of it everybody waits 3.3 s and has given up after one, so it works for nobody. It stays like this."
)
BENS = (
    "Each request asks up to four times, and that keeps it down: 16,000 queries for 6,000. Now I turn the repeats off:"
    " 8 seconds later the queue is empty, and 4,000 fit. This month: a budget for repeats, and a queue that drops what"
    " is older than a second."
)
CYDS = {
    "structure": "5",
    "substance": "4",
    "covered": "1,4,5,7",
    "strong": "You name what keeps it down, and what you do now is apart from what you do this month.",
    "change": "Put the 3.3 s beside the second after which callers give up: then one sees why the queue is poison.",
}
"""What cyd says of ben's answer."""
BEN = 3
"""Where ben's answer stands in the thread, after the date, ada's answer and the word on it; the review follows."""
WIDTH, PHONE, TALL = 680, 390, 2600
"""Pixels: of a window, of a phone, and of a page that nothing has to be scrolled on."""

MARGIN, SCALE = 8, 2
ROWS = "#channel-message-list > *"
EDGES = "(rows) => rows.map((row) => row.getBoundingClientRect()).map((box) => [box.top, box.bottom])"


@asynccontextmanager
async def practiced() -> AsyncIterator[DiscordWorld]:
    """A guild that has had a daily question for a while; today cyd reviewed ben's answer, and ben said thanks."""
    questions = bank_for(load(None))
    async with discord_world(MemoryStore("this-instance"), questions=questions) as world:
        for name in ("ada", "ben", "cyd"):
            await world.join(name)
        await world.command("ada", "/daily set 09:00 track:backend level:senior")
        await world.advance(hours=1)
        for day in range(DAYS):
            await world.ring()
            if day < DAYS - 1:
                await world.say("ada", f"In my own words, on day {day + 1}: {DAILY}")
                if day == DAYS - 2:
                    await world.command("ada", f"/daily set 09:00 {TODAY}")
                await world.advance(days=1)
        await world.advance(minutes=25)
        await world.say("ada", ADAS)
        await world.say("ben", BENS)
        await world.review_message("cyd", "ben", BENS)
        await world.fill("cyd", CYDS)
        await world.press("ben", "Thanks")
        await world.command("ada", "/streak")
        _as_on_discord(world)
        yield world


def _as_on_discord(world: DiscordWorld) -> None:
    """Take out what Discord does not show, that a thread was opened from a message; and give the bot its name."""
    backend = world.env.backend
    backend.bot_user.name = "practice-bot"
    for messages in backend.messages.values():
        for message in [one for one in messages.values() if one.type == MessageType.THREAD_CREATED]:
            del messages[message.id]


async def show() -> None:
    """Serve the preview until somebody stops it."""
    async with practiced() as world:
        viewers = list(world.people.values())
        async with world.env.preview(world.channel, viewers=viewers, layout="channel") as preview:
            sys.stdout.write(f"The bot's messages: {preview.url}\nStop with Ctrl-C.\n")
            sys.stdout.flush()
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()


async def take(folder: Path) -> None:
    """Take the pictures: the daily question, its thread, a review, the streak, on a screen and on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    async with practiced() as world, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for width, mark in ((WIDTH, ""), (PHONE, "-phone")):
            channel = await shown(world, browser, world.channel, width)
            channel.cut(-2, -1, folder / f"discord-question{mark}.png")
            channel.cut(-1, None, folder / f"discord-streak{mark}.png")
            thread = await shown(world, browser, world.thread, width)
            thread.cut(0, -1, folder / f"discord-thread{mark}.png")
            thread.cut(BEN, None, folder / f"discord-review{mark}.png")
        await browser.close()


@dataclass(frozen=True)
class Shown:
    """A channel or a thread as a picture, and where in it each message stands."""

    image: bytes
    rows: list[tuple[float, float]]

    def cut(self, first: int, end: int | None, file: Path) -> None:
        """Keep some messages, by their places in the list."""
        rows = self.rows[first:end]
        picture = Image.open(io.BytesIO(self.image))
        top, bottom = (round(SCALE * edge) for edge in (rows[0][0] - MARGIN, rows[-1][1] + MARGIN))
        picture.crop((0, max(0, top), picture.width, bottom)).quantize(128).save(file, optimize=True)


async def shown(world: DiscordWorld, browser: Browser, place: ChannelHandle, width: int) -> Shown:
    """A channel or a thread as ada sees it."""
    viewers = [world.people["ada"]]
    page = await browser.new_page(viewport={"width": width, "height": TALL}, device_scale_factor=SCALE)
    with world.env.time_context():
        async with world.env.preview(place, viewers=viewers, layout="channel") as preview:
            await page.goto(preview.url)
            await page.wait_for_function(
                "() => window.simcordPreview && window.simcordPreview.ready === true"
            )
            await page.wait_for_timeout(500)
            rows = await page.locator(ROWS).evaluate_all(EDGES)
            image = await page.screenshot()
    await page.close()
    return Shown(image, [(top, bottom) for top, bottom in rows])


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        if sys.argv[1:2] == ["--pictures"]:
            asyncio.run(take(Path(sys.argv[2]) if sys.argv[2:] else KEPT))
        else:
            asyncio.run(show())
