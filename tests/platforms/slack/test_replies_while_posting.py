"""People reply to a prompt before the bot has noted it: what they said is kept, and on their own date."""

import asyncio

import pytest

from tests.platforms.slack.conftest import ANSWER, Watched
from tests.platforms.slack.fake_delivery import Delivery


@pytest.mark.bad_input(60, 83)
async def test_what_was_said_before_a_prompt_could_be_noted_is_read_when_it_is_found(socket: Watched) -> None:
    for name in ("ada", "ben"):
        await socket.join(name)
    failed = list[bool]()

    def fail_once() -> None:
        if not failed:
            failed.append(True)
            socket.memory.fail_next_commit()

    socket.memory.after("bind_prompt", fail_once)
    await socket.say("ada", "/question backend")
    (prompt,) = socket.prompts()
    said = socket.people.write("U0BEN", socket.channel.id, ANSWER, prompt.ts)
    delivery = await socket.people.event(socket.people.said(said))
    assert failed and delivery.acknowledged, "to the bot it stands in nobody's thread"
    await socket.advance(minutes=3)
    await socket.ring()
    await socket.settled()
    assert [answer.text for answer in await socket.answers()] == [ANSWER]


async def test_who_replies_while_a_prompt_is_on_its_way_has_their_own_zone(socket: Watched) -> None:
    await socket.join("ada")
    socket.there.join("zoe", (socket.channel.id,), tz="Asia/Tokyo")
    told = list[asyncio.Task[Delivery]]()

    def say() -> None:
        if not told:
            said = socket.people.write("U0ZOE", socket.channel.id, ANSWER, socket.newest_prompt().ts)
            told.append(asyncio.ensure_future(socket.people.event(socket.people.said(said))))

    socket.memory.after("bind_prompt", say)
    await socket.say("ada", "/question backend")
    assert (await told[0]).acknowledged
    await socket.settled()
    assert [answer.zone for answer in await socket.answers()] == ["Asia/Tokyo"]
