"""Each happening is one line in the log, by ids; nobody's words stand in any of it."""

import logging
from dataclasses import replace

import pytest

from bot.domain.comparing import Pair
from bot.domain.reviews import BadReview, Draft
from bot.practice import (
    accounts,
    answering,
    calibrating,
    choosing,
    comparing,
    mending,
    privacy,
    reminding,
    review_queue,
    review_rules,
    reviewing,
    scheduling,
    showing,
)
from bot.practice.answering import Use
from bot.practice.ports import PostRefused
from bot.practice.scheduling import Wish
from tests.fakes import Outcome
from tests.practice.group import ADA, BEN, CLEO, STUDY, Group, group, thread_of

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


SAID = Draft((4, 3), (0,), "Secretly strong, I would say.", "Secretly to be changed, all of it.")
FLAGGED = "Secretly, it is rude to me."


def clean(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged since the last look, after a look for anybody's words in whatever a line carries."""
    for record in caplog.records:
        line = f"{record.getMessage()} {vars(record)}".casefold()
        assert "secretly" not in line and "very own words" not in line
    return said(caplog)


async def test_the_life_of_a_review_is_logged_without_a_word_of_it(
    here: Group, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = await here.asked()
    kept = await here.replied(round_, ADA, SECRET)
    assert kept.answer is not None
    clean(caplog)
    given = await reviewing.give(here.ports, kept.answer.id, BEN, SAID, here.clock.now())
    id_ = given.shown.review.id
    facts = {"workspace": "slack:T1", "review": id_, "answer": kept.answer.id, "first": True}
    assert caplog.records[0].facts == facts  # type: ignore[attr-defined]
    assert clean(caplog) == ["review given"]
    await reviewing.thank(here.ports, id_, ADA)
    await reviewing.unthank(here.ports, id_, ADA)
    assert clean(caplog) == []
    await reviewing.flag(here.ports, id_, ADA, FLAGGED)
    assert clean(caplog) == ["review flagged"]
    await reviewing.dismiss(here.ports, id_, ADA)
    await reviewing.flag(here.ports, id_, ADA, FLAGGED)
    await reviewing.remove(here.ports, id_, ADA)
    await reviewing.log_of(here.ports, ADA)
    assert clean(caplog) == ["review looked after", "review flagged", "review looked after"]
    with pytest.raises(BadReview):
        await reviewing.give(
            here.ports, kept.answer.id, CLEO, replace(SAID, strong="Secretly"), here.clock.now()
        )
    await review_rules.set_rules(here.ports, ADA, {"names": "peer"})
    assert clean(caplog) == ["reviews set"]


@pytest.mark.parametrize(
    "outcome", [PostRefused("no right"), Outcome.LOST, Outcome.ANSWER_LOST], ids=["refused", "lost", "landed"]
)
async def test_a_card_that_fails_is_logged_without_its_words(
    here: Group, caplog: pytest.LogCaptureFixture, outcome: Outcome | PostRefused
) -> None:
    kept = await here.replied(await here.asked(), ADA, SECRET)
    assert kept.answer is not None
    here.chat.review_outcomes.append(outcome)
    await reviewing.give(here.ports, kept.answer.id, BEN, SAID, here.clock.now())
    here.chat.lookup_faults = 1
    for _ in range(2):
        here.clock.advance(minutes=2)
        await showing.show_due(here.ports)
    assert "review given" in clean(caplog)


async def test_votes_gold_reviews_and_reminders_are_logged_without_words(
    here: Group, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = await here.asked(by=CLEO)
    made = [(await here.replied(round_, author, SECRET)).answer for author in (ADA, BEN)]
    first, second = (answer.id for answer in made if answer is not None)
    clean(caplog)
    for stronger in ("first", "second"):
        await comparing.vote(
            here.ports, Pair.of(first, second).value, CLEO, stronger, SAID.strong, here.clock.now()
        )
    assert clean(caplog) == ["answers compared", "answers compared"]
    task = await calibrating.gold_task(here.ports, CLEO)
    assert task.gold is not None
    await calibrating.give_gold(here.ports, task.gold.id, CLEO, SAID, here.clock.now())
    await review_queue.next_task(here.ports, CLEO, STUDY)
    await review_queue.mine(here.ports, CLEO)
    assert clean(caplog) == ["gold answer reviewed"]
    await reminding.choose_reminders(here.ports, CLEO, True)
    here.clock.advance(hours=50)
    await reminding.remind_due(here.ports)
    assert clean(caplog) == ["reminders chosen", "reminder sent"]
    await accounts.told(here.ports, ADA, False)
    await accounts.told(here.ports, ADA, True)
    await privacy.delete(here.ports, CLEO)
    assert clean(caplog) == ["account closed", "account open again", "data deleted"]
