"""The forms of peer review: what they offer, what they begin with, and what is made of whatever is sent."""

import pytest

from bot.chat.cards import FieldKind, Form, ticked
from bot.chat.wording import (
    reviewing_forms,
)
from bot.domain.reviews import BadReview, Draft
from tests.chat.review_samples import (
    DRAFT,
    LONG,
    LONG_RUBRIC,
    QUESTION,
    REVIEW_FORMS,
    RUBRIC,
)
from tests.chat.world import question


def fields(form: Form) -> dict[str, FieldKind]:
    return {one.id: one.kind for one in form.fields}


def test_the_form_has_the_rubrics_words_the_key_points_and_what_was_said_before() -> None:
    form = reviewing_forms.review_form("abc", 2, question(1), RUBRIC, DRAFT)
    assert fields(form) == {
        "structure": FieldKind.CHOICE,
        "substance": FieldKind.CHOICE,
        "covered": FieldKind.TICKS,
        "strong": FieldKind.PARAGRAPH,
        "change": FieldKind.PARAGRAPH,
    }
    assert [choice.label for choice in form.fields[0].choices] == [
        "1: No order.",
        "2: between 1 and 3",
        "3: Some order.",
        "4: between 3 and 5",
        "5: Each step follows.",
    ]
    assert [choice.label for choice in form.fields[2].choices] == ["Counts the load", "Names the weak spot"]
    assert [one.preset for one in form.fields] == ["4", "3", "1", DRAFT.strong, DRAFT.change]
    assert reviewing_forms.reviewed_of(form.value) == ("abc", 2)
    assert reviewing_forms.draft_of({one.id: one.preset for one in form.fields}) == DRAFT


def test_a_form_without_an_earlier_review_is_empty() -> None:
    form = reviewing_forms.gold_form("abc", question(1), RUBRIC)
    assert {one.preset for one in form.fields} == {""}


def test_a_question_without_key_points_has_no_field_for_them() -> None:
    form = reviewing_forms.review_form("abc", 1, question(1, key_points=()), RUBRIC, None)
    assert "covered" not in fields(form)


@pytest.mark.bad_input(17, 42, 44)
def test_what_a_pack_holds_at_its_longest_is_cut_to_what_a_form_can_show() -> None:
    form = reviewing_forms.review_form("abc", 1, QUESTION, LONG_RUBRIC, Draft((3, 3), (0, 9, 11), LONG, LONG))
    structure, _, covered, strong, _ = form.fields
    assert len(structure.label) == 45 and structure.choices[2].label.endswith("…")
    assert len(covered.choices) == 10 and ticked(covered.preset) == ("1", "10")
    assert strong.preset == LONG
    assert "\u202e" not in "".join(choice.label for choice in structure.choices)
    assert len(REVIEW_FORMS) == 7


@pytest.mark.parametrize(
    ("part", "name"),
    [("scores.0", "structure"), ("scores.1", "substance"), ("covered", "covered"), ("why", "why")],
)
def test_a_refused_part_is_told_at_its_field(part: str, name: str) -> None:
    assert reviewing_forms.field_of(BadReview(part)) == name


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("mark", ["", "/", "/x", "/-1", "/0", "/01", "/٣", "/1/1", "/1\n", "/" + "9" * 10])
def test_a_value_without_a_version_or_with_a_forged_one_still_says_which_answer(mark: str) -> None:
    assert reviewing_forms.reviewed_of(f"abc{mark}") == ("abc", None)


def test_whoever_says_why_one_is_stronger_knows_that_others_read_it_without_their_name() -> None:
    assert reviewing_forms.compare_form("a/b").fields[1].hint.endswith("It is shown without your name.")


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("sent", ["", "x", "٣", "-1", "1.5", " 1", "1,x", "9" * 5000, "0"])
def test_whatever_a_forged_form_sends_is_a_draft_to_be_judged(sent: str) -> None:
    draft = reviewing_forms.draft_of({"structure": sent, "covered": sent})
    assert draft.scores == (0, 0) and all(point < 0 or sent == "1,x" for point in draft.covered)
