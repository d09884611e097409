"""A reply becomes an answer; it is amended, withdrawn and restored (GLOSSARY, "Which reply is the answer")."""

from datetime import date, timedelta

import pytest

from bot.domain.places import Thread
from bot.domain.refusals import AnswerGone, NoSuchAnswer, NoSuchReply, NoSuchRound, TooLong, TooShort
from bot.domain.rounds import Answer, Round
from bot.practice import answering, recounting, standing
from bot.practice.answering import Use
from bot.practice.outcomes import Kept, NoCredit, Verdict
from bot.practice.scheduling import Wish, set_daily
from tests.practice.group import (
    ABROAD,
    ADA,
    BEN,
    DAY,
    HOUR,
    STRANGER,
    STUDY,
    Group,
    group,
    thread_of,
    utc,
)  # fmt: skip

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def here() -> Group:
    return group()


@pytest.fixture
async def round_(here: Group) -> Round:
    return await here.asked()


async def own(here: Group, round_: Round) -> Answer:
    found = await answering.own_answer(here.ports, round_.id, ADA)
    assert found is not None
    return found


async def deleted(here: Group, round_: Round, message: str) -> Kept:
    now = here.clock.now()
    return await answering.deleted(here.ports, thread_of(round_), message, ADA, now, now)


async def edited(here: Group, round_: Round, message: str, text: str, created: timedelta = MINUTE) -> Kept:
    """An edit now of a message that was created some time ago."""
    now = here.clock.now()
    return await answering.edited(here.ports, here.reply(round_, ADA, text, message, now - created), now)


async def live_days(here: Group) -> tuple[date, ...]:
    return await here.ports.store.read(lambda tx: tx.practice_days(ADA, date(2026, 1, 1)))


async def test_a_first_long_reply_is_the_answer_and_credits_its_day(here: Group, round_: Round) -> None:
    kept = await here.replied(round_)
    assert kept.verdict is Verdict.ACCEPTED
    assert kept.credited == date(2026, 11, 2)
    assert kept.streak is not None
    assert (kept.streak.length, kept.streak.today_done) == (1, True)
    assert kept.no_credit is None
    assert await own(here, round_) == kept.answer


async def test_a_thread_of_no_round_is_elsewhere(here: Group) -> None:
    thread = Thread(STUDY, "somebody's")
    now = here.clock.now()
    reply = here.reply(await here.asked())
    elsewhere = type(reply)(thread, "m1", ADA, reply.text, now)
    assert (await answering.receive(here.ports, elsewhere)).verdict is Verdict.ELSEWHERE
    assert (await answering.edited(here.ports, elsewhere, now)).verdict is Verdict.ELSEWHERE
    assert (await answering.deleted(here.ports, thread, "m1", ADA, now, now)).verdict is Verdict.ELSEWHERE


@pytest.mark.bad_input(40, 41)
async def test_too_little_text_is_hinted_at_once_and_then_only_kept(here: Group, round_: Round) -> None:
    assert (await here.replied(round_, text="ok", message="m1")).verdict is Verdict.TOO_SHORT
    assert (await here.replied(round_, text="so", message="m2")).verdict is Verdict.COMMENT
    assert await live_days(here) == ()
    other = await here.asked()
    assert (await here.replied(other, text="\u2800\u200b", message="m3")).verdict is Verdict.BLANK
    assert (await here.replied(other, message="m4")).verdict is Verdict.ACCEPTED


@pytest.mark.bad_input(51)
async def test_the_same_event_again_changes_nothing(here: Group, round_: Round) -> None:
    first = await here.replied(round_, message="m1")
    for _ in range(3):
        again = await here.replied(round_, message="m1")
        assert (again.verdict, again.streak) == (Verdict.KNOWN, None)
    assert await own(here, round_) == first.answer


async def test_later_replies_are_comments_and_credit_nothing(here: Group, round_: Round) -> None:
    first = await here.replied(round_)
    here.clock.advance(days=1)
    kept = await here.replied(round_)
    assert kept.verdict is Verdict.COMMENT
    assert kept.answer == first.answer
    assert await live_days(here) == (date(2026, 11, 2),)


async def test_each_member_has_an_answer_of_their_own(here: Group, round_: Round) -> None:
    await here.replied(round_)
    assert (await here.replied(round_, BEN)).verdict is Verdict.ACCEPTED
    assert len(await here.ports.store.read(lambda tx: tx.answers_of(round_.id, STUDY.workspace))) == 2


async def test_an_edit_changes_the_answer_and_keeps_the_earlier_text_and_the_credit(
    here: Group, round_: Round
) -> None:
    await here.replied(round_, message="m1", at=here.clock.now())
    here.clock.advance(minutes=1)
    kept = await edited(here, round_, "m1", "")
    assert kept.verdict is Verdict.AMENDED
    assert kept.answer is not None
    assert (kept.answer.text, kept.answer.version) == ("", 2)
    assert await live_days(here) == (date(2026, 11, 2),)
    exported = await here.ports.store.read(lambda tx: tx.export_member(ADA))
    assert "number m1" in str(exported["answer_version"])


@pytest.mark.bad_input(55)
async def test_an_edit_that_changes_no_text_is_no_news(here: Group, round_: Round) -> None:
    first = await here.replied(round_, message="m1")
    assert first.answer is not None
    here.clock.advance(minutes=1)
    kept = await edited(here, round_, "m1", first.answer.text)
    assert kept.verdict is Verdict.KNOWN
    assert (await own(here, round_)).changed_at is None
    earlier = here.reply(round_, ADA, "Something else, older by a little.", "m1", here.clock.now() - MINUTE)
    await answering.edited(here.ports, earlier, here.clock.now() - timedelta(milliseconds=1))
    assert await own(here, round_) == first.answer


@pytest.mark.bad_input(52)
async def test_an_edit_and_a_deletion_may_come_before_their_message(here: Group, round_: Round) -> None:
    here.clock.advance(hours=1)
    assert (await edited(here, round_, "m1", "The edited words are enough.")).verdict is Verdict.ACCEPTED
    created = here.clock.now() - MINUTE
    await here.replied(round_, message="m1", at=created)
    answer = await own(here, round_)
    assert (answer.text, answer.at) == ("The edited words are enough.", created)
    await deleted(here, round_, "m2")
    assert (await here.replied(round_, message="m2")).verdict is Verdict.REMOVED


@pytest.mark.bad_input(54)
async def test_an_edit_of_a_deleted_message_brings_nothing_back(here: Group, round_: Round) -> None:
    await here.replied(round_, message="m1")
    assert (await deleted(here, round_, "m1")).verdict is Verdict.REMOVED
    here.clock.advance(days=3)
    await edited(here, round_, "m1", "Back again with many words.", 3 * DAY)
    await here.replied(round_, message="m1", at=here.clock.now() - 3 * DAY)
    assert await answering.own_answer(here.ports, round_.id, ADA) is None


@pytest.mark.bad_input(56, 57)
async def test_a_late_event_is_credited_to_the_day_of_its_creation() -> None:
    here = group(at=utc("2026-11-02 23:59:59"))
    round_ = await here.asked()
    here.clock.at = utc("2026-11-03 02:00")
    before = await here.replied(
        round_, message="m1", at=utc("2026-11-02 23:59:59") + timedelta(milliseconds=900)
    )
    assert before.credited == date(2026, 11, 2)
    after = await here.replied(await here.asked(), message="m2", at=utc("2026-11-03 00:00"))
    assert after.credited == date(2026, 11, 3)
    assert after.streak is not None
    assert after.streak.length == 2


async def test_a_late_event_of_an_earlier_message_takes_the_answers_place_and_date() -> None:
    here = group(at=utc("2026-11-02 23:00"))
    round_ = await here.asked()
    here.clock.at = utc("2026-11-03 01:00")
    later = await here.replied(round_, message="m2", at=utc("2026-11-03 00:10"))
    assert later.credited == date(2026, 11, 3)
    kept = await here.replied(round_, message="m1", at=utc("2026-11-02 23:50"))
    assert (kept.verdict, kept.credited) == (Verdict.ACCEPTED, date(2026, 11, 2))
    assert await live_days(here) == (date(2026, 11, 2),)


@pytest.mark.bad_input(58)
async def test_a_reply_after_the_round_has_closed_is_late_and_credited(here: Group, round_: Round) -> None:
    here.clock.at = round_.closes_at
    kept = await here.replied(round_)
    assert kept.answer is not None
    assert kept.answer.late
    assert kept.credited == here.clock.now().date()
    assert not round_.is_closed(round_.closes_at - timedelta(microseconds=1))


async def test_words_that_grew_long_enough_only_the_day_after_credit_nothing(
    here: Group, round_: Round
) -> None:
    await here.replied(round_, text="ok", message="m1")
    here.clock.advance(days=1)
    kept = await edited(here, round_, "m1", "Now it is long enough at last.", DAY)
    assert (kept.verdict, kept.no_credit) == (Verdict.ACCEPTED, NoCredit.LENGTHENED)
    assert await live_days(here) == ()


async def test_repeating_the_question_credits_nothing(here: Group, round_: Round) -> None:
    kept = await here.replied(round_, text=f"{round_.question.text}\n{round_.question.text}")
    assert kept.verdict is Verdict.TOO_SHORT
    text = round_.question.text.replace(" ", "\n")
    kept = await here.replied(round_, BEN, text=text)
    assert (kept.verdict, kept.no_credit) == (Verdict.ACCEPTED, NoCredit.QUESTION)


async def test_a_copy_of_an_earlier_text_of_anybody_credits_nothing(here: Group, round_: Round) -> None:
    text = "The very same words in here."
    await here.replied(round_, BEN, text, at=here.clock.now() - MINUTE)
    kept = await here.replied(round_, ADA, text.upper())
    assert (kept.verdict, kept.no_credit, kept.credited) == (Verdict.ACCEPTED, NoCredit.COPY, None)
    again = await here.replied(await here.asked(), BEN, text)
    assert again.no_credit is NoCredit.COPY, "also of one's own in another round"
    stranger = await here.replied(await here.asked(ABROAD, STRANGER), STRANGER, text)
    assert stranger.no_credit is None, "another workspace is another world"


async def test_a_copy_loses_its_credit_when_the_earlier_text_arrives_after_it(
    here: Group, round_: Round
) -> None:
    text = "The very same words in here."
    here.clock.advance(hours=1)
    await here.replied(round_, ADA, text)
    assert await live_days(here) == (date(2026, 11, 2),)
    await here.replied(round_, BEN, "Words of an answer before.", "b0", here.clock.now() - HOUR)
    comment = await here.replied(round_, BEN, text, "b1", here.clock.now() - MINUTE)
    assert comment.verdict is Verdict.COMMENT
    assert await live_days(here) == ()
    assert not (await own(here, round_)).counts


async def test_a_copy_counts_when_what_it_copied_turns_out_to_be_later(here: Group, round_: Round) -> None:
    text = "The very same words in here."
    here.clock.advance(hours=1)
    now = here.clock.now()
    edit = here.reply(round_, BEN, text, "b1", now - HOUR)
    await answering.edited(here.ports, edit, now)
    await here.replied(round_, ADA, text, "a1", now - MINUTE)
    assert not (await own(here, round_)).counts
    await here.replied(round_, BEN, "What Ben said at first.", "b1", now - HOUR)
    assert (await own(here, round_)).counts
    assert await live_days(here) == (date(2026, 11, 2),)


async def test_the_original_of_an_edited_message_gives_the_credit_that_the_edit_came_too_late_for(
    here: Group, round_: Round
) -> None:
    here.clock.advance(days=1)
    await edited(here, round_, "m1", "Much longer than it was.", DAY)
    assert await live_days(here) == ()
    kept = await here.replied(round_, ADA, "It was long enough then.", "m1", here.clock.now() - DAY)
    assert kept.answer is not None
    assert kept.answer.counts
    assert await live_days(here) == (date(2026, 11, 2),)


async def test_the_form_gives_an_answer_and_then_a_new_text_for_it(here: Group, round_: Round) -> None:
    now = here.clock.now()
    first = await answering.submit(here.ports, round_.id, ADA, "First words, long enough.", "f1", now)
    assert (first.verdict, first.credited) == (Verdict.ACCEPTED, now.date())
    here.clock.advance(days=1)
    second = await answering.submit(
        here.ports, round_.id, ADA, "Better words, long enough.", "f2", here.clock.now()
    )
    assert second.verdict is Verdict.AMENDED
    assert second.answer is not None
    assert (second.answer.text, second.answer.at) == ("Better words, long enough.", now)
    assert await live_days(here) == (now.date(),)


@pytest.mark.bad_input(51)
async def test_a_form_that_is_sent_twice_is_kept_once(here: Group, round_: Round) -> None:
    now = here.clock.now()
    await here.replied(round_, message="m1")
    for verdict in (Verdict.AMENDED, Verdict.KNOWN):
        kept = await answering.submit(
            here.ports, round_.id, ADA, "Better words, long enough.", "f1", now + MINUTE
        )
        assert kept.verdict is verdict
    assert (await own(here, round_)).version == 2


async def test_a_form_follows_no_edits_and_takes_the_date_of_an_earlier_message(here: Group) -> None:
    here.clock.at = utc("2026-11-03 00:10")
    round_ = await here.asked()
    await answering.submit(here.ports, round_.id, ADA, "By the form, long enough.", "f1", here.clock.now())
    await here.replied(round_, message="m1", at=utc("2026-11-02 23:50"))
    answer = await own(here, round_)
    assert (answer.text, answer.local_date) == ("By the form, long enough.", date(2026, 11, 2))
    assert await live_days(here) == (date(2026, 11, 2),)
    await deleted(here, round_, "m1")
    answer = await own(here, round_)
    assert (answer.text, answer.local_date) == ("By the form, long enough.", date(2026, 11, 3))
    here.clock.advance(hours=25)
    assert (await standing.streak_of(here.ports, ADA)).best == 1


async def test_a_form_refuses_what_it_cannot_be(here: Group, round_: Round) -> None:
    now = here.clock.now()
    with pytest.raises(NoSuchRound):
        await answering.submit(here.ports, "nowhere", ADA, "Long enough, this is.", "f1", now)
    with pytest.raises(NoSuchRound):
        await answering.submit(here.ports, round_.id, STRANGER, "Long enough, this is.", "f1", now)
    with pytest.raises(TooShort) as short:
        await answering.submit(here.ports, round_.id, ADA, " ok ", "f1", now)
    assert (short.value.length, short.value.minimum) == (2, 15)
    with pytest.raises(TooLong) as long:
        await answering.submit(here.ports, round_.id, ADA, "x" * 3001, "f1", now)
    assert (long.value.length, long.value.limit) == (3001, 3000)
    assert await answering.own_answer(here.ports, round_.id, ADA) is None


async def test_a_later_reply_is_used_instead_or_added(here: Group, round_: Round) -> None:
    await here.replied(round_, text="First words, long enough.", message="m1")
    here.clock.advance(minutes=1)
    await here.replied(round_, text="And some more words.", message="m2")
    thread = thread_of(round_)
    added = await answering.use_reply(here.ports, thread, "m2", ADA, Use.ADD)
    assert added.answer is not None
    assert added.answer.text == "First words, long enough.\n\nAnd some more words."
    assert (await answering.use_reply(here.ports, thread, "m2", ADA, Use.ADD)).verdict is Verdict.KNOWN
    instead = await answering.use_reply(here.ports, thread, "m2", ADA, Use.REPLACE)
    assert instead.answer is not None
    assert instead.answer.text == "And some more words."
    assert (await answering.use_reply(here.ports, thread, "m2", ADA, Use.REPLACE)).verdict is Verdict.KNOWN
    here.clock.advance(minutes=1)
    assert (await edited(here, round_, "m2", "Edited after it was chosen.")).verdict is Verdict.KNOWN
    assert (await own(here, round_)).text == "And some more words."
    await deleted(here, round_, "m2")
    assert (await own(here, round_)).text == "First words, long enough."


async def test_the_first_reply_can_be_used_again_after_another_was_added(here: Group, round_: Round) -> None:
    await here.replied(round_, text="First words, long enough.", message="m1")
    await here.replied(round_, text="And some more words.", message="m2")
    thread = thread_of(round_)
    await answering.use_reply(here.ports, thread, "m2", ADA, Use.ADD)
    back = await answering.use_reply(here.ports, thread, "m1", ADA, Use.REPLACE)
    assert back.answer is not None
    assert back.answer.text == "First words, long enough."


async def test_a_reply_that_is_not_ones_own_or_not_there_cannot_be_used(here: Group, round_: Round) -> None:
    thread = thread_of(round_)
    await here.replied(round_, message="m1")
    await here.replied(round_, message="m2")
    await deleted(here, round_, "m2")
    for message, member in (("m9", ADA), ("m1", BEN), ("m2", ADA)):
        with pytest.raises(NoSuchReply):
            await answering.use_reply(here.ports, thread, message, member, Use.REPLACE)
    await here.replied(round_, BEN, "ok", "b1")
    with pytest.raises(NoSuchReply):
        await answering.use_reply(here.ports, thread, "b1", BEN, Use.ADD)
    with pytest.raises(NoSuchReply):
        await answering.use_reply(here.ports, Thread(STUDY, "none"), "m1", ADA, Use.ADD)


async def test_a_withdrawn_answer_keeps_its_credit_for_a_day_and_can_be_restored_for_so_long(
    here: Group, round_: Round
) -> None:
    kept = await here.replied(round_, message="m1")
    assert kept.answer is not None
    gone = await answering.withdraw(here.ports, kept.answer.id, ADA)
    assert gone.verdict is Verdict.REMOVED
    assert await answering.own_answer(here.ports, round_.id, ADA) is None
    assert (await standing.streak_of(here.ports, ADA)).length == 1
    assert (await answering.withdraw(here.ports, kept.answer.id, ADA)).verdict is Verdict.KNOWN
    here.clock.advance(hours=24)
    back = await answering.restore(here.ports, kept.answer.id, ADA)
    assert back.verdict is Verdict.AMENDED
    assert (await answering.restore(here.ports, kept.answer.id, ADA)).verdict is Verdict.KNOWN
    assert (await own(here, round_)).text == kept.answer.text
    assert await live_days(here) == (date(2026, 11, 2),)
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    here.clock.advance(hours=24, seconds=1)
    with pytest.raises(AnswerGone):
        await answering.restore(here.ports, kept.answer.id, ADA)
    assert (await standing.streak_of(here.ports, ADA)).length == 0


async def test_after_withdrawing_only_what_is_said_later_is_the_answer_whatever_comes_then(
    here: Group, round_: Round
) -> None:
    kept = await here.replied(round_, message="m1")
    await here.replied(round_, message="m2")
    assert kept.answer is not None
    here.clock.advance(minutes=1)
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    late = await here.replied(round_, message="m3", at=here.clock.now() - MINUTE)
    assert late.verdict is Verdict.COMMENT
    await deleted(here, round_, "m1")
    assert await answering.own_answer(here.ports, round_.id, ADA) is None
    here.clock.advance(minutes=1)
    await here.replied(round_, message="m4")
    await here.replied(round_, message="m5")
    assert (await own(here, round_)).message == "m4"
    await deleted(here, round_, "m4")
    assert (await own(here, round_)).message == "m5"


async def test_a_restored_answer_follows_its_message_again(here: Group, round_: Round) -> None:
    kept = await here.replied(round_, message="m1")
    assert kept.answer is not None
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    await answering.restore(here.ports, kept.answer.id, ADA)
    here.clock.advance(minutes=1)
    assert (await edited(here, round_, "m1", "Other words, long enough.")).verdict is Verdict.AMENDED
    await deleted(here, round_, "m1")
    assert await answering.own_answer(here.ports, round_.id, ADA) is None


async def test_an_answer_whose_message_was_deleted_is_restored_as_its_text_alone(
    here: Group, round_: Round
) -> None:
    kept = await here.replied(round_, message="m1")
    assert kept.answer is not None
    await deleted(here, round_, "m1")
    back = await answering.restore(here.ports, kept.answer.id, ADA)
    assert back.answer is not None
    assert (back.answer.text, back.answer.chosen) == (kept.answer.text, True)
    here.clock.advance(days=1)
    await here.replied(round_, message="m2")
    assert (await own(here, round_)).text == kept.answer.text
    assert await live_days(here) == (date(2026, 11, 2),)


async def test_a_chosen_answer_is_restored_as_it_was(here: Group, round_: Round) -> None:
    kept = await here.replied(round_, text="First words, long enough.", message="m1")
    await here.replied(round_, text="And some more words.", message="m2")
    assert kept.answer is not None
    await answering.use_reply(here.ports, thread_of(round_), "m2", ADA, Use.REPLACE)
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    await answering.restore(here.ports, kept.answer.id, ADA)
    await here.replied(round_, message="m3")
    assert (await own(here, round_)).text == "And some more words."


async def test_nobody_withdraws_or_restores_the_answer_of_another(here: Group, round_: Round) -> None:
    kept = await here.replied(round_)
    assert kept.answer is not None
    for member in (BEN, STRANGER):
        for use_case in (answering.withdraw, answering.restore):
            with pytest.raises(NoSuchAnswer):
                await use_case(here.ports, kept.answer.id, member)
    with pytest.raises(NoSuchRound):
        await answering.own_answer(here.ports, round_.id, STRANGER)


async def test_deleting_an_answer_lets_the_next_comment_take_its_place_and_the_day_lapses_after_a_day(
    here: Group, round_: Round
) -> None:
    await here.replied(round_, message="m1")
    here.clock.advance(days=1)
    await here.replied(round_, message="m2")
    kept = await answering.deleted(
        here.ports, thread_of(round_), "m1", ADA, here.clock.now() - DAY, here.clock.now()
    )
    assert kept.answer is not None
    assert kept.answer.message == "m2"
    assert await live_days(here) == (date(2026, 11, 3),)
    assert (await standing.streak_of(here.ports, ADA)).length == 2
    here.clock.advance(hours=24)
    assert (await standing.streak_of(here.ports, ADA)).length == 1


async def test_two_answers_of_one_day_credit_it_once_and_either_carries_it(
    here: Group, round_: Round
) -> None:
    await here.replied(round_, message="m1")
    second = await here.replied(await here.asked(), message="m2")
    assert (second.verdict, second.credited) == (Verdict.ACCEPTED, None)
    await deleted(here, round_, "m1")
    here.clock.advance(days=1)
    assert (await standing.streak_of(here.ports, ADA)).length == 1


async def test_the_zone_of_a_member_who_chose_none_is_the_schedules(here: Group, round_: Round) -> None:
    await set_daily(here.ports, STUDY, ADA, Wish("09:00", zone="Pacific/Kiritimati"))
    here.clock.at = utc("2026-11-02 11:00")
    kept = await here.replied(round_)
    assert kept.answer is not None
    assert (kept.answer.zone, kept.answer.local_date) == ("Pacific/Kiritimati", date(2026, 11, 3))


async def test_spent_freezes_are_told_once(here: Group) -> None:
    await here.practiced(days=3)
    here.clock.advance(days=2)
    first = await here.replied(await here.asked(), at=here.clock.now())
    assert first.freezes == (date(2026, 11, 5), date(2026, 11, 6))
    assert first.streak is not None
    assert (first.streak.length, first.streak.freezes) == (4, 0)
    here.clock.advance(hours=1)
    second = await here.replied(await here.asked(), at=here.clock.now())
    assert second.freezes == ()


async def test_a_long_history_is_folded_and_recounted_to_the_same(here: Group) -> None:
    await here.practiced(days=70)
    streak = await standing.streak_of(here.ports, ADA)
    assert streak.length == 70
    assert await here.ports.store.read(lambda tx: tx.checkpoint(ADA)) is not None
    assert await recounting.recount(here.ports) == 1
    assert await here.ports.store.read(lambda tx: tx.checkpoint(ADA)) is None
    assert await standing.streak_of(here.ports, ADA) == streak
