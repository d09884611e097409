"""A form whose store is slow: its window says to wait, then what came of it; nothing that was typed is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from tests.contracts.slack_world import QUICK, SlackWorld, labels_of, slack_world
from tests.memory_store import MemoryStore
from tests.platforms.slack.drawn import inputs_of, text_of
from tests.platforms.slack.fake_faults import Refused

ANSWER = "My own answer, long enough to count."
T = TypeVar("T")


class SlowStore(MemoryStore):
    """A store that keeps everybody waiting while a test says so, and may fail after that."""

    def __init__(self) -> None:
        super().__init__()
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        await self.open.wait()
        if self.broken:
            raise StoreUnavailable("locked")
        return await super().write(work)


class Hasty(SlackWorld):
    """A workspace whose bot acknowledges soon."""

    pace_of_it = replace(QUICK, acknowledge_within=0.2)

    def build(self) -> None:
        self.pace = self.pace_of_it
        super().build()

    def modal(self, name: str) -> str:
        """What stands in somebody's window."""
        return text_of(self.there.modals[f"U0{name.upper()}"]["blocks"], lambda id_: id_)


@pytest.fixture(params=["socket", "http"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[Hasty]:
    async with slack_world(SlowStore(), request.param == "http", Hasty) as running:
        await running.join("ada")
        await running.say("ada", "/question backend")
        await running.press("ada", "Answer")
        yield running


def store_of(world: Hasty) -> SlowStore:
    assert isinstance(world.store, SlowStore)
    return world.store


@pytest.mark.bad_input(82)
async def test_a_form_is_answered_in_time_and_its_window_shows_the_result_later(world: Hasty) -> None:
    store_of(world).open.clear()
    delivery = await world.people.interact(world.people.filled("U0ADA", {"text": ANSWER}))
    assert delivery.acknowledged and delivery.sent[0].seconds is not None and delivery.sent[0].seconds < 1
    world.slack.run_view("U0ADA", delivery.body["view"], world.there.modals["U0ADA"]["id"])
    assert "longer than usual" in world.modal("ada")
    store_of(world).open.set()
    await world.settled()
    assert "Kept. Day 1" in world.modal("ada")


@pytest.mark.bad_input(83)
async def test_what_could_not_be_kept_in_time_stands_in_the_window_to_be_copied(world: Hasty) -> None:
    store_of(world).open.clear()
    delivery = await world.people.interact(world.people.filled("U0ADA", {"text": ANSWER}))
    world.slack.run_view("U0ADA", delivery.body["view"], world.there.modals["U0ADA"]["id"])
    store_of(world).broken = True
    store_of(world).open.set()
    await world.settled()
    assert "This was not kept." in world.modal("ada") and ANSWER in world.modal("ada")


@pytest.mark.bad_input(83)
async def test_what_cannot_be_kept_now_stays_in_the_open_form(world: Hasty) -> None:
    store_of(world).broken = True
    assert "Your text stays in this window" in str(await world.fill("ada", {"text": ANSWER}))
    store_of(world).broken = False
    assert inputs_of(world.there.modals["U0ADA"]["blocks"]) == {"text": ""}
    assert await world.fill("ada", {"text": ANSWER}) is None
    assert "Kept. Day 1" in world.modal("ada")


@pytest.mark.bad_input(82)
async def test_a_command_is_acknowledged_in_time_and_answered_when_the_store_is_back(world: Hasty) -> None:
    store_of(world).open.clear()
    delivery = await world.people.type("U0ADA", "C0STUDY", "/streak")
    assert delivery.acknowledged and len(delivery.sent) == 1
    store_of(world).open.set()
    await world.settled()
    assert (await world.sees("ada"))[-1].title == "Streak: 0 days"


async def test_a_window_that_slack_no_longer_opens_is_told(world: Hasty) -> None:
    world.slack.faults.next("views.open", Refused("expired_trigger_id"))
    await world.press("ada", "Answer")
    assert (await world.sees("ada"))[-1].title == "That took too long."


async def test_events_that_slack_left_out_are_read_from_the_threads(world: Hasty) -> None:
    prompt = next(said for said in world.there.messages if said.by_bot and "Answer" in labels_of(said))
    world.people.write("U0ADA", "C0STUDY", ANSWER, prompt.ts)
    await world.slack.deliveries.deliver("events_api", {"type": "app_rate_limited", "team_id": "T0TEAM"})
    await world.settled()
    assert "Kept. Day 1, a streak begins." in [seen.title for seen in await world.sees("ada")]
