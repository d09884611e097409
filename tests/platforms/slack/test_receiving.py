"""What people write arrives late, twice, out of order or broken; the end state is that of the right order."""

import itertools
from typing import Any

import pytest

from tests.platforms.slack.conftest import ANSWER, OTHER, Watched
from tests.platforms.slack.fake_state import BOT, BOT_USER, Json


@pytest.mark.bad_input(51)
async def test_the_same_event_three_times_is_one_answer(world: Watched) -> None:
    round_ = await world.asked()
    said = world.people.write("U0ADA", world.channel.id, ANSWER, round_.message)
    for _ in range(3):
        delivery = await world.people.event(world.people.said(said), "Ev0SAME")
        assert delivery.acknowledged and len(delivery.sent) == 1
    await world.people.event(world.people.said(said), "Ev0OTHER")
    await world.settled()
    assert len(await world.replies()) == len(await world.answers()) == await world.days("ada") == 1
    assert [title for title in world.titles("ada") if title.startswith("Kept")] == [
        "Kept. Day 1, a streak begins."
    ]
    assert list(said.reactions.values()) == [{BOT_USER}]


@pytest.mark.bad_input(51, 104)
async def test_a_command_a_press_and_a_form_sent_twice_count_once(world: Watched) -> None:
    await world.asked()
    command = world.people.command("U0ADA", world.channel.id, "/question backend")
    for _ in range(2):
        await world.slack.deliveries.deliver("slash_commands", command)
    await world.settled()
    assert len(await world.rounds()) == len(world.prompts()) == 2
    hint = world.press_of("ben", "Hint")
    for _ in range(2):
        await world.people.interact(hint)
    await world.settled()
    await world.press("ben", "Hint")
    assert "Hint 2 of 2" in world.titles("ben")[-1]
    await world.press("ada", "Answer")
    filled = world.people.filled("U0ADA", {"text": ANSWER})
    for _ in range(3):
        await world.people.interact(filled)
    await world.settled()
    (answer,) = await world.answers()
    assert (answer.text, answer.version) == (ANSWER, 1)


@pytest.mark.bad_input(52, 54)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
@pytest.mark.parametrize("apart", [10, 0.2], ids=str)
async def test_said_edited_and_edited_again_end_alike_in_any_order(
    socket: Watched, order: tuple[int, ...], apart: float
) -> None:
    round_ = await socket.asked()
    people = socket.people
    said = people.write("U0ADA", socket.channel.id, ANSWER, round_.message)
    events = [people.said(said)]
    for text in (OTHER, OTHER + " And the last word."):
        socket.clock.advance(seconds=apart)
        events.append(people.changed(said, text))
    for number in order:
        await people.event(events[number])
    await socket.settled()
    (answer,) = await socket.answers()
    assert answer.text == OTHER + " And the last word." and await socket.days("ada") == 1


@pytest.mark.bad_input(52, 54)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
async def test_what_was_deleted_stays_deleted_in_any_order(socket: Watched, order: tuple[int, ...]) -> None:
    round_ = await socket.asked()
    people = socket.people
    said = people.write("U0ADA", socket.channel.id, ANSWER, round_.message)
    events = [people.said(said)]
    socket.clock.advance(seconds=10)
    events.append(people.changed(said, OTHER))
    socket.clock.advance(seconds=10)
    events.append(people.gone(said))
    for number in order:
        await people.event(events[number])
    socket.clock.advance(days=2)
    await people.event(events[0])  # sent again days later
    await socket.settled()
    assert await socket.answers() == []
    assert [one.deleted_at is not None for one in await socket.replies()] == [True]


@pytest.mark.bad_input(55)
async def test_links_that_unfold_are_no_edit(world: Watched) -> None:
    round_ = await world.asked()
    said = await world.people.say("U0ADA", world.channel.id, ANSWER, round_.message)
    event = world.people.changed(said, OTHER)
    event["message"] = {key: value for key, value in event["message"].items() if key != "edited"}
    await world.people.event(event)
    await world.settled()
    assert [(one.text, one.version) for one in await world.answers()] == [(ANSWER, 1)]


@pytest.mark.bad_input(56)
async def test_an_event_two_hours_late_counts_for_the_day_it_was_written(world: Watched) -> None:
    round_ = await world.asked()
    await world.advance(hours=15, minutes=59)  # 23:59
    said = world.people.write("U0ADA", world.channel.id, ANSWER, round_.message)
    await world.advance(hours=2)
    await world.people.event(world.people.said(said))
    await world.settled()
    (answer,) = await world.answers()
    assert (answer.local_date.day, answer.at.hour) == (2, 23)


@pytest.mark.bad_input(50)
@pytest.mark.parametrize(
    "by",
    [
        {"bot_id": "B0OTHER", "app_id": "A0OTHER"},
        {"subtype": "bot_message", "bot_id": "B0HOOK"},
        {"bot_id": BOT, "user": BOT_USER},
        {"user": "USLACKBOT", "subtype": "slackbot_response"},
    ],
    ids=str,
)
async def test_bots_and_webhooks_answer_nothing(world: Watched, by: Json) -> None:
    round_ = await world.asked()
    said = world.people.write("U0ADA", world.channel.id, ANSWER, round_.message)
    await world.people.event({**world.people.said(said), **by})
    await world.settled()
    assert await world.replies() == []


@pytest.mark.bad_input(50)
async def test_a_guest_of_another_team_is_somebody_of_their_own(world: Watched) -> None:
    round_ = await world.asked()
    world.there.join("zoe", (world.channel.id,), team="T0OTHER")
    said = world.people.write("U0ZOE", world.channel.id, ANSWER, round_.message)
    event = {**world.people.said(said), "user_team": "T0OTHER", "source_team": "T0OTHER"}
    await world.people.event(event, is_ext_shared_channel=True)
    await world.settled()
    (answer,) = await world.answers()
    assert answer.member.id == "T0OTHER-U0ZOE"
    assert "Kept. Day 1, a streak begins." in world.titles("zoe")


@pytest.mark.bad_input(48)
async def test_of_files_the_links_are_kept_and_nothing_is_fetched(world: Watched) -> None:
    round_ = await world.asked()
    link = "https://group.slack.com/files/U0ADA/F1/huge.mov"
    private = "https://files.slack.com.evil.example/files-pri/T1-F1/huge.mov"
    file = {"id": "F1", "permalink": link, "url_private": private, "size": 5 * 10**8}
    more = {"subtype": "file_share", "files": [file] * 12, "upload": False}
    calls = len(world.slack.calls)
    await world.people.say("U0ADA", world.channel.id, ANSWER, round_.message, **more)
    await world.settled()
    (answer,) = await world.answers()
    assert answer.text.startswith(ANSWER) and link in answer.text and private not in answer.text
    assert not [name for name, _ in world.slack.calls[calls:] if name.startswith("files")]


@pytest.mark.bad_input(43)
async def test_forty_thousand_characters_are_kept_and_can_be_shown(world: Watched) -> None:
    round_ = await world.asked()
    text = "words and 👨‍👩‍👧‍👦 " * 2200
    await world.people.say("U0ADA", world.channel.id, text, round_.message)
    await world.settled()
    (answer,) = await world.answers()
    assert answer.text.strip() == text.strip()
    await world.press("ada", "Answer")
    assert len(world.preset("ada")["text"]) <= 3000


@pytest.mark.bad_input(44, 45, 46)
async def test_what_pings_in_slack_pings_nobody_in_what_the_bot_says(world: Watched) -> None:
    await world.asked()
    nasty = "@here @channel <!everyone> <!subteam^S1> <@U0BEN> ```code [x](javascript:1) <http://evil|bank> \u202e"
    await world.say("ada", nasty)
    await world.edit("ada", nasty, nasty + " once more")
    for said in world.there.messages:
        if said.by_bot:
            assert "<!" not in said.text and "<@" not in said.text
            assert '"type": "user"' not in str(said.blocks) and "usergroup" not in str(said.blocks)
    (answer,) = await world.answers()
    assert "<http://evil|bank>" in answer.text and answer.text.endswith("once more")


@pytest.mark.bad_input(59)
async def test_an_edit_into_emptiness_keeps_the_earlier_version(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.advance(minutes=1)
    await world.edit("ada", ANSWER, " ")
    assert len(await world.replies()) == 1 and await world.days("ada") == 1


@pytest.mark.bad_input(61)
@pytest.mark.parametrize(
    "event",
    [
        {"type": "made_up_event", "user": "U0ADA"},
        {"type": "message", "channel": None, "user": None, "text": None, "ts": None, "thread_ts": 7},
        {
            "type": "message",
            "channel": "C0STUDY",
            "user": "U0ADA",
            "ts": "1.1",
            "thread_ts": "1.0",
            "text": 5,
        },
        {"type": "message", "subtype": "message_changed", "channel": "C0STUDY", "message": None},
        {"type": "message", "subtype": "message_deleted", "channel": "C0STUDY", "previous_message": "x"},
        {
            "type": "message",
            "channel": "C0STUDY",
            "user": "U0ADA",
            "ts": "x",
            "thread_ts": "y",
            "text": "a" * 40,
        },
        {"type": "user_change", "user": None},
        {"type": "app_home_opened"},
        {},
    ],
    ids=str,
)
async def test_an_event_that_nobody_understands_is_taken_once_and_kept_raw(
    world: Watched, event: Json
) -> None:
    await world.asked()
    delivery = await world.people.event(event, "Ev0ODD")
    assert delivery.acknowledged and len(delivery.sent) == 1
    await world.settled()
    assert await world.replies() == []
    at = world.clock.now()
    known = await world.store.write(lambda tx: tx.take_event(world.workspace, "Ev0ODD", at, None))
    assert not known, "the inbox has it"
    await world.say("ada", ANSWER)
    assert len(await world.answers()) == 1


@pytest.mark.bad_input(61)
@pytest.mark.parametrize("event", [None, 5, [], "message"], ids=repr)
async def test_an_envelope_with_nothing_in_it_is_taken(world: Watched, event: Any) -> None:
    await world.asked()
    delivery = await world.people.event(event, "Ev0EMPTY")
    assert delivery.acknowledged and len(delivery.sent) == 1


@pytest.mark.bad_input(82, 83)
async def test_an_event_that_could_not_be_kept_is_not_acknowledged_and_comes_again(world: Watched) -> None:
    round_ = await world.asked()
    world.slack.deliveries.patience = 2.5
    world.memory.fail_next_commit()
    said = world.people.write("U0ADA", world.channel.id, ANSWER, round_.message)
    delivery = await world.people.event(world.people.said(said))
    await world.settled()
    assert [one.taken for one in delivery.sent] == [False, True]
    assert len(await world.replies()) == len(await world.answers()) == await world.days("ada") == 1


@pytest.mark.bad_input(64)
async def test_a_prompt_that_a_moderator_deleted_is_not_posted_again(world: Watched) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.advance(hours=1)
    await world.ring()
    prompt = world.newest_prompt()
    await world.people.say("U0ADA", world.channel.id, ANSWER, prompt.ts)
    await world.people.event(world.people.gone(prompt))
    await world.settled()
    for _ in range(3):
        await world.advance(minutes=10)
        await world.ring()
    await world.restart()
    await world.ring()
    assert world.prompts() == [] and len(await world.answers()) == 1
