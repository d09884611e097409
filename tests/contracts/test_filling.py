"""What people choose, tick and write in a form arrives alike from every platform."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.chat_world import World
from tests.contracts.rating import TOO_SHORT, Rating, rating
from tests.contracts.worlds import world_of

__all__ = ["rating"]

BEGUN = {"structure": "3", "points": "k5,k2", "level": "mid", "better": ""}
MORE = "Say first what may be lost."


@pytest.fixture(params=["local in memory", "discord in memory", "slack socket", "fake"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """One platform after the other, where ada has asked and opens the form."""
    async with world_of(request.param, tmp_path) as world:
        yield world


async def opened(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/question backend")
    await world.press("ada", "Answer")


async def test_a_form_begins_with_what_is_chosen_and_ticked_and_sends_it_back(
    world: World, rating: Rating
) -> None:
    await opened(world)
    assert world.preset("ada") == BEGUN
    assert await world.fill("ada", {"better": MORE}) is None
    assert rating.sent == [{**BEGUN, "better": MORE}]
    assert (await world.sees("ada"))[-1].title == "Your review is kept."


@pytest.mark.parametrize("points", ["k6,k5,k4,k3,k2,k1", "k4", ""], ids=["all", "one", "none"])
async def test_ticks_arrive_in_the_order_of_the_form(world: World, rating: Rating, points: str) -> None:
    await opened(world)
    given = {"structure": "5", "points": points, "level": "top", "better": MORE}
    assert await world.fill("ada", given) is None
    assert rating.sent == [given]


async def test_a_form_that_was_not_kept_can_be_sent_again(world: World, rating: Rating) -> None:
    await opened(world)
    given = {"structure": "1", "points": "k6,k1", "level": "top", "better": "Hm"}
    assert await world.fill("ada", given) == TOO_SHORT
    if any("Open the form again" in seen.labels for seen in await world.sees("ada")):
        await world.press("ada", "Open the form again")
        assert world.preset("ada") == given
    assert await world.fill("ada", {**given, "better": MORE}) is None
    assert rating.sent == [given, {**given, "better": MORE}]


async def test_all_ticks_can_be_taken_away_from_a_form_that_was_not_kept(
    world: World, rating: Rating
) -> None:
    await opened(world)
    given = {"structure": "1", "points": "", "level": "mid", "better": "Hm"}
    assert await world.fill("ada", given) == TOO_SHORT
    if any("Open the form again" in seen.labels for seen in await world.sees("ada")):
        await world.press("ada", "Open the form again")
        assert world.preset("ada") == given
    assert rating.sent == [given]
