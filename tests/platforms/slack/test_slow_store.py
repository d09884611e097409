"""A store that is slow or stuck: Slack gets its answer in time, and people see what came of it in the end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.chat.cards import joined
from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from tests.contracts.slack_world import QUICK, STUDY
from tests.memory_store import MemoryStore
from tests.platforms.slack.conftest import ANSWER, REVIEW, Watched
from tests.platforms.slack.drawn import inputs_of, text_of

T = TypeVar("T")

SOON = replace(QUICK, acknowledge_within=0.1, read_again=0.3)


class SlowStore(MemoryStore):
    """A store whose writes take `seconds`, and fail while it is `stuck`."""

    seconds = 0.0
    stuck = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, in time."""
        await asyncio.sleep(self.seconds)
        if self.stuck:
            raise StoreUnavailable("database is locked")
        return await super().write(work)


@pytest.fixture
async def slow(world: Watched) -> AsyncIterator[SlowStore]:
    """The world's store, slow from now on; the bot answers Slack after 0.1 s at the latest."""
    await world.end()
    store = SlowStore("this-instance")
    world.store, world.pace = store, SOON
    await world.start()
    await world.asked()
    yield store
    store.seconds, store.stuck = 0.0, False


@pytest.mark.bad_input(82)
@pytest.mark.parametrize("line", ["/question devops", "/zone Asia/Tokyo", "/streak"])
async def test_a_command_is_acknowledged_in_time_and_answered_when_it_is_done(
    world: Watched, slow: SlowStore, line: str
) -> None:
    slow.seconds = 0.4
    before = len(world.visible("ada"))
    delivery = await world.people.type("U0ADA", STUDY, line)
    (sent,) = delivery.sent
    assert sent.taken and sent.seconds is not None and sent.seconds < 0.35
    await world.settled()
    assert len(world.visible("ada")) > before


@pytest.mark.bad_input(82)
async def test_a_form_is_acknowledged_in_time_and_its_window_says_the_end(
    world: Watched, slow: SlowStore
) -> None:
    await world.press("ada", "Answer")
    slow.seconds = 0.4
    assert await world.people.submit("U0ADA", {"text": ANSWER}) == {}
    blocks = world.there.modals["U0ADA"]["blocks"]
    assert "longer than usual" in text_of(blocks, world.name)
    await world.settled()
    assert "Kept. Day 1" in text_of(world.there.modals["U0ADA"]["blocks"], world.name)
    assert [one.text for one in await world.answers()] == [ANSWER]


@pytest.mark.bad_input(82, 83)
async def test_a_form_that_could_not_be_kept_comes_back_with_what_was_typed(
    world: Watched, slow: SlowStore
) -> None:
    await world.press("ada", "Answer")
    slow.stuck = True
    errors = await world.people.submit("U0ADA", {"text": ANSWER})
    assert "text" in errors and inputs_of(world.there.modals["U0ADA"]["blocks"]) == {"text": ""}
    slow.stuck = False
    assert await world.fill("ada", {"text": ANSWER}) is None
    assert [one.text for one in await world.answers()] == [ANSWER]


@pytest.mark.bad_input(82, 83)
async def test_a_form_that_fails_late_shows_its_text_again(world: Watched, slow: SlowStore) -> None:
    await world.press("ada", "Answer")
    slow.seconds, slow.stuck = 0.4, True
    assert await world.people.submit("U0ADA", {"text": ANSWER}) == {}
    await world.settled()
    view = world.there.modals["U0ADA"]
    shown = text_of(view["blocks"], world.name) + str(inputs_of(view["blocks"]))
    assert ANSWER in shown, "what was typed is not lost"
    assert await world.answers() == []


@pytest.mark.bad_input(82, 83)
async def test_a_review_that_fails_late_shows_its_words_again_and_not_what_was_chosen(
    world: Watched, slow: SlowStore
) -> None:
    await world.join("cyd")
    await world.say("ada", ANSWER)
    await world.press("cyd", "Review")
    await world.press("cyd", "Write a review")
    slow.seconds, slow.stuck = 0.4, True
    ticked = joined("12")
    assert await world.people.submit("U0CYD", {**REVIEW, "covered": ticked}) == {}
    await world.settled()
    card = text_of(world.there.modals["U0CYD"]["blocks"], world.name)
    assert "This was not kept." in card and REVIEW["strong"] in card and REVIEW["change"] in card
    lines = {line.strip("> ") for line in card.splitlines()}
    assert not lines & {REVIEW["structure"], REVIEW["substance"], ticked}


@pytest.mark.bad_input(83)
async def test_while_the_store_is_stuck_replies_come_again_until_they_are_kept(
    world: Watched, slow: SlowStore
) -> None:
    round_ = await world.round()
    slow.stuck = True
    said = world.people.write("U0ADA", STUDY, ANSWER, round_.message)
    world.slack.deliveries.pause = 0.2
    world.slack.deliveries.patience = 0.5
    sending = asyncio.create_task(world.people.event(world.people.said(said)))
    await asyncio.sleep(0.6)
    slow.stuck = False
    delivery = await sending
    await world.settled()
    assert delivery.acknowledged and not delivery.sent[0].taken
    assert len(await world.answers()) == 1


@pytest.mark.bad_input(60, 83)
async def test_what_slack_gave_up_on_while_the_store_was_stuck_is_read_when_it_is_back(
    world: Watched, slow: SlowStore
) -> None:
    round_ = await world.round()
    slow.stuck = True
    said = world.people.write("U0ADA", STUDY, ANSWER, round_.message)
    world.slack.deliveries.patience = 0.3
    delivery = await world.people.event(world.people.said(said))
    assert not delivery.acknowledged and len(delivery.sent) == 4, "Slack has given up"
    slow.stuck = False
    async with asyncio.timeout(10):
        while not await world.answers():
            await asyncio.sleep(0.05)
    await world.settled()
    assert world.titles("ada").count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(83)
async def test_a_command_while_the_store_is_stuck_says_so(world: Watched, slow: SlowStore) -> None:
    slow.stuck = True
    delivery = await world.people.type("U0BEN", STUDY, "/zone Asia/Tokyo")
    await world.settled()
    assert delivery.acknowledged
    assert "try again" in world.seen(world.visible("ben")[-1]).text.casefold()


@pytest.mark.bad_input(88)
async def test_what_is_being_said_is_said_before_the_bot_ends(world: Watched) -> None:
    await world.asked()
    round_ = await world.round()
    said = world.people.write("U0ADA", STUDY, ANSWER, round_.message)
    await world.people.event(world.people.said(said))
    await world.end()
    assert "Kept. Day 1, a streak begins." in world.titles("ada")
