"""Tokens, tickets, secrets and people's words stand in no log line, whatever goes wrong, even at DEBUG."""

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot import logs
from tests.platforms.slack.conftest import Watched
from tests.platforms.slack.fake_faults import CutJson, Limited, Refused, Reset, Status
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TICKET

SAID = "canaryInAnAnswer that is long enough to count"
CHANGED = "canaryInAnEdit that is long enough to count"
FILLED = "canaryInAForm that is long enough to count"
TYPED = "canaryInACommand"
NAME = "canaryname"
CANARIES = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, TICKET, "canaryIn", NAME)
LIBRARIES = (
    "slack_sdk",
    "slack_bolt",
    "aiohttp",
    "asyncio",
    "practice_bot_slack",
    "practice_bot_slack_socket",
)


@contextmanager
def loud(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Our log at DEBUG with no secret named to it, and every library as loud as it can be."""
    stream = io.StringIO()
    levels = {name: logging.getLogger(name).level for name in (*LIBRARIES, "bot")}
    root, handlers = logging.getLogger(), list(logging.getLogger().handlers)
    level = root.level
    logs.set_up("json", "DEBUG", stream=stream)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)
        root.handlers[:] = handlers
        root.setLevel(level)


async def walk(world: Watched) -> None:
    """Everything that people do, with every call going wrong once."""
    round_ = await world.asked()
    await world.join(NAME)
    world.slack.faults.first_of_each(Reset())
    await world.say("ada", SAID)
    world.slack.faults.first_of_each(Status(500))
    await world.edit("ada", SAID, CHANGED)
    world.slack.faults.first_of_each(Refused("invalid_arguments"))
    await world.say("ada", f"/question {TYPED}")
    await world.say(NAME, f"/zone {TYPED}")
    world.slack.faults.first_of_each(CutJson())
    await world.press("ben", "Hint")
    await world.press("ben", "Answer")
    await world.press("ben", "Answer")
    await world.fill("ben", {"text": "canaryIn"})
    await world.fill("ben", {"text": FILLED})
    await world.people.open_home("U0BEN")
    odd = {
        "type": "message",
        "channel": 5,
        "text": SAID,
        "user": "U0ADA",
        "ts": "1",
        "thread_ts": round_.message,
    }
    await world.people.event(odd)
    await world.people.event({"type": "made_up_type", "text": SAID})
    world.memory.fail_next_commit()
    await world.say("ben", SAID + " once more")
    world.slack.faults.first_of_each(Limited(None, page=True))
    await world.delete("ada", CHANGED)
    world.slack.faults.once_each = None
    await world.advance(minutes=16)
    await world.restart()


@pytest.mark.bad_input(107)
async def test_no_secret_and_nobodys_words_stand_in_the_log(
    world: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    with loud(caplog) as stream:
        await world.restart()
        await walk(world)
        if not world.slack.http:
            world.slack.sockets.refused = 2
            world.slack.sockets.live[0].reset()
            await asyncio.sleep(1.5)
        written = stream.getvalue()
    assert "connected" in written, "the log was heard"
    found = [line[:300] for line in written.splitlines() if any(canary in line for canary in CANARIES)]
    assert found == []


@pytest.mark.bad_input(107)
async def test_our_own_lines_are_clean_before_anything_is_hidden(
    world: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    await walk(world)
    ours = [record for record in caplog.records if record.name.split(".")[0] == "bot"]
    assert ours
    for record in ours:
        said = f"{record.getMessage()} {getattr(record, 'facts', '')} {record.exc_text or ''}"
        assert not any(canary in said for canary in CANARIES), said


@pytest.mark.bad_input(107)
async def test_tokens_go_to_the_web_api_only_and_stand_in_nothing_that_is_said(world: Watched) -> None:
    await walk(world)
    for said in world.there.messages:
        assert not any(secret in str(said) for secret in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, TICKET))
    for _, args in world.slack.calls:
        assert not any(secret in str(args) for secret in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET))


@pytest.mark.bad_input(21, 107)
async def test_an_address_from_a_payload_gets_no_call_if_it_is_not_slacks(world: Watched) -> None:
    await world.asked()
    heard: list[str] = []

    async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.read(65536)).decode(errors="replace"))
        writer.close()

    server = await asyncio.start_server(strange, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for url in (
        f"http://127.0.0.1:{port}/x",
        f"http://hooks.slack.com@127.0.0.1:{port}/",
        "file:///etc/passwd",
        ":",
        "",
    ):
        await world.advance(seconds=10)
        command = {**world.people.command("U0BEN", world.channel.id, "/streak"), "response_url": url}
        await world.slack.deliveries.deliver("slash_commands", command)
        await world.settled()
        assert world.titles("ben")[-1].startswith("Streak"), "the answer comes by another way"
    server.close()
    assert heard == []
