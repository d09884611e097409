"""A crash at every step of reviewing, times what became of the request: no review lost, one card, no words left."""

import itertools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.reviews import Draft, Review, ReviewRules, ReviewState
from bot.practice import privacy, reviewing, showing
from bot.practice.outcomes import ShownReview
from bot.practice.ports import Rules
from bot.practice.records import Transaction
from tests.fakes import EVERYWHERE, ChatWorld, FakeChat, FakeClock, Outcome, ReviewCard
from tests.practice.group import ADA, BEN, CLEO, HERE, Group, group
from tests.scenarios.crashing import Crash, CrashingStore, Opening, ends, in_memory, on_disk

DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
OTHER = Draft((2, 5), (0, 1), "A number in every step of it.", "The end could come sooner than it does.")
LANDS_LATE = timedelta(seconds=25)  # of the 30 that a request may take to land
OUTCOMES = (None, Outcome.REFUSED, Outcome.LOST, Outcome.ANSWER_LOST, LANDS_LATE)
RULES = Rules("UTC", reviews=ReviewRules(give=1, practice=True))
PAUSES = (timedelta(seconds=15),) * 14 + (timedelta(hours=1),) * 2
"""Between rings; after an hour what was refused is tried again."""

Happening = Callable[[Group, str], Awaitable[object]]


class CrashingChat(FakeChat):
    """A chat at whose next request the program ends: `before` it is made, or `after` it was."""

    def __init__(self, clock: FakeClock, world: ChatWorld, end: str) -> None:
        super().__init__(clock, world)
        self.end = end

    async def show_review(self, shown: ShownReview) -> str:
        if self.end == "before":
            raise Crash("before")
        try:
            return await super().show_review(shown)
        finally:
            if self.end == "after":
                raise Crash("after")


async def gives(here: Group, answer: str) -> None:
    """A first review; its author has given none, so it is held."""
    await reviewing.give(here.ports, answer, CLEO, DRAFT, here.clock.now())


async def amends(here: Group, answer: str) -> None:
    """The review is changed."""
    await reviewing.give(here.ports, answer, CLEO, OTHER, here.clock.now())


async def rings(here: Group, _: str) -> None:
    """The timer draws what is due: the author has given a review of their own."""
    await showing.show_due(here.ports)


async def deletes(here: Group, _: str) -> None:
    """The reviewer has their data deleted."""
    await privacy.delete(here.ports, CLEO)
    await showing.show_due(here.ports)


async def removes(here: Group, answer: str) -> None:
    """A manager removes the review; pressed again it is gone already."""
    review = await here.ports.store.read(lambda tx: tx.review_by(CLEO, answer))
    assert review is not None
    if review.removed_at is None:
        await reviewing.remove(here.ports, review.id, ADA)


FIRST: tuple[Happening, ...] = (gives,)
LATER: tuple[Happening, ...] = (amends, rings, deletes, removes)


@dataclass(frozen=True)
class Trial:
    """Where the program ends, what becomes of its first request and of the first one after its next start.

    `again` says that whoever got no answer does it once more.
    """

    happening: Happening
    first: Outcome | timedelta | None = None
    second: Outcome | timedelta | None = None
    step: int | None = None
    at_request: str = ""
    again: bool = True

    @property
    def is_refused(self) -> bool:
        return Outcome.REFUSED in (self.first, self.second)


@dataclass(frozen=True)
class Ending:
    """What is there when all is quiet.

    `told` says that the happening came to its end, `credits` of each of the reviewer's whether it stands.
    """

    told: bool
    review: Review | None
    shown: ShownReview | None
    cards: list[ReviewCard]
    due: int
    credits: list[bool]


async def prepared(here: Group, happening: Happening) -> str:
    """ben's answer, and but for a first review cleo's review of it, for which `rings` finds a drawing due."""
    kept = await here.replied(await here.asked(), BEN)
    assert kept.answer is not None
    if happening in LATER:
        await gives(here, kept.answer.id)
    if happening is rings:
        at = here.clock.advance(minutes=1)
        await here.ports.store.write(lambda tx: tx.call_for_showing(HERE, kept.answer.id, at))  # type: ignore[union-attr]
    here.clock.advance(minutes=1)
    return kept.answer.id


async def tried(trial: Trial, opening: Opening) -> tuple[int, Ending]:
    """Carry a trial out until all is quiet; gives how many steps the first program took, and the end."""
    world = ChatWorld()
    async with opening("first") as store:
        here = group(store, world=world, owner="first", rules=RULES)
        answer = await prepared(here, trial.happening)
        crashing = CrashingStore(store, trial.step)
        chat = CrashingChat(here.clock, world, trial.at_request)
        chat.review_outcomes += [trial.first] if trial.first is not None else []
        here = replace(here, chat=chat, ports=replace(here.ports, chat=chat, store=crashing))
        ended = await ends(trial.happening(here, answer))
    async with opening("second") as store:
        here = here.restarted("second", store)
        here.chat.review_outcomes += [trial.second] if trial.second is not None else []
        if ended and trial.again:
            await trial.happening(here, answer)
        for pause in PAUSES:
            here.clock.at += pause
            await showing.show_due(here.ports)
        ending = await here.ports.store.read(lambda tx: ending_of(here, tx, answer, told=not ended))
    return len(crashing.steps), ending


def ending_of(here: Group, tx: Transaction, answer: str, *, told: bool) -> Ending:
    found = tx.review_by(CLEO, answer)
    ids = {card.shown.review.id for card in here.chat.world.reviews}
    assert all(tx.review(HERE, id_) == found or tx.review(HERE, id_) is None for id_ in ids)
    return Ending(
        told,
        found,
        showing.shown_in(here.ports, tx, found) if found is not None else None,
        here.chat.world.reviews,
        len(tx.due_reviews(here.clock.now(), EVERYWHERE, 9)),
        [credit.withdrawn_at is None for credit in tx.facts(CLEO, "UTC", None, here.clock.now()).credits],
    )


def judge(trial: Trial, ending: Ending) -> None:
    """One card that shows what is kept; what was told is kept, and what was deleted is nowhere."""
    assert ending.due == 0, trial
    assert len(ending.cards) <= 1, f"doubled: {trial}"
    if trial.happening is deletes:
        assert ending.review is None and not ending.credits, trial
        assert all(is_empty(card) for card in ending.cards), f"words are left: {trial}"
        return
    if ending.review is None:
        assert trial.happening is gives and not trial.again and not ending.told, f"lost: {trial}"
        assert not ending.cards and not ending.credits, trial
        return
    assert ending.review.draft == (OTHER if trial.happening is amends else DRAFT), trial
    is_removed = trial.happening is removes
    assert (ending.review.removed_at is not None) == is_removed, trial
    assert ending.credits == [not is_removed], trial
    assert ending.review.message == (ending.cards[0].id if ending.cards else None), trial
    if not trial.is_refused:
        (card,) = ending.cards
        shown = card.shown
        assert ending.shown is not None
        assert (shown.state, shown.review.draft) == (ending.shown.state, ending.review.draft), trial


def is_empty(card: ReviewCard) -> bool:
    review = card.shown.review
    words = f"{review.draft.strong}{review.draft.change}"
    return card.shown.state is ReviewState.REMOVED and review.reviewer is None and not words


async def every(happening: Happening) -> list[Trial]:
    """All combinations of crash point, request outcome, and outcome after the next start."""
    found = []
    for first in OUTCOMES:
        calm = Trial(happening, first)
        steps, ending = await tried(calm, in_memory())
        judge(calm, ending)
        points: Iterator[Trial] = itertools.chain(
            (calm, replace(calm, at_request="before"), replace(calm, at_request="after")),
            (replace(calm, step=number + 1) for number in range(steps)),
        )
        found += [replace(point, second=second) for point in points for second in OUTCOMES]
    if happening is gives:
        found += [replace(trial, again=False) for trial in found]
    return found


@pytest.mark.bad_input(87)
@pytest.mark.parametrize("happening", FIRST + LATER)
async def test_a_crash_at_any_step_loses_no_review_and_doubles_no_card(happening: Happening) -> None:
    trials = await every(happening)
    assert len(trials) > 150
    for trial in trials:
        _, ending = await tried(trial, in_memory())
        judge(trial, ending)


@pytest.mark.bad_input(87)
@pytest.mark.parametrize("happening", [gives, deletes])
async def test_the_same_holds_for_a_file_on_disk(happening: Happening, tmp_path: Path) -> None:
    made = tmp_path / "made.sqlite"
    async with on_disk(made)("first"):
        pass
    trials = [each for each in await every(happening) if each.again]
    trials = [each for each in trials if (each.first, each.second) == (LANDS_LATE, None)]
    assert len(trials) > 10
    for number, trial in enumerate(trials):
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(made.read_bytes())
        _, ending = await tried(trial, on_disk(file))
        judge(trial, ending)
