"""Peer review by its buttons and forms: what each does, for whom, and what a forged one gets."""

from dataclasses import replace

import pytest

from bot.chat import actions
from bot.chat.calls import FieldError
from bot.chat.cards import Form
from bot.chat.wording import buttons
from bot.domain.places import Channel, Member, Thread
from bot.domain.reviews import ReviewState
from bot.domain.rounds import Reply
from bot.practice.outcomes import Notice, Trouble
from tests.chat.review_group import GIVEN, SAID, button, group, presets, said
from tests.chat.world import ADA, BEN, CYD, ELSEWHERE, START, STUDY


async def test_a_review_goes_from_its_button_to_the_thread_and_is_changed_by_the_next_one() -> None:
    here = await group()
    form = await here.press(CYD, buttons.REVIEW, here.answer.id)
    assert presets(form) == dict.fromkeys(GIVEN, "")
    kept = said(await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN))
    assert "Thank you. Your review is kept." in kept and "It comes into the thread." in kept
    [shown] = here.world.chat.reviews.values()
    assert (shown.review.reviewer, shown.review.draft.scores, shown.review.draft.covered) == (
        CYD,
        (4, 3),
        (0,),
    )
    again = await here.press(CYD, buttons.REVIEW, here.answer.id)
    assert presets(again) == GIVEN
    changed = await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN | {"structure": "2"})
    assert "Changed." in said(changed)
    [shown] = here.world.chat.reviews.values()
    assert shown.review.draft.scores == (2, 3) and shown.review.version == 2


async def test_the_answer_is_read_before_its_form_is_opened() -> None:
    here = await group()
    task = await here.press(CYD, buttons.READ, here.answer.id)
    assert "ben’s answer, 8 words:" in said(task) and SAID in said(task)
    assert button(task, "Write a review").value == here.answer.id
    assert "That answer is your own." in said(await here.press(BEN, buttons.READ, here.answer.id))
    forged = said(await here.press(CYD, buttons.READ, "nosuch"))
    assert forged.startswith("That did not work.") and SAID not in forged


async def test_a_review_is_of_the_text_that_was_read_and_not_of_a_newer_one() -> None:
    here = await group()
    form = await here.press(CYD, buttons.REVIEW, here.answer.id)
    assert isinstance(form, Form) and form.value == f"{here.answer.id}/1"
    await here.rewords("I would now ask who reads it before I count.")
    await here.send(CYD, form.action, form.value, GIVEN)
    [shown] = here.world.chat.reviews.values()
    assert shown.review.answer_version == 1 and shown.changed
    newer = await here.press(CYD, buttons.REVIEW, here.answer.id)
    assert isinstance(newer, Form) and newer.value == f"{here.answer.id}/2"
    await here.send(CYD, newer.action, newer.value, GIVEN)
    [shown] = here.world.chat.reviews.values()
    assert shown.review.answer_version == 2 and not shown.changed


async def test_a_form_that_is_opened_again_is_still_about_the_text_that_was_read() -> None:
    here = await group()
    await here.rewords("I would now ask who reads it before I count.")
    again = await here.press(CYD, buttons.REVIEW, f"{here.answer.id}/1")
    assert isinstance(again, Form) and again.value == f"{here.answer.id}/1"
    await here.send(CYD, again.action, again.value, GIVEN)
    [shown] = here.world.chat.reviews.values()
    assert shown.review.answer_version == 1


@pytest.mark.bad_input(73, 102)
@pytest.mark.parametrize("mark", ["", "/", "/x", "/-1", "/0", "/٣", "/99", "/1/1", "/" + "9" * 70])
async def test_a_form_of_an_older_release_or_a_forged_one_is_of_the_newest_text(mark: str) -> None:
    here = await group()
    await here.rewords("I would now ask who reads it before I count.")
    value = f"{here.answer.id}{mark}"
    form = await here.press(CYD, buttons.REVIEW, value)
    assert isinstance(form, Form) and form.value == f"{here.answer.id}/2"
    await here.send(CYD, buttons.REVIEW, value, GIVEN)
    [shown] = here.world.chat.reviews.values()
    assert shown.review.answer_version == 2


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("structure", "", "Choose one of the scores"),
        ("structure", "9", "Choose one of the scores"),
        ("substance", "٣", "Choose one of the scores"),
        ("substance", "-1", "Choose one of the scores"),
        ("covered", "1,3", "Tick key points from the list"),
        ("covered", "x", "Tick key points from the list"),
        ("covered", "9" * 5000, "Tick key points from the list"),
        ("strong", "Good.", "Say it in a whole sentence"),
        ("strong", " ", "Say it in a whole sentence"),
        ("change", "word " * 200, "600 are the most here"),
    ],
)
async def test_a_review_that_cannot_be_goes_back_with_a_sentence_at_its_field(
    name: str, text: str, says: str
) -> None:
    here = await group()
    back = await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN | {name: text})
    assert isinstance(back, FieldError) and back.field == name and says in back.sentence
    assert here.world.chat.reviews == {}


async def test_nobody_reviews_their_own_answer_nor_a_withdrawn_one() -> None:
    here = await group()
    own = said(await here.press(BEN, buttons.REVIEW, here.answer.id))
    assert "That answer is your own." in own
    assert "That answer is your own." in said(await here.send(BEN, buttons.REVIEW, here.answer.id, GIVEN))
    await here.press(BEN, buttons.WITHDRAW, here.answer.id)
    gone = said(await here.press(CYD, buttons.REVIEW, here.answer.id))
    assert "was taken back" in gone
    assert "was taken back" in said(await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN))
    assert here.world.chat.reviews == {}


async def test_an_answer_of_another_workspace_is_not_found() -> None:
    here = await group()
    review_id = await here.reviewed()
    stranger = here.world.caller(Member(ELSEWHERE, "ben"), True, Channel(ELSEWHERE, "study"))
    for action, value in (
        (buttons.REVIEW, here.answer.id),
        (buttons.READ, here.answer.id),
        (buttons.STAR, here.answer.id),
        (buttons.REVIEW_ROUND, here.round.id),
        *((name, review_id) for name in (buttons.THANK, buttons.UNTHANK, buttons.FLAG)),
        *((name, review_id) for name in (buttons.DISMISS, buttons.REMOVE_REVIEW)),
    ):
        assert "cannot find" in said(await actions.press(stranger, action, value)), action
    assert here.card(review_id) is ReviewState.SHOWN


async def test_the_author_thanks_takes_it_back_and_nobody_else_may() -> None:
    here = await group()
    review_id = await here.reviewed()
    for member in (CYD, ADA):
        assert "Only the author" in said(await here.press(member, buttons.THANK, review_id))
    thanked = await here.press(BEN, buttons.THANK, review_id)
    assert "You said thanks." in said(thanked)
    assert here.world.chat.reviews[review_id].review.thanked_at is not None
    back = await here.press(BEN, buttons.UNTHANK, button(thanked, "Take back thanks").value)
    assert "Taken back." in said(back) and button(back, "Thanks").value == review_id
    assert here.world.chat.reviews[review_id].review.thanked_at is None


async def test_a_flag_takes_a_reason_that_only_managers_read() -> None:
    here = await group()
    review_id = await here.reviewed()
    assert "Only the author" in said(await here.press(CYD, buttons.FLAG, review_id))
    form = await here.press(BEN, buttons.FLAG, review_id)
    assert isinstance(form, Form) and [one.id for one in form.fields] == ["reason"]
    for short in ("", " x "):
        back = await here.send(BEN, buttons.FLAG, review_id, {"reason": short})
        assert isinstance(back, FieldError) and back.field == "reason"
    assert here.world.chat.told == []
    assert "Flagged." in said(await here.send(BEN, buttons.FLAG, review_id, {"reason": "It mocks me."}))
    assert here.world.chat.told == [(STUDY, Notice(Trouble.REVIEW_FLAGGED, None, ""))]
    log = said(await here.typed(ADA, "/review log", is_manager=True))
    assert "It mocks me." in log and "cyd on ben’s answer" in log
    assert "is for managers" in said(await here.typed(BEN, "/review log"))


@pytest.mark.bad_input(73, 102)
@pytest.mark.parametrize("name", [buttons.DISMISS, buttons.REMOVE_REVIEW])
async def test_who_is_no_manager_decides_nothing_about_a_review(name: str) -> None:
    here = await group()
    review_id = await here.reviewed()
    for member in (BEN, CYD):
        assert "/review log is for managers" in said(await here.press(member, name, review_id))
    assert here.card(review_id) is ReviewState.SHOWN


async def test_a_manager_keeps_a_flagged_review_or_removes_it() -> None:
    here = await group()
    review_id = await here.reviewed()
    await here.send(BEN, buttons.FLAG, review_id, {"reason": "It mocks me."})
    log = await here.typed(ADA, "/review log", is_manager=True)
    keep, remove = button(log, "Keep the review"), button(log, "Remove the review")
    kept = await here.press(ADA, keep.action, keep.value, is_manager=True)
    assert "The flag is gone." in said(kept) and "It mocks me." not in said(kept)
    removed = await here.press(ADA, remove.action, remove.value, is_manager=True)
    assert "Removed." in said(removed) and here.card(review_id) is ReviewState.REMOVED
    assert "cannot find that review" in said(await here.press(BEN, buttons.THANK, review_id))
    told = "A manager removed your review of this answer, so it cannot be given again."
    assert told in said(await here.press(CYD, buttons.REVIEW, here.answer.id))
    assert told in said(await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN))


async def test_the_prompts_button_gives_an_answer_of_its_round_and_the_acknowledgements_any() -> None:
    here = await group()
    for action, value in ((buttons.REVIEW_ROUND, here.round.id), (buttons.REVIEW_NEXT, "")):
        assert SAID in said(await here.press(CYD if value else ADA, action, value))
    assert "cannot find that question" in said(await here.press(CYD, buttons.REVIEW_ROUND, "nosuch"))


@pytest.mark.bad_input(53)
async def test_a_review_by_the_menu_of_a_message_may_come_before_its_answer() -> None:
    here = await group()
    reply = Reply(Thread(STUDY, "1"), "m9", ADA, "I would draw the parts first, then count.", START)
    form = await actions.use_message(here.world.caller(CYD), buttons.REVIEW_MESSAGE, reply)
    assert isinstance(form, Form) and form.action == buttons.REVIEW
    assert "Thank you." in said(await here.send(CYD, form.action, form.value, GIVEN))
    own = await actions.use_message(here.world.caller(ADA), buttons.REVIEW_MESSAGE, reply)
    assert "That answer is your own." in said(own)
    nothing = replace(reply, author=Member(ADA.workspace, "dee"), text="+1", message="m10")
    for one in (nothing, None):
        outcome = await actions.use_message(here.world.caller(CYD), buttons.REVIEW_MESSAGE, one)
        assert "nobody’s answer" in said(outcome)
