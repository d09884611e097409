"""Cards drawn by two instances at once, whatever becomes of their requests: one a review, as it is kept, in the end."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.places import Member
from bot.domain.refusals import Refusal
from bot.domain.reviews import Draft, ReviewRules, ReviewState
from bot.practice import answering, privacy, reviewing, showing
from bot.practice.outcomes import ShownReview
from bot.practice.ports import PostRefused, Rules
from bot.practice.records import Transaction
from tests.fakes import EVERYWHERE, ChatWorld, FakeChat, FakeClock, Outcome
from tests.memory_store import MemoryStore
from tests.practice.group import ADA, BEN, CLEO, HERE, Group, group

PEERS = (CLEO, Member(HERE, "dan"))
DRAFTS = tuple(
    Draft((1 + n, 3), (), f"It is strong in part {n}.", f"Change what is in part {n}.") for n in range(4)
)
OUTCOMES = (
    Outcome.LOST, Outcome.ANSWER_LOST, timedelta(seconds=10), timedelta(seconds=29), PostRefused("no"),
    PostRefused("no right", forbidden=True), None, None,
)  # fmt: skip
HAPPENINGS = (
    "gives",
    "gives",
    "thanks",
    "unthanks",
    "removes",
    "deletes",
    "withdraws",
    "restores",
    "rings",
    "rings",
)


class SlowChat(FakeChat):
    """A chat that takes a few turns of the loop for what it is asked, and whose drawings anew may land late, too."""

    turns: tuple[int, ...] = (0,)
    asked = 0

    def __init__(self, clock: FakeClock, world: ChatWorld, late: list[tuple[datetime, ShownReview]]) -> None:
        super().__init__(clock, world)
        self._late = late

    async def show_review(self, shown: ShownReview) -> str:
        self.asked += 1
        for _ in range(self.turns[self.asked % len(self.turns)]):
            await asyncio.sleep(0)
        return await super().show_review(shown)

    def _review_landed(self, shown: ShownReview, delay: timedelta) -> str:
        self.let_land()
        if shown.review.message is None or not delay:
            return super()._review_landed(shown, delay)
        self._late.append((self.clock.now() + delay, shown))
        return shown.review.message

    def let_land(self) -> None:
        """Draw what was on its way until now."""
        for landing in sorted(self._late, key=lambda one: one[0]):
            if landing[0] <= self.clock.now():
                self._late.remove(landing)
                super()._review_landed(landing[1], timedelta())


@dataclass(frozen=True)
class Step:
    """What happens at once, each on one of the two instances; then the clock goes on."""

    happenings: tuple[tuple[str, int, int], ...]
    outcomes: tuple[Outcome | PostRefused | timedelta | None, ...]
    seconds: int


STEPS = st.builds(
    Step,
    st.lists(
        st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 1), st.integers(0, 3)), min_size=1, max_size=4
    ).map(tuple),
    st.lists(st.sampled_from(OUTCOMES), max_size=2).map(tuple),
    st.sampled_from((0, 1, 20, 61, 91, 3600)),
)


async def happens(own: Group, name: str, number: int, answer: str) -> None:
    """One happening; refusals are part of it."""
    peer, ports = PEERS[number % 2], own.ports
    review = await ports.store.read(lambda tx: tx.review_by(peer, answer))
    id_ = review.id if review is not None else "none"
    try:
        match name:
            case "gives":
                await reviewing.give(ports, answer, peer, DRAFTS[number], own.clock.now())
            case "thanks":
                await reviewing.thank(ports, id_, BEN)
            case "unthanks":
                await reviewing.unthank(ports, id_, BEN)
            case "removes" if number == 3:
                await reviewing.remove(ports, id_, ADA)
            case "deletes" if number > 1:
                await privacy.delete(ports, peer)
            case "withdraws":
                await answering.withdraw(ports, answer, BEN)
            case "restores":
                await answering.restore(ports, answer, BEN)
            case _:
                await showing.show_due(ports)
    except Refusal:
        pass


async def all_is_drawn(both: tuple[Group, Group], answer: str, *, is_refused: bool) -> None:
    """When all has landed: one card for each review, as it is kept, and no words of what was deleted."""
    for minutes in (2, 2, 2, 61, 61, 61, 61, 61, 61):
        both[0].clock.advance(minutes=minutes)
        await asyncio.gather(*(showing.show_due(own.ports) for own in both))
    for own in both:
        assert isinstance(own.chat, SlowChat)
        own.chat.let_land()

    def look(tx: Transaction) -> None:
        cards = both[0].chat.world.reviews
        by_id = {card.shown.review.id: card for card in cards}
        assert len(by_id) == len(cards), "doubled"
        assert tx.due_reviews(both[0].clock.now(), EVERYWHERE, 9) == []
        for review in tx.reviews_of(HERE, answer):
            assert review.id in by_id or is_refused
        for id_, card in by_id.items():
            kept = tx.review(HERE, id_)
            if kept is None:
                assert card.shown.review.draft == Draft((0, 0), (), "", "")
                continue
            assert kept.message == card.id
            if not is_refused:
                shown = showing.shown_in(both[0].ports, tx, kept)
                assert card.shown.state is shown.state
                if shown.state is ReviewState.REMOVED:  # of which nothing else is told
                    continue
                assert card.shown.answer == shown.answer
                assert card.shown.review.draft == kept.draft
                assert card.shown.review.thanked_at == kept.thanked_at

    await both[0].ports.store.read(look)


async def walked(steps: list[Step], turns: tuple[int, ...]) -> None:
    store = MemoryStore("one")
    one = group(store, rules=Rules("UTC", reviews=ReviewRules(give=0)), owner="one")
    late: list[tuple[datetime, ShownReview]] = []
    chats = [SlowChat(one.clock, one.chat.world, late) for _ in range(2)]
    for chat in chats:
        chat.turns = turns
    stores = (store, store.restarted("two"))
    both = tuple(
        replace(one, chat=chat, store=of, ports=replace(one.ports, chat=chat, store=of, owner=of.owner))
        for chat, of in zip(chats, stores, strict=True)
    )
    kept = await one.replied(await one.asked(), BEN)
    assert kept.answer is not None
    answer = kept.answer.id
    for step in steps:
        for chat in chats:
            chat.review_outcomes[:] = [each for each in step.outcomes if each is not None]
        at_once = [happens(both[which], name, number, answer) for name, which, number in step.happenings]
        await asyncio.gather(*at_once)
        one.clock.advance(seconds=step.seconds)
    for chat in chats:
        chat.review_outcomes.clear()
    is_refused = any(isinstance(each, PostRefused) for step in steps for each in step.outcomes)
    await all_is_drawn((both[0], both[1]), answer, is_refused=is_refused)


@given(
    st.lists(STEPS, min_size=2, max_size=12),
    st.lists(st.integers(0, 9), min_size=1, max_size=4).map(tuple),
)
@settings(max_examples=150)
def test_each_review_has_one_card_as_it_is_kept_in_the_end(steps: list[Step], turns: tuple[int, ...]) -> None:
    asyncio.run(walked(steps, turns))
