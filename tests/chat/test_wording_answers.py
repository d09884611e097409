"""What the bot says about questions and answers: the facts are in it, and nothing is given away."""

from dataclasses import replace
from datetime import date

import pytest

from bot.chat.wording import answers, questions
from bot.practice.outcomes import Kept, NoCredit, Verdict
from tests.chat.samples import (
    ACCEPTED,
    PLANNED,
    REPLY,
    answer,
    labels,
    round_,
    said,
    streak,
)
from tests.chat.world import START, bank


def test_the_prompt_says_first_how_to_answer_then_what_is_asked() -> None:
    card = questions.question_card(round_(), late=False, track="Backend engineer")
    assert said(card).startswith("Question 1 To answer, reply in the thread of this message or press Answer.")
    assert "Backend engineer · senior · system design" in said(card)
    assert "Time: 2 minutes for a first pass, 30 minutes for the full answer" in said(card)
    assert "Interview stage: technical screen or onsite technical" in said(card)
    assert labels(card) == ["Answer", "Hint", "Key points", "Sample answer", "Review"]
    assert {button.value for button in card.buttons} == {"abcdefghijklmnop"}


def test_the_prompt_gives_nothing_away() -> None:
    text = said(questions.question_card(round_(), late=False))
    asked = round_().question
    held_back = (
        *asked.hints,
        *asked.key_points,
        *asked.follow_ups,
        *asked.mistakes,
        asked.sample_answer.short,
    )
    assert not any(line in text for line in held_back)


def test_a_daily_prompt_says_so_and_a_late_one_when_it_was_planned() -> None:
    on_time = said(questions.question_card(round_(planned=PLANNED, asked_by=None), late=False))
    assert (
        "Today’s question · Mon 23 Nov 2026, 09:00 (Europe/Berlin)" in on_time
        and "Asked for by" not in on_time
    )
    late = said(questions.question_card(round_(planned=PLANNED, asked_by=None), late=True))
    assert "Late: planned for 09:00 on Mon 23 Nov 2026 (Europe/Berlin)." in late


def test_a_track_goes_by_its_title_and_without_a_pack_by_its_id() -> None:
    assert questions.track_title(bank(), "backend") == "Backend engineer"
    assert questions.track_title(bank(), "data-science") == "Data science"


def test_an_accepted_answer_is_told_with_its_day_in_a_row() -> None:
    card = answers.kept_card(ACCEPTED, REPLY)
    assert card.title == "Kept. Day 5 in a row."
    assert labels(card) == ["Key points", "Sample answer", "Withdraw"]
    assert (
        answers.kept_card(replace(ACCEPTED, streak=streak(length=1))).title == "Kept. Day 1, a streak begins."
    )


@pytest.mark.bad_input(56)
def test_an_answer_that_counts_for_an_earlier_day_names_it() -> None:
    card = answers.kept_card(replace(ACCEPTED, credited=date(2026, 11, 22)))
    assert card.title == "Kept. It counts for Sun 22 Nov 2026."


def test_a_second_answer_of_a_day_is_kept_and_says_why_it_counts_no_more() -> None:
    assert answers.kept_card(replace(ACCEPTED, credited=None)).title == "Kept. Today counted already."
    earlier = replace(ACCEPTED, credited=None, answer=answer(local_date=date(2026, 11, 22)))
    assert answers.kept_card(earlier).title == "Kept."


@pytest.mark.bad_input(105)
@pytest.mark.parametrize(
    ("why", "says"),
    [
        (NoCredit.COPY, "The same text was sent here before."),
        (NoCredit.QUESTION, "It repeats the question."),
        (NoCredit.LENGTHENED, "only after its day was over"),
    ],
)
def test_an_answer_without_credit_is_told_why(why: NoCredit, says: str) -> None:
    card = answers.kept_card(replace(ACCEPTED, credited=None, no_credit=why))
    assert card.title == "Kept, but it counts for no practice day." and says in said(card)


def test_freezes_that_were_spent_are_told_with_what_is_left() -> None:
    one = answers.kept_card(replace(ACCEPTED, freezes=(date(2026, 11, 22),)))
    assert "A freeze covered Sun 22 Nov 2026, so your streak goes on. You have 1 freeze left." in said(one)
    both = replace(ACCEPTED, freezes=(date(2026, 11, 21), date(2026, 11, 22)), streak=streak(freezes=0))
    assert "Freezes covered Sat 21 Nov 2026 and Sun 22 Nov 2026" in said(answers.kept_card(both))
    assert "You have no freeze left." in said(answers.kept_card(both))


@pytest.mark.bad_input(58)
def test_a_late_answer_is_told_so() -> None:
    assert "marked as late" in said(answers.kept_card(replace(ACCEPTED, answer=answer(late=True))))


def test_a_comment_offers_to_become_the_answer() -> None:
    comment = Kept(Verdict.COMMENT, round_(), answer(), minimum=15)
    card = answers.kept_card(comment, REPLY)
    assert labels(card) == ["Use instead", "Add to my answer"]
    assert {button.value for button in card.buttons} == {"1/m2"}
    assert answers.kept_card(comment).buttons == ()
    assert answers.kept_card(replace(comment, answer=None), REPLY).title == "Kept as a comment."


@pytest.mark.bad_input(40, 41)
@pytest.mark.parametrize("verdict", [Verdict.BLANK, Verdict.TOO_SHORT])
def test_too_little_is_told_gently_with_what_is_enough(verdict: Verdict) -> None:
    card = answers.kept_card(Kept(verdict, round_(), minimum=15), REPLY)
    assert "An answer has at least 15 visible characters." in said(card) and labels(card) == ["Answer"]


def test_a_withdrawn_answer_can_be_restored_and_a_removed_reply_needs_nothing() -> None:
    gone = Kept(Verdict.REMOVED, round_(), answer(withdrawn_at=START))
    assert labels(answers.kept_card(gone)) == ["Restore"]
    assert labels(answers.kept_card(Kept(Verdict.REMOVED, round_(), answer()))) == []
