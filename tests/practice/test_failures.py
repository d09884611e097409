"""What one channel's question or one round raises holds up no other, and is raised in the end."""

import logging

import pytest

from bot.domain.rounds import Round
from bot.practice import asking, recovery, scheduling
from bot.practice.failures import Failures
from bot.practice.ports import StoreUnavailable
from bot.practice.scheduling import Wish
from tests.fakes import EVERYWHERE, Outcome
from tests.practice.group import ABROAD, ADA, LOUNGE, STRANGER, STUDY, Group, group, utc


@pytest.fixture
async def here() -> Group:
    """Three channels, each with a question that is due."""
    here = group()
    for channel, by in ((LOUNGE, ADA), (STUDY, ADA), (ABROAD, STRANGER)):
        await scheduling.set_daily(here.ports, channel, by, Wish("09:00"))
    here.clock.at = utc("2026-11-02 09:00")
    return here


def fail_in_the_lounge(round_: Round) -> None:
    if round_.channel == LOUNGE:
        raise KeyError("a fault of ours")


async def test_a_question_that_fails_holds_up_no_other_and_is_raised(
    here: Group, caplog: pytest.LogCaptureFixture
) -> None:
    here.chat.before_post = fail_in_the_lounge
    with pytest.raises(KeyError) as raised:
        await asking.post_due(here.ports)
    assert {prompt.channel for prompt in here.chat.world.prompts} == {STUDY, ABROAD}
    assert raised.value.__notes__ == [
        "daily question failed: workspace slack:T1, channel lounge, slot daily, date 2026-11-02"
    ]
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert record.facts["fault"] == "KeyError"  # type: ignore[attr-defined]


async def test_a_round_that_cannot_be_settled_holds_up_no_other(here: Group) -> None:
    here.chat.outcomes += [Outcome.LOST] * 3
    await asking.post_due(here.ports)
    here.chat.before_post = fail_in_the_lounge
    here.clock.advance(minutes=3)
    with pytest.raises(KeyError):
        await recovery.settle(here.ports)
    assert {prompt.channel for prompt in here.chat.world.prompts} == {STUDY, ABROAD}


async def test_a_thread_that_fails_holds_up_no_other(here: Group) -> None:
    here.chat.thread_faults += [KeyError("one"), KeyError("two"), KeyError("three")]
    with pytest.raises(ExceptionGroup) as raised:
        await asking.post_due(here.ports)
    assert len(raised.value.exceptions) == 3
    here.chat.thread_faults.append(KeyError("again"))
    with pytest.raises(KeyError):
        await recovery.settle(here.ports)
    left = await here.ports.store.read(lambda tx: tx.threadless(utc("2026-11-01 00:00"), EVERYWHERE, 9))
    assert len(left) == 1


async def test_more_that_fail_before_their_claim_than_are_looked_at_at_once_end_the_ring(
    here: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ADVANCE_AT_ONCE", 3)
    await asking.advance(here.ports)

    def no_claim(*_: object) -> None:
        raise StoreUnavailable("full")

    monkeypatch.setattr(asking, "claim", no_claim)
    with pytest.raises(ExceptionGroup) as raised:
        await asking.post_pending(here.ports)
    assert len(raised.value.exceptions) == 3


def test_what_ends_the_program_is_not_held_back() -> None:
    failures = Failures()
    with pytest.raises(KeyboardInterrupt), failures.kept_apart("anything"):
        raise KeyboardInterrupt
    failures.raise_all()
