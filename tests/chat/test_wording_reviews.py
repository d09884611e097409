"""What the bot says about reviews where all see it: every fact is in it, and nobody is named who should not be."""

from dataclasses import replace

import pytest

from bot.chat.cards import Card, Quote, from_json, to_json
from bot.chat.plain import plain
from bot.chat.wording import (
    answers,
    reviews,
    schedules,
    scores,
    streaks,
)
from bot.domain.places import Member
from bot.domain.reviews import ReviewState
from bot.practice.outcomes import (
    Board,
    Kept,
    Notice,
    Trouble,
    Verdict,
)
from bot.practice.records import Standing
from bot.practice.review_records import Giving
from bot.store.cards import without_member
from tests.chat.review_samples import (
    DRAFT,
    HELD,
    HOSTILE,
    QUESTION,
    REVIEW_ID,
    RUBRIC,
    review,
    shown,
)
from tests.chat.samples import ACCEPTED, answer, labels, round_, said
from tests.chat.world import ADA, BEN, CYD, HERE, START, question


def card(**changes: object) -> Card:
    return reviews.review_card(replace(shown(), **changes))  # type: ignore[arg-type] # whatever a test changes


def test_a_review_stands_in_its_thread_with_words_bars_points_and_both_texts() -> None:
    one = card()
    assert plain(one) == [
        "Peer review",
        "",
        "cyd reviewed ben’s answer.",
        "",
        "Structure: ■■■■□ 4 of 5, good",
        "Substance: ■■■□□ 3 of 5, solid",
        "Key points covered: 1 of 2",
        "",
        "Key points to add",
        "- Names the weak spot",
        "",
        "What was strong",
        "| You count the load first.",
        "",
        "What to change",
        "| Say which part breaks first.",
        "",
        "[Thanks] [Flag]",
    ]
    assert {button.value for button in one.buttons} == {REVIEW_ID}
    assert [block.text for block in one.blocks if isinstance(block, Quote)] == [DRAFT.strong, DRAFT.change]


def test_a_review_without_a_name_is_a_peers() -> None:
    text = said(card(review=review(named=False)))
    assert "A peer reviewed ben’s answer." in text and "cyd" not in text


def test_all_points_covered_leave_no_list() -> None:
    text = said(card(review=review(draft=replace(DRAFT, covered=(0, 1)))))
    assert "2 of 2" in text and "Key points to add" not in text


def test_a_question_without_key_points_and_a_rubric_that_is_gone_leave_the_scores() -> None:
    bare = round_(question=question(1, key_points=()))
    text = said(card(round=bare, rubric=replace(RUBRIC, criteria=())))
    assert "Key points" not in text and "Structure: ■■■■□ 4 of 5, good Substance: ■■■□□ 3 of 5, solid" in text


def test_of_more_key_points_than_can_be_ticked_only_those_count() -> None:
    text = said(
        card(round=round_(question=QUESTION), review=review(draft=replace(DRAFT, covered=tuple(range(9)))))
    )
    assert "9 of 10" in text and text.count("- ") == 1


def test_what_became_of_the_answer_is_told_without_a_word_of_the_reviewer_lost() -> None:
    assert "changed after this review" in said(card(changed=True))
    gone = card(answer=None, changed=True, review=review(author=None))
    assert "The answer was removed." in said(gone) and DRAFT.strong in said(gone)
    assert "cyd reviewed an answer." in said(gone) and labels(gone) == []
    assert "changed after" not in said(gone)


def test_thanks_are_shown_and_only_the_flag_is_left() -> None:
    one = card(review=review(thanked_at=START))
    assert "ben says thanks." in said(one) and labels(one) == ["Flag"]


def test_a_flag_is_seen_by_nobody_in_the_thread() -> None:
    flagged = card(review=review(flagged_at=START, flag_reason="It mocks me."))
    assert flagged == card()


def test_a_held_review_says_how_many_to_give_and_when_it_opens_anyway_and_none_of_its_words() -> None:
    one = reviews.review_card(HELD)
    assert said(one) == (
        "A review waits cyd reviewed ben’s answer. ben can read it once they have given 2 more reviews, or on"
        " Thu 26 Nov 2026, 09:00 (Europe/Berlin) whatever happens. [Review one]"
    )
    assert "1 more review, or on" in said(reviews.review_card(replace(HELD, to_give=1)))


@pytest.mark.parametrize(
    ("by", "reviewer", "says"),
    [
        ("ada", CYD, "A manager removed it."),
        (None, CYD, "A manager removed it."),
        ("ada", None, "their data deleted"),
        (None, None, "their data deleted"),
    ],
)
def test_a_removed_review_says_only_that(by: str | None, reviewer: Member | None, says: str) -> None:
    gone = review(removed_at=START, removed_by=by, reviewer=reviewer)
    one = card(state=ReviewState.REMOVED, review=gone)
    assert says in said(one) and "cyd" not in said(one) and DRAFT.strong not in said(one)
    assert labels(one) == []


def test_the_card_under_an_answer_names_its_author_and_asks_for_a_review() -> None:
    one = reviews.answered_card(BEN, "abc")
    assert said(one) == "An answer to review ben answered. [Write a review]" and one.buttons[0].value == "abc"
    assert "\u202e" not in said(reviews.answered_card(Member(HERE, HOSTILE), "abc"))


def test_the_card_under_an_answer_does_not_keep_the_name_of_a_member_who_was_deleted() -> None:
    left = from_json(without_member(to_json(reviews.answered_card(BEN, "abc")), BEN.workspace.key, BEN.id))
    assert said(left) == "An answer to review a former member answered. [Write a review]"


def test_a_card_that_all_read_never_tells_the_reviewers_zone() -> None:
    far = replace(HELD, review=review(named=False, zone="Pacific/Chatham"))
    for one in (far, replace(far, answer=None)):
        text = said(reviews.review_card(one))
        assert "Chatham" not in text and "whatever happens" in text
    assert "(Europe/Berlin)" in said(reviews.review_card(far))
    assert "Thu 26 Nov 2026, 08:00 (UTC)" in said(reviews.review_card(replace(far, answer=None)))


@pytest.mark.parametrize(
    ("score", "says"),
    [
        (1, "■□□□□ 1 of 5, weak"),
        (2, "■■□□□ 2 of 5, thin"),
        (3, "■■■□□ 3 of 5, solid"),
        (4, "■■■■□ 4 of 5, good"),
        (5, "■■■■■ 5 of 5, excellent"),
    ],
)
def test_a_score_is_a_bar_a_number_and_a_word(score: int, says: str) -> None:
    assert scores.bar(score) == says
    assert (
        scores.brief(replace(DRAFT, scores=(score, score)), RUBRIC) == f"Structure {score}, Substance {score}"
    )


@pytest.mark.parametrize(("waiting", "says"), [(1, "1 answer waits"), (2, "2 answers wait")])
def test_an_accepted_answer_quietly_tells_what_waits(waiting: int, says: str) -> None:
    one = answers.kept_card(replace(ACCEPTED, waiting=waiting))
    assert f"{says} for a review." in said(one)
    assert labels(one) == ["Key points", "Sample answer", "Withdraw", "Review one"]
    reminder = said(reviews.reminder_card(waiting))
    assert f"{says} for a review." in reminder and "help somebody forward." in reminder


def test_nothing_is_told_of_waiting_answers_with_any_other_news() -> None:
    amended = Kept(Verdict.AMENDED, round_(), answer(), waiting=2)
    for one in (answers.kept_card(amended), answers.restored_card(amended), answers.kept_card(ACCEPTED)):
        assert "for a review" not in said(one) and "Review one" not in labels(one)


def test_a_flag_is_told_to_managers_without_its_reason() -> None:
    text = said(schedules.notice_card(Notice(Trouble.REVIEW_FLAGGED, None, "")))
    assert "A review was flagged" in text and "/review log" in text


def test_the_board_counts_reviews_of_those_who_gave_any() -> None:
    lines = (Standing(ADA, 3, 9, 12), Standing(BEN, 2, 2, 2), Standing(CYD, 1, 1, 1))
    giving = {ADA: Giving(3, 2), CYD: Giving(1, 0)}
    text = said(streaks.board_card(Board("2026-11", lines, lines[0], giving)))
    assert "ada: 3 days this month, 9 in all, 12 answers, 3 reviews, 2 thanked" in text
    assert "ben: 2 days this month, 2 in all, 2 answers 3." in text
    assert "cyd: 1 day this month, 1 in all, 1 answer, 1 review Practice days" in text
    without = streaks.board_card(Board("2026-11", lines, lines[0]))
    assert "review" not in said(without)
    own = said(streaks.board_card(Board("2026-11", lines[1:], lines[0], giving)))
    assert "You: 3 days this month, 9 in all, 12 answers, 3 reviews, 2 thanked" in own
