"""At most one late question in a channel, whichever way the older one was left behind (PROMISES, "Posting", 3)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.bank import Bank, bank_of
from bot.domain.questions import Filters, Pack, Track
from bot.practice import asking, recovery, scheduling
from bot.practice.outcomes import SkipReason
from bot.practice.scheduling import Wish
from tests.fakes import EVERYWHERE, LONG_AGO
from tests.practice.group import ADA, LOUNGE, STUDY, Group, group, question, utc


@pytest.fixture
async def here() -> Group:
    """Two slots in one channel, and the program has ended right after the claim of the first at 09:00."""
    here = group()
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00", slot="a"))
    await scheduling.set_daily(
        here.ports, STUDY, ADA, Wish("11:00", slot="b", filters=Filters(topic="caching"))
    )
    here.clock.at = utc("2026-11-02 09:00")
    await asking.advance(here.ports)
    (first,) = await here.ports.store.write(lambda tx: tx.pending(EVERYWHERE, LONG_AGO, 9))
    await here.ports.store.write(partial(asking.claim, here.ports, first))
    return here


async def ledger(here: Group) -> list[tuple[str, str, str | None]]:
    """Slot, state and reason, the newest first."""
    return [
        (line.occurrence.slot, line.state, line.reason) for line in await scheduling.log(here.ports, STUDY)
    ]


def without_caching() -> Bank:
    questions = tuple(question(number, topic="queues") for number in range(5))
    return bank_of([Pack("sample", 1, "Sample", "", (Track("backend", "Backend"),), (), questions)])


async def settled_first(here: Group) -> None:
    await recovery.settle(here.ports)
    await asking.post_due(here.ports)


async def posted_first(here: Group) -> None:
    await asking.post_due(here.ports)
    await recovery.settle(here.ports)


async def settled_while_the_newer_one_waits(here: Group) -> None:
    await asking.advance(here.ports)
    await settled_first(here)


@pytest.mark.parametrize("after_start", [settled_first, posted_first, settled_while_the_newer_one_waits])
async def test_a_prompt_that_was_begun_gives_way_to_a_newer_one_that_is_due(
    here: Group, after_start: Callable[[Group], Awaitable[None]]
) -> None:
    here.clock.at = utc("2026-11-02 12:00")
    await after_start(here)
    assert [(prompt.late, prompt.at) for prompt in here.chat.world.prompts] == [(True, here.clock.at)]
    assert await ledger(here) == [("b", "posted", None), ("a", "failed", SkipReason.NEWER)]


async def test_before_the_newer_one_is_due_the_older_one_is_posted_again(here: Group) -> None:
    here.clock.at = utc("2026-11-02 10:59")
    await settled_first(here)
    assert await ledger(here) == [("a", "posted", None)]


async def test_a_newer_one_of_another_channel_does_not_count(here: Group) -> None:
    await scheduling.remove(here.ports, STUDY, ADA, "b")
    await scheduling.set_daily(here.ports, LOUNGE, ADA, Wish("11:00"))
    here.clock.at = utc("2026-11-02 12:00")
    await settled_first(here)
    assert [prompt.channel for prompt in here.chat.world.prompts] == [STUDY, LOUNGE]


@pytest.mark.parametrize("why", ["no question", "skipped", "paused"])
@pytest.mark.parametrize("after_start", [settled_first, posted_first])
async def test_a_newer_one_that_never_comes_takes_nothing_away(
    here: Group, why: str, after_start: Callable[[Group], Awaitable[None]]
) -> None:
    if why == "no question":
        here.ports = replace(here.ports, bank=without_caching())
    elif why == "skipped":
        await scheduling.skip(here.ports, STUDY, ADA, "b")
    else:
        await scheduling.pause(here.ports, STUDY, ADA, "b")
    here.clock.at = utc("2026-11-02 12:00")
    await after_start(here)
    assert [prompt.late for prompt in here.chat.world.prompts] == [True]
    assert ("a", "posted", None) in await ledger(here)


async def test_two_that_wait_and_the_newer_one_without_a_question_leave_the_older_one() -> None:
    here = group(questions=without_caching())
    await scheduling.set_daily(here.ports, STUDY, ADA, Wish("09:00", slot="a"))
    with_caching = replace(here.ports, bank=group().ports.bank)
    await scheduling.set_daily(
        with_caching, STUDY, ADA, Wish("11:00", slot="b", filters=Filters(topic="caching"))
    )
    here.clock.at = utc("2026-11-02 12:00")
    await asking.post_due(here.ports)
    assert await ledger(here) == [("b", "skipped", SkipReason.NO_QUESTION), ("a", "posted", None)]
