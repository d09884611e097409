"""`make preview-discord` opens, and its pictures show something."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from tests.page.conftest import CHROMIUM
from tests.platforms.discord.preview import CYDS, DAYS, KEPT, practiced, take


async def test_the_sample_group_has_practiced_every_day() -> None:
    async with practiced() as world:
        titles = [seen.title for seen in await world.sees("ada") if seen.author is None]
        assert titles[-1] == f"Streak: {DAYS} days"
        assert f"Kept. Day {DAYS} in a row." in titles
        (card,) = [seen for seen in await world.sees("ada") if seen.title == "Peer review"]
        assert CYDS["change"] in card.text and card.text.endswith("ben says thanks.")


async def test_the_preview_serves_the_bots_messages_until_it_is_stopped() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.platforms.discord.preview"),
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address is not None
        async with aiohttp.ClientSession() as session, session.get(address[0]) as answer:
            assert answer.status == 200 and "simcord" in (await answer.text()).lower()
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.skipif(
    not Path(CHROMIUM).is_file(), reason="Chromium is missing: install it (Debian: chromium), or call .ci/run"
)
async def test_each_picture_has_the_width_it_was_taken_with_and_many_colors(tmp_path: Path) -> None:
    await take(tmp_path)
    found = {file.name: Image.open(file) for file in sorted(tmp_path.iterdir())}
    assert {name.removesuffix(".png").removesuffix("-phone") for name in found} == {
        "discord-question",
        "discord-review",
        "discord-streak",
        "discord-thread",
    }
    assert all(picture.height > 200 and len(picture.getcolors(256) or ()) > 20 for picture in found.values())
    assert KEPT.name == "pictures"
