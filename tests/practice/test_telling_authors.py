"""Whoever reviews from the message menu waits but a moment until the author is told; that goes on by itself."""

import asyncio
import gc
import logging
from dataclasses import replace

import pytest

from bot.domain.rounds import Reply
from bot.practice import answering, reviewing
from bot.practice.outcomes import Kept
from tests.fakes import FakeChat
from tests.practice.group import BEN, CLEO, group


class SlowToTell(FakeChat):
    """A chat that tells authors when it `may`, and fails with `fault`."""

    may: asyncio.Event
    fault: Exception | None = None

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell, in time."""
        await self.may.wait()
        if self.fault is not None:
            raise self.fault
        await super().acknowledge(reply, kept)


@pytest.mark.parametrize("fault", [None, RuntimeError("odd")], ids=str)
async def test_the_reviewer_goes_on_while_the_author_is_told(
    fault: Exception | None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(answering, "TOLD_WITHIN", 0.01, raising=False)
    own = group()
    chat = SlowToTell(own.clock, own.chat.world)
    chat.may, chat.fault = asyncio.Event(), fault
    reply = own.reply(await own.asked(), BEN)
    async with asyncio.timeout(5):
        await reviewing.answer_at(replace(own.ports, chat=chat), reply, CLEO)
    assert chat.acknowledged == []
    gc.collect()
    chat.may.set()
    with caplog.at_level(logging.ERROR):
        for _ in range(10):
            await asyncio.sleep(0)
    assert len(chat.acknowledged) == (fault is None)
    assert [record.message for record in caplog.records] == (["author not told"] if fault else [])


async def test_what_takes_a_minute_to_be_told_is_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(answering, "TOLD_AT_MOST", 0.01)
    own = group()
    chat = SlowToTell(own.clock, own.chat.world)
    chat.may = asyncio.Event()
    reply = own.reply(await own.asked(), BEN)
    await reviewing.answer_at(replace(own.ports, chat=chat), reply, CLEO)
    assert "author not told" in caplog.text and chat.acknowledged == []
