"""A prompt whose request goes wrong ends as one message, or as none with its reason; what is counted is the store."""

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.slack import web_api
from bot.domain.rounds import PostingState
from tests.platforms.slack.conftest import ANSWER, Watched
from tests.platforms.slack.fake_faults import CutJson, Late, Limited, Refused, Reset, Silence, Status
from tests.platforms.slack.fake_state import BOT_USER, Json

POST = "chat.postMessage"
LANDED = {"minutes": 3}


async def one_prompt(world: Watched) -> None:
    """The end state: one posted round, one prompt with its marker, and it takes answers."""
    (round_,) = await world.rounds()
    assert round_.posting is PostingState.POSTED and round_.thread is not None
    (prompt,) = world.prompts()
    assert prompt.ts == round_.message == round_.thread.id
    await world.say("ada", ANSWER)
    assert len(await world.answers()) == 1


async def asked_with(world: Watched, *faults: Any) -> None:
    await world.join("ada")
    world.slack.faults.next(POST, *faults)
    await world.say("ada", "/question backend")


@pytest.mark.bad_input(75)
@pytest.mark.parametrize(
    "fault",
    [Reset(False), Reset(True), CutJson(), Silence(False), Silence(True)]
    + [Status(code, took) for code in (500, 502, 503, 504, 524) for took in (False, True)],
    ids=str,
)
async def test_a_post_of_unknown_outcome_ends_as_one_message(
    socket: Watched, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(fault, Silence):
        await socket.end()
        monkeypatch.setattr(web_api, "TIMEOUT", 0.3)
        await socket.start()
    await asked_with(socket, fault)
    assert "I cannot tell yet" in socket.seen(socket.visible("ada")[-1]).text
    assert len(socket.slack.called(POST)) == 1, "an unknown outcome is never sent again blindly"
    await socket.ring()
    await socket.advance(**LANDED)
    await socket.ring()
    await socket.ring()
    await one_prompt(socket)


@pytest.mark.bad_input(76)
@pytest.mark.parametrize("seconds", [5, 45])
@pytest.mark.parametrize("restart", [False, True])
async def test_a_request_that_lands_late_is_adopted(socket: Watched, seconds: int, restart: bool) -> None:
    await asked_with(socket, Late(timedelta(seconds=seconds)))
    await socket.advance(seconds=seconds)
    assert len(socket.prompts()) == 1
    if restart:
        await socket.restart()
    await socket.advance(**LANDED)
    await socket.ring()
    await one_prompt(socket)
    marked = [
        args
        for args in socket.slack.called(POST)
        if args.get("metadata", {}).get("event_type") == "practice_prompt"
    ]
    assert len(marked) == 1


@pytest.mark.bad_input(76)
async def test_of_two_prompts_of_one_round_the_younger_is_removed(socket: Watched) -> None:
    await asked_with(socket, Late(timedelta(seconds=400)))
    await socket.advance(**LANDED)
    await socket.ring()
    (bound,) = socket.prompts()
    await socket.advance(seconds=400)  # the first request lands after all
    _, second = socket.prompts()
    await socket.people.event(socket.people.said(second))
    await socket.settled()
    assert [one.ts for one in socket.prompts()] == [bound.ts]
    await one_prompt(socket)


@pytest.mark.bad_input(77)
@pytest.mark.parametrize("fault", [Limited("3600"), Status(500), Reset(), Refused("internal_error")], ids=str)
async def test_nothing_is_posted_again_while_the_look_up_fails(socket: Watched, fault: Any) -> None:
    await asked_with(socket, Reset(True))
    socket.slack.faults.always("conversations.history", fault)
    for _ in range(3):
        await socket.advance(**LANDED)
        await socket.ring()
    assert len(socket.slack.called(POST)) == 1 and len(socket.prompts()) == 1
    socket.slack.faults.always("conversations.history", None)
    await socket.advance(minutes=16)
    await socket.ring()
    assert len(socket.prompts()) == 1


@pytest.mark.bad_input(78)
async def test_a_prompt_is_found_beyond_the_first_pages_of_history(socket: Watched) -> None:
    await asked_with(socket, Reset(True))
    for number in range(450):
        socket.people.write("U0ADA", socket.channel.id, f"chatter {number}")
    await socket.advance(**LANDED)
    await socket.ring()
    assert len(socket.slack.called("conversations.history")) >= 3
    await one_prompt(socket)


@pytest.mark.bad_input(74)
async def test_a_short_429_on_every_call_is_waited_for(socket: Watched) -> None:
    socket.slack.faults.first_of_each(Limited("0"))
    await socket.asked()
    await socket.say("ada", ANSWER)
    await socket.restart()
    assert len(await socket.answers()) == 1 and len(socket.prompts()) == 1
    assert "Kept. Day 1, a streak begins." in socket.titles("ada")
    (said,) = [one for one in socket.there.messages if one.user == "U0ADA"]
    assert list(said.reactions.values()) == [{BOT_USER}]


@pytest.mark.bad_input(74)
async def test_an_acknowledgement_waits_for_no_429(world: Watched) -> None:
    round_ = await world.asked()
    world.slack.faults.first_of_each(Limited("2"))
    said = world.people.write("U0ADA", world.channel.id, ANSWER, round_.message)
    delivery = await world.people.event(world.people.said(said))
    (sent,) = delivery.sent
    assert sent.taken and sent.seconds is not None and sent.seconds < 1
    assert len(await world.answers()) == 1, "kept before it was acknowledged"
    await world.settled()


@pytest.mark.bad_input(74)
@pytest.mark.parametrize(
    "fault", [Limited("3600"), Limited(None, page=True), Limited("300", page=True)], ids=str
)
async def test_a_long_429_goes_back_to_the_queue_and_no_call_is_made_meanwhile(
    socket: Watched, fault: Any
) -> None:
    await socket.join("ada")
    await socket.say("ada", "/daily set 09:00")
    await socket.advance(hours=1)
    socket.slack.faults.next(POST, fault)
    await socket.ring()
    calls = len(socket.slack.called(POST))
    await socket.ring()
    assert len(socket.slack.called(POST)) == calls <= 2 and socket.prompts() == []
    for _ in range(4):
        await socket.advance(minutes=20)
        await socket.ring()
    (round_,) = [one for one in await socket.rounds() if one.posting is PostingState.POSTED]
    assert len(socket.prompts()) == 1 and round_.message == socket.prompts()[0].ts


@pytest.mark.bad_input(62, 63, 66)
@pytest.mark.parametrize(
    ("event", "change"),
    [
        ({"type": "channel_deleted", "channel": "C0STUDY"}, "deleted"),
        ({"type": "channel_archive", "channel": "C0STUDY", "user": "U0ADA"}, "archived"),
    ],
    ids=["deleted", "archived"],
)
async def test_a_channel_that_goes_pauses_its_schedule_and_its_manager_is_told(
    world: Watched, event: Json, change: str
) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    if change == "deleted":
        gone = world.there.places.pop(world.channel.id)
        world.there.places["C0GONE"] = gone
    else:
        world.there.places[world.channel.id].archived = True
    await world.people.event({**event, "event_ts": world.there.ts()})
    await world.settled()
    told = [world.seen(one) for one in world.there.messages if one.channel == "D0ADA"]
    assert len(told) == 1
    calls = len(world.slack.called(POST))
    await world.advance(days=1, hours=1)
    await world.ring()
    assert len(world.slack.called(POST)) == calls
    (schedule,) = await world.store.read(lambda tx: tx.schedules(world.workspace))
    assert schedule.state == "paused"


@pytest.mark.bad_input(62, 63, 66)
@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel", "restricted_action"])
async def test_a_channel_that_takes_nothing_is_given_up_after_three_tries(
    socket: Watched, error: str
) -> None:
    await socket.join("ada")
    await socket.say("ada", "/daily set 09:00")
    real = socket.slack.there.place

    def place(id_: str) -> Any:
        if id_ == socket.channel.id and socket.slack.calls[-1][0] == POST:
            raise_(error)
        return real(id_)

    socket.slack.there.place = place  # type: ignore[method-assign]
    for _ in range(6):
        await socket.advance(days=1, minutes=61 if not socket.slack.called(POST) else 0)
        await socket.ring()
    tries = [args for args in socket.slack.called(POST) if args["channel"] == socket.channel.id]
    assert 1 <= len(tries) <= 4
    told = [one for one in socket.there.messages if one.channel == "D0ADA"]
    assert 1 <= len(told) <= 3
    (schedule,) = await socket.store.read(lambda tx: tx.schedules(socket.workspace))
    assert schedule.state == "paused"


def raise_(error: str) -> None:
    """Raise what Slack answers."""
    from tests.platforms.slack.fake_state import SlackError

    raise SlackError(error)


@pytest.mark.bad_input(66)
async def test_a_schedule_is_not_taken_where_the_bot_may_not_post(world: Watched) -> None:
    await world.join("ada")
    world.there.places[world.channel.id].members.discard(BOT_USER)
    await world.say("ada", "/daily set 09:00")
    assert "/invite" in world.seen(world.visible("ada")[-1]).text
    assert await world.store.read(lambda tx: tx.schedules(world.workspace)) == []


@pytest.mark.bad_input(75)
async def test_an_answer_is_kept_even_if_nothing_can_be_said(world: Watched) -> None:
    round_ = await world.asked()
    for method in ("chat.postEphemeral", "reactions.add"):
        world.slack.faults.always(method, Status(503))
    delivery = await world.people.event(
        world.people.said(world.people.write("U0ADA", world.channel.id, ANSWER, round_.message))
    )
    await world.settled()
    assert len(delivery.sent) == 1 and len(await world.answers()) == 1


@pytest.mark.bad_input(65, 75)
@pytest.mark.parametrize("fault", [Refused("restricted_action_thread_locked"), Reset(), Status(500)], ids=str)
async def test_a_thread_without_its_first_line_takes_answers(world: Watched, fault: Any) -> None:
    await world.join("ada")
    world.slack.faults.next(POST, None, fault)
    await world.say("ada", "/question backend")
    assert [one for one in world.there.messages if one.thread and one.by_bot and not one.reader] == []
    world.slack.faults.always("chat.postEphemeral", Refused("restricted_action_thread_locked"))
    await one_prompt(world)
    await world.press("ada", "Answer")
    assert world.preset("ada") == {"text": ANSWER}
