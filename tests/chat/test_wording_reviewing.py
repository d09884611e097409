"""What a member or a manager is told about reviews for their eyes only: gold answers, comparisons, lists, the log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.cards import Bullets, Card, Quote
from bot.chat.wording import (
    calibrating,
    overseeing,
    reviewing,
    starring,
)
from bot.domain.questions import Kind
from bot.domain.reviews import ReviewRules
from bot.domain.star import joined_star, star_of
from bot.practice.outcomes import (
    GivenReview,
    Mine,
    Task,
)
from tests.chat.review_samples import (
    CALIBRATED,
    HELD,
    MINE,
    REVIEW_ID,
    SMALL_CALIBRATED,
    review,
    shown,
)
from tests.chat.samples import TODAY, answer, labels, round_, said
from tests.chat.world import BEN, START, gold, question


def test_a_task_shows_the_question_the_answer_its_length_and_how_many_more_wait() -> None:
    one = reviewing.task_card(Task(question(1), answer(member=BEN), round_(), waiting=1), "Backend engineer")
    text = said(one)
    assert "Backend engineer · senior · system design" in text and "How would you build number 1?" in text
    assert "ben’s answer, 2 words: | My answer" in text and "1 more answer waits for a review." in text
    assert labels(one) == ["Write a review"]
    assert "for a review" not in said(reviewing.task_card(Task(question(1), answer(), round_())))


@pytest.mark.parametrize("kind", Kind)
def test_the_star_view_is_offered_for_stories(kind: Kind) -> None:
    one = reviewing.task_card(Task(question(1, kind=kind), answer(), round_()))
    assert ("STAR view" in labels(one)) == (kind in (Kind.BEHAVIORAL, Kind.LEADERSHIP, Kind.MOTIVATION))


def test_a_long_answer_is_cut_and_that_is_said() -> None:
    one = reviewing.task_card(Task(question(1), answer(text="word " * 900), round_()))
    assert "900 words:" in said(one) and "All of it stands in the question’s thread." in said(one)
    assert max(len(block.text) for block in one.blocks if isinstance(block, Quote)) == 3000
    by_form = reviewing.task_card(Task(question(1), answer(text="w" * 3000), round_()))
    assert "w" * 3000 in quotes(by_form) and "beginning" not in said(by_form)


def test_a_sample_has_no_author() -> None:
    one = reviewing.task_card(Task(question(1), gold=gold(1), waiting=3))
    assert "A gold answer to practice on." in said(one) and "’s answer" not in said(one)
    assert labels(one) == ["Review this gold answer"]


def test_whoever_reviewed_is_thanked_and_told_what_became_of_it() -> None:
    first = said(reviewing.given_card(GivenReview(shown(), True, TODAY)))
    assert "Thank you. Your review is kept. It comes into the thread." in first
    assert "practice for Mon 23 Nov 2026" in first
    held = said(reviewing.given_card(GivenReview(HELD, True, None)))
    assert "ben can read it once they have given 2 more reviews" in held and "practice" not in held
    assert "Your review is kept." in held and "into the thread" not in held
    assert said(reviewing.given_card(GivenReview(shown(), False, None))).startswith("Changed.")


def test_ones_own_reviews_are_listed_by_what_they_are() -> None:
    mine = Mine(
        (shown(review=review(named=False)), HELD),
        (shown(review=review(thanked_at=START)),),
        (Task(question(1), answer(), round_()),),
        ((answer(), round_()),),
        0.64,
        8,
        True,
    )
    text = " ".join(said(reviewing.mine_card(mine, "UTC")).split())
    assert "Structure 4, Substance 3, by a peer" in text
    assert "opens once you have given 2 more reviews, or on Thu 26 Nov 2026, 08:00 (UTC)" in text
    assert "ben’s answer: Structure 4, Substance 3. Thanked" in text and "Question 1, by ada" in text
    assert "Close, 0.64 over 8 scores." in text and "0 is chance" in text and "Reminders are on" in text
    assert "“Read and review” is for the first of yours to review: Question 1." in text
    assert labels(reviewing.mine_card(mine, "UTC")) == ["Read and review", "Review one"]


def test_what_is_held_for_oneself_shows_none_of_its_words() -> None:
    text = said(reviewing.mine_card(replace(MINE, got=(HELD,)), "UTC"))
    assert "Structure" not in text and "cyd" not in text


def test_a_flag_says_where_managers_see_it_also_where_nobody_is_told_of_it() -> None:
    text = said(reviewing.flagged_card())
    assert "Managers see it, with your reason, in /review log; the group sees nothing of this." in text


def test_a_long_list_is_cut_and_counted() -> None:
    text = said(reviewing.mine_card(replace(MINE, given=(shown(),) * 7), "UTC"))
    assert text.count("ben’s answer") == 5 and "And 2 more." in text


def test_of_twenty_of_each_sort_five_are_listed_and_the_button_gives_the_first_offer() -> None:
    offers = tuple(Task(question(1), answer(id=f"answer-{n}"), round_()) for n in range(20))
    full = Mine((shown(),) * 20, (shown(),) * 20, offers, ((answer(), round_()),) * 20, None, 0, False)
    one = reviewing.mine_card(full, "UTC")
    lists = [block for block in one.blocks if isinstance(block, Bullets)]
    assert [len(block.items) for block in lists] == [5] * 4 and said(one).count("And 15 more.") == 4
    assert [(button.label, button.value) for button in one.buttons] == [
        ("Read and review", "answer-0"),
        ("Review one", ""),
    ]


@pytest.mark.parametrize(
    ("agreement", "says"),
    [
        (1.0, "Very close, 1.00"),
        (0.8, "Very close, 0.80"),
        (0.799, "Very close, 0.80"),
        (0.794, "Close, 0.79"),
        (0.6, "Close, 0.60"),
        (0.4, "Fair, 0.40"),
        (0.2, "Slight, 0.20"),
        (0.19, "Not close yet, 0.19"),
        (-1.0, "Not close yet, -1.00"),
        (-0.001, "Not close yet, 0.00"),
        (None, "too much alike, to say yet"),
    ],
)
def test_agreement_has_a_plain_word_for_its_size(agreement: float | None, says: str) -> None:
    text = said(Card("", tuple(calibrating.agreement_text(agreement, 8))))
    assert says in text and "over 8 scores" in text
    assert calibrating.agreement_text(agreement, 0) == []


def test_a_sample_is_compared_criterion_by_criterion_and_point_by_point() -> None:
    text = said(calibrating.calibrated_card(SMALL_CALIBRATED))
    assert "Structure You: ■■■■□ 4 of 5, good · between 3 and 5 We: ■■■■□ 4 of 5, good" in text
    assert (
        "Substance You: ■■■□□ 3 of 5, solid · It would work. We: ■■□□□ 2 of 5, thin · between 1 and 3" in text
    )
    assert "We agree on 0 of 2 key points." in text
    assert "Only we: Counts the load" in text and "Only you: Names the weak spot" in text
    own = SMALL_CALIBRATED.gold
    assert all(words in text for words in (own.strong, own.change, own.why))


def test_the_star_view_states_facts_and_grades_nothing() -> None:
    text = said(starring.star_card(star_of("Situation: late.\nResult: faster now."), answer(), round_()))
    assert "Length: 3 words; 100 to 150 are advised" in text and "Number in the result: none" in text
    assert "Without a heading: task and action" in text and "Result, 2 words | faster now." in text
    assert not any(word in text.casefold() for word in ("weak", "good answer", "poor", "should", " of 5"))
    bare = said(starring.star_card(star_of("No headings here."), answer(), round_()))
    assert "no heading for the result" in bare and "situation, task, action and result" in bare


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", {}),
        ("  \n ", {}),
        ("Situation: a b\n\nResult: c", {"situation": "a b", "result": "c"}),
        ("**Situation**\na b\n**Result**\nc", {"situation": "a b", "result": "c"}),
        ("No headings at all", None),
        ("Before.\nSituation: a", None),
        (f"Situation: {'w ' * 1499}", None),
        (f"Situation: {'w' * 2989}", {"situation": "w" * 2989}),
    ],
)
def test_the_form_in_four_parts_begins_with_an_answer_that_its_headings_cover(
    text: str, parts: dict[str, str] | None
) -> None:
    assert starring.parts_of(text) == parts


def test_four_parts_that_were_sent_come_back_into_the_form_as_they_were() -> None:
    fields = {"situation": "One: two", "task": "", "action": " three\n\nfour ", "result": "5"}
    text = starring.text_of(fields)
    assert starring.parts_of(text) == {"situation": "One: two", "action": "three\n\nfour", "result": "5"}
    assert joined_star(starring.parts_of(text) or {}) == text


def test_the_log_names_who_wrote_it_also_where_names_are_off_and_says_why_it_was_flagged() -> None:
    flagged = shown(review=review(named=False, flagged_at=START, flag_reason="It mocks me."))
    other = shown(review=review(id="other", reviewer=None))
    one = overseeing.log_card([flagged, other], overseeing.KEPT)
    text = said(one)
    assert "cyd on ben’s answer (Question 1), Mon 23 Nov 2026: Structure 4, Substance 3" in text
    assert (
        "| It mocks me." in text and "Somebody who left on ben’s answer" in text and overseeing.KEPT in text
    )
    assert labels(one) == ["Keep the review", "Remove the review"]
    assert {button.value for button in one.buttons} == {REVIEW_ID}
    assert labels(overseeing.log_card([other])) == [] and "None was given yet." in said(
        overseeing.log_card([])
    )


def test_a_flag_whose_reason_is_gone_has_no_heading_over_nothing() -> None:
    one = overseeing.log_card([shown(review=review(author=None, flagged_at=START, flag_reason=None))])
    assert "Why its reader flagged it" not in said(one) and "" not in quotes(one)
    assert labels(one) == ["Keep the review", "Remove the review"]


def quotes(card: Card) -> list[str]:
    return [block.text for block in card.blocks if isinstance(block, Quote)]


def test_the_settings_are_told_by_the_names_and_values_that_change_them() -> None:
    text = said(overseeing.rules_card(ReviewRules(named=False, give=2, fallback=timedelta(days=4))))
    for fact in ("names: peer", "give: 2", "days: 4", "wanted: 2", "most: 5", "gold: 0", "practice: no"):
        assert f"{fact} (" in text
    assert "as it was" in said(overseeing.rules_card(ReviewRules(practice=True), changed=True))


def test_the_longest_sample_review_names_only_points_that_can_be_ticked() -> None:
    text = said(calibrating.calibrated_card(CALIBRATED))
    assert "We agree on 0 of 10 key points." in text
