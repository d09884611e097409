"""Reviews: given, amended, thanked for, flagged, removed; who may, what counts, and how the card follows."""

from dataclasses import replace

import pytest

from bot.domain.refusals import NoSuchAnswer
from bot.domain.reviews import (
    AccountClosed,
    AnswerWithdrawn,
    BadReview,
    NoRubric,
    NoSuchReview,
    NotAnAnswer,
    NotYourReview,
    OwnAnswer,
    ReviewRemoved,
    ReviewState,
)
from bot.practice import accounts, answering, privacy, review_rules, reviewing, showing, standing
from bot.practice.outcomes import Trouble
from bot.practice.review_records import Giving
from tests.practice.group import ADA, BEN, CLEO, HERE, HOUR, STRANGER, group
from tests.practice.reviewing_group import DRAFT, OTHER, answered, given, reviewing_group, seen


async def test_a_review_is_kept_shown_once_and_marked_as_of_the_version_that_was_read() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    (card,) = own.chat.world.reviews
    assert card.shown.review.id == id_ and card.shown.state is ReviewState.SHOWN
    kept = await own.ports.store.read(lambda tx: tx.review(HERE, id_))
    assert kept is not None and kept.message == card.id and kept.due_at is None
    assert (kept.author, kept.reviewer, kept.answer_version) == (BEN, CLEO, 1)
    assert await showing.show_due(own.ports) == 0


@pytest.mark.bad_input(101, 103)
async def test_who_may_not_review_is_refused_and_nothing_is_kept() -> None:
    own = group()
    _, answer = await answered(own)
    for member, why in ((BEN, OwnAnswer), (STRANGER, NoSuchAnswer)):
        with pytest.raises(why):
            await given(own, answer, member)
        with pytest.raises(why):
            await reviewing.open_review(own.ports, answer.id, member)
    with pytest.raises(NoSuchAnswer):
        await reviewing.give(own.ports, "aaaaaaaaaaaaaaaa", CLEO, DRAFT, own.clock.now())
    assert own.chat.world.reviews == []


async def test_an_answer_that_was_withdrawn_is_not_reviewed_until_it_is_back() -> None:
    own = group()
    _, answer = await answered(own)
    await answering.withdraw(own.ports, answer.id, BEN)
    with pytest.raises(AnswerWithdrawn):
        await given(own, answer)
    await answering.restore(own.ports, answer.id, BEN)
    await given(own, answer)
    assert len(own.chat.world.reviews) == 1


@pytest.mark.bad_input(69)
async def test_an_account_that_closed_is_not_reviewed_and_one_that_is_back_is() -> None:
    own = group()
    _, answer = await answered(own)
    own.chat.world.gone.add(BEN)
    with pytest.raises(AccountClosed):
        await given(own, answer)
    own.chat.lookup_faults = 1  # the platform cannot say: what is known serves
    with pytest.raises(AccountClosed):
        await given(own, answer)
    own.chat.world.gone.clear()
    with pytest.raises(AccountClosed):  # the form still knows no better
        await reviewing.open_review(own.ports, answer.id, CLEO)
    await given(own, answer)
    assert not await accounts.told(own.ports, BEN, True)


async def test_without_a_rubric_there_is_nothing_to_judge_by() -> None:
    own = group()
    _, answer = await answered(own)
    bank = own.ports.bank
    bare = replace(bank, packs=tuple(replace(pack, rubrics=()) for pack in bank.packs))
    with pytest.raises(NoRubric):
        await reviewing.open_review(replace(own.ports, bank=bare), answer.id, CLEO)


@pytest.mark.bad_input(104)
async def test_a_second_review_amends_the_first_and_the_same_again_changes_nothing() -> None:
    own = group()
    _, answer = await answered(own)
    first = await given(own, answer)
    again = await reviewing.give(own.ports, answer.id, CLEO, OTHER, own.clock.advance(hours=1))
    assert not again.first and again.shown.review.id == first and again.shown.review.version == 2
    same = await reviewing.give(own.ports, answer.id, CLEO, OTHER, own.clock.advance(hours=1))
    assert same.shown.review.version == 2
    (card,) = own.chat.world.reviews
    assert card.shown.review.draft == OTHER and card.drawn == 2
    about = await reviewing.open_review(own.ports, answer.id, CLEO)
    assert about.earlier is not None and about.earlier.draft == OTHER


async def test_a_bad_review_is_refused_by_its_part() -> None:
    own = group()
    _, answer = await answered(own)
    with pytest.raises(BadReview) as caught:
        await given(own, answer, draft=replace(DRAFT, covered=(2,)))
    assert caught.value.part == "covered"


@pytest.mark.bad_input(59)
async def test_an_edit_is_seen_on_the_card_and_a_new_review_is_of_the_new_text() -> None:
    own = group()
    round_, answer = await answered(own)
    await given(own, answer)
    reply = own.reply(round_, BEN, "Other words of mine, and more of them.", answer.message, answer.at)
    await answering.edited(own.ports, reply, own.clock.advance(minutes=5))
    assert await showing.show_due(own.ports) == 1
    (card,) = own.chat.world.reviews
    assert card.shown.changed
    await given(own, answer)
    assert not seen(own).changed and seen(own).review.answer_version == 2


async def test_a_deleted_answer_leaves_the_reviewers_words() -> None:
    own = group()
    round_, answer = await answered(own)
    await given(own, answer)
    now = own.clock.advance(minutes=1)
    await answering.deleted(own.ports, round_.thread, answer.message, BEN, answer.at, now)  # type: ignore[arg-type]
    await showing.show_due(own.ports)
    (card,) = own.chat.world.reviews
    assert card.shown.answer is None and card.shown.review.draft == DRAFT


@pytest.mark.bad_input(53)
async def test_the_message_menu_receives_what_was_not_heard_yet() -> None:
    own = group()
    round_ = await own.asked()
    reply = own.reply(round_, BEN)
    id_ = await reviewing.answer_at(own.ports, reply, CLEO)
    answer = await own.ports.store.read(lambda tx: tx.answer_by_id(HERE, id_))
    assert answer is not None and answer.member == BEN
    assert len(own.chat.acknowledged) == 1
    await answering.receive(own.ports, reply)  # its own event comes
    assert await reviewing.answer_at(own.ports, reply, CLEO) == id_
    assert len(own.chat.acknowledged) == 1


async def test_the_message_menu_refuses_ones_own_message_and_what_is_no_answer() -> None:
    own = group()
    round_ = await own.asked()
    with pytest.raises(OwnAnswer):
        await reviewing.answer_at(own.ports, own.reply(round_, CLEO), CLEO)
    with pytest.raises(NotAnAnswer):
        await reviewing.answer_at(own.ports, own.reply(round_, BEN, "short"), CLEO)


@pytest.mark.bad_input(104)
async def test_thanks_are_the_authors_count_once_and_can_be_taken_back() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    for member in (CLEO, ADA):
        with pytest.raises(NotYourReview):
            await reviewing.thank(own.ports, id_, member)
    with pytest.raises(NoSuchReview):
        await reviewing.thank(own.ports, id_, STRANGER)
    at = own.clock.now()
    for _ in range(50):
        shown = await reviewing.thank(own.ports, id_, BEN)
        own.clock.advance(seconds=1)
    assert shown.review.thanked_at == at
    assert own.chat.world.reviews[0].drawn == 2
    board = await standing.board(own.ports, ADA)
    assert board.reviewers == ((CLEO, Giving(1, 1)),)
    await reviewing.unthank(own.ports, id_, BEN)
    assert (await standing.board(own.ports, CLEO)).giving == {CLEO: Giving(1, 0)}


async def test_a_flag_is_told_without_its_reason_and_managers_decide() -> None:
    own = group()
    round_, answer = await answered(own)
    id_ = await given(own, answer)
    with pytest.raises(BadReview):
        await reviewing.flag(own.ports, id_, BEN, " x ")
    await reviewing.flag(own.ports, id_, BEN, "It is rude to me.")
    ((channel, notice),) = own.chat.notices
    assert channel == round_.channel and notice.trouble is Trouble.REVIEW_FLAGGED and notice.reason == ""
    (shown,) = await reviewing.log_of(own.ports, ADA)
    assert shown.review.flag_reason == "It is rude to me." and shown.review.reviewer == CLEO
    await reviewing.dismiss(own.ports, id_, ADA)
    (shown,) = await reviewing.log_of(own.ports, ADA)
    assert shown.review.flagged_at is None
    await reviewing.remove(own.ports, id_, ADA)
    assert await reviewing.log_of(own.ports, ADA) == ()
    assert own.chat.world.reviews[0].shown.state is ReviewState.REMOVED
    with pytest.raises(ReviewRemoved):  # it does not come back by being given again
        await given(own, answer)
    with pytest.raises(NoSuchReview):
        await reviewing.thank(own.ports, id_, BEN)


async def test_a_name_that_was_kept_back_stays_so() -> None:
    own = group()
    _, answer = await answered(own)
    await review_rules.set_rules(own.ports, ADA, {"names": "peer"})
    await given(own, answer)
    await review_rules.set_rules(own.ports, ADA, {"names": "named"})
    await given(own, answer, draft=OTHER)
    assert own.chat.world.reviews[0].shown.review.named is False
    exported = await privacy.export(own.ports, CLEO)
    assert '"named": false' in exported or '"named": 0' in exported


async def test_a_review_is_practice_only_when_the_group_says_so() -> None:
    own = group()
    _, answer = await answered(own)
    found = await reviewing.give(own.ports, answer.id, CLEO, DRAFT, own.clock.now())
    assert found.credited is None and (await standing.streak_of(own.ports, CLEO)).length == 0


async def test_a_review_that_is_practice_credits_its_day_once() -> None:
    own = reviewing_group(practice=True)
    round_, answer = await answered(own)
    found = await reviewing.give(own.ports, answer.id, CLEO, DRAFT, own.clock.now())
    assert found.credited == own.clock.now().date()
    assert (await standing.streak_of(own.ports, CLEO)).length == 1
    kept = await own.replied(round_, ADA)
    assert kept.answer is not None
    again = await reviewing.give(own.ports, kept.answer.id, CLEO, OTHER, own.clock.now())
    assert again.credited is None  # the day has its credit


async def test_the_same_words_again_are_no_practice() -> None:
    own = reviewing_group(practice=True)
    round_, answer = await answered(own)
    await given(own, answer)
    own.clock.advance(days=1)
    kept = await own.replied(round_, ADA)
    assert kept.answer is not None
    shout = replace(DRAFT, strong=DRAFT.strong.upper())
    found = await reviewing.give(own.ports, kept.answer.id, CLEO, shout, own.clock.now())
    assert found.credited is None and not found.shown.review.counts


async def test_a_days_credit_outlives_the_withdrawal_of_its_answer_by_a_review() -> None:
    own = reviewing_group(practice=True)
    round_, answer = await answered(own)
    kept = await own.replied(round_, CLEO)
    assert kept.answer is not None
    await given(own, answer)
    await answering.withdraw(own.ports, kept.answer.id, CLEO)
    own.clock.advance(hours=30)
    facts = await own.ports.store.read(lambda tx: tx.facts(CLEO, "UTC", None, own.clock.now()))
    assert [credit.withdrawn_at for credit in facts.credits] == [None]


async def test_a_review_that_a_manager_removes_takes_its_practice_along() -> None:
    own = reviewing_group(practice=True)
    _, answer = await answered(own)
    id_ = await given(own, answer)
    await reviewing.remove(own.ports, id_, ADA)
    facts = await own.ports.store.read(lambda tx: tx.facts(CLEO, "UTC", None, own.clock.now()))
    assert [credit.withdrawn_at for credit in facts.credits] == [own.clock.now()]


async def test_a_review_counts_nothing_for_hours_that_are_not_its_reviewers() -> None:
    own = reviewing_group(practice=True)
    _, answer = await answered(own)
    own.clock.advance(hours=15, minutes=30)  # 23:30 in UTC
    found = await reviewing.give(own.ports, answer.id, CLEO, DRAFT, own.clock.now() - HOUR)
    assert found.credited == (own.clock.now() - HOUR).date()


async def test_a_flag_is_told_once() -> None:
    own = group()
    _, answer = await answered(own)
    id_ = await given(own, answer)
    for reason in ("It is rude to me.", "It is still rude.", "Please look at it."):
        await reviewing.flag(own.ports, id_, BEN, reason)
    assert len(own.chat.notices) == 1
    (shown,) = await reviewing.log_of(own.ports, ADA)
    assert shown.review.flag_reason == "Please look at it."
    await reviewing.dismiss(own.ports, id_, ADA)
    await reviewing.flag(own.ports, id_, BEN, "It is rude all the same.")
    assert len(own.chat.notices) == 2


@pytest.mark.bad_input(59)
async def test_a_review_is_of_the_text_that_its_reviewer_had_before_them() -> None:
    own = group()
    round_, answer = await answered(own)
    reply = own.reply(round_, BEN, "Other words of mine, and more of them.", answer.message, answer.at)
    await answering.edited(own.ports, reply, own.clock.advance(minutes=5))  # while the form was open
    now = own.clock.now()
    first = await reviewing.give(own.ports, answer.id, CLEO, DRAFT, now, version=1)
    assert first.shown.changed and first.shown.review.answer_version == 1
    again = await reviewing.give(own.ports, answer.id, CLEO, DRAFT, now, version=2)
    assert not again.shown.changed
    forged = await reviewing.give(own.ports, answer.id, CLEO, OTHER, now, version=99)
    assert forged.shown.review.answer_version == 2


@pytest.mark.bad_input(105)
async def test_words_that_anybody_said_before_are_no_practice() -> None:
    own = reviewing_group(practice=True)
    round_, answer = await answered(own)
    await given(own, answer)
    await given(own, answer, draft=OTHER)  # amended: both are said now
    own.clock.advance(days=1)
    kept = await own.replied(round_, ADA)
    assert kept.answer is not None
    for member, draft in ((CLEO, DRAFT), (BEN, OTHER)):
        found = await reviewing.give(own.ports, kept.answer.id, member, draft, own.clock.now())
        assert found.credited is None


@pytest.mark.parametrize(
    "text", ["先数了请求的数量再画图。", "まず負荷を数えてから設計している。", "คุณนับจำนวนก่อนวาดรูป"]
)
async def test_a_sentence_of_a_script_without_blanks_is_one(text: str) -> None:
    own = group()
    _, answer = await answered(own)
    await given(own, answer, draft=replace(DRAFT, strong=text))
    assert seen(own).review.draft.strong == text
