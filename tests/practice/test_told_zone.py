"""A platform tells zones: the member's own choice wins, and no past day moves."""

from datetime import timedelta

import pytest

from bot.practice import choosing
from tests.practice.group import ADA, Group, group


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


async def zones(here: Group) -> list[tuple[timedelta, str]]:
    """The zones of ADA, with how long ago each came into force."""
    now = here.clock.now()
    choices, _ = await here.ports.store.read(lambda tx: tx.zones(ADA, "UTC"))
    return [(now - choice.at, choice.zone) for choice in choices]


async def test_the_first_one_holds_from_the_message_that_made_the_bot_look(here: Group) -> None:
    said = here.clock.now() - timedelta(hours=1)
    assert await choosing.told_zone(here.ports, ADA, "Asia/Tokyo", said)
    assert await zones(here) == [(timedelta(hours=1), "Asia/Tokyo")]
    assert not await choosing.told_zone(here.ports, ADA, "Asia/Tokyo")
    assert not await choosing.told_zone(here.ports, ADA, "Nowhere/Land")


async def test_a_later_one_holds_from_now_on_though_an_old_message_made_the_bot_look(here: Group) -> None:
    await choosing.told_zone(here.ports, ADA, "Asia/Tokyo")
    here.clock.advance(days=2)
    old = here.clock.now() - timedelta(days=3)
    assert await choosing.told_zone(here.ports, ADA, "Europe/Paris", old)
    assert await zones(here) == [(timedelta(days=2), "Asia/Tokyo"), (timedelta(), "Europe/Paris")]
    assert not await choosing.told_zone(here.ports, ADA, "Europe/Paris", old)


async def test_a_members_own_choice_stays(here: Group) -> None:
    await choosing.choose_zone(here.ports, ADA, "Europe/Paris")
    here.clock.advance(days=1)
    assert not await choosing.told_zone(here.ports, ADA, "Asia/Tokyo")
    assert [zone for _, zone in await zones(here)] == ["Europe/Paris"]
