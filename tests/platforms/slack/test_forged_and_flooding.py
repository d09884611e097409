"""What is forged, pressed by others, or comes too fast changes nothing, and says so."""

import asyncio
import json
import time
from dataclasses import replace
from typing import Any

import pytest

from tests.chat.world import LONG_ENOUGH
from tests.contracts.slack_world import QUICK, STUDY
from tests.platforms.slack.conftest import ANSWER, OTHER, Watched
from tests.platforms.slack.drawn import buttons_of

MANAGERS = ("set 09:00", "pause", "resume", "now", "skip", "remove", "list", "log", "next")


def element(action: str, value: str) -> dict[str, Any]:
    """A button as somebody makes it up."""
    text = {"type": "plain_text", "text": "x"}
    return {"type": "button", "action_id": f"action:{action}", "value": value, "text": text, "block_id": "b"}


async def state(world: Watched) -> tuple[object, ...]:
    """All that counts."""
    answers = [(one.id, one.text, one.version) for one in await world.answers()]
    return answers, len(await world.rounds()), await world.days("ada"), await world.days("ben")


@pytest.mark.bad_input(101, 104)
@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("answer", "aaaaaaaaaaaaaaaa"),
        ("answer", ""),
        ("answer", "'; DROP TABLE answer; --"),
        ("hint", "../../etc/passwd"),
        ("points", "x" * 2000),
        ("replace", "1.1/2.2"),
        ("add", "//"),
        ("withdraw", "{0.__class__}"),
        ("restore", "\u202e%s%n"),
        ("ask", "no-such-question"),
        ("delete-me", "somebody"),
        ("no-such-action", "x"),
        ("", ""),
    ],
)
async def test_a_made_up_button_is_not_found_and_changes_nothing(
    world: Watched, action: str, value: str
) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    before = await state(world)
    delivery = await world.people.interact(
        world.people.pressed("U0BEN", world.newest_prompt(), element(action, value))
    )
    await world.settled()
    assert delivery.acknowledged and await state(world) == before


@pytest.mark.bad_input(101, 102)
@pytest.mark.parametrize("label", ["Withdraw", "Use instead", "Add to my answer"])
async def test_somebody_elses_private_button_does_nothing(world: Watched, label: str) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    before = await state(world)
    buttons = {b["text"]["text"]: (m, b) for m in world.visible("ada") for b in buttons_of(m.blocks)}
    said, button = buttons[label]
    await world.people.interact(world.people.pressed("U0BEN", said, button))
    await world.settled()
    assert await state(world) == before


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "null",
        json.dumps({"action": "answer", "value": "aaaaaaaaaaaaaaaa", "channel": "C0OTHER", "thread": ""}),
        json.dumps({"action": "delete-me", "value": "U0ADA", "channel": STUDY}),
        json.dumps({"action": 5, "value": [], "channel": {}}),
    ],
)
async def test_a_form_with_a_made_up_address_keeps_nothing(world: Watched, kept: str) -> None:
    await world.asked()
    await world.press("ben", "Answer")
    payload = world.people.filled("U0BEN", {"text": ANSWER})
    payload["view"]["private_metadata"] = kept
    delivery = await world.people.interact(payload)
    await world.settled()
    assert delivery.acknowledged
    assert [one for one in await world.answers() if one.member == world.member("ben")] == []


@pytest.mark.bad_input(102)
@pytest.mark.parametrize("line", MANAGERS)
async def test_a_member_commands_no_schedule_nor_by_mention_nor_directly(world: Watched, line: str) -> None:
    await world.asked()
    await world.say("ben", f"/daily {line}")
    assert "for managers" in world.seen(world.visible("ben")[-1]).text
    await world.advance(seconds=30)
    thread = world.newest_prompt().ts
    await world.people.say("U0BEN", STUDY, f"@bot daily {line}", thread)
    said = world.people.write("U0BEN", STUDY, "", thread)
    said.text = f"<@U0BOT> daily {line}"
    await world.people.event(world.people.said(said))
    direct = world.there.direct_with("U0BEN")
    await world.people.type("U0BEN", direct.id, f"/daily {line}")
    await world.settled()
    assert await world.store.read(lambda tx: tx.schedules(world.workspace)) == []
    assert len(await world.rounds()) == 1


@pytest.mark.bad_input(73, 102)
async def test_who_is_no_admin_any_more_commands_nothing_from_then_on(world: Watched) -> None:
    await world.asked()
    world.there.people["U0ADA"].is_admin = False
    await world.say("ada", "/daily set 09:00")
    assert await world.store.read(lambda tx: tx.schedules(world.workspace)) == []


@pytest.mark.bad_input(71)
async def test_who_cannot_be_looked_up_is_no_manager_and_loses_nothing(world: Watched) -> None:
    from tests.platforms.slack.fake_faults import Status

    await world.asked()
    world.slack.faults.always("users.info", Status(500))
    await world.advance(minutes=30)
    await world.say("ada", "/daily set 09:00")
    await world.say("ben", ANSWER)
    assert await world.store.read(lambda tx: tx.schedules(world.workspace)) == []
    assert len(await world.answers()) == 1


@pytest.mark.bad_input(102)
async def test_a_command_in_a_direct_message_or_where_the_bot_is_not_gives_an_answer(world: Watched) -> None:
    await world.asked()
    direct = world.there.direct_with("U0ADA")
    for place in (direct.id, world.there.open_channel("C0OTHER", "other", with_bot=False).id):
        world.there.places[place].members.add("U0ADA")
        for line in ("/streak", "/question backend"):
            await world.advance(seconds=5)
            before = len(world.there.messages)
            await world.people.type("U0ADA", place, line)
            await world.settled()
            assert len(world.there.messages) > before, f"{line} in {place}"


@pytest.mark.bad_input(106)
async def test_one_person_at_a_hundred_a_second_is_told_once_and_others_are_served(world: Watched) -> None:
    await world.asked()
    await world.advance(seconds=60)
    world.slack.deliveries.patience = 10
    flood = [world.people.type("U0BEN", STUDY, "/streak") for _ in range(100)]
    began = time.monotonic()
    waiting = asyncio.gather(*flood)
    await world.people.type("U0ADA", STUDY, "/streak")
    served = time.monotonic() - began
    deliveries = await waiting
    await world.settled()
    assert all(one.acknowledged for one in deliveries) and served < 3
    titles = world.titles("ben")
    assert sum(title.startswith("Streak") for title in titles) == 5
    assert len(titles) - 5 <= 3, "the card, the thread's first line and one notice"
    assert world.titles("ada")[-1].startswith("Streak")


@pytest.mark.bad_input(106)
async def test_commands_by_mention_are_limited_too(world: Watched) -> None:
    await world.asked()
    await world.advance(seconds=60)
    thread = world.newest_prompt().ts
    before = len(world.titles("ben"))
    for _ in range(20):
        said = world.people.write("U0BEN", STUDY, "", thread)
        said.text = "<@U0BOT> streak"
        await world.people.event(world.people.said(said))
    await world.settled()
    assert len(world.titles("ben")) - before <= 6


@pytest.mark.bad_input(106)
async def test_messages_in_a_thread_are_never_dropped_for_coming_fast(world: Watched) -> None:
    round_ = await world.asked()
    said = [world.people.write("U0BEN", STUDY, f"{LONG_ENOUGH} {n}", round_.message) for n in range(60)]
    await asyncio.gather(*(world.people.event(world.people.said(one)) for one in said))
    await world.settled()
    assert len(await world.replies()) == 60 and len(await world.answers()) == 1


@pytest.mark.bad_input(74, 106)
async def test_the_pace_of_a_channel_is_kept_and_holds_up_no_acknowledgement(socket: Watched) -> None:
    await socket.end()
    socket.pace = replace(QUICK, burst=2, per_second=10)
    await socket.start()
    round_ = await socket.asked()
    names = [f"p{number}" for number in range(10)]
    began = time.monotonic()
    for name in names:
        socket.there.join(name, (STUDY,))
        said = socket.people.write(f"U0{name.upper()}", STUDY, f"{LONG_ENOUGH} {name}", round_.message)
        delivery = await socket.people.event(socket.people.said(said))
        assert delivery.sent[0].seconds is not None and delivery.sent[0].seconds < 0.3
    assert len(await socket.answers()) == 10
    await socket.settled()
    assert time.monotonic() - began > 0.7, "ten a second after a burst of two"
    assert all("Kept. Day 1, a streak begins." in socket.titles(name) for name in names)


@pytest.mark.bad_input(106)
async def test_a_form_that_comes_too_fast_stays_open(world: Watched) -> None:
    await world.asked()
    await world.advance(seconds=60)
    await world.people.interact(world.press_of("ben", "Answer"))
    for _ in range(6):
        await world.people.type("U0BEN", STUDY, "/streak")
    errors = await world.people.submit("U0BEN", {"text": ANSWER})
    await world.settled()
    assert errors, "Slack closes a window that is answered with nothing, and the text is lost"
    await world.advance(seconds=30)
    assert await world.fill("ben", {"text": ANSWER}) is None
    assert len(await world.answers()) == 1


@pytest.mark.bad_input(104)
async def test_fifty_presses_at_once_change_as_much_as_one(world: Watched) -> None:
    await world.asked()
    await world.say("ada", ANSWER)
    await world.advance(seconds=60)
    presses = [world.press_of("ada", "Withdraw") for _ in range(50)]
    await asyncio.gather(*(world.people.interact(one) for one in presses))
    await world.settled()
    assert await world.answers() == [] and world.titles("ada").count("Withdrawn.") == 1


@pytest.mark.bad_input(109)
@pytest.mark.parametrize(
    "text", ["a" * 39_000, "\n" * 39_000, "<" * 39_000, "<@" * 19_000, "`" * 39_000, "&amp;" * 7_000]
)
async def test_odd_long_texts_cost_little(socket: Watched, text: str) -> None:
    round_ = await socket.asked()
    began = time.monotonic()
    await socket.people.say("U0ADA", STUDY, text, round_.message)
    await socket.settled()
    assert time.monotonic() - began < 3
    assert len(await socket.replies()) == 1


@pytest.mark.bad_input(70, 108)
async def test_an_export_is_a_file_of_a_fixed_name_sent_directly(world: Watched) -> None:
    await world.asked()
    await world.say("ada", '=cmd("x") is my answer, and it is long enough')
    await world.say("ada", "/privacy export")
    (file,) = world.there.files.values()
    assert file["channel"] == "D0ADA" and "/" not in file["name"] and ".." not in file["name"]
    assert b"cmd" in file["content"]
