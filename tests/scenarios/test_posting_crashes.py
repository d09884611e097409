"""A crash at every step of posting, times what became of the request: one live message, or a stated reason."""

import itertools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from bot.domain.places import Workspace
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import PostingState, Round
from bot.practice import asking, recovery, scheduling
from bot.practice.records import LedgerLine, OccurrenceState, Transaction
from bot.practice.scheduling import Wish
from tests.fakes import EVERYWHERE, LONG_AGO, START, ChatWorld, CountingIds, Outcome
from tests.practice.group import ADA, STUDY, Group, group
from tests.scenarios.crashing import Crash, CrashingStore, Opening, ends, in_memory, on_disk

LANDS_LATE = timedelta(seconds=25)  # of the 30 that a request may take to land
OUTCOMES = (None, Outcome.REFUSED, Outcome.LOST, Outcome.ANSWER_LOST, LANDS_LATE)
RINGS = 40
BETWEEN_RINGS = timedelta(seconds=10)


@dataclass(frozen=True)
class Trial:
    """Where the program ends, and what becomes of its first request and of the first one after its next start."""

    happening: Callable[[Group], Awaitable[object]]
    first: object = None
    second: object = None
    step: int | None = None
    at_request: str = ""
    next_step: int | None = None


async def daily(here: Group) -> None:
    """The day's question has come due."""
    here.clock.at = START + timedelta(hours=1)
    await ring(here)


async def ring(here: Group) -> None:
    """What the timer calls."""
    await asking.post_due(here.ports)
    await recovery.settle(here.ports)


async def asked(here: Group) -> None:
    """A member asks for a question."""
    await here.asked()


async def prepared(opening: Opening) -> None:
    """A schedule for 09:00, an hour from the start."""
    async with opening("before") as store:
        await scheduling.set_daily(group(store).ports, STUDY, ADA, Wish("09:00"))


async def tried(trial: Trial, opening: Opening) -> tuple[int, "Ending"]:
    """Carry a trial out until all is quiet; gives how many steps the first program took, and the end."""
    world = ChatWorld()
    await prepared(opening)
    async with opening("first") as store:
        crashing = CrashingStore(store, trial.step)
        here = group(crashing, world=world, owner="first")
        order(here, trial.first, trial.at_request)
        has_ended = await ends(trial.happening(here), PostFailed, PostUnsettled)
        if not has_ended and trial.step is None and not trial.at_request:  # it goes on by itself
            return len(crashing.steps), await quiet(here)
    clock = here.clock
    for owner, next_step in (("second", trial.next_step), ("third", None)):
        async with opening(owner) as store:
            again = CrashingStore(store, next_step)
            here = replace(here.restarted(owner, again), clock=clock)
            order(here, trial.second, "")
            try:
                return len(crashing.steps), await quiet(here)
            except Crash:
                continue
    raise AssertionError("the third program never ends")


def order(here: Group, outcome: object, at_request: str) -> None:
    """Set what becomes of the next request, and whether the program ends there."""

    def end(_: Round) -> None:
        raise Crash(at_request)

    if outcome is not None:
        assert isinstance(outcome, Outcome | timedelta)
        here.chat.outcomes.append(outcome)
    if at_request == "before":
        here.chat.before_post = end
    if at_request == "after":
        here.chat.after_post = end


@dataclass(frozen=True)
class Ending:
    """What is there when all is quiet."""

    world: ChatWorld
    rounds: tuple[Round, ...]
    ledger: tuple[LedgerLine, ...]
    quiet: bool
    requests: int


async def quiet(here: Group) -> Ending:
    """Ring until nothing waits any more, and some time longer."""
    for _ in range(RINGS):
        if await ends(ring(here)):
            raise Crash
        here.clock.at += BETWEEN_RINGS
    ledger = tuple(await here.ports.store.read(lambda tx: tx.ledger(STUDY, 50)))
    ids = CountingIds()  # gives the same ones again
    named = [ids.new_id() for _ in range(cast(CountingIds, here.ports.ids).given)]
    found = [await here.ports.store.read(partial(_round, STUDY.workspace, id_)) for id_ in named]
    rounds = tuple(round_ for round_ in found if round_ is not None)
    waiting = await here.ports.store.read(
        lambda tx: tx.stale_postings(here.clock.at + timedelta(days=9), EVERYWHERE, 9)
    )
    pending = await here.ports.store.write(lambda tx: tx.pending(EVERYWHERE, LONG_AGO, 9))
    return Ending(here.chat.world, rounds, ledger, not waiting and not pending, here.chat.requests)


def _round(workspace: Workspace, id_: str, tx: Transaction) -> Round | None:
    return tx.round(workspace, id_)


def judge(trial: Trial, ending: Ending) -> None:
    """One live message for each round that stands, and a reason for each other one."""
    live = ending.world.prompts
    assert ending.quiet, trial
    assert len({prompt.marker for prompt in live}) == len(live), f"doubled: {trial}"
    assert len(live) <= 1, trial
    for round_ in ending.rounds:
        mine = [prompt for prompt in live if prompt.marker == round_.id]
        if round_.posting is PostingState.POSTED:
            assert [prompt.id for prompt in mine] == [round_.message], trial
            assert round_.thread is not None, trial
        else:
            assert round_.posting is PostingState.FAILED, trial
            assert round_.reason and not mine, trial
    assert {prompt.marker for prompt in live} <= {round_.id for round_ in ending.rounds}, (
        f"nobody knows it: {trial}"
    )
    if trial.happening is daily:
        assert len(ending.ledger) == 1, trial
        line = ending.ledger[0]
        assert line.state is (OccurrenceState.POSTED if live else OccurrenceState.FAILED), trial
        assert live or line.reason, trial


async def steps_of(trial: Trial) -> int:
    """How many steps the first program takes when it does not end."""
    steps, ending = await tried(trial, in_memory())
    judge(trial, ending)
    return steps


async def every(happening: Callable[[Group], Awaitable[object]]) -> list[Trial]:
    """All combinations of crash point, request outcome, and outcome after the next start."""
    found = []
    for first in OUTCOMES:
        calm = Trial(happening, first)
        points: Iterator[Trial] = itertools.chain(
            (calm, replace(calm, at_request="before"), replace(calm, at_request="after")),
            (replace(calm, step=number + 1) for number in range(await steps_of(calm))),
        )
        found += [replace(point, second=second) for point in points for second in OUTCOMES]
    return found


@pytest.mark.bad_input(87)
@pytest.mark.parametrize("happening", [daily, asked])
async def test_a_crash_at_any_step_leaves_one_live_message_or_a_stated_reason(
    happening: Callable[[Group], Awaitable[object]],
) -> None:
    trials = await every(happening)
    assert len(trials) > 200
    for trial in trials:
        _, ending = await tried(trial, in_memory())
        judge(trial, ending)


@pytest.mark.bad_input(87)
async def test_a_second_crash_while_the_first_is_settled_changes_nothing() -> None:
    for happening, first in itertools.product((daily, asked), (Outcome.LOST, Outcome.ANSWER_LOST)):
        for next_step in range(1, 40):
            trial = Trial(happening, first, at_request="after", next_step=next_step)
            _, ending = await tried(trial, in_memory())
            judge(trial, ending)
            assert len(ending.world.prompts) == 1, trial


@pytest.mark.bad_input(87)
@pytest.mark.parametrize("happening", [daily, asked])
async def test_the_same_holds_for_a_file_on_disk(
    happening: Callable[[Group], Awaitable[object]], tmp_path: Path
) -> None:
    made = tmp_path / "made.sqlite"
    async with on_disk(made)("first"):
        pass
    trials = [trial for trial in await every(happening) if trial.second is None]
    assert len(trials) > 40
    for number, trial in enumerate(trials):
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(made.read_bytes())
        _, ending = await tried(trial, on_disk(file))
        judge(trial, ending)
