"""Who people are, where they live, what they call themselves, and the ways around the slash command."""

import pytest

from bot.chat.actions import MESSAGE_ACTIONS
from tests.contracts.slack_world import STUDY
from tests.platforms.slack.conftest import ANSWER, OTHER, Watched
from tests.platforms.slack.drawn import buttons_of, text_of
from tests.platforms.slack.limits import Json, faults_of_view


async def test_a_zone_that_slack_tells_and_changes_is_followed(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    person = world.there.people["U0ADA"]
    person.tz = "Asia/Tokyo"
    await world.people.event({"type": "user_change", "user": person.as_json(), "event_ts": world.there.ts()})
    await world.advance(days=1)
    await world.say("ada", "/zone")
    assert "Asia/Tokyo" in world.seen(world.visible("ada")[-1]).text


@pytest.mark.bad_input(69)
async def test_who_left_is_a_former_member_and_who_was_renamed_is_the_same(world: Watched) -> None:
    await world.asked()
    await world.say("ben", ANSWER)
    ben = world.there.people["U0BEN"]
    ben.name = "benjamin"
    await world.people.event({"type": "user_change", "user": ben.as_json(), "event_ts": world.there.ts()})
    await world.say("ada", "/board")
    assert "benjamin: 1 day" in world.seen(world.visible("ada")[-1]).text
    ben.deleted = True
    await world.people.event({"type": "user_change", "user": ben.as_json(), "event_ts": world.there.ts()})
    await world.advance(minutes=30)
    await world.say("ada", "/board")
    assert "a former member: 1 day" in world.seen(world.visible("ada")[-1]).text


@pytest.mark.bad_input(57)
async def test_an_answer_at_the_last_moment_of_a_day_and_one_at_the_first_of_the_next(world: Watched) -> None:
    await world.asked()
    world.clock.at = world.clock.at.replace(hour=23, minute=59, second=59, microsecond=900_000)
    await world.say("ada", ANSWER)
    world.clock.advance(seconds=0.1)
    await world.say("ben", OTHER)
    assert sorted(one.local_date.day for one in await world.answers()) == [2, 3]


@pytest.mark.parametrize("call", ["<@U0BOT> streak", "<@U0BOT|practice>: /streak", "<@U0BOT>   Streak"])
async def test_in_a_thread_a_mention_calls_a_command_and_is_no_reply(world: Watched, call: str) -> None:
    round_ = await world.asked()
    said = world.people.write("U0BEN", STUDY, "", round_.message)
    said.text = call
    for _ in range(2):
        await world.people.event(world.people.said(said))
    await world.settled()
    assert world.titles("ben").count("Streak: 0 days") == 1 and await world.replies() == []
    assert next(m for m in world.visible("ben") if m.reader).thread == round_.message


async def test_an_answer_that_greets_the_bot_is_an_answer(world: Watched) -> None:
    round_ = await world.asked()
    said = world.people.write("U0BEN", STUDY, "", round_.message)
    said.text = "<@U0BOT> here is my own answer, long enough to count"
    await world.people.event(world.people.said(said))
    await world.settled()
    assert len(await world.answers()) == 1


@pytest.mark.bad_input(102, 104)
async def test_the_message_menu_counts_a_reply_as_the_answer_of_its_author_only(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    (name,) = [action.name for action in MESSAGE_ACTIONS if action.label == "Count this as my answer"]
    await world.advance(seconds=30)
    await world.people.shortcut("U0BEN", world.said("ada", OTHER), name)
    await world.settled()
    assert [one.text for one in await world.answers()] == [ANSWER]
    await world.people.shortcut("U0ADA", world.said("ada", OTHER), name)
    await world.settled()
    assert [one.text for one in await world.answers()] == [OTHER]
    await world.people.shortcut("U0ADA", world.newest_prompt(), name)
    await world.people.shortcut("U0ADA", world.said("ada", OTHER), "no-such-entry")
    await world.settled()
    assert [one.text for one in await world.answers()] == [OTHER]


async def test_app_home_shows_what_is_ones_own(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    for user in ("U0ADA", "U0BEN"):
        await world.people.open_home(user)
    await world.settled()
    shown = {user: text_of(view["blocks"], world.name) for user, view in world.there.homes.items()}
    assert "Streak: 1 day" in shown["U0ADA"] and "Streak: 0 days" in shown["U0BEN"]
    for heart in ("practice day", "time zone", "keep about you"):
        assert heart in shown["U0ADA"]
    for view in world.there.homes.values():
        sent: Json = {key: view[key] for key in ("type", "blocks", "callback_id") if key in view}
        assert faults_of_view(sent) == []


async def test_a_press_in_app_home_is_answered_in_a_window(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.people.open_home("U0ADA")
    await world.settled()
    home = world.there.homes["U0ADA"]
    for button in buttons_of(home["blocks"]):
        await world.advance(seconds=5)
        before = len(world.slack.calls)
        delivery = await world.people.interact(world.people.pressed_in_view("U0ADA", home, button))
        await world.settled()
        assert delivery.acknowledged and len(world.slack.calls) > before


async def test_commands_may_have_a_prefix_which_the_cards_name_too(socket: Watched) -> None:
    await socket.end()
    socket.prefix = "drill-"
    await socket.start()
    await socket.join("ada")
    await socket.say("ada", "/drill-question backend")
    assert len(socket.prompts()) == 1
    await socket.say("ada", "/drill-help")
    text = socket.seen(socket.visible("ada")[-1]).text
    assert "/drill-streak" in text and " /streak" not in text
