"""The walk through practice against local-slack, a server of other people's making, in both of Slack's modes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.places import Channel, Member, Platform, Workspace
from bot.practice import asking, scheduling
from tests.chat.world import bank
from tests.platforms.slack.drawn import Json, buttons_of, inputs_of
from tests.platforms.slack.local_bot import LocalBot, eventually, local_bot, read
from tests.platforms.slack.local_slack import STUDY, TEAM, id_of
from tests.stores import sqlite

PROMPT = "[Answer] [Hint] [Key points] [Sample answer] [Review]"
ANSWER = "I would count the load first & draw the parts < the whole."
REVIEW = {
    "structure": "4",
    "substance": "3",
    "covered": "1",
    "strong": "The load is counted before anything is drawn.",
    "change": "Name the weak spot, and say what fails first.",
}
OTHER = "Then I would look for the weakest spot and measure it."


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LocalBot]:
    async with (
        sqlite(tmp_path) as store,
        local_bot(tmp_path, store, bank(), request.param == "http") as running,
    ):
        yield running


async def asked(bot: LocalBot) -> Json:
    await bot.server.type("ada", "/question backend")
    prompt = await bot.seen("bob", PROMPT)
    assert "Asked for by Ada" in read(prompt) or "Asked for by ada" in read(prompt)
    return prompt


async def signed(bot: LocalBot, ts: str) -> None:
    async def there() -> bool:
        message = next(one for one in await bot.server.messages() if one["ts"] == ts)
        return bool(message.get("reactions"))

    await eventually(there, "a sign on the message")


async def test_a_reply_in_the_thread_is_acknowledged_and_counts(bot: LocalBot) -> None:
    prompt = await asked(bot)
    ts = await bot.server.say("bob", ANSWER, prompt["ts"])
    kept = await bot.seen("bob", "Kept. Day 1, a streak begins.")
    assert kept["ephemeral_to"] == id_of("bob") and kept["thread_ts"] == prompt["ts"]
    await signed(bot, ts)
    await bot.server.type("bob", "/streak")
    assert (await bot.seen("bob", "Streak: 1 day")).get("ephemeral_to") == id_of("bob")


async def test_hints_and_what_is_held_back(bot: LocalBot) -> None:
    prompt = await asked(bot)
    await bot.server.press("bob", prompt["ts"], "Hint")
    hint = await bot.seen("bob", "Hint 1 of 2")
    assert hint["ephemeral_to"] == id_of("bob")
    await bot.server.press("bob", prompt["ts"], "Key points")
    await bot.seen("bob", "That did not work.")
    await bot.server.say("bob", ANSWER, prompt["ts"])
    await bot.seen("bob", "Kept. Day 1")
    await bot.server.press("bob", prompt["ts"], "Key points")
    await bot.seen("bob", "Names the weak spot")


async def test_the_form_comes_back_with_its_mistake_and_is_then_taken(bot: LocalBot) -> None:
    prompt = await asked(bot)
    await bot.server.press("bob", prompt["ts"], "Answer")
    form = await bot.modal("Your answer")
    (field,) = inputs_of(form["blocks"])
    await bot.server.submit("bob", {field: "short"})

    async def mended() -> bool:
        return "An answer has at least 15." in str(bot.server.errors.get(field))

    await eventually(mended, "the mistake at its field")
    await bot.server.submit("bob", {field: ANSWER})
    await bot.modal("Kept. Day 1")
    await bot.server.press("bob", prompt["ts"], "Answer")
    form = await bot.modal("Your answer")
    assert inputs_of(form["blocks"]) == {field: ANSWER}


async def test_an_edit_and_a_deletion_are_followed(bot: LocalBot) -> None:
    prompt = await asked(bot)
    ts = await bot.server.say("bob", ANSWER, prompt["ts"])
    await bot.seen("bob", "Kept. Day 1")
    await bot.server.edit("bob", ts, OTHER)
    await bot.seen("bob", "Kept. Your answer has the new text.")
    await bot.server.delete("bob", ts)
    await bot.seen("bob", "Withdrawn.")


async def test_the_daily_question_is_posted_once(bot: LocalBot) -> None:
    await bot.server.type("ada", "/daily set 09:00")
    await bot.seen("ada", "is for managers")  # local-slack knows no admins, so the schedule is set without it
    workspace = Workspace(Platform.SLACK, TEAM)
    ada, study = Member(workspace, id_of("ada")), Channel(workspace, STUDY)
    await scheduling.set_daily(bot.ports, study, ada, scheduling.Wish("09:00", zone="UTC"))
    tomorrow = (bot.clock.now() + timedelta(days=1)).replace(hour=9, minute=1)
    bot.clock.shift = tomorrow - bot.clock.now()
    await asking.post_due(bot.ports)
    await asking.post_due(bot.ports)
    bot.clock.shift = timedelta()
    prompt = await bot.seen("bob", PROMPT)
    assert len(await prompts(bot)) == 1
    await bot.server.press("bob", prompt["ts"], "Hint")
    await bot.seen("bob", "Hint 1 of 2")


async def prompts(bot: LocalBot) -> list[Json]:
    """The questions that stand in the channel."""
    return [one for one in await bot.server.messages() if len(buttons_of(one.get("blocks") or [])) == 5]


async def test_app_home_shows_the_streak(bot: LocalBot) -> None:
    prompt = await asked(bot)
    await bot.server.say("bob", ANSWER, prompt["ts"])
    await bot.seen("bob", "Kept. Day 1")
    await bot.server.open_home("bob")

    async def shown() -> bool:
        return "Streak: 1 day" in read(bot.server.homes.get(id_of("bob")) or {})

    await eventually(shown, "bob's home")
    await bot.server.say(
        "cyd", "Cyd practices in this channel, so cyd is shown what waits there.", prompt["ts"]
    )
    await bot.seen("cyd", "Kept. Day 1")
    await bot.server.open_home("cyd")

    async def waits() -> bool:
        home = read(bot.server.homes.get(id_of("cyd")) or {})
        return "bob’s answer waits for 1 minute." in home and "[Read and review]" in home

    await eventually(waits, "bob's answer in cyd's home")


async def test_an_answer_is_reviewed_in_its_thread_and_its_author_thanks(bot: LocalBot) -> None:
    prompt = await asked(bot)
    await bot.server.say("bob", ANSWER, prompt["ts"])
    await bot.seen("bob", "Kept. Day 1")
    await bot.server.press("cyd", prompt["ts"], "Review")
    task = await bot.seen("cyd", "bob’s answer")
    assert task["ephemeral_to"] == id_of("cyd") and ANSWER in read(task)
    await bot.server.press("cyd", task["ts"], "Write a review")
    form = await bot.modal("Your review")
    assert list(inputs_of(form["blocks"])) == list(REVIEW)
    await bot.server.submit("cyd", {**REVIEW, "strong": "Good."})

    async def mended() -> bool:
        return "strong" in bot.server.errors

    await eventually(mended, "the mistake at its field")
    await bot.server.submit("cyd", REVIEW)
    await bot.modal("Thank you. Your review is kept.")
    card = await bot.seen("bob", "cyd reviewed bob’s answer.")
    assert card["thread_ts"] == prompt["ts"] and "ephemeral_to" not in card
    assert "Key points covered: 1 of 2" in read(card) and "[Thanks] [Flag]" in read(card)
    await bot.restart()
    await bot.server.press("bob", card["ts"], "Thanks")
    await bot.seen("bob", "You said thanks.")
    thanked = await bot.seen("cyd", "bob says thanks.")
    assert thanked["ts"] == card["ts"]
    assert len([one for one in await bot.server.messages() if "Peer review" in read(one)]) == 1
    await bot.server.press("cyd", card["ts"], "Flag")
    await bot.seen("cyd", "That did not work.")


async def test_old_buttons_work_after_a_restart(bot: LocalBot) -> None:
    prompt = await asked(bot)
    await bot.restart()
    await bot.server.press("bob", prompt["ts"], "Hint")
    await bot.seen("bob", "Hint 1 of 2")
    await bot.server.say("bob", ANSWER, prompt["ts"])
    await bot.seen("bob", "Kept. Day 1")
    await bot.server.type("bob", "/question bakend")
    await bot.seen("bob", "backend")
    assert len(await prompts(bot)) == 1
