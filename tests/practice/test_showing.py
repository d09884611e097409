"""The cards of reviews: in full in time and not before, never two, and never with words that are gone."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.domain.places import Member
from bot.domain.reviews import Draft, ReviewRules, ReviewState
from bot.domain.rounds import Answer
from bot.practice import answering, privacy, review_rules, reviewing, showing
from bot.practice.outcomes import ShownReview
from bot.practice.ports import PostRefused, Rules, Store
from bot.practice.records import Transaction
from tests.fakes import FakeChat, Outcome, ReviewCard
from tests.practice.group import ADA, BEN, CLEO, HERE, Group, group

T = TypeVar("T")

DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
OTHER = Draft((2, 5), (0, 1), "A number in every step of it.", "The end could come sooner than it does.")
LATE = timedelta(seconds=20)
LEASE, LANDING = Rules("UTC").lease, timedelta(seconds=30)


async def answered(own: Group) -> Answer:
    kept = await own.replied(await own.asked(), BEN)
    assert kept.answer is not None
    return kept.answer


async def given_by(own: Group, answer: Answer, by: Member = CLEO, draft: Draft = DRAFT) -> str:
    found = await reviewing.give(own.ports, answer.id, by, draft, own.clock.now())
    return found.shown.review.id


async def settled(own: Group) -> list[ReviewCard]:
    """The cards, when all that was begun has landed and nothing is due for a day."""
    for _ in range(20):
        own.clock.advance(seconds=15)
        await showing.show_due(own.ports)
    return own.chat.world.reviews


class ChangedAfterTheLook:
    """A store in which something happens right after the next read."""

    def __init__(self, inner: Store, happening: Callable[[], Awaitable[object]]) -> None:
        self._inner = inner
        self._happening: Callable[[], Awaitable[object]] | None = happening

    async def read(self, work: Callable[[Transaction], T]) -> T:
        found = await self._inner.read(work)
        happening, self._happening = self._happening, None
        if happening is not None:
            await happening()
        return found

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self._inner.write(work)


@pytest.mark.parametrize("what", ["amended", "removed", "unthanked"])
async def test_what_changes_between_the_look_and_the_claim_is_drawn(what: str) -> None:
    own = group()
    answer = await answered(own)
    id_ = await given_by(own, answer)
    await reviewing.thank(own.ports, id_, BEN)
    await own.ports.store.write(lambda tx: tx.call_for_showing(HERE, answer.id, own.clock.now()))
    own.clock.advance(seconds=1)

    def change(tx: Transaction) -> None:
        review = tx.review(HERE, id_)
        assert review is not None
        tx.call_for_showing(HERE, answer.id, own.clock.now())
        changes = {
            "amended": replace(review, draft=OTHER, version=2),
            "removed": replace(review, removed_at=own.clock.now(), removed_by="ada"),
            "unthanked": replace(review, thanked_at=None),
        }
        tx.change_review(changes[what])

    store = ChangedAfterTheLook(own.ports.store, lambda: own.ports.store.write(change))
    assert await showing.show_due(replace(own.ports, store=store)) == 1
    (card,) = await settled(own)
    kept = await own.ports.store.read(lambda tx: tx.review(HERE, id_))
    assert kept is not None and kept.due_at is None
    assert card.shown.review.draft == kept.draft and card.shown.review.thanked_at == kept.thanked_at
    assert (card.shown.state is ReviewState.REMOVED) == (kept.removed_at is not None)


async def test_a_card_that_somebody_else_took_after_the_look_is_left_to_them() -> None:
    own = group()
    answer = await answered(own)
    await given_by(own, answer)
    await own.ports.store.write(lambda tx: tx.call_for_showing(HERE, answer.id, own.clock.now()))
    store = ChangedAfterTheLook(own.ports.store, lambda: showing.show_due(own.ports))
    assert await showing.show_due(replace(own.ports, store=store)) == 0
    assert own.chat.world.reviews[0].drawn == 2


async def test_a_card_that_was_found_and_whose_drawing_is_refused_is_not_posted_again() -> None:
    own = group()
    answer = await answered(own)
    own.chat.review_outcomes += [Outcome.ANSWER_LOST, PostRefused("no right")]
    id_ = await given_by(own, answer)
    await settled(own)
    await reviewing.thank(own.ports, id_, BEN)
    (card,) = await settled(own)
    assert card.shown.review.thanked_at is not None


@pytest.mark.bad_input(70)
async def test_deleted_words_are_taken_away_as_soon_as_that_is_allowed_however_late() -> None:
    own = group()
    id_ = await given_by(own, await answered(own))
    own.chat.review_outcomes += [PostRefused("no right", forbidden=True)] * 3
    await privacy.delete(own.ports, CLEO)
    for _ in range(3):
        await showing.show_due(own.ports)
        (card,) = own.chat.world.reviews
        assert card.shown.review.draft == DRAFT
        own.clock.advance(days=9)
    await showing.show_due(own.ports)
    assert card.shown.state is ReviewState.REMOVED and card.shown.review.draft.strong == ""
    assert await own.ports.store.read(lambda tx: tx.review(HERE, id_)) is None


class Meanwhile(FakeChat):
    """A chat in which something happens while a card is drawn."""

    happening: Callable[[], Awaitable[object]] | None = None

    async def show_review(self, shown: ShownReview) -> str:
        happening, self.happening = self.happening, None
        if happening is not None:
            await happening()
        return await super().show_review(shown)


@pytest.mark.parametrize("is_first", [True, False])
async def test_what_changes_while_a_card_is_drawn_is_drawn_right_after_it(is_first: bool) -> None:
    own = group()
    answer = await answered(own)
    chat = Meanwhile(own.clock, own.chat.world)
    own = replace(own, chat=chat, ports=replace(own.ports, chat=chat))
    if not is_first:
        await given_by(own, answer)
        own.clock.advance(minutes=1)
    chat.happening = lambda: given_by(own, answer, draft=OTHER)
    await given_by(own, answer, draft=replace(DRAFT, scores=(1, 1)))
    assert await showing.show_due(own.ports) == 1
    (card,) = own.chat.world.reviews
    assert card.shown.review.draft == OTHER and await showing.show_due(own.ports) == 0


async def test_a_flag_that_was_dismissed_leaves_no_reason_behind() -> None:
    own = group()
    id_ = await given_by(own, await answered(own))
    await reviewing.flag(own.ports, id_, BEN, "It is rude to me.")
    shown = await reviewing.dismiss(own.ports, id_, ADA)
    kept = await own.ports.store.read(lambda tx: tx.review(HERE, id_))
    assert kept is not None and kept == shown.review
    assert (kept.flagged_at, kept.flag_reason) == (None, None)
    assert "rude" not in await privacy.export(own.ports, BEN)


class SlowLookup(FakeChat):
    """A chat whose looking, or drawing, takes long."""

    took = timedelta()
    drawing = timedelta()

    async def show_review(self, shown: ShownReview) -> str:
        self.clock.at += self.drawing
        return await super().show_review(shown)

    async def find_review(self, shown: ShownReview) -> str | None:
        found = await super().find_review(shown)
        self.clock.at += self.took
        return found


async def test_a_slow_platform_keeps_nobody_waiting_for_all_cards_at_once() -> None:
    own = group()
    round_ = await own.asked()
    kept = [(await own.replied(round_, author)).answer for author in (ADA, BEN)]
    chat = SlowLookup(own.clock, own.chat.world)
    own = replace(own, chat=chat, ports=replace(own.ports, chat=chat))
    for answer in kept:
        assert answer is not None
        chat.review_outcomes.append(Outcome.LOST)
        await given_by(own, answer)
    chat.took = LEASE - timedelta(seconds=1)
    own.clock.advance(minutes=2)
    drawn = [await showing.show_due(own.ports) for _ in range(2)]
    assert drawn == [2, 0] and len(own.chat.world.reviews) == 2
    await own.ports.store.write(
        lambda tx: [tx.call_for_showing(HERE, a.id, own.clock.now()) for a in kept if a]
    )
    chat.drawing = LEASE
    assert [await showing.show_due(own.ports) for _ in range(3)] == [1, 1, 0]


async def with_slow_lookup(took: timedelta) -> tuple[Group, SlowLookup]:
    """A group with a review whose first request was lost, and a chat that takes so long to look for it."""
    own = group()
    answer = await answered(own)
    own.chat.review_outcomes.append(Outcome.LOST)
    await given_by(own, answer)
    chat = SlowLookup(own.clock, own.chat.world)
    chat.took = took
    own.clock.advance(minutes=2)
    return replace(own, chat=chat, ports=replace(own.ports, chat=chat)), chat


async def test_a_request_late_in_its_lease_is_not_made_again_before_it_can_have_landed() -> None:
    own, chat = await with_slow_lookup(LEASE - timedelta(seconds=5))
    chat.review_outcomes.append(LANDING - timedelta(seconds=1))
    assert await showing.show_due(own.ports) == 0
    chat.took = timedelta()
    assert len(await settled(own)) == 1


async def test_nothing_is_drawn_when_the_lease_is_over_before_the_request() -> None:
    own, chat = await with_slow_lookup(LEASE)
    assert await showing.show_due(own.ports) == 0 and own.chat.world.reviews == []
    chat.took = timedelta()
    assert len(await settled(own)) == 1


async def the_author_gives(own: Group) -> None:
    kept = await own.replied(await own.asked(), CLEO)
    assert kept.answer is not None
    await given_by(own, kept.answer, BEN)


async def the_reviewer_deletes_their_data(own: Group) -> None:
    await privacy.delete(own.ports, CLEO)


async def the_author_deletes_their_data(own: Group) -> None:
    await privacy.delete(own.ports, BEN)


async def a_manager_removes_it(own: Group) -> None:
    (shown,) = await reviewing.log_of(own.ports, ADA)
    await reviewing.remove(own.ports, shown.review.id, ADA)


async def the_answer_is_withdrawn(own: Group) -> None:
    (shown,) = await reviewing.log_of(own.ports, ADA)
    await answering.withdraw(own.ports, shown.review.answer, BEN)


async def a_manager_sets_rules(own: Group) -> None:
    await review_rules.set_rules(own.ports, ADA, {"give": "0"})


HAPPENINGS = (
    the_author_gives,
    the_reviewer_deletes_their_data,
    the_author_deletes_their_data,
    a_manager_removes_it,
    the_answer_is_withdrawn,
    a_manager_sets_rules,
)


@pytest.mark.parametrize("happening", HAPPENINGS)
@pytest.mark.parametrize("outcome", [LATE, Outcome.ANSWER_LOST, Outcome.LOST])
async def test_what_happens_while_the_first_card_is_on_its_way_makes_no_second_and_leaves_no_words(
    happening: Callable[[Group], Awaitable[None]], outcome: Outcome | timedelta
) -> None:
    own = group(rules=Rules("UTC", reviews=ReviewRules(give=1)))
    answer = await answered(own)
    own.chat.review_outcomes.append(outcome)
    id_ = await given_by(own, answer)
    await happening(own)
    cards = [card for card in await settled(own) if card.shown.review.id == id_]
    kept = await own.ports.store.read(lambda tx: tx.review(HERE, id_))
    is_gone = happening in (the_reviewer_deletes_their_data, a_manager_removes_it)
    assert len(cards) == (0 if is_gone and outcome is Outcome.LOST else 1)
    for card in cards:
        assert (card.shown.state is ReviewState.REMOVED) == is_gone
        if happening in (the_author_gives, a_manager_sets_rules):
            assert card.shown.state is ReviewState.SHOWN
    if happening is the_reviewer_deletes_their_data:
        assert kept is None
        assert all(card.shown.review.draft.strong == card.shown.review.draft.change == "" for card in cards)
    else:
        assert kept is not None and kept.message == (cards[0].id if cards else None)
