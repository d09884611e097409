"""`make preview-slack` starts, says where to look, shows a group that has practiced, and leaves nothing behind."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE

import aiohttp
import pytest

from tests.platforms.slack.drawn import Json
from tests.platforms.slack.local_slack import BINARY, STUDY, Missing
from tests.platforms.slack.readable import readable


@pytest.mark.parametrize("arguments", [(), ("--http",)], ids=str)
async def test_the_preview_runs_until_it_is_stopped(arguments: tuple[str, ...]) -> None:
    if not BINARY.is_file():
        pytest.skip(str(Missing()))
    program = ("-m", "tests.platforms.slack.preview", *arguments)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, stdout=PIPE, env=dict(os.environ)
    )
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found is not None, line
        async with aiohttp.ClientSession() as session:
            async with session.get(found[0]) as page:
                assert page.status == 200
            async with session.get(f"{found[0]}/_control/messages/{STUDY}") as answer:
                messages = (await answer.json())["messages"]
            assert sum("Kept. Day 1" in str(one) for one in messages) == 3
            (card,) = [one for one in messages if "Peer review" in str(one.get("blocks"))]
            assert "says thanks." in str(card) and card["thread_ts"]
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.communicate(), 20)
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(found[0])
        assert process.returncode == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def test_the_door_of_the_preview_changes_how_words_are_drawn_and_not_the_words() -> None:
    def rich(kind: str, *parts: str, **more: object) -> Json:
        words = [{"type": "text", "text": part} for part in parts]
        return {"type": "rich_text", "elements": [{"type": kind, "elements": words, **more}]}

    bold = {"type": "text", "text": "Time: ", "style": {"bold": True}}
    facts: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [bold]}]}
    blocks = [
        rich("rich_text_section", "a < b & c"),
        rich("rich_text_preformatted", "a  b\nc"),
        facts,
        {"type": "divider"},
    ]
    drawn = readable({"channel": "C1", "view": {"blocks": blocks}})["view"]["blocks"]
    texts = [one.get("text", {}).get("text") for one in drawn]
    assert texts == ["a < b & c", "`a\u00a0\u00a0b`\n`c`", "*Time:* ", None]
