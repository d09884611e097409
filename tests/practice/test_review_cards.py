"""The cards of reviews: one each, as things stand, whatever becomes of a request; held back, and without a word."""

from datetime import timedelta

import pytest

from bot.domain.refusals import NoSuchAnswer
from bot.domain.reviews import (
    ReviewState,
)
from bot.practice import privacy, review_rules, reviewing, showing, standing
from bot.practice.ports import PostRefused, Rules
from tests.fakes import Outcome
from tests.practice.group import ADA, BEN, CLEO, HERE, group
from tests.practice.reviewing_group import DRAFT, OTHER, answered, given, reviewing_group, seen


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.ANSWER_LOST, Outcome.HANGS, timedelta(seconds=20)])
async def test_a_card_of_unknown_outcome_is_looked_for_and_ends_as_one(outcome: Outcome) -> None:
    own = group(rules=Rules("UTC", lease=timedelta(seconds=0.05)))
    _, answer = await answered(own)
    own.chat.review_outcomes.append(outcome)
    await given(own, answer)
    assert await showing.show_due(own.ports) == 0  # not before it can have landed
    own.clock.advance(minutes=2)
    own.chat.lookup_faults = 1
    assert await showing.show_due(own.ports) == 0  # and never blindly
    own.clock.advance(minutes=2)
    assert await showing.show_due(own.ports) == 1
    assert len(own.chat.world.reviews) == 1


async def test_a_change_while_the_first_card_is_on_its_way_does_not_make_two() -> None:
    own = group()
    _, answer = await answered(own)
    own.chat.review_outcomes.append(timedelta(seconds=20))
    id_ = await given(own, answer)
    await reviewing.thank(own.ports, id_, BEN)
    await given(own, answer, draft=OTHER)
    own.clock.advance(minutes=2)
    await showing.show_due(own.ports)
    await showing.show_due(own.ports)
    (card,) = own.chat.world.reviews
    assert card.shown.review.draft == OTHER and card.shown.review.thanked_at is not None


async def test_a_card_that_is_refused_waits_for_the_next_change() -> None:
    own = group()
    _, answer = await answered(own)
    own.chat.review_outcomes.append(PostRefused("too long"))
    await given(own, answer)
    own.clock.advance(days=1)
    assert await showing.show_due(own.ports) == 0 and own.chat.world.reviews == []
    await given(own, answer, draft=OTHER)
    assert len(own.chat.world.reviews) == 1


async def test_a_card_that_is_forbidden_is_tried_once_an_hour_for_a_week() -> None:
    own = group()
    _, answer = await answered(own)
    own.chat.review_outcomes += [PostRefused("no right", forbidden=True)] * 200
    await given(own, answer)
    for _ in range(24 * 8):
        own.clock.advance(hours=1)
        await showing.show_due(own.ports)
    assert 200 - len(own.chat.review_outcomes) == 24 * 7 + 1
    own.chat.review_outcomes.clear()
    await given(own, answer, draft=OTHER)
    assert len(own.chat.world.reviews) == 1


@pytest.mark.bad_input(70)
async def test_words_are_taken_out_of_a_card_even_if_that_is_refused_at_first() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    await privacy.delete(own.ports, CLEO)
    own.chat.review_outcomes += [PostRefused("the thread is locked")] * 3
    for _ in range(3):
        assert await showing.show_due(own.ports) == 0
        assert await own.ports.store.read(lambda tx: tx.review(HERE, id_)) is not None
        own.clock.advance(hours=1)
    assert await showing.show_due(own.ports) == 1
    assert seen(own).state is ReviewState.REMOVED
    assert await own.ports.store.read(lambda tx: tx.review(HERE, id_)) is None


@pytest.mark.bad_input(70)
async def test_where_the_channel_is_gone_nothing_is_left_to_draw() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    await privacy.delete(own.ports, CLEO)
    own.chat.review_outcomes.append(PostRefused("gone", channel_gone=True))
    await showing.show_due(own.ports)
    assert await own.ports.store.read(lambda tx: tx.review(HERE, id_)) is None


async def test_give_to_get_holds_a_review_until_enough_were_given() -> None:
    own = reviewing_group(give=2, fallback=timedelta(days=3))
    round_, answer = await answered(own)
    await given(own, answer)
    (card,) = own.chat.world.reviews
    assert card.shown.state is ReviewState.HELD and card.shown.to_give == 2
    for author in (ADA, CLEO):
        kept = await own.replied(round_, author)
        assert kept.answer is not None
        await given(own, kept.answer, BEN, DRAFT if author == ADA else OTHER)
    await showing.show_due(own.ports)
    assert seen(own).state is ReviewState.SHOWN


async def test_give_to_get_never_holds_longer_than_the_fallback() -> None:
    own = reviewing_group(give=5, fallback=timedelta(days=3))
    _, answer = await answered(own)
    await given(own, answer)
    (card,) = own.chat.world.reviews
    own.clock.advance(days=3, seconds=-1)
    await showing.show_due(own.ports)
    assert card.shown.state is ReviewState.HELD
    own.clock.advance(seconds=1)
    await showing.show_due(own.ports)
    assert seen(own).state is ReviewState.SHOWN


@pytest.mark.bad_input(69, 70)
async def test_deleting_a_reviewers_data_leaves_a_card_without_a_word_and_then_no_row() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    before = await standing.streak_of(own.ports, BEN)
    await privacy.delete(own.ports, CLEO)
    await showing.show_due(own.ports)
    (card,) = own.chat.world.reviews
    assert card.shown.state is ReviewState.REMOVED and card.shown.review.reviewer is None
    assert card.shown.review.draft.strong == "" and card.shown.review.draft.change == ""
    assert await own.ports.store.read(lambda tx: tx.review(HERE, id_)) is None
    assert await standing.streak_of(own.ports, BEN) == before


@pytest.mark.bad_input(70)
async def test_deleting_an_authors_data_keeps_the_reviewers_words() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    await reviewing.flag(own.ports, id_, BEN, "Too short, I think.")
    await privacy.delete(own.ports, BEN)
    await showing.show_due(own.ports)
    (card,) = own.chat.world.reviews
    assert card.shown.answer is None and card.shown.review.author is None
    assert card.shown.review.draft == DRAFT and card.shown.review.flag_reason is None
    with pytest.raises(NoSuchAnswer):
        await given(own, answer, ADA)
    assert "It counts before it draws." in await privacy.export(own.ports, CLEO)


async def test_what_was_read_in_full_is_not_hidden_again() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    await review_rules.set_rules(own.ports, ADA, {"give": "3"})
    await reviewing.thank(own.ports, id_, BEN)
    assert seen(own).state is ReviewState.SHOWN and seen(own).review.thanked_at is not None


async def test_one_card_that_cannot_be_drawn_holds_up_no_other_and_nobody() -> None:
    own = group()
    round_, answer = await answered(own)
    kept = await own.replied(round_, ADA)
    assert kept.answer is not None
    own.chat.review_outcomes += [RuntimeError("a fault of ours"), RuntimeError("again")]
    await given(own, answer)
    own.clock.advance(minutes=5)
    await given(own, kept.answer, BEN, OTHER)
    own.clock.advance(minutes=5)
    assert await showing.show_due(own.ports) == 2


async def test_a_press_draws_its_own_card_and_no_other() -> None:
    own = group()
    _, answer = await answered(own)
    first = await given(own, answer)
    await given(own, answer, ADA, OTHER)
    await reviewing.thank(own.ports, first, BEN)
    assert [card.drawn for card in own.chat.world.reviews] == [2, 1]
    assert await showing.show_due(own.ports) == 0
