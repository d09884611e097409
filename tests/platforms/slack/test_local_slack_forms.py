"""Choosing and ticking in a form against local-slack, a server of other people's making."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.world import bank
from tests.contracts.rating import TOO_SHORT, Rating, rating
from tests.platforms.slack.drawn import inputs_of
from tests.platforms.slack.local_bot import LocalBot, eventually, local_bot
from tests.stores import memory

__all__ = ["rating"]

BEGUN = {"structure": "3", "points": "k5,k2", "level": "mid", "better": ""}


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[LocalBot]:
    async with memory(tmp_path) as store, local_bot(tmp_path, store, bank(), http=False) as running:
        yield running


async def test_a_form_is_chosen_ticked_sent_back_and_then_taken(bot: LocalBot, rating: Rating) -> None:
    await bot.server.type("ada", "/question backend")
    prompt = await bot.seen("bob", "[Answer]")
    await bot.server.press("bob", prompt["ts"], "Answer")
    form = await bot.modal("Your review")
    assert inputs_of(form["blocks"]) == BEGUN
    given = {"structure": "5", "points": "k6,k1", "level": "top", "better": "Hm"}
    await bot.server.submit("bob", given)

    async def mended() -> bool:
        return bot.server.errors.get("better") == TOO_SHORT

    await eventually(mended, "the mistake at its field")
    again = {**given, "points": "", "better": "Say first what may be lost."}
    await bot.server.submit("bob", again)
    await bot.modal("Your review is kept.")
    assert rating.sent == [given, again]
