"""Each happening is one line in the log, by ids; nobody's words stand in any of it."""

import logging

import pytest

from bot.practice import answering, choosing, mending, scheduling
from bot.practice.answering import Use
from bot.practice.scheduling import Wish
from tests.practice.group import ADA, BEN, STUDY, Group, group, thread_of

SECRET = "My very own words, {}, which nobody reads in a log."


@pytest.fixture
async def here(caplog: pytest.LogCaptureFixture) -> Group:
    caplog.set_level(logging.DEBUG, "bot")
    return group()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged since the last look."""
    messages = [record.getMessage() for record in caplog.records]
    caplog.clear()
    return messages


async def test_the_life_of_an_answer_is_logged_without_its_words(
    here: Group, caplog: pytest.LogCaptureFixture
) -> None:
    records: list[logging.LogRecord] = []

    def heard() -> list[str]:
        records.extend(caplog.records)
        return said(caplog)

    round_ = await here.asked()
    assert heard() == ["question asked", "question posted"]
    kept = await here.replied(round_, ADA, SECRET, "m-1")
    assert kept.answer is not None
    assert heard() == ["answer kept"]
    here.clock.advance(minutes=1)
    first = here.reply(round_, ADA, SECRET, "m-1", round_.asked_at)
    await answering.receive(here.ports, first)
    assert heard() == []
    await here.replied(round_, ADA, SECRET + " And more of them.", "m-2")
    assert heard() == []
    await answering.use_reply(here.ports, thread_of(round_), "m-2", ADA, Use.REPLACE)
    assert heard() == ["answer amended"]
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    assert heard() == ["answer withdrawn"]
    await answering.restore(here.ports, kept.answer.id, ADA)
    await answering.restore(here.ports, kept.answer.id, ADA)
    assert heard() == ["answer restored"]
    await answering.submit(here.ports, round_.id, BEN, SECRET.format("ben"), "f-1", here.clock.now())
    assert heard() == ["answer kept"]
    for record in records:
        assert "very own words" not in f"{record.getMessage()} {vars(record)}"
    assert records[2].facts == {  # type: ignore[attr-defined]
        "workspace": "slack:T1",
        "member": "ada",
        "round": round_.id,
        "answer": kept.answer.id,
    }


async def test_a_deleted_answer_is_withdrawn_and_a_comment_beside_it_is_not(
    here: Group, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = await here.asked()
    await here.replied(round_, ADA, SECRET, "m-1")
    await here.replied(round_, ADA, SECRET, "m-2")
    said(caplog)
    begun, thread = here.clock.now(), thread_of(round_)
    at = here.clock.advance(minutes=1)
    await answering.deleted(here.ports, thread, "m-3", ADA, begun, at)
    assert said(caplog) == []
    await answering.deleted(here.ports, thread, "m-2", ADA, begun, at)
    await answering.deleted(here.ports, thread, "m-1", ADA, begun, at)
    await answering.deleted(here.ports, thread, "m-1", ADA, begun, at)
    assert said(caplog) == ["answer withdrawn"]


async def test_what_managers_and_members_set_is_logged(here: Group, caplog: pytest.LogCaptureFixture) -> None:
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00"))
    await scheduling.skip(here.ports, STUDY, ADA, "daily")
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    await scheduling.resume(here.ports, STUDY, ADA, "daily")
    await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    await scheduling.remove(here.ports, STUDY, ADA, "daily")
    await choosing.choose_zone(here.ports, ADA, "Europe/Berlin")
    await choosing.choose_rest(here.ports, ADA, "sun")
    assert caplog.records[0].facts == {  # type: ignore[attr-defined]
        "workspace": "slack:T1",
        "channel": "study",
        "slot": "daily",
        "by": "ada",
    }
    assert said(caplog) == [
        "schedule set",
        "date skipped",
        "schedule paused",
        "schedule resumed",
        "daily question brought forward",
        "question posted",
        "schedule removed",
        "zone chosen",
        "rest chosen",
    ]


async def test_a_mended_streak_is_logged(here: Group, caplog: pytest.LogCaptureFixture) -> None:
    await here.practiced()
    here.clock.advance(days=3)
    said(caplog)
    missed = here.clock.now().date().replace(day=3)
    await mending.restore_day(here.ports, ADA, missed, BEN)
    assert said(caplog) == ["streak restored"]
