"""Socket Mode breaks in every way that it can, and the bot comes back by itself with nothing lost and nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contracts.slack_world import QUICK
from tests.platforms.slack.conftest import ANSWER, OTHER, Watched
from tests.platforms.slack.fake_faults import Limited, Refused, Reset, Status
from tests.platforms.slack.fake_slack import TICKET

BACK_WITHIN = 15.0
"""Seconds; at the test's pace that is far below the minute that is promised."""


async def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something of the connection's."""
    try:
        async with asyncio.timeout(BACK_WITHIN):
            while not condition():
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


async def works(world: Watched, name: str = "ben", text: str = OTHER) -> None:
    """Somebody answers, is acknowledged, and has exactly one answer."""
    await world.say(name, text)
    assert [one.text for one in await world.answers() if one.member == world.member(name)] == [text]


async def lost(world: Watched) -> Callable[[], bool]:
    """Remember how many connections there were; gives whether there is a new one that works."""
    before = world.slack.sockets.connections
    return lambda: world.slack.sockets.connections > before and bool(world.slack.sockets.live)


async def missed(world: Watched) -> None:
    """Something is written of which no event ever comes."""
    world.people.write("U0ADA", world.channel.id, ANSWER, world.newest_prompt().ts)


async def caught_up(world: Watched) -> None:
    """What was missed is there, acknowledged once."""
    async with asyncio.timeout(BACK_WITHIN):
        while not await world.answers():
            await asyncio.sleep(0.05)
    await world.settled()
    assert [one.text for one in await world.answers()] == [ANSWER]
    assert world.titles("ada").count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(80, 81)
@pytest.mark.parametrize("way", ["reset", "disconnect", "too_many_websockets", "close", "refused tickets"])
async def test_a_lost_connection_is_back_and_what_was_missed_is_read(socket: Watched, way: str) -> None:
    await socket.asked()
    back = await lost(socket)
    await missed(socket)
    sockets = socket.slack.sockets
    if way == "reset":
        sockets.live[0].reset()
    elif way == "close":
        await sockets.live[0].socket.close()
    elif way == "refused tickets":
        sockets.refused = 2
        sockets.live[0].reset()
    else:
        await sockets.ask_to_leave("refresh_requested" if way == "disconnect" else way)
    await until(back, f"a new connection after {way}")
    await caught_up(socket)
    await works(socket)


@pytest.mark.bad_input(81)
async def test_a_half_open_socket_is_noticed_and_replaced(socket: Watched) -> None:
    await socket.asked()
    back = await lost(socket)
    await missed(socket)
    socket.slack.sockets.live[0].frozen = True
    await until(back, "a new connection beside the dead one")
    await caught_up(socket)
    await works(socket)


@pytest.mark.bad_input(79, 81)
async def test_tickets_that_are_refused_for_a_while_are_asked_for_anew_and_not_in_a_storm(
    socket: Watched,
) -> None:
    await socket.asked()
    sockets = socket.slack.sockets
    sockets.refusing = True
    sockets.live[0].reset()
    opened = len(socket.slack.called("apps.connections.open"))
    await asyncio.sleep(2)
    assert socket.platform.fault is None and not socket.platform.connected
    tries = len(socket.slack.called("apps.connections.open")) - opened
    assert 1 <= tries <= 40
    await missed(socket)
    back = await lost(socket)
    sockets.refusing = False
    await until(back, "a connection when tickets are taken again")
    await caught_up(socket)
    assert socket.platform.connected


@pytest.mark.bad_input(72, 79, 81)
@pytest.mark.parametrize("fault", [Reset(), Status(503), Limited("1"), Refused("internal_error")], ids=str)
async def test_while_slack_gives_no_tickets_the_bot_stays_and_comes_back(
    socket: Watched, fault: Reset
) -> None:
    await socket.asked()
    socket.slack.faults.always("apps.connections.open", fault)
    socket.slack.sockets.live[0].reset()
    await asyncio.sleep(1)
    assert socket.platform.fault is None and not socket.task.done()
    assert len(socket.slack.called("apps.connections.open")) < 20
    back = await lost(socket)
    socket.slack.faults.always("apps.connections.open", None)
    await until(back, "a connection")
    await works(socket)


@pytest.mark.bad_input(51, 81)
async def test_two_connections_carry_each_event_once(socket: Watched) -> None:
    await socket.end()
    socket.pace = replace(QUICK, connections=2)
    await socket.start()
    await until(lambda: len(socket.slack.sockets.live) == 2, "two connections")
    await socket.asked()
    for text in (ANSWER, OTHER, "And a third one, to use both."):
        await socket.say("ada", text)
    assert len(await socket.replies()) == 3 and len(await socket.answers()) == 1
    back = await lost(socket)
    socket.slack.sockets.live[0].reset()
    await works(socket)  # over the other one, at once
    await until(back, "a second connection again")


@pytest.mark.bad_input(75, 82)
async def test_an_acknowledgement_lost_on_the_way_brings_the_event_again_and_it_counts_once(
    socket: Watched,
) -> None:
    round_ = await socket.asked()
    said = socket.people.write("U0ADA", socket.channel.id, ANSWER, round_.message)
    socket.slack.deliveries.patience = 0.3
    real = socket.slack.sockets._take
    dropped: list[object] = []

    def drop_first(frame: dict[str, object]) -> None:
        if dropped:
            real(frame)
        dropped.append(frame)

    socket.slack.sockets._take = drop_first  # type: ignore[method-assign]
    delivery = await socket.people.event(socket.people.said(said))
    await socket.settled()
    assert [one.taken for one in delivery.sent] == [False, True]
    assert len(await socket.answers()) == 1
    assert socket.titles("ada").count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(74)
@pytest.mark.parametrize("seconds", ["0.3", "2"])
async def test_a_reply_before_the_thread_has_its_first_line_is_kept_once(
    world: Watched, seconds: str
) -> None:
    await world.join("ada")
    await world.join("ben")
    world.slack.faults.next("chat.postMessage", None, Limited(seconds))
    asking = asyncio.ensure_future(world.say("ada", "/question backend"))
    await until(world.prompts, "the question")
    await works(world)
    await asking
    assert world.titles("ben").count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(60)
async def test_ten_thousand_messages_while_it_was_down_are_read_in_order_and_in_pages(
    socket: Watched,
) -> None:
    round_ = await socket.asked()
    await socket.end()
    names = [f"p{number}" for number in range(100)]
    for name in names:
        socket.there.join(name, (socket.channel.id,))
    for number in range(10_000):
        text = f"Message {number}, long enough to count."
        socket.people.write(f"U0P{number % 100}", socket.channel.id, text, round_.message)
    calls = len(socket.slack.calls)
    # A socket that is replaced is a gap of its own, after which all is read again; and with QUICK's pings one garbage
    # collection on a busy machine is enough for it.
    socket.pace = replace(QUICK, ping_every=600)
    await socket.start()
    await socket.platform.settled()
    assert len(await socket.replies()) == 10_000
    texts = {one.member.id: one.text for one in await socket.answers()}
    assert texts == {f"U0P{number}": f"Message {number}, long enough to count." for number in range(100)}
    made = Counter(name for name, _ in socket.slack.calls[calls:])
    assert made["apps.connections.open"] == 1, "no gap came in between"
    assert 50 <= made["conversations.replies"] <= 55
    assert made["chat.postEphemeral"] <= 200, "a word for the answer and one for the first comment"
    assert made["reactions.add"] <= 200, "Slack takes about fifty a minute"


@pytest.mark.bad_input(52, 60)
async def test_edits_and_deletions_while_it_was_down_are_followed(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.say("ben", OTHER)
    await world.end()
    await world.advance(minutes=1)
    world.people.changed(world.said("ada", ANSWER), "The text as it was changed while nobody listened.")
    world.people.gone(world.said("ben", OTHER))
    await world.start()
    await world.settled()
    (answer,) = await world.answers()
    assert answer.text == "The text as it was changed while nobody listened."


@pytest.mark.bad_input(60, 74, 77)
async def test_a_reading_that_fails_is_tried_again(socket: Watched) -> None:
    await socket.asked()
    await socket.end()
    await missed(socket)
    socket.slack.faults.next("conversations.replies", Status(500), Reset(), Refused("internal_error"))
    socket.pace = replace(QUICK, read_again=0.1)
    await socket.start()
    await caught_up(socket)


@pytest.mark.bad_input(96)
async def test_after_three_days_away_one_late_question_at_most(world: Watched) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.end()
    await world.advance(days=3)
    await world.start()
    await world.ring()
    await world.ring()
    assert len(world.prompts()) <= 1


@pytest.mark.bad_input(107)
async def test_no_ticket_stands_in_what_the_platform_says_of_itself(socket: Watched) -> None:
    said = f"{socket.platform.status} {socket.platform.notices} {socket.platform.fault}"
    assert TICKET not in said and "xox" not in said and "xapp" not in said
    assert timedelta(0) < socket.platform.outgoing.landing(socket.channel)
